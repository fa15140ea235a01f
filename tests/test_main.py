"""The app as it starts: on its own phone, damaged or full or new."""

from __future__ import annotations

import base64
import dataclasses
import json
import secrets
import sqlite3
from contextlib import closing
from pathlib import Path

import flet as ft
import pytest
from flet.controls.services.semantics_service import AccessibilityFeatures

import main
from domain.answers import Written
from protocol.canonical import b64
from storage import key_store
from storage.at_rest import AtRest
from storage.database import FILE, open_phone
from storage.kept_answers import KeptAnswers
from storage.migrations import STEPS
from storage.settings import Settings
from storage.tables import DraftRow
from tests.support.headless import Screen

ID = "0123456789abcdef"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where a browser's phone lives; nobody answers at the municipality's address."""
    monkeypatch.setenv("SAMENSPRAAK_DATA", str(tmp_path))
    known = [
        {
            "id": "waterrijk",
            "name": "Gemeente Waterrijk",
            "root_key": b64(bytes(32)),
            "address": "http://127.0.0.1:9",
        }
    ]
    (tmp_path / "municipalities.json").write_text(json.dumps(known))
    return tmp_path / "phones" / ID


def silent(_: object) -> None:
    raise LookupError("this phone does not say")


def phone_is_set_to(**features: bool) -> dict[str, bool]:
    return {**{f.name: False for f in dataclasses.fields(AccessibilityFeatures)}, **features}


async def started() -> Screen:
    screen = Screen(prefs={main.PHONE: ID}, web=True, replies={"get_device_info": silent})
    await screen.start(main.main)
    return screen


async def test_a_new_phone_begins_with_how_the_app_reads(folder: Path):
    screen = await started()
    assert "Welkom bij Samenspraak" in screen.texts()
    await screen.choose("letters", "200")
    await screen.choose("contrast", "yes")
    await screen.tap("continue")
    assert "Meedoen" in screen.texts()
    assert (
        Settings(open_phone(folder)).all() | {"scale": "200", "contrast": "yes", "welcomed": "yes"}
        == Settings(open_phone(folder)).all()
    )


async def test_what_was_chosen_is_there_again_after_the_app_was_killed(folder: Path):
    screen = await started()
    await screen.choose("language", "en")
    await screen.tap("continue")
    again = await started()
    assert "Join in" in again.texts()


async def test_each_browser_is_a_phone_of_its_own(folder: Path):
    prefs: dict[str, object] = {}
    screen = Screen(prefs=prefs, web=True, replies={"get_device_info": silent})
    await screen.start(main.main)
    [id] = prefs.values()
    assert (folder.parent / str(id) / FILE).exists()
    assert len(str(id)) == 32


async def test_a_damaged_phone_says_so_keeps_a_copy_and_goes_on(folder: Path):
    folder.mkdir(parents=True)
    (folder / FILE).write_bytes(b"this is no database" * 100)
    screen = await started()
    await screen.tap("continue")
    assert any("Er was iets stuk op uw telefoon." in text for text in screen.texts())
    assert (folder / f"{FILE}.damaged-1").read_bytes().startswith(b"this is no database")


async def test_a_phone_of_a_newer_app_is_left_alone_and_told(folder: Path):
    open_phone(folder).dispose()
    with closing(sqlite3.connect(folder / FILE)) as connection:
        connection.execute(f"PRAGMA user_version = {len(STEPS) + 1}")
    screen = await started()
    assert "De app kan nog niet beginnen" in screen.texts()
    assert any("nieuwere versie" in text for text in screen.texts())
    assert isinstance(screen.key("retry"), ft.FilledButton)


class TestThePlatformsKeyStore:
    """On a phone, as against a browser, drafts are sealed with a key that lies in no file."""

    @pytest.fixture
    def here(self, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        monkeypatch.setenv("FLET_APP_STORAGE_DATA", str(tmp_path))
        return tmp_path / "samenspraak"

    @staticmethod
    async def opened(kept: dict[str, str], failing: bool = False) -> Screen:
        def get(args: dict[str, str]) -> str | None:
            if failing:
                raise OSError("the key store is locked")
            return kept.get(args["key"])

        def put(args: dict[str, str]) -> None:
            kept[args["key"]] = args["value"]

        screen = Screen(replies={"get": get, "set": put, "get_device_info": silent})
        await screen.start(main.main)
        return screen

    async def test_keeps_the_key_and_no_file_does(self, here: Path):
        kept: dict[str, str] = {}
        await self.opened(kept)
        [key] = kept.values()
        await self.opened(kept)
        assert list(kept.values()) == [key]
        assert not (here / key_store.FILE).exists()

    async def test_that_fails_leaves_the_app_working_with_a_key_in_a_file(self, here: Path):
        kept: dict[str, str] = {}
        screen = await self.opened(kept, failing=True)
        assert "Welkom bij Samenspraak" in screen.texts()
        assert (kept, (here / key_store.FILE).exists()) == ({}, True)
        await self.opened(kept)
        assert (len(kept), (here / key_store.FILE).exists()) == (1, False), "and back to the store"

    async def test_that_was_wiped_costs_the_drafts_and_the_resident_is_told(self, here: Path):
        kept: dict[str, str] = {}
        await self.opened(kept)
        engine, key = open_phone(here), base64.b64decode(next(iter(kept.values())))
        drafts = KeptAnswers(engine, AtRest((key,), secrets.token_bytes), DraftRow)
        drafts.put("waterrijk", "poll", {"wens": Written("een bankje")})
        kept.clear()
        screen = await self.opened(kept)
        assert drafts.polls("waterrijk") == frozenset()
        await screen.tap("continue")
        assert any("nog niet had verstuurd, is weg" in text for text in screen.texts()), screen.texts()
        engine.dispose()


async def test_the_phones_own_contrast_is_followed_also_after_it_was_changed_until_she_chose(folder: Path):
    wanted = {"high_contrast": False}
    replies = {"get_device_info": silent, "get_accessibility_features": lambda _: phone_is_set_to(**wanted)}
    screen = Screen(prefs={main.PHONE: ID}, web=True, replies=replies)
    await screen.start(main.main)
    wanted["high_contrast"] = True
    await screen.lifecycle(ft.AppLifecycleState.RESUME)
    assert screen.key("contrast").value == "yes"
    await screen.choose("contrast", "no")
    await screen.lifecycle(ft.AppLifecycleState.RESUME)
    assert screen.key("contrast").value == "no"
