"""Whoever writes a poll file hears of every fault, in words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest

from domain.checks import RULES as DOMAIN_RULES
from domain.errors import Fault, PollInvalid
from i18n.wording import Wording
from protocol.poll_document import poll_schema, read_poll
from staff.fault_sentences import RULES, SHAPES, fault_lines, fault_sentence
from tests.support.polls import DEMONSTRATION, EVERY_KIND, document, raw

DUTCH = Wording("nl", "staff")
FALLBACK = "Deze waarde kan hier niet staan."
VALUES = ("language", "least", "most", "id", "question", "option", "reason", "found", "poll", "picture")
DETAILS = dict.fromkeys(VALUES, "x7")
MESSAGE = {"message": "should be 7 or 'x7'"}
WRONG: list[Any] = [
    "",
    "Een Twee",
    "x" * 4001,
    5,
    -1,
    10**12,
    1.5,
    True,
    None,
    [],
    {},
    {"nl": ""},
    ["nl"] * 101,
]


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if path:
        yield path
    below = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in below:
        yield from places(part, (*path, key))


def with_value(data: Any, path: tuple[Any, ...], value: Any) -> Any:
    changed = deepcopy(data)
    *above, last = path
    part = changed
    for key in above:
        part = part[key]
    part[last] = value
    return changed


def test_a_good_file_is_summed_up(run):
    done = run("poll", "check", DEMONSTRATION / "regiovervoer.json")

    assert done.exit_code == 0
    assert done.stdout.splitlines() == [
        f"{DEMONSTRATION / 'regiovervoer.json'}: geen fouten",
        "  6 vragen",
        "  Ongeveer 3 minuten",
        "  Talen: nl, en",
        "  6 tabellen om te publiceren",
        "  Open vanaf 1 november 2026 om 09:00 uur",
        "  Sluit op 31 december 2027 om 17:00 uur",
    ]


def test_every_fault_is_named_with_place_sentence_and_rule(run, tmp_path):
    data = document(EVERY_KIND, smallest_group=3, titel={}, closes_at="31 december", access="iedereen")
    data["questions"][0]["options"][1]["id"] = "rood"
    path = tmp_path / "peiling.json"
    path.write_bytes(raw(data))

    done = run("poll", "check", path, EVERY_KIND)

    assert done.exit_code == 1
    assert done.stdout.splitlines()[0] == f"{path}: De peiling heeft 5 fouten:"
    assert sorted(done.stdout.splitlines()[1:6]) == [
        "  access: Kies uit: invited, open. (shape-literal-error)",
        "  closes_at: Hier moet een datum met een tijd staan, zoals 2026-11-01T09:00:00+01:00. "
        "(shape-datetime-from-date-parsing)",
        "  questions[een].options: De id rood staat er meer dan één keer. (id-twice)",
        "  smallest_group: De kleinste groep moet 10 mensen of meer zijn. (smallest-group-too-small)",
        "  titel: Samenspraak kent dit onderdeel niet. Controleer de spelling. (shape-extra-forbidden)",
    ]
    assert done.stdout.splitlines()[6] == f"{EVERY_KIND}: geen fouten"


@pytest.mark.parametrize("content", [b"", b"{", b"\xff", b"[" * 5000, b'{"id": "a",}'])
def test_what_is_no_json_is_said_with_the_line_where_that_is_known(content, run, tmp_path):
    (tmp_path / "peiling.json").write_bytes(content)

    done = run("poll", "check", tmp_path / "peiling.json")

    assert done.exit_code == 1
    assert "Dit is geen JSON" in done.stdout
    if content == b'{"id": "a",}':
        assert "Kijk op regel 1, plaats 12." in done.stdout


def test_a_file_that_is_not_there_does_not_hide_the_others(run, tmp_path):
    done = run("poll", "check", tmp_path / "weg.json", EVERY_KIND, tmp_path)

    assert done.exit_code == 1
    assert f"Er is geen bestand of map {tmp_path / 'weg.json'}." in done.stdout
    assert f"{EVERY_KIND}: geen fouten" in done.stdout


def test_the_schema_that_is_printed_is_the_published_one(run):
    assert json.loads(run("poll", "schema").stdout) == poll_schema()


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize(
    "rule", [*sorted({*DOMAIN_RULES, *RULES}), *(f"shape-{shape}" for shape in SHAPES), "not-json"]
)
def test_every_rule_has_a_sentence_with_its_place(rule, language):
    fault = Fault("questions[een]", rule, DETAILS if rule in RULES else MESSAGE)
    [line] = fault_lines([fault], Wording(language, "staff"))

    assert line.startswith("  questions[een]: ")
    assert line.endswith(f" ({rule})")
    said = fault_sentence(fault, DUTCH)
    assert said[-1] == "."
    assert "{" not in said
    assert said != FALLBACK


def test_no_rule_of_the_domain_is_left_without_a_sentence():
    assert set(DOMAIN_RULES) <= set(RULES)
    assert fault_sentence(Fault("title", "shape-from-the-future"), DUTCH) == FALLBACK


def test_whatever_is_wrong_with_a_value_there_is_a_sentence_for_it():
    """Every place of a file with every kind of question gets every wrong value; each fault must be known."""
    data, said = document(EVERY_KIND), set()
    seen: set[tuple[Any, ...]] = set()
    for path in places(data):
        kind = tuple(key for key in path if isinstance(key, str))
        if (kind in seen and len(path) > 2) or path == ("languages",):
            continue  # one of each: the third option has the same rules as the first
        seen.add(kind)
        for value in WRONG:
            try:
                read_poll(raw(with_value(data, path, value)))
            except PollInvalid as invalid:
                for fault in invalid.faults:
                    sentence = fault_sentence(fault, DUTCH)
                    assert sentence != FALLBACK, (path, value, fault)
                    said.add(sentence)
    assert len(said) > 30  # the control: this found many different faults
    assert not [sentence for sentence in said if "?" in sentence or "Kies uit: ." in sentence]


def test_a_drawing_goes_into_the_file_without_what_could_run(run, tmp_path):
    file, drawing = tmp_path / "peiling.json", tmp_path / "huis.svg"
    file.write_bytes(raw(document()))
    drawing.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">'
        '<script>alert(1)</script><path d="M0 0h9v9z" fill="#0B6470"/></svg>'
    )
    words = ("--alternative", "nl=Het buurthuis", "--alternative", "en=The community centre")
    done = run("poll", "picture", file, "buurthuis", drawing, *words)
    assert done.exit_code == 0, done.output
    kept = json.loads(file.read_bytes())["pictures"]["buurthuis"]
    assert "script" not in kept["svg"]
    assert kept["alternative"] == {"nl": "Het buurthuis", "en": "The community centre"}
    assert run("poll", "check", file).exit_code == 0


def test_a_drawing_that_nobody_cleaned_is_refused_before_it_is_published(run, tmp_path):
    data = document(pictures={"huis": {"svg": "<svg><script/></svg>", "alternative": {"nl": "a", "en": "b"}}})
    data["questions"][0]["options"][0]["picture"] = "huis"
    file = tmp_path / "peiling.json"
    file.write_bytes(raw(data))
    done = run("poll", "check", file)
    assert done.exit_code == 1
    assert "De app kan het plaatje huis niet veilig laten zien" in done.output


def test_what_is_no_drawing_leaves_the_file_as_it_was(run, tmp_path):
    file, drawing = tmp_path / "peiling.json", tmp_path / "huis.svg"
    file.write_bytes(raw(document()))
    drawing.write_bytes(b"\x89PNG")
    before = file.read_bytes()
    done = run("poll", "picture", file, "huis", drawing, "--alternative", "nl=Huis")
    assert "geen tekening die telefoons kunnen laten zien" in done.stderr
    assert file.read_bytes() == before
