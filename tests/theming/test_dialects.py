"""Each dialect gives the same flat tokens, and what surprises in each is understood."""

import json

import pytest

from theming.dialects import read_document
from theming.resolve import Resolver, Unresolved
from theming.tokens import Conflict, read_tokens

RED = {"wijk": {"red": {"$value": "#f00"}, "link": {"$value": "{wijk.red}"}}}


@pytest.mark.parametrize(
    "document",
    [
        RED,
        {"wijk": {"red": {"value": "#f00"}, "link": {"value": "{wijk.red.value}"}}},
        {"wijk": {"red": "#f00", "link": "{wijk.red}"}},
        {"global": RED, "$themes": []},
        {
            "brand/kleuren": {"wijk": {"red": {"value": "#f00"}}},
            "links": {"wijk": {"link": {"value": "{wijk.red}"}}},
        },
        [{"path": ["wijk", "red"], "value": "#f00"}, {"path": ["wijk", "link"], "$value": "{wijk.red}"}],
        {"wijk": {"red": {"$root": {"$value": "#f00"}}, "link": {"$value": "{wijk.red.$root}"}}},
        {"wijk": {"red": {"$value": "#f00"}, "link": {"$value": {"$ref": "#/wijk/red/$value"}}}},
        {"component": {"wijk": {"red": {"$value": "#f00"}, "link": {"$value": "{wijk.red}"}}}},
    ],
    ids=["DTCG", "Style Dictionary", "plain", "sets", "slashed sets", "rows", "$root", "$ref", "wrapper"],
)
def test_a_link_in_red_reads_the_same_in_every_dialect(document):
    tokens = Resolver(dict(read_document(document)))

    assert tokens.value(tokens.find("wijk.link") or "") == "#f00"


def test_dark_sets_do_not_overwrite_light_ones():
    light, dark = {"a": {"$value": "#fff"}}, {"a": {"$value": "#000"}}
    themes = [
        {"name": "licht", "selectedTokenSets": {"basis": "source", "licht": "enabled", "nacht": "disabled"}},
        {"name": "Dark", "selectedTokenSets": {"basis": "source", "nacht": "enabled"}},
    ]

    assert dict(read_document({"x": light, "color-scheme-dark/x": dark, "$themes": []})) == {"a": "#fff"}
    assert dict(read_document({"basis": {}, "licht": light, "nacht": dark, "$themes": themes})) == {
        "a": "#fff"
    }
    assert dict(read_document({"x": light, "y": dark, "$themes": []})) == {"a": "#000"}  # the control


def test_sets_override_each_other_in_their_listed_order():
    sets = {"b": {"a": {"$value": 1}}, "a": {"a": {"$value": 2}}, "$metadata": {"tokenSetOrder": ["a", "b"]}}

    assert dict(read_document(sets)) == {"a": 1}


def test_a_token_may_itself_be_called_value():
    plain = {"a": {"value": "16 / 9"}, "b": {"c": "#fff", "d": "#000"}}

    assert dict(read_document(plain)) == {"a.value": "16 / 9", "b.c": "#fff", "b.d": "#000"}


def test_two_files_that_disagree_are_named(tmp_path):
    (tmp_path / "a.json").write_text('{"a": {"value": "#fff"}, "b": {"value": "#eee"}}')
    (tmp_path / "b.json").write_text('{"a": {"value": "#000"}, "b": {"value": "#eee"}}')
    (tmp_path / "dark.json").write_text('{"b": {"value": "#111"}}')
    (tmp_path / "broken.json").write_text("{")

    tokens = read_tokens(tmp_path)

    assert tokens.values == {"a": "#000", "b": "#eee"}
    assert [(remark.code, remark.path) for remark in tokens.remarks] == [("file-unreadable", "broken.json")]
    assert tokens.conflicts == (Conflict("a", "#fff", "a.json", "#000", "b.json"),)


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("#FFF", "#ffffff", True),
        ("16px", "1rem", True),
        ("'Fira Sans', Arial", "Fira Sans,Arial", True),
        ("transparent", "rgba(0, 0, 0, 0)", True),
        ("{a.b}", "#123456", True),
        ("#FFF", "#FFE", False),
        ("16px", "15px", False),
        ("#FFF", "transparent", False),
        ("solid", "dashed", False),
    ],
)
def test_two_ways_to_write_the_same_are_no_conflict(one, other, agree, tmp_path):
    (tmp_path / "a.json").write_text(json.dumps({"a": {"value": one}}))
    (tmp_path / "b.json").write_text(json.dumps({"a": {"value": other}}))

    assert (read_tokens(tmp_path).conflicts == ()) == agree


def test_a_folder_of_sets_is_read_in_the_order_of_its_metadata(tmp_path):
    (tmp_path / "a.json").write_text('{"t": {"value": 1}}')
    (tmp_path / "b.json").write_text('{"t": {"value": 2}}')
    (tmp_path / "$metadata.json").write_text(json.dumps({"tokenSetOrder": ["b", "a"]}))

    assert read_tokens(tmp_path).values == {"t": 1}


def test_references_nest_and_what_leads_nowhere_is_reported_once():
    tokens = Resolver(
        {
            "a": "{b}",
            "b": "{c} * 1.5",
            "c": "8px",
            "d": "{none}",
            "e": "{d}",
            "f": "{g}",
            "g": "{h}",
            "h": "{f}",
        }
    )

    assert tokens.value("a") == "8px * 1.5"
    assert [(w.code, w.path) for w in tokens.problems()] == [("dangling", "d"), ("cycle", "f")]
    with pytest.raises(Unresolved):
        tokens.value("e")


def test_references_that_double_at_every_step_stop_before_memory_does():
    tokens = Resolver({f"t{n}": f"{{t{n + 1}}}{{t{n + 1}}}" for n in range(50)} | {"t50": "xx"})

    assert {w.code for w in tokens.problems()} == {"value-too-long"}
