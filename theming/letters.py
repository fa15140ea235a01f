"""Which letters the app shows for a municipality's own (a table; a font is never fetched)."""

from __future__ import annotations

from dataclasses import dataclass

from theming.fonts import FONTS, OTHER, PLAIN

#: Sold by their makers: showing them takes a licence that the municipality has and this app has not.
COMMERCIAL = frozenset(
    """
    arial, avenir, avenir next, brandon grotesque, calibri, cambria, circular, dax, din, din next, ff din,
    ff meta, franklin gothic, frutiger, futura, georgia, gill sans, gotham, graphik, gt walsheim, helvetica,
    helvetica neue, lucida sans, meta, museo sans, myriad, myriad pro, neue haas grotesk, optima,
    proxima nova, rockwell, rotis, segoe ui, sofia pro, tahoma, the mix, the sans, themix, thesans,
    trebuchet ms, univers, univers next, verdana
    """.replace("\n    ", " ")
    .strip()
    .split(", ")
)

#: Named by style sheets where any font of the kind will do.
_GENERIC = {"sans-serif", "serif", "monospace", "system-ui", "ui-sans-serif", "cursive", "inherit", "initial"}


@dataclass(frozen=True, slots=True)
class Replaced:
    """The family that is shown instead of another, and why."""

    family: str
    code: str  # `font_commercial` or `font_not_carried`


def first_family(value: object) -> str | None:
    """The family a style sheet asks for first: from a CSS list or a JSON list; None where it asks for any."""
    if isinstance(value, str):
        value = value.split(",")
    if not isinstance(value, list):
        return None
    names = (name.strip().strip("'\"").strip() for name in value if isinstance(name, str))
    return next((name[:100] for name in names if name and name.lower() not in _GENERIC), None)


def shown_as(family: str | None) -> str:
    """A family that the app carries: the same one, or Noto Sans for what it does not carry."""
    if family is None:
        return PLAIN
    return next((carried for carried in FONTS if carried.lower() == family.lower()), OTHER)


def replaced(family: str) -> Replaced | None:
    """Why this family is not shown as asked; None if it is."""
    shown = shown_as(family)
    if shown.lower() == family.lower():
        return None
    return Replaced(shown, "font_commercial" if family.lower() in COMMERCIAL else "font_not_carried")
