"""A poll file: read, checked, and every fault named."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from domain.checks import RULES
from domain.errors import PollInvalid
from protocol.poll_document import poll_schema, read_poll
from tests.support.polls import DEMONSTRATION, EVERY_KIND, document, raw

SCHEMA = Path(__file__).parents[2] / "docs" / "poll-schema-1.json"


def faults(data: object) -> list[tuple[str, str]]:
    with pytest.raises(PollInvalid) as invalid:
        read_poll(data if isinstance(data, bytes) else json.dumps(data).encode())
    return [(fault.place, fault.rule) for fault in invalid.value.faults]


def test_the_published_schema_is_the_one_in_the_code():
    assert json.loads(SCHEMA.read_text("utf-8")) == poll_schema(), "run: make documents"


@pytest.mark.parametrize("path", [*sorted(DEMONSTRATION.glob("*.json")), EVERY_KIND], ids=lambda p: p.stem)
def test_our_own_polls_follow_the_published_schema(path):
    jsonschema.Draft202012Validator(poll_schema()).validate(json.loads(path.read_text("utf-8")))


def test_twelve_different_faults_get_twelve_errors_that_name_the_place():
    data = document(EVERY_KIND)
    by_id = {question["id"]: question for question in data["questions"]}
    data["titel"] = {"nl": "?"}  # 1: a field nobody knows
    data["closes_at"] = "2026-13-01T00:00:00Z"  # 2: no such month
    data["smallest_group"] = 3  # 3
    data["languages"] = ["nl", "en"]
    for question in data["questions"]:
        question["text"]["en"] = "English"
        for part in question.get("options", []) + question.get("statements", []):
            part[("label" if "label" in part else "text")]["en"] = "English"
    for field in ("topic", "title", "introduction"):
        data[field]["en"] = "English"
    by_id["getal"]["unit"]["en"] = "hours"
    del by_id["een"]["text"]["en"]  # 4
    by_id["een"]["options"][1]["id"] = "rood"  # 5
    by_id["meer"]["max_choices"] = 9  # 6
    by_id["eens"]["options"] = by_id["eens"]["options"][:2]  # 7
    by_id["gezicht"]["show_if"] = {"question": "tekst", "answered": True}  # 8
    by_id["cijfer"]["kind"] = "rapportcijfer"  # 9
    by_id["getal"]["minimum"] = 50  # 10
    by_id["volgorde"]["options"][0]["exclusive"] = True  # 11
    data["tables"] = [{"question": "tekst"}]  # 12
    assert sorted(faults(data)) == sorted(
        [
            ("titel", "shape-extra-forbidden"),
            ("closes_at", "shape-datetime-from-date-parsing"),
            ("smallest_group", "smallest-group-too-small"),
            ("questions[een].text", "text-missing"),
            ("questions[een].options", "id-twice"),
            ("questions[meer].max_choices", "maximum-choices-out-of-range"),
            ("questions[eens].options", "too-few-options"),
            ("questions[gezicht].show_if", "condition-on-itself-or-later"),
            ("questions[cijfer]", "shape-union-tag-invalid"),
            ("questions[getal].minimum", "range-empty"),
            ("questions[volgorde].options", "exclusive-not-allowed"),
            ("tables[0]", "table-of-text"),
        ]
    )


def _question(id: str, **changes: object):
    def change(data):
        next(q for q in data["questions"] if q["id"] == id).update(changes)

    return change


OPTIONS = [{"id": id, "label": {"nl": id}} for id in ("a", "b", "c", "d")]
ONE_FAULT = {
    "language-unknown": lambda d: d.update(languages=["nl", "xx"]),
    "text-missing": lambda d: d["title"].update(nl=" "),
    "text-in-undeclared-language": lambda d: d["title"].update(en="Title"),
    "closes-before-it-opens": lambda d: d.update(closes_at=d["opens_at"]),
    "smallest-group-too-small": lambda d: d.update(smallest_group=9),
    "id-twice": lambda d: d["questions"].append(d["questions"][0]),
    "too-few-options": _question("een", options=OPTIONS[:1]),
    "smiley-scale-size": _question("gezicht", options=OPTIONS),
    "exclusive-not-allowed": _question("een", options=[{**OPTIONS[0], "exclusive": True}, OPTIONS[1]]),
    "picture-unknown": _question("een", options=[{**OPTIONS[0], "picture": "spaceship"}, OPTIONS[1]]),
    "maximum-choices-out-of-range": _question("meer", max_choices=5),
    "range-empty": _question("getal", minimum=40),
    "groups-not-rising": _question("getal", groups=[8, 8]),
    "text-required": _question("tekst", required=True),
    "answers-too-large": lambda d: d["questions"].extend(
        {"id": f"meer-{i}", "kind": "text", "text": {"nl": "?"}, "max_length": 2000} for i in range(2)
    ),
    "condition-on-itself-or-later": _question("een", show_if={"question": "een", "answered": True}),
    "condition-option-unknown": _question("meer", show_if={"question": "een", "chose": ["groen"]}),
    "condition-wrong-kind": _question("meer", show_if={"question": "een", "at_least": 3}),
    "table-question-unknown": lambda d: d["tables"].append({"question": "nergens"}),
    "table-of-text": lambda d: d["tables"].append({"question": "tekst"}),
    "table-needs-groups": _question("getal", groups=[]),
    "table-by-unfit": lambda d: d["tables"].append({"question": "een", "by": "meer"}),
    "too-many-crossed-tables": lambda d: d.update(tables=[{"question": "eens", "by": "een"}] * 2),
}


@pytest.mark.parametrize("rule", RULES)
def test_each_rule_is_caught_where_it_is_broken(rule):
    data = document(EVERY_KIND)
    ONE_FAULT[rule](data)
    assert rule in {found for _, found in faults(data)}


def test_one_table_may_be_broken_down_and_each_statement_counts_as_one():
    one = document(EVERY_KIND, tables=[{"question": "eens", "by": "een"}])
    assert len(read_poll(raw(one)).tables) == 1
    two_statements = document(EVERY_KIND, tables=[{"question": "stellingen", "by": "een"}])
    assert faults(two_statements) == [("tables", "too-many-crossed-tables")]


def test_a_good_poll_has_no_faults():
    assert read_poll(raw(document(EVERY_KIND))).id == "alle-soorten"


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"\xff", b'{"a": ' * 5000, b"x" * 300_000])
def test_what_is_no_poll_at_all_gets_a_fault_not_a_crash(data):
    assert faults(data)


def test_times_without_a_zone_are_refused():
    assert faults(document(EVERY_KIND, opens_at="2026-11-01T08:00:00")) == [
        ("opens_at", "shape-timezone-aware")
    ]
