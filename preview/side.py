"""One side of the preview: the app itself, on a phone made for the screen that staff want to see."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field, fields, replace
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import flet as ft

from domain.errors import StorageError
from i18n.wording import Wording
from preview.phones import Shown, ShownPhone, new_phone
from preview.reading import Dressed
from preview.screens import Moment, Screen, fits, screens
from preview.sources import Sources
from preview.wants import Wants
from state.app_state import AppState
from state.services import Services
from views.routes import App
from views.trouble import TroubleApp

_NUMBERS = count()


@dataclass(eq=False)
class Visitor:
    """One window on a side: the preview's own, or the one that pictures are taken of."""

    page: ft.Page
    app: AppState


@dataclass(eq=False)
class Side:
    """`main` is what Flet runs for each visitor; `show` changes what all of them see, in place."""

    name: str
    wants: Wants
    sources: Sources
    folder: Path
    say: Wording
    visitors: list[Visitor] = field(default_factory=list)
    _phone: ShownPhone | None = None
    _shown: tuple[Shown, Dressed] | None = None

    @property
    def shown(self) -> Shown:
        return self.sources.poll(self.wants.poll)

    @property
    def dressed(self) -> Dressed:
        return self.sources.style(self.wants.style)

    @property
    def screens(self) -> list[Screen]:
        return screens(self.shown.poll, self.shown.answers, self.say)

    @property
    def screen(self) -> Screen:
        """The one that is wanted; for a poll that does not have it, its introduction."""
        there = {screen.id: screen for screen in self.screens}
        return there.get(self.wants.screen) or there["introduction"]

    @property
    def press(self) -> str:
        """The button to press on this screen, in the language of the app; empty for none."""
        return Wording(self.wants.language).text(self.screen.press) if self.screen.press else ""

    def main(self, page: ft.Page) -> None:
        self._prepare()
        visitor = Visitor(page, self._restored())
        self.visitors.append(visitor)
        page.on_connect = lambda _: self._come(visitor)
        page.on_disconnect = page.on_close = lambda _: self._leave(visitor)
        self._render(visitor)

    async def show(self, wants: Wants) -> None:
        """Raises `StorageError` where this computer's disk is full; then nothing changed."""
        screen, before, wanted = self.screen, (self._phone, self._shown), self.wants
        self.wants = wants
        try:
            self._prepare(asked=wants.screen != wanted.screen)
        except StorageError:
            self.wants = wanted
            raise
        if wants.bold != wanted.bold:
            self.visitors.clear()  # other letters are another address: the page loads the app anew
        for visitor in tuple(self.visitors):
            await self._inside(visitor, partial(self._change, visitor, before, screen))

    async def refresh(self) -> None:
        """A file changed: show it, if it is shown here."""
        if self._shown != (self.shown, self.dressed):
            await self.show(self.wants)

    def at(self, route: str) -> None:
        """Staff pressed something in the app, and are on another screen now."""
        found = next((screen.id for screen in self.screens if screen.route == route), None)
        if found and self.screen.route != route:
            self.wants = replace(self.wants, screen=found)

    def _prepare(self, *, asked: bool = False) -> None:
        """Make another phone, if this one is not where the screen needs it; its settings are as wanted.

        `asked`: another screen was asked for. Else the phone stays, with what staff answered on it.
        """
        shown, moment = self.shown, self.screen.moment
        if self._phone is None or not self._is_ready(self._phone, shown, moment, asked):
            folder = self.folder / f"{self.name}-{next(_NUMBERS)}"
            moment = Moment.NEW if moment is Moment.ANY else moment
            self._phone = new_phone(folder, self.dressed.style.name, shown, moment)
        self._shown = shown, self.dressed
        for name, value in self.wants.settings().items():
            self._phone.desk.put_setting(name, value)

    def _is_ready(self, phone: ShownPhone, shown: Shown, moment: Moment, asked: bool) -> bool:
        same = self._shown is not None and self._shown[0] == shown
        return same and (not asked or fits(moment, phone.moment, phone.desk.card(shown.poll.id)))

    def _change(self, visitor: Visitor, before: tuple[ShownPhone | None, object], screen: Screen) -> None:
        """What is cheapest: the app as it is, dressed anew, or from the start."""
        if before[0] is not self._phone:
            _take_over(visitor.app, self._restored())
        if before != (self._phone, self._shown) or Moment.STUCK in (screen.moment, self.screen.moment):
            self._render(visitor)
        self._read_as(visitor.app)
        visitor.page.navigate(self.screen.route)

    def _read_as(self, app: AppState) -> None:
        """The app's own verbs, as if somebody chose it in the settings."""
        wants = self.wants
        if app.language != wants.language:
            app.speak(wants.language)
        if app.scale != wants.app_scale:
            app.enlarge(wants.app_scale)
        if app.contrast != wants.contrast:
            app.use_contrast(wants.contrast)
        if app.brightness != (bright := "dark" if wants.dark else "light"):
            app.brighten("dark" if bright == "dark" else "light")
        if app.plain_letters == wants.own_letters:
            app.use_plain_letters(not wants.own_letters)

    def _render(self, visitor: Visitor) -> None:
        style = self.dressed.style
        if self.screen.moment is Moment.STUCK:
            visitor.page.render_views(TroubleApp, "full", style, self.wants.language, _nothing)
        else:
            visitor.page.render_views(App, self._services(), visitor.app, style)

    def _restored(self) -> AppState:
        return AppState.restored(self._services(), self.wants.language, self.wants.contrast)

    def _services(self) -> Services:
        phone = self._phone
        assert phone is not None, "prepared before"
        municipality = replace(phone.municipality, name=self.dressed.style.name)
        return Services(desk=phone.desk, municipality=municipality, now=phone.clock, synchronise=_nothing)

    @staticmethod
    async def _inside(visitor: Visitor, change: Callable[[], Any]) -> None:
        """Do it where the visitor's app runs."""

        async def go() -> None:
            change()

        await asyncio.wrap_future(visitor.page.run_task(go))

    def _come(self, visitor: Visitor) -> None:
        if visitor not in self.visitors:
            self.visitors.append(visitor)

    def _leave(self, visitor: Visitor) -> None:
        if visitor in self.visitors:
            self.visitors.remove(visitor)


def _take_over(app: AppState, other: AppState) -> None:
    """Flet keeps the state that a screen began with: it becomes like the other one, in place."""
    for each in fields(AppState):
        if each.name != "version":
            setattr(app, each.name, getattr(other, each.name))
    app.refresh()


def _nothing() -> None:
    """There are no servers here to go to."""
