"""`samenspraak style`: staff read in their own language what came of their tokens, or why nothing did."""

import json
import random
import tarfile
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from samenspraak import main
from tests.theming.shared_tokens import shared
from theming.contrast import ratio
from theming.fonts import PLAIN
from theming.house_style import from_document

ROLES = ["surface", "text", "brand_fill", "on_brand_fill", "secondary", "link", "heading", "border", "focus"]
ROLES += ["error", "body_font", "heading_font", "radius"]
SCHEMES = ["light", "dark", "light-high", "dark-high"]
FONT = Path(__file__).parents[2] / "assets/fonts/AtkinsonHyperlegibleNext_400Regular.ttf"
WIJK = {"utrecht": {"link": {"color": "#255D8D"}, "document": {"font-family": "Noto Sans"}}}


@pytest.fixture
def folder(tmp_path, monkeypatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "wijk.tokens.json").write_text(json.dumps(WIJK), "utf-8")
    return tmp_path


def run(*words: object, language: str = "nl") -> Result:
    runner = CliRunner(env={"SAMENSPRAAK_LANG": language})
    return runner.invoke(main, ["style", *map(str, words)], catch_exceptions=False)


def test_the_outcome_as_data_has_every_role_scheme_and_pair(folder):
    done = run("import", shared("synthetisch-sd-oud"), "--json")
    data = json.loads(done.stdout)

    assert done.exit_code == 0
    assert list(data) == ["roles", "schemes", "pairs", "warnings"]
    assert list(data["roles"]) == ROLES
    assert all(set(role) == {"value", "source", "why"} and role["why"] for role in data["roles"].values())
    assert data["roles"]["brand_fill"]["value"] == data["schemes"]["light"]["brand_fill"] == "#F5B400"
    assert data["roles"]["link"]["source"] == "utrecht.link.color"
    assert data["roles"]["heading_font"]["source"] == "derived"
    assert list(data["schemes"]) == SCHEMES
    assert not list(folder.glob("*.style.json")), "a file only where it is asked for"


def test_the_pairs_are_measured_on_the_colours_of_the_schemes(folder):
    data = json.loads(run("import", shared("synthetisch-sd-oud"), "--json").stdout)

    for pair in data["pairs"]:
        scheme = data["schemes"][pair["scheme"]]
        assert pair["ratio"] == ratio(scheme[pair["foreground"]], scheme[pair["background"]]) >= pair["needs"]
    assert {pair["scheme"] for pair in data["pairs"]} == set(SCHEMES)


def test_every_kind_of_trouble_has_its_code_and_a_sentence(folder):
    data = json.loads(run("import", shared("synthetisch-sd-oud"), "--json").stdout)
    found = {warning["code"]: warning for warning in data["warnings"]}

    assert {"dangling", "unreadable-link", "unreadable-button-text", "faint-button", "role-derived"} <= set(
        found
    )
    assert found["unreadable-link"]["path"] == "utrecht.link.color"
    assert "1,84" in found["unreadable-link"]["text"]
    cycle = json.loads(run("import", shared("synthetisch-dtcg"), "--json").stdout)["warnings"]
    assert [warning["path"] for warning in cycle if warning["code"] == "cycle"] == ["basis.color.kring.a"]
    template = json.loads(run("import", shared("start-v8/tokens.json"), "--json").stdout)["warnings"]
    assert "template" in {warning["code"] for warning in template}


def test_staff_read_what_was_found_where_and_get_a_file_to_publish(folder):
    done = run("import", "wijk.tokens.json", "--name", "Gemeente Wijk")

    assert done.exit_code == 0
    assert "Links: #255D8D" in done.stdout
    assert "utrecht.link.color. Een bekende naam, in wijk.tokens.json." in done.stdout
    assert "De tokens noemen geen achtergrond: wit." in done.stdout
    style = from_document(json.loads((folder / "wijk.style.json").read_text()))
    assert (style.name, style.roles.link) == ("Gemeente Wijk", "#255D8D")
    again = run("import", "wijk.tokens.json")
    assert again.exit_code == 0, "a house style may be made anew"


def test_staff_may_read_it_in_english(folder):
    assert "Nothing else to look at." in run("import", "wijk.tokens.json", language="en").stdout


def test_another_file_is_never_overwritten(folder):
    (folder / "notes.json").write_text('{"mine": true}')

    done = run("import", "wijk.tokens.json", "--out", "notes.json")

    assert done.exit_code == 1
    assert "notes.json" in done.stderr
    assert (folder / "notes.json").read_text() == '{"mine": true}'


def test_what_was_made_can_be_checked_and_what_was_spoilt_is_refused(folder):
    run("import", "wijk.tokens.json")
    assert "kan worden gepubliceerd" in run("check", "wijk.style.json").stdout

    document = json.loads((folder / "wijk.style.json").read_text())
    document["schemes"]["light"]["link"] = "#EEEEEE"
    (folder / "wijk.style.json").write_text(json.dumps(document))

    spoilt = run("check", "wijk.style.json")
    assert spoilt.exit_code == 1
    assert "link on surface" in spoilt.stderr


@pytest.mark.parametrize(
    "content", ["", "[]", "{", '{"a": {"$value": 3}}', "\0" * 99, '{"a": {"value": "\\ud800"}}']
)
def test_nothing_usable_ends_with_what_was_there_and_exit_code_1(content, folder):
    (folder / "a.json").write_text(content)

    done = run("import", "a.json")

    assert done.exit_code == 1
    assert done.stderr.startswith("Geen kleuren van een huisstijl in a.json")
    assert ("geen JSON" in done.stderr) == (not content.startswith(("[", '{"')))


def test_a_missing_file_ends_with_one_sentence(folder):
    done = run("import", "none.json")

    assert (done.exit_code, done.stderr) == (1, "Er is geen bestand of map none.json.\n")


def test_a_name_that_a_terminal_would_obey_is_shown_and_not_obeyed(folder):
    (folder / "a.json").write_text(json.dumps({"\x1b[2J\ud800": {"link": {"color": "#255D8D"}}}))

    done = run("import", "a.json", "--json")

    assert done.exit_code == 0
    assert "\x1b" not in done.stdout + run("import", "a.json").stdout


def test_a_logo_and_letters_come_in_the_file_with_a_tick_for_the_licence(folder):
    (folder / "logo.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9"/></svg>'
    )
    untied = run("import", "wijk.tokens.json", "--font", FONT)
    assert untied.exit_code == 1
    assert "--may-embed" in untied.stderr

    done = run("import", "wijk.tokens.json", "--logo", "logo.svg", "--font", FONT, "--may-embed")

    assert done.exit_code == 0
    style = from_document(json.loads((folder / "wijk.style.json").read_text()))
    assert style.logo is not None
    assert style.logo.alternative == "Logo van Wijk"
    assert [font.family for font in style.fonts] == [style.body_font] == [PLAIN]


@pytest.mark.parametrize("option", ["--logo", "--font"])
def test_what_cannot_be_added_is_said_with_the_files_name(option, folder):
    (folder / "x.bin").write_bytes(b"nothing")

    done = run("import", "wijk.tokens.json", option, "x.bin", "--may-embed")

    assert done.exit_code == 1
    assert done.stderr.startswith("x.bin: ")


def test_letters_for_people_with_low_vision_stand_in_where_no_token_names_any(folder):
    (folder / "a.json").write_text('{"nl": {"link": {"color": "#255D8D"}}}')
    data = json.loads(run("import", "a.json", "--json").stdout)

    assert data["roles"]["body_font"]["value"] == PLAIN


def test_a_package_larger_than_any_real_one_takes_less_than_five_seconds_of_work(folder):
    chance = random.Random(2)
    tokens = {f"c{n}": {"value": f"#{chance.randrange(1 << 24):06x}"} for n in range(4000)}
    tokens |= {f"r{n}": {"value": f"{{wijk.c{n}}}"} for n in range(4000)}
    for name in ("src/tokens.json", "dist/tokens.json", "dist/list.json"):
        file = folder / "big" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps({"wijk": tokens | {"link": {"color": {"value": "{wijk.c7}"}}}}))
    with tarfile.open(folder / "big.tgz", "w:gz") as archive:
        archive.add(folder / "big", "package")

    started = time.process_time()
    done = run("import", "big.tgz", "--json")

    assert done.exit_code == 0
    assert time.process_time() - started < 5
