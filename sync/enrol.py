"""Step: trade an invitation code for the right to draw tokens."""

from __future__ import annotations

from dataclasses import replace

from domain.errors import Refused, Unreachable
from protocol.problems import Problem
from storage.wallet import Joining, Membership
from sync.client import Client
from sync.phone import Phone

FINAL = frozenset({Problem.CODE_UNKNOWN, Problem.CODE_USED, Problem.CODE_EXPIRED})
"""What an issuer can have against a code; any other refusal may be a server's passing fault."""


def ask_to_join(phone: Phone, code: bytes | None) -> None:
    """Keep the code and a fresh secret; the next synchronising sends them. None: without a code.

    The same code again keeps the secret it was first sent with: the issuer knows this phone by it. Who
    takes part already and joins without a code stays what she was.
    """
    before = phone.wallet.membership(phone.municipality.id)
    if before is not None and code is None and before.state is Joining.MEMBER:
        return
    if before is not None and before.code == code and before.state is not Joining.REFUSED:
        return
    same = before is not None and before.code == code
    secret = before.secret if before is not None and same else phone.random(32)
    phone.wallet.put_membership(Membership(phone.municipality.id, secret, code, Joining.ASKING))


async def enrol(phone: Phone, client: Client, issuer: str) -> None:
    """Send what is asked, once. Raises `Unreachable`; a refusal is kept with its code."""
    membership = phone.wallet.membership(phone.municipality.id)
    if membership is None or membership.state is not Joining.ASKING:
        return
    try:
        enrolled = await client.enrol(issuer, membership.code, membership.secret)
    except Refused as refused:
        if refused.code not in FINAL:
            raise Unreachable(refused.code) from refused
        phone.wallet.put_membership(replace(membership, state=Joining.REFUSED, problem=refused.code))
        return
    phone.wallet.put_membership(
        replace(membership, state=Joining.MEMBER, invited=enrolled.invited, segments=enrolled.segments)
    )
