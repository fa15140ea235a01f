"""What a phone may be shown so that it can be told apart, each of which it must refuse."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from cryptography.hazmat.primitives.asymmetric import rsa

from protocol.blind_rsa import PublicKey
from protocol.canonical import b64
from protocol.manifest import PollEntry
from protocol.signing import new_signing_key
from server.blind_signer import new_private_key, signer_for
from tests.attack.evil_servers import SECOND
from tests.attack.evil_town import POLL, Victim, signer
from tests.support.polls import raw
from tests.support.small_poll import small_poll

Tamper = Callable[[Victim], None]


def _other_root(victim: Victim) -> None:
    town, other = victim.town, new_signing_key()
    manifest = town.manifest(victim.name, 6, own_entry(victim), root_key=b64(other.public))
    town.give(victim.name, manifest, other.private)


def _fork(victim: Victim) -> None:
    victim.town.give(victim.name, victim.town.manifest(victim.name, 5, own_entry(victim)))


def _roll_back(victim: Victim) -> None:
    victim.town.give(victim.name, victim.town.manifest(victim.name, 4, own_entry(victim)))


def _changed(victim: Victim) -> None:
    victim.town.give(victim.name, victim.town.manifest(victim.name, 6, own_entry(victim)))


def _own_key(victim: Victim) -> None:
    entry = victim.town.entry(key=_other_key())
    victim.town.give(victim.name, victim.town.manifest(victim.name, 6, entry))


def _new_poll_with(key: Callable[[], bytes]) -> Tamper:
    def tamper(victim: Victim) -> None:
        entry = victim.town.entry("extra", key())
        victim.town.give(victim.name, victim.town.manifest(victim.name, 6, victim.honest, entry))

    return tamper


def _other_at_second(victim: Victim) -> None:
    """A new poll of its own, while everybody else's is at the second address."""
    town, others = victim.town, victim.town.entry("extra")
    town.give(victim.name, town.manifest(victim.name, 6, victim.honest, own_entry(victim, "extra")))
    town.give(victim.name + SECOND, town.manifest(victim.name, 6, victim.honest, others))


def _other_municipality(victim: Victim) -> None:
    manifest = victim.town.manifest(victim.name, 6, victim.honest, own_entry(victim, "extra"))
    victim.town.give(victim.name, manifest.model_copy(update={"municipality": "elders"}))


def _other_document(victim: Victim) -> None:
    entry = own_entry(victim, "extra")
    victim.town.evil.documents[victim.name][entry.document] = raw(small_poll("extra"))
    victim.town.give(victim.name, victim.town.manifest(victim.name, 6, victim.honest, entry))


def own_entry(victim: Victim, id: str = POLL) -> PollEntry:
    """An entry that only this phone is shown: its digest would be in its token."""
    return victim.town.entry(id, topic={"nl": f"Kleur {victim.name}"})


def _key_of_the_other_poll() -> bytes:
    return signer().public_key.to_bytes()


@cache
def _other_key() -> bytes:
    return signer_for(new_private_key()).public_key.to_bytes()


@cache
def _short_key() -> bytes:
    numbers = rsa.generate_private_key(public_exponent=65537, key_size=2048).public_key().public_numbers()
    return PublicKey(numbers.n).to_bytes()


TAMPERINGS: dict[str, Tamper] = {
    "signed by another root": _other_root,
    "a fork": _fork,
    "a fork between two addresses": _other_at_second,
    "rolled back": _roll_back,
    "a poll that changed": _changed,
    "a key of its own": _own_key,
    "exponent 3": _new_poll_with(lambda: PublicKey(signer().public_key.n, 3).to_bytes()),
    "an even modulus": _new_poll_with(lambda: PublicKey(signer().public_key.n + 1).to_bytes()),
    "a small factor": _new_poll_with(lambda: PublicKey(_divisible(signer().public_key.n)).to_bytes()),
    "2048 bits": _new_poll_with(_short_key),
    "one key twice": _new_poll_with(_key_of_the_other_poll),
    "another municipality's": _other_municipality,
    "another document": _other_document,
}


def _divisible(n: int) -> int:
    """An odd number near n that 3 divides."""
    return next(near for near in range(n, n + 6, 2) if near % 3 == 0)
