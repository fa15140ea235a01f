"""Builds the resident's app, then starts Flet."""

from __future__ import annotations

import asyncio
import json
import os
import secrets
from collections.abc import Awaitable
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import flet as ft
from sqlalchemy.engine import Engine

from domain.errors import KeyLost, StorageDamaged, StorageError
from domain.participation import Municipality
from domain.texts import FALLBACK, LANGUAGES
from state.app_state import AppState
from state.platform_keys import PlatformKeys
from state.services import Services
from storage.database import open_phone
from storage.key_store import beside, from_file, from_store
from sync.client import Client, new_http_client
from sync.desk import Desk
from sync.known import known_municipalities
from sync.phone import Phone
from sync.run import PAUSE, Synchroniser
from theming.default_style import DEFAULT
from theming.house_style import HouseStyle, StyleUnreadable, from_document
from views.routes import App
from views.trouble import TroubleApp

T = TypeVar("T")
PHONE = "samenspraak.phone"
ANSWERING = 5.0
"""Seconds that a question to the phone itself may take."""
ASSETS = Path(__file__).parent / "assets"


async def main(page: ft.Page) -> None:
    """One resident's session: on a phone the app, in a browser one tab."""
    shown: list[AppState] = []

    def refresh() -> None:
        for app in shown:
            app.refresh()

    # Set before anything is awaited: a browser that reloads now must find its screen again.
    page.on_connect = lambda _: refresh()
    try:
        engine, trouble = _open(await _folder(page))
        phone, lost = await _phone(page, engine)
    except StorageError as error:
        language = await _language(page)
        page.render_views(TroubleApp, error.word, DEFAULT, language, lambda: page.run_task(main, page))
        return
    municipality, desk = phone.municipality, Desk(phone)
    synchroniser = Synchroniser(desk.phone, Client(new_http_client()), refresh, _pause())
    services = Services(
        desk=desk,
        municipality=municipality,
        now=_now,
        synchronise=synchroniser.nudge,
        in_browser=page.web,
    )
    app = AppState.restored(services, await _language(page), await _wants_contrast())
    app.trouble = trouble or lost
    shown.append(app)
    page.render_views(App, services, app, _style(desk))
    _keep_synchronising(page, synchroniser, app)


def _keep_synchronising(page: ft.Page, synchroniser: Synchroniser, app: AppState) -> None:
    """Rounds while the session lives: at once, when it comes to the front, when the network is back.

    The phone's own contrast may have been changed while the app was at the back: it tells nobody.
    """
    loop = page.run_task(synchroniser.run)
    connectivity = ft.Connectivity(on_change=lambda _: synchroniser.nudge())
    page.session.store.set("connectivity", connectivity)  # Flet forgets a service nobody holds

    async def lifecycle(event: ft.AppLifecycleStateChangeEvent) -> None:
        if event.state in (ft.AppLifecycleState.RESUME, ft.AppLifecycleState.SHOW):
            synchroniser.nudge()
            app.follow_contrast(await _wants_contrast())

    def look(present: bool) -> None:
        synchroniser.present = present
        if present:
            synchroniser.nudge()
            app.refresh()

    page.on_connect = lambda _: look(True)
    page.on_disconnect = lambda _: look(False)
    page.on_app_lifecycle_state_change = lifecycle
    page.on_close = lambda _: loop.cancel()


async def _asked(question: Awaitable[T], otherwise: T) -> T:
    """What the phone answers; `otherwise` if it does not, so that the app never waits for it."""
    try:
        return await asyncio.wait_for(question, ANSWERING)
    except (TimeoutError, RuntimeError, AttributeError):  # the last: Flet's, of a window that just closed
        return otherwise


async def _wants_contrast() -> bool:
    features = await _asked(ft.SemanticsService().get_accessibility_features(), None)
    return bool(features and features.high_contrast)


async def _folder(page: ft.Page) -> Path:
    """Where this phone keeps everything. In a browser: a folder named by a random id the browser keeps."""
    if not page.web:
        return Path(os.environ.get("FLET_APP_STORAGE_DATA", ".")) / "samenspraak"
    kept = ft.SharedPreferences()
    id = await kept.get(PHONE)  # without it there is no phone: this one is waited for
    if not (isinstance(id, str) and id.isascii() and id.isalnum()):
        id = secrets.token_hex(16)
        await kept.set(PHONE, id)
    return _data() / "phones" / id


def _open(folder: Path) -> tuple[Engine, str | None]:
    """The phone's database; a damaged one is put aside, and the resident is told."""
    try:
        return open_phone(folder), None
    except StorageDamaged as damaged:
        return open_phone(folder), damaged.word


async def _phone(page: ft.Page, engine: Engine) -> tuple[Phone, str | None]:
    """The phone, and a word for what it lost with a key. A browser's demonstration has no key store."""
    if page.web:
        at_rest = from_file(engine, secrets.token_bytes)
    else:
        at_rest = await from_store(PlatformKeys(), engine, secrets.token_bytes)
    phone = Phone.on(engine, _municipality(), _now, secrets.token_bytes, at_rest)
    try:
        phone.protect()
    except KeyLost as lost:
        return phone, lost.word
    if at_rest.complete and not page.web:
        beside(engine).remove()  # a key from a day without the store; all is sealed with the store's now
    return phone, None


def _municipality() -> Municipality:
    file = _data() / "municipalities.json"
    return known_municipalities(file if file.exists() else ASSETS / "municipalities.json")[0]


def _style(desk: Desk) -> HouseStyle:
    """The municipality's own style; the built-in one until it came, or if nobody could read it."""
    raw = desk.style_document()
    if raw is None:
        return DEFAULT
    try:
        return from_document(json.loads(raw))
    except (ValueError, StyleUnreadable):
        return DEFAULT


async def _language(page: ft.Page) -> str:
    """The first of the phone's languages that the app speaks too."""
    info = await _asked(page.get_device_info(), None)
    known = [str(locale.language_code) for locale in getattr(info, "locales", None) or []]
    return next((tag for tag in known if tag in LANGUAGES), FALLBACK)


def _data() -> Path:
    return Path(os.environ.get("SAMENSPRAAK_DATA", "."))


def _pause() -> tuple[float, float]:
    """Seconds between rounds; the demonstration, where everything goes fast, says its own."""
    said = os.environ.get("SAMENSPRAAK_ROUND")
    return (float(said), 1.5 * float(said)) if said else PAUSE


def _now() -> datetime:
    return datetime.now(UTC)


if __name__ == "__main__":
    ft.run(main, assets_dir=str(ASSETS))
