"""Tokens, logo and letters together: a house style, or one reason why there is none."""

from __future__ import annotations

from pathlib import Path

from i18n.wording import Wording
from staff.style_sentences import FONT_UNFIT, LOGO_UNFIT, remark_sentence
from staff.work import Failed
from theming.adding import add_fonts, add_logo
from theming.font_file import FontUnfit, read_font
from theming.importing import ImportedStyle, import_style
from theming.logo import LogoUnfit
from theming.remarks import shown
from theming.tokens import NoUsableTokens


def import_dressed(
    path: Path, name: str, logo: Path | None, fonts: tuple[Path, ...], say: Wording
) -> ImportedStyle:
    """Raises `Failed` with what staff read, or `OSError`."""
    return _dressed(_imported(path, name, say), logo, fonts, say)


def _imported(path: Path, name: str, say: Wording) -> ImportedStyle:
    try:
        return import_style(path, name)
    except NoUsableTokens as exc:
        none = say.text(
            "No colours of a house style in {file}; tokens found: {n}.", file=shown(path), n=exc.tokens
        )
        reasons = [f"{remark.path}: {remark_sentence(remark, say)}" for remark in exc.remarks[:5]]
        raise Failed("\n".join([none, *reasons])) from exc


def _dressed(
    imported: ImportedStyle, logo: Path | None, fonts: tuple[Path, ...], say: Wording
) -> ImportedStyle:
    if logo is not None:
        try:
            alternative = say.text("Logo of {name}", name=imported.style.name)
            imported = add_logo(imported, logo.read_bytes(), alternative)
        except LogoUnfit as exc:
            raise Failed(f"{logo}: {say.text(LOGO_UNFIT[exc.reason])}") from exc
    found = []
    for font in fonts:
        try:
            found.append(read_font(font.read_bytes()))
        except FontUnfit as exc:
            raise Failed(f"{font}: {say.text(FONT_UNFIT[exc.reason])}") from exc
    try:
        return add_fonts(imported, found) if found else imported
    except FontUnfit as exc:
        raise Failed(say.text(FONT_UNFIT[exc.reason])) from exc
