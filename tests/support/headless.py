"""A Flet page without Flutter: render it, read it, press it.

Only here and in `headless_client.py` are Flet's private names used.
"""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Awaitable, Callable, Iterator, Mapping
from concurrent.futures import Future
from typing import Any, TypeVar

import flet as ft
from flet.controls.context import _context_page, context
from flet.messaging.protocol import RegisterClientResponseBody

from tests.support.headless_client import Client
from tests.support.headless_tree import drawn, key_of, walk

C = TypeVar("C", bound=ft.BaseControl)
_QUIET_TURNS = 5  # of the event loop without a message or a finished task
_PHONE = {
    "web": False,
    "platform": "android",
    "width": 412.0,
    "height": 900.0,
    "platform_brightness": "light",
}


class Screen:
    """One phone with the app open. An exception in a handler, a render, an effect or a background
    task is raised by the call that led to it.

    `prefs` is what SharedPreferences keeps: pass one dict to two screens to close the app and open
    it again. `replies` answers other methods of services by name, with a value or a function of the
    arguments. Everything else sets a property of the page: `Screen(web=True, width=320.0)`.
    """

    def __init__(
        self, prefs: dict[str, Any] | None = None, replies: Mapping[str, Any] | None = None, **page: Any
    ) -> None:
        self.prefs = {} if prefs is None else prefs
        self._failures: list[BaseException] = []
        self._client = Client(self.prefs, replies or {}, self._failures)
        self._session = self._client.session
        self._tasks = _watch_tasks(asyncio.get_running_loop())
        self.page = self._session.page
        self._watch_run_task()
        self._session.apply_page_patch({**_PHONE, "route": "/", **page})

    async def show(self, app: Callable[..., Any], *args: Any, route: str = "/") -> None:
        """Render a component that returns views, as `page.render_views` does."""
        await self.start(lambda page: page.render_views(app, *args), route)

    async def start(self, main: Callable[[ft.Page], Any], route: str = "/") -> None:
        """Start an app as Flet does, with the link that opened it."""
        self._session.apply_page_patch({"route": route})
        self._client.pack(RegisterClientResponseBody(self._session.id, self._session.get_page_patch(), ""))
        _context_page.set(self.page)
        context.reset_auto_update()
        if inspect.isawaitable(started := main(self.page)):
            await started
        await self._session.after_event(self.page)
        await self.settle()

    async def tap(self, key: str) -> None:
        control = self.key(key)
        assert getattr(control, "on_click", None), f"{key}: nothing happens when this is pressed"
        await self._fire(control, "click")

    async def choose(self, key: str, value: Any = True) -> None:
        """Pick one of a RadioGroup's or a DropdownM2's values, or set a Checkbox or a Switch."""
        control = self.key(key)
        if isinstance(control, ft.RadioGroup):
            offered = [radio.value for radio in self.all(ft.Radio, within=control)]
            assert value in offered, f"{key} offers {offered}, not {value}"
        await self._fire(control, "change", value, {"value": value})

    async def type(self, key: str, text: str) -> None:
        await self._fire(self.key(key), "change", text, {"value": text})

    async def type_and_tap(self, field: str, text: str, button: str) -> None:
        """A press that comes right after the last letter, before a slow phone has drawn anything anew."""
        typed_in, pressed = self.key(field), self.key(button)
        self._session.apply_patch(typed_in._i, {"value": text})
        events = [(typed_in, "change", text), (pressed, "click", None)]
        await asyncio.gather(*(self._session.dispatch_event(on._i, name, data) for on, name, data in events))
        await self.settle()

    async def letters(self, share: float) -> None:
        """What the phone itself makes of letters: 2.0 for twice as large."""
        [probe] = [control for control in walk(self.page.overlay) if key_of(control) == "probe"]
        await self._fire(probe, "size_change", {"w": 10 * share, "h": 20 * share})

    async def happen(self, control: Any, event: str, data: Any = None) -> None:
        """What the phone tells of a service or a control by itself."""
        await self._fire(control, event, data)

    async def back(self) -> None:
        """The phone's back button or gesture, or the one in an AppBar."""
        await self._tell_page("view_pop", {"route": self.view.route})

    async def go(self, route: str) -> None:
        """A link opened, or the browser's own back: the address changes without the app's doing."""
        await self._client.arrive(route)
        await self.settle()

    async def lifecycle(self, state: ft.AppLifecycleState) -> None:
        await self._tell_page("app_lifecycle_state_change", {"state": state.value})

    async def connect(self, online: bool) -> None:
        """Lose the network, or find it again."""
        self._client.online = online
        for service in self.page._services._services:
            if isinstance(service, ft.Connectivity):
                await self._fire(service, "change", {"connectivity": self._client.networks()})

    @property
    def route(self) -> str:
        return self.page.route

    @property
    def view(self) -> ft.View:
        """The topmost one."""
        views = ft.unwrap_component(self.page.views)
        view: ft.View = ft.unwrap_component(views[-1] if isinstance(views, list) else views)
        return view

    def key(self, key: str) -> ft.Control:
        found = [control for control in self._shown() if key_of(control) == key]
        if len(found) == 1:
            return found[0]
        keys = sorted({key_of(control) for control in self._shown()} - {""})
        raise AssertionError(f"{len(found)} controls with the key {key}; there are {keys}")

    def all(self, kind: type[C], within: Any = None) -> list[C]:
        controls = self._shown() if within is None else walk(within)
        return [control for control in controls if isinstance(control, kind)]

    def texts(self) -> list[str]:
        """What is drawn, from top to bottom; not what a text field holds."""
        return [text for control in self._shown() for text in drawn(control)]

    async def until(self, happens: Callable[[], object], seconds: float = 2.0) -> None:
        """For what takes a thread or a real file; everything else has happened when a call returns."""
        async with asyncio.timeout(seconds):
            while not happens():
                await asyncio.sleep(0.005)
                await self.settle()

    async def settle(self) -> None:
        quiet, before = 0, -1
        while quiet < _QUIET_TURNS:
            await asyncio.sleep(0)
            now = self._client.sent + sum(task.done() for task in self._tasks)
            quiet, before = (quiet + 1 if now == before else 0), now
        self._raise_failures()

    def _raise_failures(self) -> None:
        for task in [task for task in self._tasks if task.done()]:
            self._tasks.remove(task)
            if task._log_traceback:  # an exception that nobody has looked at
                self._failures.append(task.exception())
        updates = self._session._Session__updates_task
        if updates and updates.done() and not updates.cancelled() and updates.exception():
            self._failures.append(updates.exception())
        if self._failures:
            raise self._failures.pop(0)

    def _shown(self) -> Iterator[Any]:
        yield from walk(self.view)
        yield from walk([d for d in self.page._dialogs.controls if ft.unwrap_component(d).open])

    async def _tell_page(self, event: str, data: Any) -> None:
        await self._session.dispatch_event(self.page._i, event, data)
        await self.settle()

    async def _fire(self, control: Any, event: str, data: Any = None, props: Any = None) -> None:
        assert not getattr(control, "disabled", False), f"{key_of(control)} is disabled"
        if props:  # the client changes itself first, then tells
            self._session.apply_patch(control._i, props)
        await self._session.dispatch_event(control._i, event, data)
        await self.settle()

    def _watch_run_task(self) -> None:
        run_task = self.page.run_task

        def watched(handler: Callable[..., Awaitable[Any]], *args: Any, **kwargs: Any) -> Future[Any]:
            async def guarded() -> Any:
                try:
                    return await handler(*args, **kwargs)
                except Exception as failure:
                    self._failures.append(failure)

            return run_task(guarded)

        self.page.run_task = watched


def _watch_tasks(loop: asyncio.AbstractEventLoop) -> list[Any]:
    tasks: list[Any] = []

    def make(loop: asyncio.AbstractEventLoop, coro: Any, **kwargs: Any) -> asyncio.Task[Any]:
        tasks.append(task := asyncio.Task(coro, loop=loop, **kwargs))
        return task

    loop.set_task_factory(make)
    return tasks
