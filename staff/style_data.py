"""An imported house style as data, for `samenspraak style import --json`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from i18n.wording import Wording
from staff.style_sentences import DERIVED, ROLES, remark_sentence
from theming.contrast import check
from theming.house_style import HouseStyle, StyleWarning
from theming.reading import LONGEST_TEXT
from theming.remarks import shown
from theming.scheme import LEVELS

if TYPE_CHECKING:  # its libraries only staff's computers have
    from theming.importing import ImportedStyle


def style_data(imported: ImportedStyle, warnings: tuple[StyleWarning, ...], say: Wording) -> dict[str, Any]:
    """Roles with source and reason, the schemes, the contrast of every pair, and the warnings."""
    return {
        "roles": {role: _role(imported, role, say) for role in ROLES},
        "schemes": {key: asdict(scheme) for key, scheme in imported.style.schemes.items()},
        "pairs": list(pairs(imported.style)),
        "warnings": [asdict(warning) for warning in warnings],
    }


def pairs(style: HouseStyle) -> Iterator[dict[str, Any]]:
    """Every pair of colours that meets on screen, by name, with its contrast and what it needs."""
    for key, level in LEVELS.items():
        for pair in check(style.schemes[key], level):
            yield {
                "scheme": key,
                "foreground": pair.foreground,
                "background": pair.background,
                "ratio": pair.ratio,
                "needs": pair.needed,
            }


def in_words(imported: ImportedStyle, say: Wording) -> tuple[StyleWarning, ...]:
    """The remarks as a house style keeps them; a document has room for so much."""
    return tuple(
        StyleWarning(
            remark.code,
            shown(remark.path, LONGEST_TEXT) or "-",
            shown(remark_sentence(remark, say), LONGEST_TEXT),
        )
        for remark in imported.remarks
    )


def why(imported: ImportedStyle, role: str, say: Wording) -> str:
    """Where a role's value comes from, as a sentence."""
    source = imported.sources.get(role)
    if source is None:
        return say.text(DERIVED[role])
    if source.path == source.candidate:
        return say.text("A known name, in {file}.", file=source.file)
    return say.text(
        "Like the known name {name} under another prefix, in {file}.", name=source.candidate, file=source.file
    )


def _role(imported: ImportedStyle, role: str, say: Wording) -> dict[str, Any]:
    value, source = imported.value(role), imported.sources.get(role)
    return {
        "value": int(value) if isinstance(value, float) and value.is_integer() else value,
        "source": source.path if source else "derived",
        "why": why(imported, role, say),
    }
