"""What a person reads in a municipality's tokens is what the app gets."""

import json
from dataclasses import asdict

import pytest

from tests.theming.shared_tokens import shared
from theming.house_style import from_document, to_document
from theming.importing import ImportedStyle, import_style
from theming.tokens import NoUsableTokens

# Read by a person in the files, reference by reference.
READ_IN = {
    "denhaag-4.1.0/list.json": {
        "surface": "#FFFFFF",
        "text": "#2E2E2E",
        "brand_fill": "#238541",
        "on_brand_fill": "#FFFFFF",
        "secondary": "#238541",
        "link": "#1260A1",
        "heading": "#2E2E2E",
        "border": "#7A7A7A",
        "focus": "#806400",
        "error": "#CF1B07",
        "body_font": "TheSans",
        "heading_font": "TheMix",
        "radius": 3.0,
    },
    "start-v8/tokens.json": {
        "surface": "#FCFCFC",
        "text": "#1B1B1B",
        "brand_fill": "#1B59A4",
        "on_brand_fill": "#FFFFFF",
        "secondary": "#1B59A4",
        "link": "#1B59A4",
        "heading": "#1B1B1B",
        "border": "#868686",
        "focus": "#0B0C0C",
        "error": "#B70000",
        "body_font": "IBM Plex Sans",
        "heading_font": "IBM Plex Sans",
        "radius": 8.0,
    },
    "voorbeeld-v13/tokens.json": {
        "surface": "#FFFFFF",
        "text": "#001A40",
        "brand_fill": "#5115EF",
        "on_brand_fill": "#FFFFFF",
        "secondary": "#5115EF",
        "link": "#00568B",
        "heading": "#001A40",
        "border": "#586C88",
        "focus": "#0B0C0C",
        "error": "#A01D23",
        "body_font": "Noto Sans",
        "heading_font": "Noto Serif",
        "radius": 8.0,
    },
    "ma-v7/tokens.json": {
        "surface": "#FCFCFC",
        "text": "#1B1C1D",
        "brand_fill": "#803D95",
        "on_brand_fill": "#FFFFFF",
        "secondary": "#803D95",
        "link": "#255D8D",
        "heading": "#1B1C1D",
        "border": "#575A5E",
        "focus": "#000000",
        "error": "#A1313C",
        "body_font": "Source Sans Pro",
        "heading_font": "Fira Sans",
        "radius": 8.0,
    },
    "synthetisch-sd-oud": {
        "surface": "#FFFFFF",
        "text": "#222222",
        "brand_fill": "#F5B400",
        "on_brand_fill": "#FFFFFF",
        "secondary": "#155079",
        "link": "#F5B400",
        "heading": "#155079",
        "border": "#D4D4D4",
        "focus": "#F5B400",
        "error": "#D0021B",
        "body_font": "Polder Sans",
        "heading_font": None,
        "radius": 4.0,
    },
    "synthetisch-plat": {
        "surface": "#FFFFFF",
        "text": "#1A1A1A",
        "brand_fill": "#00695C",
        "on_brand_fill": "#FFFFFF",
        "secondary": None,
        "link": "#00695C",
        "heading": None,
        "border": None,
        "focus": None,
        "error": "#C62828",
        "body_font": "Kust Sans",
        "heading_font": None,
        "radius": 0.0,
    },
    "synthetisch-dtcg": {
        "surface": "#FFFFFF",
        "text": "#121212",
        "brand_fill": "#7525A1",
        "on_brand_fill": "#FFFFFF",
        "secondary": "#7525A1",
        "link": None,
        "heading": None,
        "border": "#8C8C8C",
        "focus": "#121212",
        "error": None,
        "body_font": "Heide Sans",
        "heading_font": None,
        "radius": 8.0,
    },
}


def codes(imported: ImportedStyle) -> dict[str, str]:
    return {remark.code: remark.path for remark in imported.remarks}


@pytest.mark.parametrize("name", READ_IN)
def test_the_roles_are_those_a_person_reads_in_the_tokens(name):
    imported = import_style(shared(name), "Gemeente")

    assert asdict(imported.style.roles) == READ_IN[name]
    assert from_document(json.loads(json.dumps(to_document(imported.style)))) == imported.style


@pytest.mark.parametrize("name", READ_IN)
def test_every_role_says_which_token_gave_it_or_what_was_done_without_one(name):
    imported = import_style(shared(name), "Gemeente")
    derived = {remark.path for remark in imported.remarks if remark.code == "role-derived"}

    for role, value in READ_IN[name].items():
        assert (role in imported.sources) == (value is not None)
        assert (role in derived) == (value is None)
        assert imported.value(role) == value or value is None
        assert imported.value(role) is not None


def test_a_real_house_style_raises_no_warning_but_about_its_commercial_letters():
    imported = import_style(shared("denhaag-4.1.0/list.json"), "Gemeente")

    assert {remark.code for remark in imported.remarks} == {"font-commercial"}
    assert imported.style.body_font == "Noto Sans"


def test_a_template_is_no_house_style_until_one_colour_differs(tmp_path):
    tokens = shared("start-v8/tokens.json").read_text("utf-8")
    changed = tmp_path / "tokens.json"
    changed.write_text(tokens.replace("#1B59A4", "#1B59A5"), "utf-8")

    assert codes(import_style(shared("start-v8/tokens.json"), "Gemeente"))["template"] == "start"
    assert codes(import_style(shared("voorbeeld-v13/tokens.json"), "Gemeente"))["template"] == "voorbeeld"
    assert "template" not in codes(import_style(changed, "Gemeente"))
    assert "template" not in codes(import_style(shared("ma-v7/tokens.json"), "Gemeente"))


def test_what_nobody_can_read_is_named_and_mended():
    imported = import_style(shared("synthetisch-sd-oud"), "Polderwijk")

    assert codes(imported) | {
        "dangling": "utrecht.paragraph.color",
        "unreadable-link": "utrecht.link.color",
        "faint-border": "utrecht.form-input.border-color",
        "faint-button": "utrecht.button.primary-action.background-color",
        "unreadable-button-text": "utrecht.button.primary-action.color",
    } == codes(imported)
    light = imported.style.schemes["light"]
    assert light.brand_fill == "#F5B400"
    assert light.on_brand_fill == "#000000"
    assert light.link != "#F5B400"


def test_a_circle_of_references_is_reported_once():
    imported = import_style(shared("synthetisch-dtcg"), "Heide")

    assert [remark.path for remark in imported.remarks if remark.code == "cycle"] == ["basis.color.kring.a"]


def test_a_white_button_is_reported_and_keeps_its_colour_inside_an_outline(tmp_path):
    imported = import_plain(
        tmp_path, {"button": {"primary": {"background-color": "#fff", "color": "#803D95"}}}
    )

    assert {"white-button", "brand-without-colour"} <= set(codes(imported))
    light = imported.style.schemes["light"]
    assert (light.brand_fill, light.on_brand_fill) == ("#FFFFFF", "#803D95")
    assert light.brand_outline == light.primary != "#FFFFFF"


def test_a_dark_background_is_reported_and_leaves_the_light_scheme_light(tmp_path):
    imported = import_plain(tmp_path, {"document": {"background-color": "#101010", "color": "#eee"}})

    assert "dark-surface" in codes(imported)
    assert imported.style.schemes["light"].surface == "#FFFFFF"


def test_an_error_as_red_as_the_brand_gets_another_hue(tmp_path):
    imported = import_plain(tmp_path, {"button": {"primary": {"background-color": "#c8102e"}}})

    assert "error-like-brand" in codes(imported)
    assert imported.style.schemes["light"].error not in {"#BA1A1A", "#C8102E"}


def test_a_value_that_is_no_colour_is_reported_and_passed_over(tmp_path):
    imported = import_plain(tmp_path, {"document": {"color": "color-mix(in srgb, red, blue)"}})

    assert codes(imported)["value-unreadable"] == "wijk.document.color"


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", "null", "3", '{"a": ', "[" * 100_000, '{"a": {"$value": "#fff"}}']
)
def test_a_file_with_nothing_usable_raises_one_error(tmp_path, text):
    file = tmp_path / "tokens.json"
    file.write_text(text, "utf-8")

    with pytest.raises(NoUsableTokens):
        import_style(file, "Gemeente")


def test_a_missing_file_is_an_error_of_its_own(tmp_path):
    with pytest.raises(FileNotFoundError):
        import_style(tmp_path / "none.json", "Gemeente")


def import_plain(folder, tokens) -> ImportedStyle:
    file = folder / "tokens.json"
    file.write_text(json.dumps({"wijk": tokens | {"link": {"color": "#255D8D"}}}), "utf-8")
    return import_style(file, "Wijk")


def test_the_colour_of_a_footer_is_not_the_pages(tmp_path):
    imported = import_plain(tmp_path, {"page-footer": {"background-color": "#154273"}})

    assert imported.style.roles.surface is None


def test_tokens_under_a_wrapper_and_an_unknown_prefix_are_found(tmp_path):
    file = tmp_path / "tokens.json"
    file.write_text(json.dumps({"component": {"wijk": {"link": {"color": {"value": "#255D8D"}}}}}), "utf-8")

    assert import_style(file, "Wijk").sources["link"].path == "component.wijk.link.color"


def test_files_that_disagree_about_what_the_app_shows_are_named_one_by_one(tmp_path):
    for name, colour in (("a", "#111111"), ("b", "#222222")):
        others = {f"x{n}": {"value": colour} for n in range(50)}
        document = {"utrecht": {"link": {"color": {"value": "{brand.blue}"}}, **others}}
        document["brand"] = {"blue": {"value": colour}}
        (tmp_path / f"{name}.json").write_text(json.dumps(document), "utf-8")

    imported = import_style(tmp_path, "Wijk")

    found = {remark.code: remark for remark in imported.remarks}
    assert found["conflict"].path == "brand.blue"
    assert found["conflict-unused"].values["n"] == "50"
    assert imported.style.roles.link == "#222222"
