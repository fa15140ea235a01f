"""Screens that are wrong on purpose, dressed like the app: each bar must see its own fault in one of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial

import flet as ft

from components.dress import use_dress
from components.frame import Header, framed, paragraph, primary, secondary
from i18n.wording import Wording
from state.app_state import AppState
from tests.access.bar import Bar
from tests.access.showing import Showing, showing
from tests.access.sight import Sight
from tests.access.ways import Stop, Way
from tests.shots.stage import Scene, Stage
from tests.support.browser import Browser
from tests.support.desk import services
from theming.flet_theme import Legibility
from theming.house_style import HouseStyle

SENTENCE = "Wat vindt u van de bushalte?"


def _nothing(*_: object) -> None:
    pass


def _wrong(fault: str) -> list[ft.Control]:
    """The controls that are wrong; none for "none"."""
    small = ft.Container(width=14, height=14, bgcolor=ft.Colors.PRIMARY, on_click=_nothing)
    faults: dict[str, list[ft.Control]] = {
        "pale text": [ft.Text(SENTENCE, color="#CCCCCC")],
        "pale edge": [ft.TextField(label="Naam", border_color="#CCCCCC")],
        "small target": [ft.Row([ft.Semantics(button=True, label="Meer", content=small)])],
        "targets together": [
            ft.Column([primary("Ja", _nothing, "a"), secondary("Nee", _nothing, "b")], spacing=2)
        ],
        "fixed height": [ft.FilledButton(SENTENCE, height=40, on_click=_nothing)],
        "cut text": [ft.Text(SENTENCE, max_lines=1, overflow=ft.TextOverflow.ELLIPSIS)],
        "narrow text": [ft.Row([ft.Container(paragraph("Bushalte"), width=96)])],
        "text over text": [ft.Stack([paragraph(SENTENCE), paragraph(SENTENCE.upper())])],
        "sideways": [ft.Row([ft.Container(paragraph(SENTENCE), width=900)], scroll=ft.ScrollMode.AUTO)],
        "no name": [ft.IconButton(ft.Icons.DELETE, on_click=_nothing)],
        "not by keyboard": [ft.Container(paragraph("Druk hier"), padding=20, on_click=_nothing)],
        "no ring": [ft.FilledButton("Ja", on_click=_nothing, style=ft.ButtonStyle(side=ft.BorderSide(0)))],
        "moving": [ft.ProgressRing(width=48, height=48)],
        "unknown letters": [paragraph("გამარჯობა")],
    }
    return faults.get(fault, [])


@ft.component
def FaultyApp(fault: str, app: AppState, style: HouseStyle) -> object:
    kept, _ = ft.use_state(app)
    legibility = Legibility(kept.scale, kept.contrast, kept.brightness, kept.plain_letters)
    use_dress(style, legibility, Wording(kept.language), "Gemeente Waterrijk")
    body = [paragraph(SENTENCE), *_wrong(fault)]
    actions = [primary("Verder", partial(_nothing), "on")]
    return [framed("/", Header(), "Een vraag", body, actions=actions)]


@dataclass
class FaultyStage(Stage):
    fault: str = "none"

    def main(self, page: ft.Page) -> None:
        self.page, self.app = page, AppState.restored(services(self.desk), "nl", False)
        page.render_views(FaultyApp, self.fault, self.app, self.style)


@contextmanager
def _shown(browser: Browser, fault: str, letters: int) -> Iterator[tuple[Sight, Showing]]:
    with showing(browser, letters, FaultyStage(fault=fault)) as shown:
        [sight] = shown.show(Stop(fault, Scene("/")), Way(letters=letters))
        yield sight, shown


@cache
def _good(browser: Browser, letters: int) -> tuple[Sight, Showing]:
    """The screen without a fault, for bars that ask nothing of its window, which is closed."""
    with _shown(browser, "none", letters) as (sight, shown):
        return sight, shown


def sees(browser: Browser, bar: type[Bar], fault: str, *sizes: int, asks: bool = False) -> bool:
    """Whether a bar of this kind misses nothing on the good screen, and something on the wrong one.

    `asks`: it asks the window about more than was seen in it.
    """
    good, wrong = bar(), bar()
    for letters in sizes or (100,):
        if asks:
            with _shown(browser, "none", letters) as fresh:
                good.look(*fresh)
        else:
            good.look(*_good(browser, letters))
        with _shown(browser, fault, letters) as (sight, shown):
            wrong.look(sight, shown)
            wrong.leave(shown)
    return not good.faults and bool(wrong.faults)
