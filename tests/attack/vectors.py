"""The published vectors: RFC 9474 with each signer of the issuer, and RFC 9180, appendix A.1.1."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from protocol import hpke
from protocol.blind_rsa import Blinded, SignatureRefused, blind, finalize, verify
from protocol.sealing import NotOpened, new_sealing_key, open_sealed, seal
from tests.protocol import test_sealing as rfc9180
from tests.protocol.test_blind_rsa import VARIANTS, Vector, flipped, vector
from tests.server.test_blind_signer import BACKENDS, published_signer
from tests.support.row import Row, Scale

Byte = int | None
"""The place of a byte that is flipped before comparing; None compares what was published."""


def attack(scale: Scale, _folder: Path) -> Row:
    equal = list(_checks(None))
    places = (0, 7, 31) if scale.full else (7,)
    missed = [good for place in places for good in _checks(place)]
    return Row(
        promise="vectors of RFC 9474 (each signer) and RFC 9180",
        figure=f"{sum(equal)} of {len(equal)} comparisons equal, on the signers {' and '.join(BACKENDS)}",
        bound="all",
        held=all(equal),
        control=f"with one flipped byte {len(missed) - sum(missed)} of {len(missed)} refused or unequal",
        caught=not any(missed),
    )


def _checks(flip: Byte) -> Iterator[bool]:
    for name in VARIANTS:
        published = vector(name)
        yield from _phone(published, flip)
        for backend in BACKENDS:
            signed = published_signer(backend).sign(published.blinded)
            yield signed == _maybe(published.blind_signature, flip)
    yield from _sealing(flip)


def _phone(published: Vector, flip: Byte) -> Iterator[bool]:
    """What a phone blinds, unblinds and accepts."""
    key, variant = published.key, published.variant
    blinded = blind(key, published.message, random=published.random(), variant=variant)
    yield blinded.blinded_message == _maybe(published.blinded, flip)
    kept = Blinded(published.blinded, published.prefix, published.inverse.to_bytes(key.length, "big"))
    answer = _maybe(published.blind_signature, flip)
    try:
        yield finalize(key, published.message, kept, answer, variant=variant) == published.signature
    except SignatureRefused:
        yield False
    message = _maybe(published.prefix + published.message, flip)
    yield verify(key, message, published.signature, variant=variant)


def _sealing(flip: Byte) -> Iterator[bool]:
    aad, published = rfc9180.SEALED_IN_TURN[0]
    whole = rfc9180.ENCAPSULATED + bytes.fromhex(published)
    sealed = hpke.seal(rfc9180.RECIPIENT, rfc9180.PLAINTEXT, rfc9180.INFO, aad, ephemeral=rfc9180.EPHEMERAL)
    yield sealed == _maybe(whole, flip)
    key = new_sealing_key()
    for made in (
        seal(key.public, rfc9180.ANSWERS, rfc9180.PURPOSE),
        hpke.seal(key.public, rfc9180.ANSWERS, rfc9180.PURPOSE, ephemeral=new_sealing_key().private),
    ):
        try:
            yield open_sealed(key.private, _maybe(made, flip), rfc9180.PURPOSE) == rfc9180.ANSWERS
        except NotOpened:
            yield False


def _maybe(data: bytes, flip: Byte) -> bytes:
    return data if flip is None else flipped(data, flip)
