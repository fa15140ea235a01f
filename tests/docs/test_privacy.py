"""docs/privacy.md knows every field that is stored or sent."""

from __future__ import annotations

import re
from typing import Any

import pytest

from domain.speech import READ_ALOUD
from server import ballot_box_tables, issuer_tables, shuffler_tables
from storage import tables as phone_tables
from sync.pull import FORKED_AT
from sync.run import LAST_SUCCESS, PROBLEM
from tests.docs.reading import rows, text_of
from tests.docs.test_protocol import models

PAGE = "docs/privacy.md"
STORES = {
    "Stored on the phone": phone_tables,
    "Stored by the issuer": issuer_tables,
    "Stored by the shuffler": shuffler_tables,
    "Stored by the ballot box": ballot_box_tables,
}
BOARD = "Stored by issuer and ballot box both"


def written() -> dict[tuple[str, ...], set[str]]:
    """(store, table) -> its fields in the document."""
    found: dict[tuple[str, ...], set[str]] = {}
    for row in rows(PAGE, "field", "what it could reveal", "kept"):
        found.setdefault(row.headings, set()).update(row.marked("field"))
    return found


def stored() -> dict[tuple[str, ...], set[str]]:
    found: dict[tuple[str, ...], set[str]] = {}
    for store, module in STORES.items():
        for name, table in module.TABLES.metadata.tables.items():
            shared = name in ("manifest", "document") and store != "Stored on the phone"
            found[BOARD if shared else store, name] = {column.name for column in table.columns}
    return found


def test_every_stored_field_is_there_with_what_it_could_reveal():
    assert written() == stored()


def test_every_sent_field_is_there_with_what_it_could_reveal():
    table = rows(PAGE, "message", "fields", "what it could reveal, to whom")

    assert {row.marked("message")[0]: set(row.marked("fields")) for row in table} == models()
    assert all(row.cells[-1] for row in table)


def test_every_setting_a_phone_keeps_is_named():
    kept = set(re.findall(r'_keep\("([a-z-]+)"', text_of("state/app_state.py")))
    kept |= {LAST_SUCCESS, PROBLEM, FORKED_AT, READ_ALOUD}

    [line] = re.findall(r"^Names: (.+?)\n\n", text_of(PAGE), re.MULTILINE | re.DOTALL)
    assert set(re.findall(r"`([a-z.-]+)`", line)) == kept


@pytest.mark.parametrize("module", [ballot_box_tables, shuffler_tables], ids=lambda module: module.__name__)
def test_nothing_next_to_an_answer_keeps_its_order_or_its_time(module: Any):
    published = {"manifest", "document"}
    for name, table in module.TABLES.metadata.tables.items():
        if name in published:
            continue
        assert table.dialect_options["sqlite"]["with_rowid"] is False
        assert not table.foreign_keys
        assert not [
            c.name for c in table.columns if c.name.endswith(("_at", "_on")) or c.autoincrement is True
        ]
        assert not [c.name for c in table.columns if "DATE" in str(c.type) or "TIME" in str(c.type)]


def test_the_issuer_does_keep_a_time():
    """The control: the search for times finds the one that is there, which is about a mailing."""
    [column] = [
        column
        for table in issuer_tables.TABLES.metadata.tables.values()
        for column in table.columns
        if "DATE" in str(column.type)
    ]
    assert column.name == "expires_at"
