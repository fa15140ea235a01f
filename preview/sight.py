"""How colours look to people who do not see all of them (kleurenblindheid), as filters of a browser."""

from __future__ import annotations

Row = tuple[float, float, float]
Matrix = tuple[Row, Row, Row]

EVERY_COLOUR: Matrix = ((1, 0, 0), (0, 1, 0), (0, 0, 1))
_LUMINANCE: Row = (0.2126, 0.7152, 0.0722)

SIGHTS: dict[str, Matrix] = {
    "all": EVERY_COLOUR,
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
    "achromatopsia": (_LUMINANCE, _LUMINANCE, _LUMINANCE),
}
"""For linear sRGB. Machado, Oliveira and Fernandes (2009), severity 1.0; without any colour: luminance as in
WCAG 2.2. It is what somebody with such eyes could tell apart, not what it is like to have them."""


def seen(colour: str, sight: str) -> str:
    """An `#RRGGBB` as these eyes see it."""
    linear = [_linear(int(colour[place : place + 2], 16) / 255) for place in (1, 3, 5)]
    mixed = (sum(share * part for share, part in zip(row, linear, strict=True)) for row in SIGHTS[sight])
    return "#" + "".join(f"{round(255 * _gamma(min(max(part, 0), 1))):02X}" for part in mixed)


def filters() -> str:
    """An SVG with a filter for each way of seeing, named after it."""
    made = "".join(_filter(name, matrix) for name, matrix in SIGHTS.items())
    return f'<svg class="filters" aria-hidden="true" width="0" height="0">{made}</svg>'


def _filter(name: str, matrix: Matrix) -> str:
    rows = " ".join(f"{' '.join(map(str, row))} 0 0" for row in matrix)
    colours = f'<feColorMatrix type="matrix" values="{rows} 0 0 0 1 0"/>'
    return f'<filter id="{name}" color-interpolation-filters="linearRGB">{colours}</filter>'


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _gamma(part: float) -> float:
    return 12.92 * part if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055
