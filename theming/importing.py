"""From a municipality's design tokens to a house style that everyone can read (import van de huisstijl)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from theming.advice import advise
from theming.house_style import HouseStyle, Roles
from theming.remarks import Remark, shown
from theming.resolve import Resolver
from theming.roles import CANDIDATES, Found, find_roles
from theming.schemes import make_style
from theming.tokens import Conflict, NoUsableTokens, Tokens, read_tokens

#: One of these at least, or there is no house style in the file.
COLOURS = {"surface", "text", "brand_fill", "secondary", "link", "heading"}
MOST_REMARKS = 200


@dataclass(frozen=True, slots=True)
class Source:
    """The token that gave a role its value, the known name it goes by, and the file it is in."""

    path: str
    candidate: str
    file: str


@dataclass(frozen=True, slots=True)
class ImportedStyle:
    """The style, the source of each role that the tokens name, and each peculiarity for staff to know."""

    style: HouseStyle
    sources: Mapping[str, Source]
    remarks: tuple[Remark, ...]
    tokens: int
    files: int

    def value(self, role: str) -> str | float:
        """What the tokens say, or what was derived where they do not: colours as in the light scheme."""
        given = getattr(self.style.roles, role)
        if given is not None:
            return given  # type: ignore[no-any-return]
        if role in _SHOWN_AS:
            return getattr(self.style.schemes["light"], _SHOWN_AS[role])  # type: ignore[no-any-return]
        return getattr(self.style, role)  # type: ignore[no-any-return]


_SHOWN_AS = {
    "surface": "surface",
    "text": "on_surface",
    "brand_fill": "brand_fill",
    "on_brand_fill": "on_brand_fill",
    "secondary": "secondary",
    "link": "link",
    "heading": "heading",
    "border": "outline",
    "focus": "focus_outer",
    "error": "error",
}


def import_style(path: Path, name: str) -> ImportedStyle:
    """Read a file, a folder or an npm package's tarball.

    Raises `NoUsableTokens` when it holds no colour of a house style, and `OSError`; whatever else is wrong
    is a remark.
    """
    tokens = read_tokens(path)
    resolver = Resolver(tokens.values)
    found, strange = find_roles(resolver)
    if not COLOURS & set(found):
        raise NoUsableTokens(path, len(tokens.values), tokens.remarks)
    roles = Roles(**{role: hit.value for role, hit in found.items()})  # type: ignore[arg-type]
    remarks = [*advise(roles, found), *_conflicts(tokens, resolver, found), *strange]
    remarks += [*resolver.problems(), *tokens.remarks]
    return ImportedStyle(
        make_style(name, roles),
        {role: _source(tokens, found[role]) for role in CANDIDATES if role in found},
        tuple(remarks[:MOST_REMARKS]),
        len(tokens.values),
        len(set(tokens.files.values())),
    )


def _source(tokens: Tokens, hit: Found) -> Source:
    return Source(shown(hit.path, 300), hit.candidate, shown(tokens.files[hit.path], 300))


def _conflicts(tokens: Tokens, resolver: Resolver, found: Mapping[str, Found]) -> Iterator[Remark]:
    """One remark for each token that a role rests on; the others together, for each two files."""
    used = {token for hit in found.values() for token in resolver.behind(hit.path)}
    others: dict[tuple[str, str], list[Conflict]] = {}
    for conflict in tokens.conflicts:
        files = {"earlier": shown(conflict.earlier), "later": shown(conflict.later)}
        if conflict.path in used:
            values = {"early": conflict.early, "late": conflict.late}
            yield Remark("conflict", shown(conflict.path, 300), files | values)
        else:
            others.setdefault((files["earlier"], files["later"]), []).append(conflict)
    for (earlier, later), alike in others.items():
        first = alike[0]
        values = {"earlier": earlier, "later": later, "early": first.early, "late": first.late}
        yield Remark("conflict-unused", shown(first.path, 300), values | {"n": str(len(alike))})
