"""Step: trade an invitation code for the right to draw tokens."""

from __future__ import annotations

from dataclasses import replace

from domain.errors import Refused
from storage.wallet import Joining, Membership
from sync.client import Client
from sync.phone import Phone


def ask_to_join(phone: Phone, code: bytes | None) -> None:
    """Keep the code and a fresh secret; the next synchronising sends them. None: without a code.

    The same code again keeps the secret it was first sent with: the issuer knows this phone by it.
    """
    before = phone.wallet.membership(phone.municipality.id)
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
        phone.wallet.put_membership(replace(membership, state=Joining.REFUSED, problem=refused.code))
        return
    phone.wallet.put_membership(
        replace(membership, state=Joining.MEMBER, invited=enrolled.invited, segments=enrolled.segments)
    )
