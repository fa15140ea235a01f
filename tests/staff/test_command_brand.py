"""`samenspraak brand`: staff read what was made and what to look at, or in one sentence why nothing was."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from i18n.wording import Wording
from own_app import identity, sources
from own_app.errors import AppUnfit
from staff.brand_sentences import APP_REMARKS, APP_UNFIT
from staff.style_file import write_style
from tests.own_app.conftest import SHIELD, WIDE, with_logo
from tests.staff.conftest import failed
from theming.default_style import DEFAULT
from theming.house_style import HouseStyle

ID = ("--id", "nl.waterrijk.samenspraak")
ROUND = {
    "date": "2026-11-22",
    "version": "0.1.0",
    "bars": [{"bar": "pixels", "checked": 12, "failures": 3, "control": True}],
}


@pytest.fixture
def style(office, tmp_path, monkeypatch):
    """`style(look)`: the file of a house style, beside a folder with keys."""
    monkeypatch.chdir(tmp_path)

    def write(look: HouseStyle = DEFAULT) -> Path:
        write_style(tmp_path / "waterrijk.style.json", look)
        return tmp_path / "waterrijk.style.json"

    return write


def test_the_app_is_in_a_folder_named_after_the_municipality_and_believes_its_key(
    style, run, office, tmp_path
):
    done = run("brand", style(with_logo(SHIELD)), *ID)

    assert done.exit_code == 0, done.output
    assert "De app Samenspraak Waterrijk van Gemeente Waterrijk staat in app-waterrijk." in done.stdout
    made = tmp_path / "app-waterrijk"
    flet = tomllib.loads((made / "pyproject.toml").read_text("utf-8"))["tool"]["flet"]
    assert (flet["product"], flet["bundle_id"]) == ("Samenspraak Waterrijk", ID[1])
    [known] = json.loads((made / "app/assets/municipalities.json").read_text("utf-8"))
    assert known["root_key"] == office.card().root_key
    assert known["address"] == office.addresses().issuer
    assert "dat er niets is gemeten" in done.stdout


def test_a_style_without_a_logo_or_with_a_wide_one_is_made_and_said(style, run):
    for look, said in ((DEFAULT, "heeft geen logo"), (with_logo(WIDE), "te breed voor een icoon")):
        done = run("brand", style(look), *ID, "--out", "own", "--name", "Peilingen")
        assert done.exit_code == 0, done.output
        assert said in done.stdout


def test_what_was_measured_is_in_the_statement(style, run, tmp_path):
    (tmp_path / "round.json").write_text(json.dumps(ROUND))
    done = run("brand", style(), *ID, "--measured", "round.json")

    assert "niets is gemeten" not in done.stdout
    assert (
        "3 van 12 voldeden niet" in (tmp_path / "app-waterrijk/toegankelijkheidsverklaring.html").read_text()
    )


def test_what_people_filled_in_stays_and_is_named(style, run, tmp_path):
    run("brand", style(), *ID)
    page = tmp_path / "app-waterrijk/toegankelijkheidsverklaring.html"
    page.write_text("ingevuld")
    done = run("brand", style(), *ID, "--name", "Anders")

    assert page.read_text() == "ingevuld"
    assert "toegankelijkheidsverklaring.html is met de hand veranderd" in done.stdout


def test_a_folder_with_something_else_is_left_alone(style, run, tmp_path):
    (tmp_path / "own").mkdir()
    (tmp_path / "own/brief.txt").write_text("x")

    assert "In own staat iets anders" in failed(run("brand", style(), *ID, "--out", "own"))
    assert [path.name for path in (tmp_path / "own").iterdir()] == ["brief.txt"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "--id ontbreekt."),
        (("--id", "waterrijk"), "--id: “waterrijk” is geen kenmerk voor een app."),
        (("--id", "nl.new.app"), "--id: “nl.new.app” kan niet het kenmerk zijn: Android"),
        ((*ID, "--name", "x" * 31), "--name: De naam"),
        ((*ID, "--url", "http://x.nl"), "--url: “http://x.nl” is geen adres voor links."),
    ],
)
def test_what_was_typed_wrong_is_said_and_nothing_is_written(words, said, style, run, tmp_path):
    assert failed(run("brand", style(), *words), code=2).startswith(said)
    assert not (tmp_path / "app-waterrijk").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--icon", "none.svg"), "Er is geen bestand of map none.svg."),
        (("--icon", "round.json"), "round.json: een icoon is een SVG of een PNG."),
        (("--measured", "waterrijk.style.json"), "waterrijk.style.json: dit zijn geen metingen"),
        (("--measured", "none.json"), "Er is geen bestand of map none.json."),
    ],
)
def test_a_file_that_cannot_be_used_is_named_and_nothing_is_written(words, said, style, run, tmp_path):
    (tmp_path / "round.json").write_text(json.dumps(ROUND))
    assert failed(run("brand", style(), *ID, *words)).startswith(said)
    assert not (tmp_path / "app-waterrijk").exists()


def test_a_name_that_is_too_long_for_stores_asks_for_a_shorter_one(style, run):
    said = failed(run("brand", style(replace(DEFAULT, name="Waterrijk aan de Oude Vliet")), *ID))
    assert "39 tekens. Winkels nemen er hooguit 30" in said
    assert "--name" in said


def test_without_keys_nothing_is_made(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write_style(tmp_path / "waterrijk.style.json", DEFAULT)
    assert "geen sleutels" in failed(run("brand", "waterrijk.style.json", *ID))


def test_without_the_sources_staff_are_told_where_to_give_the_command(tmp_path):
    with pytest.raises(AppUnfit) as refused:
        sources.project(tmp_path)
    said = Wording("nl", "staff").text(APP_UNFIT[refused.value.reason])
    assert "De broncode van Samenspraak is hier niet." in said


def test_every_reason_and_remark_has_a_sentence_and_no_sentence_is_there_in_vain():
    code = "".join(path.read_text("utf-8") for path in Path(identity.__file__).parent.glob("*.py"))
    assert set(re.findall(r'AppUnfit\("([a-z-]+)"', code)) == set(APP_UNFIT)
    remarks = set(re.findall(r'\("([a-z]+-[a-z]+)"[,)]', code)) & {*APP_REMARKS}
    assert remarks == set(APP_REMARKS)
