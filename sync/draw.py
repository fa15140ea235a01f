"""Step: draw tokens when polls come in, never when one is answered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from domain.errors import Distrusted, Refused, Unreachable
from domain.poll import Access
from domain.response import BallotKind
from protocol import tokens
from protocol.blind_rsa import Blinded, SignatureRefused, blind, finalize, key_id
from protocol.canonical import b64, unb64
from protocol.manifest import Manifest, ManifestPoll
from protocol.messages import DrawMessage
from protocol.problems import Distrust, Problem
from protocol.signing import new_signing_key
from storage.wallet import Joining, Membership, StoredToken
from sync.client import NETWORK, Client
from sync.phone import Phone

FINAL = frozenset(
    {
        Problem.POLL_CLOSED,
        Problem.POLL_NOT_FOR_YOU,
        Problem.TOKEN_DRAWN,
        Problem.BLINDED_MESSAGE_INVALID,
    }
)
"""Refusals that end it for one token; any other may be a server's passing fault."""


def is_for(poll: ManifestPoll, membership: Membership) -> bool:
    """Whether this poll is meant for the holder of the membership."""
    entry = poll.entry
    if entry.access == Access.OPEN:
        return True
    return membership.invited and (
        not entry.segments or not set(entry.segments).isdisjoint(membership.segments)
    )


async def draw(phone: Phone, client: Client, manifest: Manifest, now: datetime) -> None:
    """Draw every token that is due and not yet there.

    All of a token but its signature is stored before it is asked for, so that this may be cut off
    anywhere. One token that fails holds up no other; then raises the first `Unreachable`, or
    `Distrusted` for a signature that is none.
    """
    membership = phone.wallet.membership(phone.municipality.id)
    if membership is None or membership.state is not Joining.MEMBER:
        return
    problem: Unreachable | Distrusted | None = None
    for poll, kind in _due(manifest, membership, now):
        token = phone.wallet.token(phone.municipality.id, poll.entry.id, kind)
        if token is None:
            token = prepare(phone, poll, kind)
        if token.signature is not None or token.problem is not None:
            continue
        try:
            await _ask(phone, client, manifest, membership, token)
        except (Unreachable, Distrusted) as exc:
            problem = problem or exc
            if isinstance(exc, Unreachable) and exc.reason in (NETWORK, Problem.CREDENTIAL_UNKNOWN):
                break  # the next one would meet the same
    if problem is not None:
        raise problem


def _due(
    manifest: Manifest, membership: Membership, now: datetime
) -> Iterator[tuple[ManifestPoll, BallotKind]]:
    for poll in manifest.polls:
        if poll.state.cancelled or now >= poll.ends_at() or not is_for(poll, membership):
            continue
        for kind in BallotKind:
            if poll.entry.token_keys.of(kind) is not None:
                yield poll, kind


def prepare(phone: Phone, poll: ManifestPoll, kind: BallotKind) -> StoredToken:
    """Make all of a token but its signature, and keep it; one that is there already stays.

    Answers can be sealed for it at once: its nullifier depends on nothing that the issuer says.
    """
    there = phone.wallet.token(phone.municipality.id, poll.entry.id, kind)
    if there is not None:
        return there
    phone.wallet.put_token(_new_token(phone, poll, kind))
    kept = phone.wallet.token(phone.municipality.id, poll.entry.id, kind)
    assert kept is not None
    return kept


def _new_token(phone: Phone, poll: ManifestPoll, kind: BallotKind) -> StoredToken:
    key = poll.entry.token_keys.of(kind)
    assert key is not None
    edit, opening = new_signing_key(phone.random), phone.random(32)
    bound = tokens.commitment(edit.public, opening)
    message = tokens.token_message(kind, bound, unb64(poll.entry.digest()), key_id(key))
    blinded = blind(key, message, random=phone.random)
    return StoredToken(
        municipality=phone.municipality.id,
        poll=poll.entry.id,
        kind=kind,
        message=message,
        prefix=blinded.prefix,
        inverse=blinded.inverse,
        blinded=blinded.blinded_message,
        edit_private=edit.private,
        edit_public=edit.public,
        opening=opening,
    )


async def _ask(
    phone: Phone,
    client: Client,
    manifest: Manifest,
    membership: Membership,
    token: StoredToken,
) -> None:
    kind, poll = BallotKind(token.kind), manifest.poll(token.poll)
    key = poll.entry.token_keys.of(kind) if poll else None
    assert key is not None
    request = DrawMessage(poll=token.poll, kind=kind.value, blinded=b64(token.blinded))
    try:
        drawn = await client.draw(manifest.services.issuer, membership.secret, request)
    except Refused as refused:
        if refused.code == Problem.CREDENTIAL_UNKNOWN:
            # The issuer lost this phone, from a backup perhaps: the same code and secret tell it again.
            phone.wallet.put_membership(replace(membership, state=Joining.ASKING))
        if refused.code not in FINAL:
            raise Unreachable(refused.code) from refused
        phone.wallet.refuse_token(token, refused.code)
        return
    blinded = Blinded(token.blinded, token.prefix, token.inverse)
    try:
        signature = finalize(key, token.message, blinded, unb64(drawn.signature))
    except (SignatureRefused, ValueError) as exc:
        raise Distrusted(Distrust.TOKEN) from exc
    phone.wallet.finish_token(token, signature)
