"""From a municipality's design tokens to a house style that everyone can read (import van de huisstijl)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from theming.advice import advise
from theming.house_style import LONGEST_TEXT, MOST_WARNINGS, HouseStyle, Roles, StyleWarning
from theming.resolve import Resolver
from theming.roles import CANDIDATES, DERIVED, Found, find_roles
from theming.schemes import make_style
from theming.tokens import NoUsableTokens, read_tokens

#: One of these at least, or there is no house style in the file.
COLOURS = {"surface", "text", "brand_fill", "secondary", "link", "heading"}


@dataclass(frozen=True, slots=True)
class Source:
    """Where a role comes from: the token, or, where `path` is None, what was done without one and why."""

    path: str | None
    why: str


@dataclass(frozen=True, slots=True)
class ImportedStyle:
    """The style, and for each role and each peculiarity what staff should know."""

    style: HouseStyle
    sources: Mapping[str, Source]
    warnings: tuple[StyleWarning, ...]


def import_style(path: Path, name: str) -> ImportedStyle:
    """Read a file or a folder of tokens.

    Raises `NoUsableTokens` when it holds no colour of a house style; whatever else is wrong is a warning.
    """
    tokens = read_tokens(path)
    resolver = Resolver(tokens.values)
    found, strange = find_roles(resolver)
    if not COLOURS & set(found):
        raise NoUsableTokens(f"no colour of a house style among {len(tokens.values)} tokens in {path.name}")
    roles = Roles(**{role: hit.value for role, hit in found.items()})  # type: ignore[arg-type]
    raised = (*tokens.warnings, *resolver.problems(), *strange, *advise(roles, found))
    warnings = tuple(_fitting(warning) for warning in raised[:MOST_WARNINGS])
    return ImportedStyle(make_style(name, roles, warnings), _sources(found), warnings)


def _fitting(warning: StyleWarning) -> StyleWarning:
    """A document has room for so much; a hostile token's name may be longer."""
    return replace(warning, path=warning.path[:LONGEST_TEXT] or "-", text=warning.text[:LONGEST_TEXT])


def _sources(found: Mapping[str, Found]) -> dict[str, Source]:
    return {
        role: Source(found[role].path, f"first of {found[role].candidate}")
        if role in found
        else Source(None, DERIVED[role])
        for role in CANDIDATES
    }
