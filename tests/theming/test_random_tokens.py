"""No file of tokens makes the importer crash; whatever is in it, it ends with a style or with one reason."""

import copy
import json
import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from i18n.wording import Wording
from staff.style_data import in_words, style_data
from tests.theming.shared_tokens import shared
from theming.house_style import from_document, to_document
from theming.importing import import_style
from theming.tokens import NoUsableTokens

SEGMENTS = """
    utrecht nl basis button link primary document heading-1 background-color color border-radius font-family
    value $value $type $root $ref path $themes $metadata a/b dark original
"""
STRANGE = json.loads(
    r"""
    ["#fff", "#12345678", "{a}", "{utrecht.link.color}", "{{", "transparent", "1e999px", "calc(1px*", "8px",
     "50%", null, true, -1, 1e308, "rgb(0 0 0 / 0)", "oklch(1e9 1e9 1e9)", ["'A', serif"],
     "\ud800", "\u001b[2J", "", [], {}, {"value": 8, "unit": "px"},
     {"colorSpace": "srgb", "components": [1e308, "none", null]}]
    """
)
NAMES = st.sampled_from(SEGMENTS.split())
DOCUMENTS = st.recursive(
    st.sampled_from(STRANGE),
    lambda inside: st.dictionaries(NAMES, inside, max_size=5) | st.lists(inside, max_size=3),
    max_leaves=12,
)
SMALL = [
    "synthetisch-sd-oud/component/utrecht/button.tokens.json",
    "synthetisch-sd-oud/component/utrecht/document.tokens.json",
    "synthetisch-plat/index.json",
    "synthetisch-dtcg/tokens.json",
]


def ends_well(file: Path, language: str = "nl") -> bool:
    """Whether a style came of it; if so it is whole, and every remark is a sentence that can be printed."""
    say = Wording(language, "staff")
    try:
        imported = import_style(file, "Gemeente")
    except NoUsableTokens:
        return False
    warnings = in_words(imported, say)
    assert from_document(to_document(imported.style)) == imported.style
    assert all(warning.text.isprintable() and warning.text for warning in warnings)
    json.dumps(style_data(imported, warnings, say)).encode("ascii")
    "\n".join(f"{warning.path} {warning.text}" for warning in warnings).encode("utf-8")
    return True


@settings(max_examples=300, deadline=None, database=None)
@given(document=DOCUMENTS)
def test_no_made_up_file_makes_the_importer_crash(tmp_path_factory, document):
    file = tmp_path_factory.mktemp("tokens") / "tokens.json"
    file.write_text(json.dumps({"nl": {"link": {"color": "#123456"}}, "utrecht": document}), "utf-8")

    ends_well(file)


def mutated(document, chance: random.Random):
    """The document with one to five places removed, doubled, swapped or replaced by something strange."""
    changed = copy.deepcopy(document)
    for _ in range(chance.randint(1, 5)):
        holders = [node for node in _holders(changed) if node]
        if not holders:
            break
        holder = chance.choice(holders)
        key = chance.choice(list(holder) if isinstance(holder, dict) else range(len(holder)))
        kind = chance.randrange(4)
        if kind == 0:
            del holder[key]
        elif kind == 1:
            holder[key] = chance.choice(STRANGE)
        elif kind == 2:
            holder[key] = copy.deepcopy(chance.choice(holders))
        elif isinstance(holder, dict):
            holder[chance.choice(SEGMENTS.split())] = holder.pop(key)
    return changed


def _holders(document):
    waiting = [document]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict | list):
            yield node
            waiting += node.values() if isinstance(node, dict) else node


@pytest.mark.parametrize("name", SMALL)
def test_no_real_file_that_was_changed_makes_the_importer_crash(name, tmp_path):
    document = json.loads(shared(name).read_text("utf-8"))
    chance, file = random.Random(name), tmp_path / "tokens.json"

    outcomes = set()
    for _ in range(160):
        file.write_text(json.dumps(mutated(document, chance)), "utf-8")
        outcomes.add(ends_well(file))

    assert True in outcomes


@pytest.mark.parametrize("name", SMALL)
def test_no_file_that_was_torn_or_has_a_wrong_byte_makes_the_importer_crash(name, tmp_path):
    raw = shared(name).read_bytes()
    chance, file = random.Random(name), tmp_path / "tokens.json"

    for _ in range(40):
        torn = bytearray(raw[: chance.randrange(len(raw))] if chance.random() < 0.3 else raw)
        for _ in range(chance.randint(1, 4)):
            if torn:
                torn[chance.randrange(len(torn))] = chance.randrange(256)
        file.write_bytes(torn)
        ends_well(file)


@pytest.mark.parametrize("name", ["start-v8/tokens.json", "ma-v7/tokens.json", "voorbeeld-v13/tokens.json"])
def test_no_large_file_that_was_changed_makes_the_importer_crash(name, tmp_path):
    document = json.loads(shared(name).read_text("utf-8"))
    chance, file = random.Random(name), tmp_path / "tokens.json"

    for _ in range(8):
        file.write_text(json.dumps(mutated(document, chance)), "utf-8")
        ends_well(file)
