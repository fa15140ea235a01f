"""What stores and the statement say: as long as is allowed, filled in, and nothing that was not measured."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from i18n.wording import LANGUAGES
from own_app.errors import AppUnfit
from own_app.measured import Bar, Measured, read_measured
from own_app.papers import STATEMENT, readme, statement
from own_app.store import APPLE, PLAY, TEXTS, store_files, store_texts
from tests.access.__main__ import APART, SEEN
from tests.own_app.conftest import IDENTITY, TODAY

LONG = replace(IDENTITY, name="N" * 30, municipality="G" * 100)
ROUND = Measured(TODAY, "0.1.0", (Bar("pixels", 1200, 0, True), Bar("targets", 300, 4, True)))


def page(measured: Measured | None = None) -> str:
    return statement(IDENTITY, measured, TODAY).decode()


class _Whole(HTMLParser):
    """Fails on an element that is not closed where it should be."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag, attrs):
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def test_the_stores_get_every_language_of_the_app_that_they_know():
    assert set(PLAY) == set(APPLE) == set(LANGUAGES) - {"fy"}
    assert {path.stem for path in TEXTS.glob("*.toml")} == set(PLAY)


@pytest.mark.parametrize("identity", [IDENTITY, LONG], ids=["usual", "longest"])
def test_every_text_fits_its_store_even_with_the_longest_names(identity):
    most = {"title": 30, "name": 30, "subtitle": 30, "short_description": 80, "keywords": 100}
    for path, data in store_files(identity).items():
        text = data.decode().strip()
        length = len(text.encode()) if "keywords" in path else len(text)
        assert 0 < length <= most.get(Path(path).stem, 4000), path
        assert not re.search(r"[{}]|Android|iPhone|Google", text), path


def test_a_text_that_does_not_fit_is_refused():
    with pytest.raises(AppUnfit) as refused:
        store_files(replace(IDENTITY, name="N" * 31))
    assert refused.value.reason == "text-long"


@pytest.mark.parametrize("language", PLAY)
def test_each_description_names_the_municipality_and_says_the_same_things(language):
    text, dutch = (store_texts(each, IDENTITY)["description"] for each in (language, "nl"))
    assert text.count("Gemeente Waterrijk") == 2
    assert text.count("•") == dutch.count("•")
    assert text.count("\n\n") == dutch.count("\n\n")


def test_without_measurements_the_statement_says_that_nothing_was_measured():
    assert "<strong>Niets.</strong>" in page()
    assert "<strong>Niets.</strong>" not in page(ROUND), "the control"


def test_with_measurements_it_says_what_held_and_what_did_not():
    said = page(ROUND)
    assert (
        '<th scope="row">Contrast zoals het op het scherm staat, in beeldpunten</th><td>1200</td><td>0</td>'
        in said
    )
    assert "4 van 300 voldeden niet" in said
    assert "22 november 2026 met versie 0.1.0" in said


def test_a_bar_that_was_blind_or_looked_at_nothing_is_no_success():
    blind = replace(ROUND, bars=(Bar("pixels", 5, 0, False), Bar("scale", 0, 0, True)))
    said = page(blind)
    assert "de meting vond de expres gemaakte fout niet" in said
    assert "er werd niets bekeken" in said
    assert "nog niet goed" not in page(replace(ROUND, bars=ROUND.bars[:1])), "the control"


def test_it_never_says_that_the_app_conforms_and_leaves_to_people_what_is_theirs():
    for said in (page(), page(ROUND)):
        marks = re.findall(r"<mark>(.*?)</mark>", said)
        assert len(marks) >= 14
        assert all(mark.startswith("Invullen: ") for mark in marks)
        assert any("A, B, C of D" in mark for mark in marks)
        assert "TalkBack" in said
        assert "EN 301 549" in said
        assert "Besluit digitale toegankelijkheid overheid" in said
        assert not re.search(r"voldoet (volledig|geheel) aan", said)


def test_the_statement_is_a_whole_page_whatever_it_is_filled_with():
    strange = replace(IDENTITY, municipality="Gemeente <b> & Co")
    odd = Measured(TODAY, "<i>", (Bar("<script>", 1, 1, True),))
    said = statement(strange, odd, TODAY).decode()
    parser = _Whole()
    parser.feed(said)
    assert parser.open == []
    assert "<script>" not in said
    assert said.count("<h1>") == 1


def test_every_bar_of_access_has_dutch_words():
    for bar in (*SEEN, *APART):
        assert f'<span lang="en">{bar}' not in page(Measured(TODAY, "1", (Bar(bar, 1, 0, True),)))
    assert '<span lang="en">novel' in page(Measured(TODAY, "1", (Bar("novel", 1, 0, True),))), "the control"


def test_measurements_are_read_from_their_file():
    bars = [{"bar": "pixels", "checked": 1200, "failures": 0, "control": True}]
    document = json.loads(json.dumps({"date": "2026-11-22", "version": "0.1.0", "bars": bars}))
    assert read_measured(document) == replace(ROUND, bars=ROUND.bars[:1])


@pytest.mark.parametrize(
    "document",
    [
        [],
        {},
        None,
        {
            "date": "today",
            "version": "1",
            "bars": [{"bar": "a", "checked": 1, "failures": 0, "control": True}],
        },
        {"date": "2026-11-22", "version": "1", "bars": []},
        {"date": "2026-11-22", "version": "1", "bars": [{"bar": "a", "checked": 1, "failures": 0}]},
        {
            "date": "2026-11-22",
            "version": "1",
            "bars": [{"bar": "a", "checked": -1, "failures": 0, "control": True}],
        },
        {
            "date": "2026-11-22",
            "version": "1",
            "bars": [{"bar": "a", "checked": 1, "failures": 0, "control": "yes"}],
        },
        {
            "date": "2026-11-22",
            "version": 1,
            "bars": [{"bar": "a", "checked": 1, "failures": 0, "control": True}],
        },
    ],
)
def test_what_is_no_measurement_is_refused(document):
    with pytest.raises(AppUnfit) as refused:
        read_measured(document)
    assert refused.value.reason == "measured"


def test_the_readme_tells_of_links_only_where_there_are_links():
    assert "links/" in readme(IDENTITY, "Waterrijk").decode()
    assert "links/" not in readme(replace(IDENTITY, host=None), "Waterrijk").decode()
    assert "flet-cli==1.0.5" in readme(IDENTITY, "Waterrijk").decode()


def test_the_readme_names_only_what_is_there(made):
    text = made.files["LEESMIJ.txt"].decode()
    for name in ("pyproject.toml", "app/", "platforms/", "store/", "links/", STATEMENT):
        assert name in text
        assert any(path.startswith(name) for path in made.files), name
    assert "$" not in text


def test_what_only_the_builder_knows_is_left_open_in_the_files_for_links(made):
    android = json.loads(made.files["links/assetlinks.json"])
    assert android[0]["target"]["package_name"] == IDENTITY.bundle_id
    assert android[0]["target"]["sha256_cert_fingerprints"][0].startswith("INVULLEN")
    apple = json.loads(made.files["links/apple-app-site-association"])
    assert apple["applinks"]["details"][0]["appIDs"] == ["INVULLEN-TEAM-ID.nl.waterrijk.samenspraak"]
