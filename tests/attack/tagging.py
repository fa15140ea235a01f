"""One of fifty phones is shown something of its own, so that its ballot can be told by it.

The attacker has every server and, where it is worst, the municipality's root key as well.
"""

from __future__ import annotations

import asyncio
from pathlib import Path
from random import Random

import pytest

import sync.pull
from demonstration.residents import some_answers
from domain.errors import Distrusted
from protocol import paths
from protocol.ballots import (
    ENVELOPE_CLASSES,
    make_envelope,
    open_envelope,
    seal_answers,
)
from protocol.canonical import b64, unb64
from protocol.manifest import PollEntry, TokenKeys
from protocol.sealing import new_sealing_key
from server.blind_signer import new_private_key, public_key_of
from tests.attack.evil_servers import Evil, running
from tests.attack.evil_town import POLL, Town, Victim
from tests.attack.tamperings import TAMPERINGS, own_entry
from tests.support.ballots import new_token
from tests.support.polls import transport
from tests.support.row import Row, Scale
from tests.support.small_poll import ANSWER

OVERHEAD = 48
"""Bytes that sealing adds: the key share and the tag."""


def attack(scale: Scale, folder: Path) -> Row:
    count = 50 if scale.full else len(TAMPERINGS)
    refused, tagged = asyncio.run(_tamper(scale, folder, count))
    identified = asyncio.run(_unchecked(folder, count))
    lengths, unpadded = _lengths(200 if scale.full else 40)
    return Row(
        promise="tagged by key, manifest or size",
        figure=f"{refused} of {count} phones refuse, {tagged} drew anything of it; "
        f"envelopes have the lengths {sorted(lengths)}",
        bound=f"{count} of {count} refuse, none draws; one length for the class",
        held=refused == count and tagged == 0 and lengths == {ENVELOPE_CLASSES[0] + OVERHEAD},
        control=f"checks off: {identified} of {count} identified; no padding: {len(unpadded)} lengths",
        caught=identified == count and len(unpadded) > 10,
    )


async def _tamper(scale: Scale, folder: Path, count: int) -> tuple[int, int]:
    refused = tagged = 0
    kinds = list(TAMPERINGS.values())
    with running(Evil()) as evil:
        town = Town(evil)
        for number in range(count):
            scale.tell(f"tagging: phone {number} of {count}")
            victim = Victim(town, f"phone-{number}", folder / str(number))
            await victim.first_round()
            kinds[number % len(kinds)](victim)
            problem = await victim.round()
            refused += isinstance(problem, Distrusted)
            tagged += victim.drew_otherwise()
            victim.engine.dispose()
    return refused, tagged


async def _unchecked(folder: Path, count: int) -> int:
    """How many phones the ballot box can name by the manifest entry that each was shown."""
    identified = 0
    with running(Evil()) as evil, pytest.MonkeyPatch.context() as patch:
        patch.setattr(sync.pull, "check_follows", lambda *_: None)
        town = Town(evil)
        evil.shuffler_private = town.shuffler
        for number in range(count):
            victim = Victim(town, f"phone-{number}", folder / f"unchecked-{number}")
            await victim.first_round()
            shown = own_entry(victim)
            town.give(victim.name, town.manifest(victim.name, 6, shown))
            assert await victim.round() is None
            victim.desk.send(POLL, ANSWER)
            assert await victim.round() is None
            [envelope] = evil.got(victim.name, paths.ENVELOPES)
            ballot = open_envelope(envelope, town.box)
            identified += unb64(shown.digest()) in unb64(ballot.message)
            victim.engine.dispose()
    return identified


def _lengths(count: int) -> tuple[set[int], set[int]]:
    """Lengths of the envelopes of many different answers, and of the same without padding."""
    chance, found, bare = Random(1), set(), set()
    pem, box, poll = new_private_key(), new_sealing_key(), transport()
    keys = TokenKeys(choices=b64(public_key_of(pem)))
    entry = PollEntry.of(poll, b64(bytes(32)), keys, box.public)
    token = new_token(pem, entry)
    for _ in range(count):
        answers = some_answers(poll, chance)
        for lengths, pad in ((found, None), (bare, lambda data, _: data)):
            with pytest.MonkeyPatch.context() as patch:
                if pad:
                    patch.setattr("protocol.ballots.pad", pad)
                sealed = seal_answers(answers, token, entry, 1)
                lengths.add(len(make_envelope(sealed, token, 1, box.public)))
    return found, bare
