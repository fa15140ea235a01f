"""`samenspraak style`: a municipality's house style from its design tokens."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import click

from i18n.wording import Wording
from staff.style_data import in_words, style_data
from staff.style_file import read_style, write_style
from staff.style_report import contrast, report
from staff.usage import StaffGroup, text
from staff.work import Failed, speaking
from theming.remarks import shown

FILE = click.Path(path_type=Path)


@click.group(cls=StaffGroup, help=text("House styles."))
def style() -> None:
    pass


@style.command("import", help=text("Make a house style from design tokens: a file, a folder or a package."))
@click.argument("path", metavar="PATH", type=FILE)
@click.option("--name", help=text("Name of the municipality; else as the file is called."))
@click.option("--out", metavar="FILE", type=FILE, help=text("File to write; else NAME.style.json."))
@click.option("--logo", metavar="FILE", type=FILE, help=text("Logo to show in the app: SVG or PNG."))
@click.option(
    "--font",
    "fonts",
    metavar="FILE.ttf",
    type=FILE,
    multiple=True,
    help=text("The house style's own letters; as often as needed, with --may-embed."),
)
@click.option("--may-embed", is_flag=True, help=text("The licence of these letters allows them in an app."))
@click.option(
    "--json", "as_json", is_flag=True, help=text("Give the outcome as data; write a file only with --out.")
)
@speaking
def import_(
    say: Wording,
    path: Path,
    name: str | None,
    out: Path | None,
    logo: Path | None,
    fonts: tuple[Path, ...],
    may_embed: bool,
    as_json: bool,
) -> None:
    if fonts and not may_embed:
        raise Failed(
            say.text("Letters go into an app only if their licence allows it. If so, add --may-embed.")
        )
    from staff.style_import import import_dressed  # its libraries only staff's computers have

    called = _called(path)
    imported = import_dressed(path, shown(name or called.title(), 100), logo, fonts, say)
    warnings = in_words(imported, say)
    if as_json:
        click.echo(json.dumps(style_data(imported, warnings, say), indent=2))
    else:
        for line in report(imported, warnings, say):
            click.echo(line)
    if out is not None or not as_json:
        file = out or Path(f"{called}.style.json")
        write_style(file, replace(imported.style, warnings=warnings))
        if not as_json:
            click.echo(
                say.text(
                    "The house style is in {file}. Publish it with: samenspraak publish POLL --style {file}",
                    file=file,
                )
            )


_VAGUE = {"", "index", "list", "figma", "package", "dist", "src", "variables", "theme", "tmp"}
_PREFIX = re.compile(r"^nl-design-system-[a-z]+-|^gemeente-?")
_ENDING = re.compile(
    r"(\.tgz|\.tar|\.tar\.gz|\.json|\.tokens)+$|-\d+\.\d.*$|[-.]?(design-)?tokens|[^a-z0-9.-]"
)


def _called(path: Path) -> str:
    """What a package or file is about: `wijk-design-tokens-1.0.0.tgz` is about wijk."""
    whole = path.absolute()
    for part in (whole, *whole.parents):
        bare = _ENDING.sub("", _PREFIX.sub("", part.name.lower())).strip("-.")
        if bare not in _VAGUE:
            return bare
    return "house"


@style.command("check", help=text("Check a house style's file, and name the contrast of its colours."))
@click.argument("file", metavar="STYLE.json", type=FILE)
@speaking
def check(say: Wording, file: Path) -> None:
    found = read_style(file)
    click.echo(
        say.text("{file}: the house style of {name} can be published.", file=file, name=shown(found.name))
    )
    for line in contrast(found, say):
        click.echo(line)
    for warning in found.warnings:
        if warning.code != "role-derived":
            click.echo(f"- {shown(warning.code)}: {shown(warning.path, 300)}\n    {shown(warning.text, 500)}")
