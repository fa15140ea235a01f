"""Files change while staff look: what can be read is shown, and what cannot is said."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from preview.reading import Dressed
from preview.sources import BUILT_IN, Places, Sources
from tests.preview.conftest import BLUE, DUTCH, RED, write_style
from tests.support.polls import document, raw
from theming.default_style import DEFAULT


def sources(
    styles: tuple[Path, ...] = (), polls: tuple[Path, ...] = (), office: Path | None = None
) -> Sources:
    found = Sources(Places(styles, polls, office), Dressed(DEFAULT), DUTCH)
    found.refresh()
    return found


def names(found: Sources) -> list[str]:
    return [source.value.style.name for source in found.styles.values() if source.value]


def test_a_file_that_did_not_change_is_not_read_again(styles, poll):
    found = sources(styles, (poll,))

    assert not found.refresh()
    assert not sources().refresh(), "nor are the examples"


def test_a_style_that_changes_is_read_again(styles):
    found = sources(styles)
    [first, *_] = found.styles

    write_style(styles[0], "Heuvelland", BLUE)

    assert found.refresh()
    assert found.style(first).style.roles.brand_fill == BLUE


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"{", "Dit is geen JSON"), (b"[]", "huisstijl"), (None, "Er is geen bestand of map")],
)
def test_a_style_that_cannot_be_read_any_more_is_said_and_the_last_good_one_stays(styles, content, said):
    found = sources(styles)
    [first, *_] = found.styles

    if content is None:
        styles[0].unlink()
    else:
        styles[0].write_bytes(content)

    assert found.refresh()
    [(name, why)] = found.problems()
    assert name == styles[0].name
    assert said in why
    assert found.style(first).style.roles.brand_fill == RED


def test_a_style_that_is_put_right_is_no_problem_any_more(styles):
    found = sources(styles)
    styles[0].write_bytes(b"{")
    found.refresh()

    write_style(styles[0], "Heuvelland", RED)
    found.refresh()

    assert found.problems() == []


def test_every_fault_of_a_poll_is_named_and_another_is_shown(poll):
    poll.write_bytes(raw(document(closes_at="31 december", title={})))

    found = sources(polls=(poll,))

    [(name, why)] = found.problems()
    assert name == poll.name
    assert "2 fouten" in why
    assert "closes_at" in why
    assert found.poll(next(iter(found.polls))).poll.questions


def test_a_folder_gives_all_that_is_in_it_and_what_comes_later(styles, tmp_path):
    found = sources((tmp_path,))
    assert names(found) == ["Heuvelland", "Rivierstad", DEFAULT.name]

    write_style(tmp_path / "nieuw.style.json", "Nieuwland", RED)

    assert found.refresh()
    assert names(found) == ["Heuvelland", "Nieuwland", "Rivierstad", DEFAULT.name]


def test_design_tokens_are_imported_on_the_spot_with_their_warnings(tmp_path):
    tokens = {"utrecht": {"button": {"primary-action": {"background-color": {"value": "#fefefe"}}}}}
    (tmp_path / "wijk.json").write_text(json.dumps(tokens), "utf-8")

    found = sources((tmp_path / "wijk.json",))
    dressed = found.style(next(iter(found.styles)))

    assert "white-button" in {warning.code for warning in dressed.warnings}
    assert dict(dressed.sources)["brand_fill"] == "utrecht.button.primary-action.background-color"


def test_what_the_office_published_is_on_offer(office, publish_locally):
    publish_locally("vervoer")

    found = sources(office=office.folder)

    assert "published-vervoer" in found.polls
    assert found.poll("published-vervoer").poll.id == "vervoer"
    assert found.problems() == []


def test_an_office_folder_that_is_damaged_is_said(office, publish_locally):
    publish_locally("vervoer")
    (office.folder / "manifest.json").write_text("{}", "utf-8")

    found = sources(office=office.folder)

    assert any("manifest.json" in why for _, why in found.problems())
    assert BUILT_IN in found.styles


def test_an_unknown_id_gives_something_to_look_at():
    assert sources().style("weg").style is DEFAULT
    assert sources().poll("weg").poll.questions
