"""A municipality replaces its root key: phones, servers and letters with the old one go on."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import replace

import pytest

from domain.errors import Distrusted, LetterForeign
from domain.participation import Standing
from protocol import paths
from protocol.canonical import b64
from protocol.codes import new_code, to_link_part
from protocol.problems import Distrust, Problem
from protocol.signing import SigningKey, fingerprint, new_signing_key
from protocol.succession import sign_succession
from sync.client import Client
from sync.desk import Desk
from sync.run import Synchroniser
from tests.support.false_board import serve_manifest
from tests.support.problems import refused
from tests.support.small_town import ISSUER, SmallTown
from tests.support.town_phone import ANSWERS
from tests.sync.conftest import NewPhone


def letter(key: SigningKey) -> str:
    return "#/join/" + to_link_part(new_code(secrets.token_bytes), fingerprint(key.public))


@pytest.fixture
def town(waterrijk: SmallTown) -> Iterator[SmallTown]:
    """Whose root key may be replaced; its servers' cards keep the first one."""
    first = waterrijk.root
    yield waterrijk
    waterrijk.root = first


async def succeed(town: SmallTown, fresh: SigningKey) -> None:
    link = sign_succession(town.card.id, town.root.private, fresh.public)
    town.root = fresh
    await town.publish(root_key=b64(fresh.public), successions=(*town.manifest.successions, link))


async def test_a_phone_with_the_old_key_built_in_goes_on(town: SmallTown, new_phone: NewPhone):
    await town.publish_poll()
    phone, old, code = new_phone(town), town.root, await town.invite("vervoer")
    assert await phone.sync() is None

    first, second = new_signing_key(), new_signing_key()
    await succeed(town, first)
    assert await phone.sync() is None
    await succeed(town, second)
    await phone.join(code)

    keys = [b64(key.public) for key in (old, first, second)]
    assert list(phone.phone.manifest().root_keys()) == keys
    assert [card.poll.id for card in phone.desk.cards()] == ["regiovervoer"]


async def test_letters_with_the_old_and_with_the_new_key_are_taken_and_a_strangers_is_not(
    town: SmallTown, new_phone: NewPhone
):
    old, fresh, phone = town.root, new_signing_key(), new_phone(town)
    await succeed(town, fresh)
    assert await phone.sync() is None

    phone.desk.join(letter(old))
    phone.desk.join(letter(fresh))
    with pytest.raises(LetterForeign):
        phone.desk.join(letter(new_signing_key()))


@pytest.mark.parametrize("names_a_successor", [False, True])
async def test_who_stole_the_old_key_convinces_neither_server_nor_phone(
    names_a_successor, town: SmallTown, new_phone: NewPhone
):
    stolen, phone = town.root, new_phone(town)
    await succeed(town, new_signing_key())
    assert await phone.sync() is None
    genuine = phone.phone.manifest()

    town.root = thief = new_signing_key() if names_a_successor else stolen
    links = (sign_succession(town.card.id, stolen.private, thief.public),) if names_a_successor else ()
    raw = town.sign(root_key=b64(thief.public), successions=links)

    reply = await town.signed("PUT", ISSUER + paths.STAFF_MANIFEST, body=raw)
    assert refused(reply) is (Problem.MANIFEST_FORKED if names_a_successor else Problem.MANIFEST_OLDER)
    serve_manifest(town, raw)
    trouble = await phone.sync()
    assert isinstance(trouble, Distrusted)
    assert trouble.reason == (Distrust.FORKED if names_a_successor else Distrust.ROLLED_BACK)
    assert phone.phone.manifest() == genuine


async def test_an_update_of_the_app_that_knows_the_new_key_only_loses_nothing(
    town: SmallTown, new_phone: NewPhone
):
    await town.publish_poll()
    phone = new_phone(town)
    await phone.join(await town.invite("vervoer"))
    phone.desk.send("regiovervoer", ANSWERS)

    await succeed(town, new_signing_key())
    updated = replace(phone.phone, municipality=town.municipality)
    assert updated.municipality.root_key == town.root.public
    assert Desk(updated).cards() == ()
    assert await Synchroniser(updated, Client(town.http), lambda: None).round() is None
    assert Desk(updated).card("regiovervoer").standing is Standing.SENT
