"""docs/dpia.md tells of every field that docs/privacy.md tells of: why, for whom, for how long."""

from __future__ import annotations

import re

import pytest

from tests.docs.reading import rows, text_of
from tests.docs.test_privacy import written
from tests.docs.test_protocol import models

PAGE = "docs/dpia.md"
STORES = {
    "Stored on the phone": "telefoon",
    "Stored by the issuer": "uitgifte",
    "Stored by the shuffler": "postbus",
    "Stored by the ballot box": "stembus",
    "Stored by issuer and ballot box both": "uitgifte en stembus",
}
KEPT = rows(PAGE, "waar", "tabel", "gegevens", "waarom", "wie kan erbij", "hoe lang")
SENT = rows(PAGE, "bericht", "gegevens", "waarom", "naar wie")
RISKS = rows(PAGE, "nr", "risico", "voor wie", "wat het tegengaat", "wat overblijft")
MEASURES = rows(PAGE, "maatregel", "tegen", "waar")


def assessed() -> dict[tuple[str, str], set[str]]:
    return {(row.cells[0], row.marked("tabel")[0]): set(row.marked("gegevens")) for row in KEPT}


def test_every_stored_field_is_assessed():
    assert assessed() == {(STORES[store], table): fields for (store, table), fields in written().items()}


def test_a_new_field_would_be_missed():
    """The control: the same comparison with one field more."""
    first, *_ = found = written()
    found[first] = found[first] | {"phone_number"}
    assert assessed() != {(STORES[store], table): fields for (store, table), fields in found.items()}


def test_every_sent_field_is_assessed():
    assert {row.marked("bericht")[0]: set(row.marked("gegevens")) for row in SENT} == models()


def test_every_place_outside_the_databases_is_assessed():
    there = rows("docs/privacy.md", "where", "what", "what it could reveal", "kept")
    assert len(rows(PAGE, "plek", "gegevens elders", "wie kan erbij", "hoe lang")) == len(there)


@pytest.mark.parametrize("row", [*KEPT, *SENT, *RISKS], ids=lambda row: row.cells[0])
def test_no_cell_is_left_empty(row):
    assert all(row.cells)


def test_each_risk_says_what_remains_and_has_a_measure_or_says_that_there_is_none():
    against = {number for row in MEASURES for number in row.cells[1].split(", ")}
    without = {row.cells[0] for row in RISKS} - against
    assert without == {"7", "12"}, "coercion, and another app: said openly in what remains"


def test_it_has_the_four_parts_and_the_points_of_the_model():
    page = text_of(PAGE)
    assert re.findall(r"^## ([A-D])\.", page, re.MULTILINE) == ["A", "B", "C", "D"]
    assert re.findall(r"^### (\d+)\.", page, re.MULTILINE) == [str(n) for n in range(1, 16)]


def test_what_the_municipality_must_still_fill_in_is_marked():
    assert text_of(PAGE).count("**Invullen") > 15
