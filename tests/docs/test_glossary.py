"""One concept, one word: the words of docs/glossary.md are the words of the code."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from tests.docs.reading import marked, python_files, rows, text_of, tree_of

PAGE = "docs/glossary.md"
TABLE = rows(PAGE, "Dutch", "in code", "not", "meaning")
WANTED = sorted({word for row in TABLE for word in row.marked("in code")})
NEVER = sorted(
    {word for row in TABLE for word in row.marked("not")}
    | set(marked(next(line for line in text_of(PAGE).splitlines() if line.startswith("No module or name"))))
)


def names_in(tree: ast.AST) -> Iterator[str]:
    """Every name that the code itself gives to something."""
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                yield name
            case ast.arg(arg=name) | ast.Name(id=name, ctx=ast.Store()):
                yield name
            case ast.Attribute(attr=name, ctx=ast.Store()):
                yield name
            case ast.alias(asname=str(name)):
                yield name


def snake(name: str) -> str:
    """`_OutboxRow2` -> `_outbox_row2_`, so that a word can be looked for between underscores."""
    parted = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name)
    return f"_{parted.lower().strip('_')}_"


def has(name: str, word: str) -> bool:
    """Whether the word is a part of the name, alone or as a plural."""
    return re.search(rf"_{word}s?_", snake(name)) is not None


@pytest.fixture(scope="module")
def names() -> set[str]:
    found = {name for path in python_files() for name in names_in(tree_of(path))}
    return found | {part for path in python_files() for part in path.with_suffix("").parts}


def test_the_glossary_has_both_kinds_of_words():
    assert len(WANTED) > 30
    assert {"survey", "utils", "vote"} <= set(NEVER)


@pytest.mark.parametrize("word", WANTED)
def test_a_word_of_the_glossary_is_a_word_of_the_code(word, names):
    assert any(has(name, snake(word).strip("_")) for name in names)


@pytest.mark.parametrize("word", NEVER)
def test_its_synonym_is_not(word, names):
    assert [name for name in names if has(name, word)] == []


def test_a_synonym_would_be_found():
    source = "class SurveyForm:\n    def tick(self, votes): self.last_vote = 1"
    named = list(names_in(ast.parse(source)))

    assert [name for name in named if has(name, "survey")] == ["SurveyForm"]
    assert {name for name in named if has(name, "vote")} == {"votes", "last_vote"}
    assert not has("devoted", "vote")
