"""An imported house style in plain words."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from i18n.wording import Wording
from staff.style_data import pairs, why
from staff.style_sentences import ROLES
from staff.usage import text
from theming.house_style import HouseStyle, StyleWarning

if TYPE_CHECKING:  # its libraries only staff's computers have
    from theming.importing import ImportedStyle


SCHEMES = {
    "light": text("Light"),
    "dark": text("Dark"),
    "light-high": text("Light, high contrast"),
    "dark-high": text("Dark, high contrast"),
}


def report(imported: ImportedStyle, warnings: tuple[StyleWarning, ...], say: Wording) -> Iterator[str]:
    """Lines: what was found where, what was derived and why, what to look at, and the contrast."""
    found = len(imported.sources)
    yield say.text(
        "{name}: {found} of {all} parts of a house style found, among {tokens} tokens in {files} files.",
        name=imported.style.name,
        found=found,
        all=len(ROLES),
        tokens=imported.tokens,
        files=imported.files,
    )
    yield ""
    for role, words in ROLES.items():
        source = imported.sources.get(role)
        yield f"{say.text(words)}: {_shown(imported.value(role))}"
        reason = why(imported, role, say)
        yield f"    {source.path}. {reason}" if source else f"    {reason}"
    yield from _warnings(warnings, say)
    yield ""
    yield from contrast(imported.style, say)


def contrast(style: HouseStyle, say: Wording) -> Iterator[str]:
    """A line for each scheme: how many pairs were checked, and the one that comes nearest to failing."""
    for key, words in SCHEMES.items():
        checked = [pair for pair in pairs(style) if pair["scheme"] == key]
        least = min(checked, key=lambda pair: float(pair["ratio"]) / float(pair["needs"]))
        yield say.text(
            "{scheme}: {n} pairs of colours checked, all can be told apart. "
            "The closest pair has contrast {ratio} and needs {needed}.",
            scheme=say.text(words),
            n=len(checked),
            ratio=say.number(Decimal(f"{least['ratio']:.2f}")),
            needed=say.number(Decimal(str(least["needs"]))),
        )


def _warnings(warnings: tuple[StyleWarning, ...], say: Wording) -> Iterator[str]:
    told = [warning for warning in warnings if warning.code != "role-derived"]  # said with the roles
    yield ""
    yield (
        say.plural("One thing to look at:", "{n} things to look at:", len(told))
        if told
        else say.text("Nothing else to look at.")
    )
    for warning in told:
        yield f"- {warning.code}: {warning.path}"
        yield f"    {warning.text}"


def _shown(value: str | float) -> str:
    return f"{value:g}" if isinstance(value, float) else value
