"""The little of style sheets that drawing programs write into a logo: classes, and what they declare."""

from __future__ import annotations

import re

_RULE = re.compile(r"([^{}]{1,2000})\{([^{}]{0,5000})\}")
_CLASS = re.compile(r"\.([\w-]{1,100})")


def class_styles(sheet: str) -> dict[str, dict[str, str]]:
    """Declarations by class name; every other kind of selector is passed over."""
    found: dict[str, dict[str, str]] = {}
    for selectors, body in _RULE.findall(re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)):
        for selector in selectors.split(","):
            if named := _CLASS.fullmatch(selector.strip()):
                found.setdefault(named[1], {}).update(declarations(body))
    return found


def declarations(body: str) -> dict[str, str]:
    """`fill: red; stroke: none` as names and values."""
    pairs = (part.partition(":") for part in body.split(";"))
    return {name.strip().lower(): value.strip() for name, colon, value in pairs if colon and value.strip()}
