"""A logo can only be looked at: nothing in it runs, fetches or grows, and it is small."""

import dataclasses
import io
import json
import random

import pytest
from PIL import Image, PngImagePlugin

from theming.adding import add_logo
from theming.house_style import StyleUnreadable, from_document, to_document
from theming.importing import ImportedStyle, import_style
from theming.logo import LARGEST_LOGO, Logo, LogoUnfit

HEAD = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 40 20">'
)
SQUARE = '<rect id="r" width="10" height="10" fill="#0B6470"/>'


@pytest.fixture
def imported(tmp_path) -> ImportedStyle:
    file = tmp_path / "tokens.json"
    file.write_text(json.dumps({"utrecht": {"link": {"color": "#255D8D"}}}), "utf-8")
    return import_style(file, "Wijk")


def logo_of(imported, raw: bytes | str) -> Logo:
    dressed = add_logo(imported, raw.encode() if isinstance(raw, str) else raw, "Logo van Wijk")
    assert from_document(to_document(dressed.style)) == dressed.style
    assert dressed.style.logo is not None
    return dressed.style.logo


def test_a_drawing_keeps_its_shapes_and_its_size(imported):
    logo = logo_of(imported, f"{HEAD}<title>Wijk</title><g transform='scale(2)'>{SQUARE}</g></svg>")

    assert b'<rect id="r" width="10" height="10" fill="#0B6470"' in logo.data
    assert (logo.kind, logo.width, logo.height, logo.alternative) == ("svg", 40, 20, "Logo van Wijk")


def test_colours_in_a_style_sheet_become_the_shapes_own(imported):
    sheet = "<style>/* x */ .a, .b{fill:#123456;font-family:Arial} .b{stroke:url(#g)} p{fill:red}</style>"

    drawing = logo_of(imported, f'{HEAD}{sheet}<path class="b" d="M0 0h4" style="opacity:.5"/></svg>').data

    for kept in (b'fill="#123456"', b'stroke="url(#g)"', b'opacity=".5"'):
        assert kept in drawing
    assert b"style" not in drawing
    assert b"font" not in drawing


HOSTILE = {
    "script": "<script>alert(1)</script>",
    "foreignObject": "<foreignObject><iframe xmlns='http://www.w3.org/1999/xhtml' src='x'/></foreignObject>",
    "image": "<image href='https://tracker.example/pixel.png' width='1' height='1'/>",
    "onload": "<g onload='alert(1)'/>",
    "onclick": "<rect width='1' height='1' ONCLICK='alert(1)'/>",
    "use": "<use xlink:href='https://evil.example/a.svg#x'/>",
    "animate": "<animate attributeName='href' to='javascript:alert(1)'/>",
    "set": "<set attributeName='onclick' to='alert(1)'/>",
    "text": "<text font-family='Arial'>Wijk</text>",
    "a": "<a href='javascript:alert(1)'><rect width='2' height='2'/></a>",
    "paint": "<rect width='1' height='1' fill='url(https://evil.example/a#b)'/>",
    "css": "<style>@import url(//evil.example/a.css); .a{fill:url(//evil.example)}</style><g class='a'/>",
    "expression": "<rect width='1' style='fill:expression(alert(1));background:url(javascript:x)'/>",
    "data": "<linearGradient id='g' href='data:image/svg+xml;base64,AAAA'/>",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_could_run_or_fetch_is_taken_out(name, imported):
    drawing = logo_of(imported, f"{HEAD}{HOSTILE[name]}{SQUARE}</svg>").data.decode().lower()

    assert "<rect" in drawing
    for trace in (
        "script",
        "evil",
        "tracker",
        "alert",
        "http://www.w3.org/1999",
        "onclick",
        "onload",
        "data:",
    ):
        assert trace not in drawing, trace


@pytest.mark.parametrize("name", HOSTILE)
def test_the_same_drawings_are_refused_where_nobody_cleaned_them(name, imported):
    """The control, and the phone's own check: a document made without the importer."""
    plain = Logo("svg", f"{HEAD}{SQUARE}</svg>".encode(), "x", 40, 20)
    hostile = dataclasses.replace(plain, data=f"{HEAD}{HOSTILE[name]}{SQUARE}</svg>".encode())

    for logo, fits in ((plain, True), (hostile, False)):
        document = to_document(dataclasses.replace(imported.style, logo=logo))
        if fits:
            assert from_document(document).logo == logo
        else:
            with pytest.raises(StyleUnreadable, match="logo"):
                from_document(document)


def test_staff_hear_what_was_taken_out(imported):
    dressed = add_logo(imported, f"{HEAD}{HOSTILE['script']}{HOSTILE['text']}{SQUARE}</svg>".encode(), "x")

    assert [r.values["parts"] for r in dressed.remarks if r.code == "logo-cleaned"] == ["script, text"]


BOMB = '<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
FILE = '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (f"{BOMB}{HEAD}<desc>&b;</desc>{SQUARE}</svg>", "entities"),
        (f"{FILE}{HEAD}<desc>&a;</desc>{SQUARE}</svg>", "entities"),
        (f"{HEAD}{SQUARE}", "damaged"),
        (f"{HEAD}<text>Wijk</text></svg>", "empty"),
        (f"<svg xmlns='http://www.w3.org/2000/svg'>{SQUARE}</svg>", "sizeless"),
        (f"{HEAD}{'<g>' * 60}{SQUARE}{'</g>' * 60}</svg>", "large"),
        (f"{HEAD}{SQUARE * 3001}</svg>", "large"),
        (f'{HEAD}<path d="{"M0 0h4" * 30_000}"/></svg>', "large"),
        ("<html><svg/></html>", "damaged"),
        (b"GIF89a" + bytes(50), "kind"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "damaged"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\1\0\0\0\1\0\0" + bytes(50), "large"),
    ],
)
def test_what_is_no_logo_is_refused_with_a_reason(raw, reason, imported):
    with pytest.raises(LogoUnfit) as refused:
        add_logo(imported, raw.encode() if isinstance(raw, str) else raw, "x")

    assert refused.value.reason == reason


def test_copies_of_copies_are_taken_out(imported):
    laughs = "".join(f'<g id="a{n}">' + f'<use href="#a{n - 1}"/>' * 10 + "</g>" for n in range(1, 10))
    drawing = logo_of(imported, f'{HEAD}<g id="a0">{SQUARE}</g>{laughs}</svg>').data

    assert drawing.count(b"<use") == 10, "only those of what has no copies itself"
    assert b'href="#r"' in logo_of(imported, f'{HEAD}{SQUARE}<use xlink:href="#r" x="4"/></svg>').data


def picture(width: int, height: int, **about: str) -> bytes:
    text = PngImagePlugin.PngInfo()
    for name, value in about.items():
        text.add_text(name, value)
    out = io.BytesIO()
    chance = random.Random(3)
    drawn = Image.new("RGB", (width, height), "#0B6470")
    for _ in range(2000):
        drawn.putpixel((chance.randrange(width), chance.randrange(height)), (255, 255, 255))
    drawn.save(out, "PNG", pnginfo=text)
    return out.getvalue()


def test_a_picture_becomes_small_and_loses_what_was_written_in_it(imported):
    logo = logo_of(imported, picture(3000, 1000, Author="Secret Name"))

    assert (logo.kind, logo.width, logo.height) == ("png", 960, 320)
    assert len(logo.data) <= LARGEST_LOGO
    assert b"Secret" not in logo.data
    assert Image.open(io.BytesIO(logo.data)).size == (960, 320)


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("logo", {"type": "svg", "data": "////", "alternative": "x", "width": 1, "height": 1}),
        ("logo", {"type": "gif", "data": "", "alternative": "x", "width": 1, "height": 1}),
        ("logo", {"type": "png", "data": "AAAA", "alternative": "x", "width": 1, "height": 1}),
        ("logo", 3),
    ],
)
def test_a_document_with_a_bad_logo_is_refused(part, value, imported):
    with pytest.raises(StyleUnreadable):
        from_document(to_document(imported.style) | {part: value})
