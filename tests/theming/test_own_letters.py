"""A municipality's own letters go in only if they are whole and may be embedded."""

import dataclasses
import io
import json
import random
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from theming.adding import add_fonts
from theming.flet_fonts import font_sources
from theming.flet_theme import Legibility, letters_for
from theming.font_file import FontUnfit, read_font
from theming.fonts import PLAIN
from theming.house_style import StyleUnreadable, from_document, to_document
from theming.importing import ImportedStyle, import_style
from theming.own_letters import LARGEST_FONTS

FONTS = Path(__file__).parents[2] / "assets/fonts"
REGULAR, BOLD = "AtkinsonHyperlegibleNext_400Regular.ttf", "AtkinsonHyperlegibleNext_700Bold.ttf"


@pytest.fixture
def imported(tmp_path) -> ImportedStyle:
    return styled(tmp_path, "Waterletter", None)


def styled(folder, body: str | None, heading: str | None) -> ImportedStyle:
    file = folder / "tokens.json"
    tokens = {"document": {"font-family": body}, "heading-1": {"font-family": heading}}
    tokens = {name: value for name, value in tokens.items() if value["font-family"]}
    file.write_text(json.dumps({"utrecht": tokens | {"link": {"color": "#255D8D"}}}), "utf-8")
    return import_style(file, "Wijk")


def test_letters_that_the_tokens_ask_for_are_the_apps_letters(tmp_path):
    imported = styled(tmp_path, "Atkinson Hyperlegible", "Kopletter")
    found = [read_font((FONTS / name).read_bytes()) for name in (REGULAR, BOLD)]

    dressed = add_fonts(imported, found)

    assert [font.name for font in dressed.style.fonts] == [PLAIN, f"{PLAIN} Bold"]
    assert (dressed.style.body_font, dressed.style.heading_font) == (PLAIN, "Noto Sans")
    assert from_document(json.loads(json.dumps(to_document(dressed.style)))) == dressed.style
    codes = {remark.code: remark.values["family"] for remark in dressed.remarks if "font" in remark.code}
    assert codes == {"font-not-carried": "Kopletter"}


def test_letters_that_no_token_names_are_used_and_staff_hear_so(imported):
    dressed = add_fonts(imported, [read_font((FONTS / REGULAR).read_bytes())])

    assert (dressed.style.body_font, dressed.style.heading_font) == (PLAIN, PLAIN)
    assert {"font-unasked"} == {r.code for r in dressed.remarks if r.code.startswith("font-un")}


def test_a_font_of_the_house_style_reaches_the_theme_under_its_own_name(imported, tmp_path):
    raw = renamed("Waterletter").read()
    dressed = add_fonts(imported, [read_font(raw)])
    bare = dataclasses.replace(dressed.style, fonts=())

    assert letters_for(dressed.style, Legibility(plain_letters=False)).body == "Waterletter"
    assert letters_for(dressed.style, Legibility(plain_letters=True)).body == PLAIN
    assert letters_for(bare, Legibility(plain_letters=False)).body == PLAIN, (
        "the control: no file, no letters"
    )
    source = font_sources(dressed.style, tmp_path / "fonts")["Waterletter"]
    assert Path(source).read_bytes() == raw
    assert font_sources(dressed.style, tmp_path / "fonts") == {"Waterletter": source}
    assert font_sources(dressed.style, None)["Waterletter"].startswith("data:font/ttf;base64,AAEAAA")


def renamed(family: str | None = None, rights: int = 0, without: str = "") -> io.BytesIO:
    font = TTFont(FONTS / REGULAR)
    if family:
        for record in font["name"].names:
            if record.nameID in (1, 16):
                record.string = family
    font["OS/2"].fsType = rights
    for table in font["cmap"].tables:
        for letter in without:
            table.cmap.pop(ord(letter), None)
    out = io.BytesIO()
    font.save(out)
    out.seek(0)
    return out


@pytest.mark.parametrize(("rights", "limited"), [(0, False), (0x4, True), (0x8, True), (0x100, False)])
def test_what_the_maker_allows_is_read_in_the_file(rights, limited):
    assert read_font(renamed(rights=rights).read()).limited is limited


@pytest.mark.parametrize("rights", [0x2, 0x200])
def test_letters_that_may_not_be_embedded_are_refused_whoever_ticks_what(rights):
    with pytest.raises(FontUnfit) as refused:
        read_font(renamed(rights=rights).read())

    assert refused.value.reason == "forbidden"


def test_letters_without_what_polls_need_are_named(imported):
    dressed = add_fonts(imported, [read_font(renamed("Waterletter", without="ë€").read())])

    assert [r.values["letters"] for r in dressed.remarks if r.code == "font-incomplete"] == ["€ë"]


@pytest.mark.parametrize(
    "raw", [b"", b"wOF2" + bytes(400), b"\x00\x01\x00\x00", b"OTTO" + bytes(900), b"PK\3\4"]
)
def test_what_is_no_font_is_refused(raw):
    with pytest.raises(FontUnfit):
        read_font(raw)


def test_a_damaged_font_is_refused_or_read_but_never_crashes():
    raw, chance = (FONTS / REGULAR).read_bytes(), random.Random(9)
    outcomes = set()
    for _ in range(120):
        torn = bytearray(raw)
        for _ in range(chance.randint(1, 40)):
            torn[chance.randrange(4, 600)] = chance.randrange(256)
        try:
            read_font(bytes(torn[: chance.choice([len(raw), len(raw), chance.randrange(len(raw))])]))
            outcomes.add("read")
        except FontUnfit as refused:
            outcomes.add(refused.reason)
    assert "damaged" in outcomes


def test_more_letters_than_phones_have_room_for_are_refused(imported):
    found = read_font((FONTS / REGULAR).read_bytes())
    heavy = dataclasses.replace(found.font, data=found.font.data + bytes(LARGEST_FONTS))

    with pytest.raises(FontUnfit) as refused:
        add_fonts(imported, [dataclasses.replace(found, font=heavy)])

    assert refused.value.reason == "many"


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("fonts", {}),
        ("fonts", [{"family": "A", "bold": False, "data": "AAAA"}]),
        ("fonts", [{"family": "", "bold": False, "data": "AAEAAA=="}]),
        ("fonts", [{"family": "A", "bold": 1, "data": "AAEAAA=="}]),
        ("fonts", [{"family": "A", "bold": True, "data": "AAEAAA=="}] * 5),
        ("fonts", [{"family": "A", "bold": True, "data": "A" * 600_000}]),
    ],
)
def test_a_document_with_a_bad_font_is_refused(part, value, imported):
    with pytest.raises(StyleUnreadable):
        from_document(to_document(imported.style) | {part: value})
