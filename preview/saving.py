"""What staff keep of the preview: a picture of each side, and one page of both."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from i18n.wording import LANGUAGES, Wording
from preview.pictures import take_pictures
from preview.report import closest
from preview.sheet import Column, SheetTexts, make_sheet
from preview.side import Side
from preview.stage import SIDES, Stage
from preview.wants import DEVICES
from preview.words import DEVICE_NAMES, SIDE_NAMES, SIGHT_NAMES
from staff.style_report import SCHEMES
from theming.house_style import HouseStyle


async def picture(stage: Stage, name: str, address: str) -> tuple[str, bytes]:
    """A file's name, and a PNG of one side. Raises `NoBrowser` or `NoPicture`."""
    side = stage.sides[name]
    found = await take_pictures(address, {name: DEVICES[side.wants.device]})
    parts = (side.dressed.style.name, side.wants.screen, stage.say.text(SIDE_NAMES[name]))
    return f"{_file_name(parts)}.png", found[name]


async def sheet(stage: Stage, address: str, today: date) -> tuple[str, bytes]:
    """A file's name, and the PDF. Raises `NoBrowser` or `NoPicture`."""
    sizes = {name: DEVICES[side.wants.device] for name, side in stage.sides.items()}
    pictures = await take_pictures(address, sizes)
    say = stage.say
    columns = [_column(stage, name, pictures[name]) for name in SIDES]
    polls = dict.fromkeys(side.shown.poll.title.get(say.language) for side in stage.sides.values())
    styles = dict.fromkeys(side.dressed.style.name for side in stage.sides.values())
    said = SheetTexts(
        language=say.language,
        title=say.text("How the app looks: {styles}", styles=say.list(tuple(styles))),
        about=say.text("Poll: {polls}. Made on {day}.", polls=say.list(tuple(polls)), day=say.date(today)),
        contrast=say.text("Contrast"),
        warnings=say.text("To look at"),
        none=say.text("There is nothing to look at in this house style."),
        more=say.text("And {n} more; the preview has all of them."),
        foot=say.text(
            "Pictures of the app itself, with made-up answers. Contrast was measured in the house style's "
            "colours. Whether everybody can use the app, only people can tell."
        ),
    )
    return f"{_file_name(['samenspraak', *styles])}.pdf", make_sheet(columns, said)


def _column(stage: Stage, name: str, picture: bytes) -> Column:
    side = stage.sides[name]
    found = stage.state()["sides"][name]["report"]
    return Column(
        title=f"{stage.say.text(SIDE_NAMES[name])}: {side.dressed.style.name}",
        about=tuple(_about(side, stage.say)),
        picture=picture,
        contrast=list(_contrast(side.dressed.style, stage.say)),
        warnings=[warning["text"] for warning in found["warnings"]],
    )


def _contrast(style: HouseStyle, say: Wording) -> Iterator[str]:
    """A short line for each set of colours: the pair that comes nearest to failing."""
    for key, words in SCHEMES.items():
        [pair, *_] = closest(style, key, say)
        yield say.text(
            "{scheme}: at least {ratio}; {needed} is needed there",
            scheme=say.text(words),
            ratio=pair["ratio"],
            needed=pair["needs"],
        )


def _about(side: Side, say: Wording) -> Iterable[str]:
    """The screen, and everything about how it is read that is not as usual."""
    wants = side.wants
    yield say.text("Screen: {screen}", screen=side.screen.title)
    parts = [say.text(DEVICE_NAMES[wants.device]), LANGUAGES[wants.language]]
    parts.append(say.text("letters {percent}", percent=say.percent(wants.letters)))
    parts.append(say.text("dark") if wants.dark else say.text("light"))
    if wants.contrast:
        parts.append(say.text("high contrast"))
    if wants.bold:
        parts.append(say.text("bold"))
    if wants.own_letters:
        parts.append(say.text("own letters"))
    if wants.sight != "all":
        parts.append(say.text(SIGHT_NAMES[wants.sight]))
    yield ", ".join(parts)


def _file_name(parts: Iterable[str]) -> str:
    """ASCII, so that every disk and every header takes it."""
    joined = "-".join(part.lower() for part in parts)
    return re.sub(r"[^a-z0-9]+", "-", joined).strip("-")[:80] or "samenspraak"
