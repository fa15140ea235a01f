"""The page around the app: its words, in the staff's language, and its colours, which are the app's own."""

from __future__ import annotations

import json
from dataclasses import asdict
from html import escape
from pathlib import Path
from string import Template

from i18n.wording import LANGUAGES, Wording
from preview.sight import filters
from preview.words import DEVICE_NAMES, PAGE, SIDE_NAMES, SIGHT_NAMES, TOLD
from theming.default_style import DEFAULT
from theming.scheme import Scheme

_STATIC = Path(__file__).with_name("static")
_MODES = {
    "light": "all",
    "dark": "(prefers-color-scheme: dark)",
    "light-high": "(prefers-contrast: more)",
    "dark-high": "(prefers-contrast: more) and (prefers-color-scheme: dark)",
}


def page(say: Wording) -> str:
    return _filled("preview.html", {**_said(say), "told": _told(say)})


def picture_page(side: str, say: Wording) -> str:
    """One side alone, as large as the window: what pictures are taken of."""
    return _filled("picture.html", {**_said(say), "side": escape(side)})


def _filled(file: str, values: dict[str, str]) -> str:
    found = Template((_STATIC / file).read_text("utf-8"))
    return found.substitute(values, filters=filters(), colours=_colours())


def _said(say: Wording) -> dict[str, str]:
    return {"language": say.language} | {key: escape(say.text(words)) for key, words in PAGE.items()}


def _told(say: Wording) -> str:
    """What the page's script says, as JSON within a script element."""
    words = {
        "told": {key: say.text(words) for key, words in TOLD.items()},
        "sides": {key: say.text(words) for key, words in SIDE_NAMES.items()},
        "devices": {key: say.text(words) for key, words in DEVICE_NAMES.items()},
        "sights": {key: say.text(words) for key, words in SIGHT_NAMES.items()},
        "languages": LANGUAGES,
    }
    return json.dumps(words, ensure_ascii=False).replace("<", "\\u003c")


def _colours() -> str:
    return "\n".join(
        f"@media {query} {{ :root {{ {_variables(DEFAULT.schemes[key])} }} }}"
        for key, query in _MODES.items()
    )


def _variables(scheme: Scheme) -> str:
    return " ".join(f"--{name.replace('_', '-')}: {value};" for name, value in asdict(scheme).items())
