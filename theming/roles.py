"""Where a municipality's tokens say what a role looks like: the first usable candidate wins."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from theming.colour_values import parse_colour
from theming.letters import first_family
from theming.reading import LARGEST_RADIUS
from theming.remarks import Remark, shown
from theming.resolve import Resolver, Unresolved
from theming.size_values import parse_pixels

#: Values that are meant, and say nothing about a colour or font.
_NOTHING = {"transparent", "currentcolor", "inherit", "initial", "unset", "none", "", "sans-serif", "serif"}

#: Parts of a page with colours of their own, which are not the page's.
_ELSEWHERE = re.compile(r"page-[^.]*(footer|header|nav|banner)")

#: `*` is any part of one segment. The last rows of some roles are for sets that follow no known naming.
CANDIDATES: dict[str, tuple[str, ...]] = {
    "surface": (
        "basis.color.default.bg-document",
        "utrecht.document.background-color",
        "utrecht.page*.background-color",
        "*.color.background.default",
    ),
    "text": (
        "basis.color.default.color-document",
        "utrecht.document.color",
        "utrecht.paragraph.color",
        "*.color.text.default",
    ),
    "brand_fill": (
        "basis.color.action-1-inverse.bg-default",
        "nl.button.primary.background-color",
        "utrecht.button.primary-action.background-color",
        "utrecht.button.background-color",
        "*.color.interactive.default",
        "*.color.primary",
    ),
    "on_brand_fill": (
        "basis.color.action-1-inverse.color-default",
        "nl.button.primary.color",
        "utrecht.button.primary-action.color",
        "utrecht.button.color",
    ),
    "secondary": (
        "basis.color.action-1.color-default",
        "utrecht.button.secondary-action.color",
        "nl.button.secondary.color",
    ),
    "link": ("nl.link.color", "utrecht.link.color"),
    "heading": (
        "basis.heading.color",
        "nl.heading.level-1.color",
        "utrecht.heading-1.color",
        "utrecht.heading.color",
    ),
    "border": (
        "basis.form-control.border-color",
        "utrecht.form-input.border-color",
        "utrecht.form-control.border-color",
        "utrecht.textbox.border-color",
        "basis.color.default.border-default",
    ),
    "focus": (
        "basis.focus.outline-color",
        "utrecht.focus.outline-color",
        "utrecht.focus.border-color",
        "basis.focus.background-color",
        "utrecht.focus.background-color",
    ),
    "error": (
        "basis.color.negative.color-default",
        "utrecht.form-field-error-message.color",
        "utrecht.error-message.color",
        "utrecht.form-control.invalid.color",
        "utrecht.feedback.invalid.color",
        "utrecht.feedback.error.color",
        "utrecht.form-feedback.error.color",
        "utrecht.form-input.invalid.border-color",
        "utrecht.textbox.invalid.border-color",
        "*.color.interactive.invalid.default",
    ),
    "body_font": (
        "basis.text.font-family.default",
        "utrecht.document.font-family",
        "utrecht.paragraph.font-family",
        "*.typography.font-family",
    ),
    "heading_font": (
        "basis.heading.font-family",
        "nl.heading.level-1.font-family",
        "utrecht.heading-1.font-family",
        "utrecht.heading.font-family",
    ),
    "radius": ("nl.button.border-radius", "utrecht.button.border-radius", "basis.border-radius.md"),
}


@dataclass(frozen=True, slots=True)
class Found:
    """A role's value, the token that gave it, and the candidate by which that token was found."""

    value: str | float
    path: str
    candidate: str


def find_roles(tokens: Resolver) -> tuple[dict[str, Found], list[Remark]]:
    """What the tokens say by role, where they say something usable, and the values nobody can read."""
    strange: list[Remark] = []
    found = {role: _first(tokens, role, CANDIDATES[role], strange) for role in CANDIDATES}
    if fill := found["brand_fill"]:
        found["on_brand_fill"] = _text_on(tokens, fill, strange) or found["on_brand_fill"]
    return {role: hit for role, hit in found.items() if hit is not None}, strange


def _text_on(tokens: Resolver, fill: Found, strange: list[Remark]) -> Found | None:
    """The text that belongs to the very fill that was found, before that of another kind of button."""
    beside = _beside(fill.path)
    return _first(tokens, "on_brand_fill", (beside,), strange) if beside != fill.path else None


def _beside(fill: str) -> str:
    for ending, text in ((".bg-default", ".color-default"), (".background-color", ".color")):
        if fill.endswith(ending):
            return fill.removesuffix(ending) + text
    return fill


def _first(tokens: Resolver, role: str, candidates: tuple[str, ...], strange: list[Remark]) -> Found | None:
    for candidate, path in _hits(tokens, candidates):
        try:
            raw = tokens.value(path)
        except Unresolved:
            continue  # reported by `Resolver.problems`
        if (value := _READERS.get(role, parse_colour)(raw)) is not None:
            return Found(value, path, candidate)
        said = raw if isinstance(raw, str) else type(raw).__name__
        if said.strip().lower() not in _NOTHING:
            strange.append(Remark("value-unreadable", shown(path), {"role": role, "value": shown(said)}))
    return None


def _hits(tokens: Resolver, candidates: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Candidate and token: by full name, then under a prefix that nobody knows, then by a free pattern."""
    free = [candidate for candidate in candidates if candidate.startswith("*.")]
    named = [candidate for candidate in candidates if candidate not in free]
    for candidate in named:
        if "*" in candidate:
            yield from _matching(tokens, candidate)
        elif path := tokens.find(candidate):
            yield candidate, path
    for candidate in named:
        if path := tokens.find_under_any_prefix(candidate):
            yield candidate, path
    for candidate in free:
        yield from _matching(tokens, candidate)


def _matching(tokens: Resolver, candidate: str) -> Iterator[tuple[str, str]]:
    pattern = re.compile(re.escape(candidate).replace(r"\*", "[^.]*"))
    paths = (path for path in tokens.paths if pattern.fullmatch(path) and not _ELSEWHERE.search(path))
    return ((candidate, path) for path in paths)


def _radius(value: object) -> float | None:
    pixels = parse_pixels(value)
    if pixels is None and isinstance(value, str) and value.strip().endswith("%"):
        return LARGEST_RADIUS  # a share of a button's height: as round as it gets
    return None if pixels is None or pixels < 0 else min(pixels, LARGEST_RADIUS)


def _family(value: object) -> str | None:
    family = first_family(value)
    return shown(family) if family else None


_READERS: dict[str, Callable[[Any], str | float | None]] = {
    "body_font": _family,
    "heading_font": _family,
    "radius": _radius,
}
