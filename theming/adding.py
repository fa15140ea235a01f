"""What a municipality adds to its tokens: its logo, and fonts it has a licence to embed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from theming.font_file import FontFound, FontUnfit
from theming.importing import MOST_REMARKS, ImportedStyle
from theming.logo import PNG, Logo, LogoUnfit
from theming.own_letters import LARGEST_FONTS, MOST_FONTS, OwnFont
from theming.png_logo import clean_png
from theming.remarks import Remark, shown
from theming.svg_logo import clean_svg


def add_logo(imported: ImportedStyle, raw: bytes, alternative: str) -> ImportedStyle:
    """The style with this SVG or PNG, made harmless. Raises `LogoUnfit`."""
    removed: tuple[str, ...] = ()
    logo: Logo
    if raw.startswith(PNG):
        logo = clean_png(raw, alternative)
    elif b"<svg" in raw[:20_000] or b":svg" in raw[:20_000]:
        logo, removed = clean_svg(raw, alternative)
    else:
        raise LogoUnfit("kind")
    remarks = [Remark("logo-cleaned", "logo", {"parts": shown(", ".join(removed), 300)})] if removed else []
    return _with(replace(imported, style=replace(imported.style, logo=logo)), remarks)


def add_fonts(imported: ImportedStyle, found: Sequence[FontFound]) -> ImportedStyle:
    """The style in these letters, where the tokens ask for them; if they ask for none, in the first.

    Raises `FontUnfit` for more than phones have room for.
    """
    fonts = {each.font.name: each.font for each in found}
    if len(fonts) > MOST_FONTS or sum(len(font.data) for font in fonts.values()) > LARGEST_FONTS:
        raise FontUnfit("many")
    style, roles = imported.style, imported.style.roles
    body = _asked(roles.body_font, fonts)
    heading = _asked(roles.heading_font or roles.body_font, fonts)
    remarks = []
    if not body and not heading:
        body = heading = found[0].font.family
        remarks.append(Remark("font-unasked", "fonts", {"family": body}))
    used = {family for family in (body, heading) if family}
    dressed = replace(
        style,
        fonts=tuple(font for font in fonts.values() if font.family in used),
        body_font=body or style.body_font,
        heading_font=heading or style.heading_font,
    )
    mended = {role for role, family in (("body_font", body), ("heading_font", heading)) if family}
    kept = tuple(remark for remark in imported.remarks if not _is_about(remark, imported, mended))
    remarks += [remark for each in found for remark in _about(each, used)]
    return _with(replace(imported, style=dressed, remarks=kept), remarks)


def _asked(family: str | None, fonts: Mapping[str, OwnFont]) -> str | None:
    """The family that the tokens mean: `TheSans` in the tokens is `The Sans Office` in the file."""
    if family is None:
        return None
    wanted = _bare(family)
    names = [font.family for font in fonts.values()]
    alike = [name for name in names if _bare(name).startswith(wanted) or wanted.startswith(_bare(name))]
    return next((name for name in names if _bare(name) == wanted), alike[0] if alike else None)


def _bare(family: str) -> str:
    return "".join(letter for letter in family.casefold() if letter.isalnum())


def _is_about(remark: Remark, imported: ImportedStyle, mended: set[str]) -> bool:
    """Whether a remark says of letters that now are there that they are not."""
    paths = {source.path for role, source in imported.sources.items() if role in mended}
    return remark.code in ("font-commercial", "font-not-carried") and remark.path in paths


def _about(found: FontFound, used: set[str]) -> Iterator[Remark]:
    about = {"family": found.font.family}
    if found.font.family not in used:
        yield Remark("font-unused", "fonts", about)
    elif found.lacks:
        yield Remark("font-incomplete", "fonts", about | {"letters": found.lacks})
    if found.limited:
        yield Remark("font-rights", "fonts", about)


def _with(imported: ImportedStyle, remarks: Sequence[Remark]) -> ImportedStyle:
    return replace(imported, remarks=(*remarks, *imported.remarks)[:MOST_REMARKS])
