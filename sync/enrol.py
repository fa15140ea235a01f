"""Step: trade an invitation code for the right to draw tokens."""

from __future__ import annotations

from dataclasses import replace

from domain.errors import Refused, Unreachable
from protocol.problems import Distrust, Problem
from protocol.signing import fingerprint
from storage.wallet import Joining, Membership
from sync.client import Client
from sync.phone import Phone

FINAL = frozenset({Problem.CODE_UNKNOWN, Problem.CODE_USED, Problem.CODE_EXPIRED})
"""What an issuer can have against a code; any other refusal may be a server's passing fault."""


def is_of_this_town(phone: Phone, mark: str) -> bool:
    """Whether a letter's link names a root key of this municipality, the last one or an earlier one."""
    return any(fingerprint(key).replace(" ", "").startswith(mark) for key in phone.root_keys())


def ask_to_join(phone: Phone, code: bytes | None, mark: str = "") -> None:
    """Keep the code and a fresh secret; the next synchronising sends them. None: without a code.

    The same code again keeps the secret it was first sent with: the issuer knows this phone by it. Who
    takes part already stays what she was: until the issuer accepts another code, it stands beside hers.
    `mark`: what the letter's link says of the root key.
    """
    home = phone.municipality.id
    before = phone.wallet.membership(home)
    if before is not None and before.state is Joining.MEMBER:
        if code is None or code == before.code:
            phone.wallet.drop_candidate(home)
            return
        candidate = phone.wallet.candidate(home)
        phone.wallet.put_candidate(_asking(phone, code, mark, candidate))
        return
    if before is not None and before.code == code and before.state is not Joining.REFUSED:
        return
    phone.wallet.put_membership(_asking(phone, code, mark, before))


def _asking(phone: Phone, code: bytes | None, mark: str, before: Membership | None) -> Membership:
    same = before is not None and before.code == code
    secret = before.secret if before is not None and same else phone.random(32)
    return Membership(phone.municipality.id, secret, code, Joining.ASKING, mark=mark)


async def enrol(phone: Phone, client: Client, issuer: str) -> None:
    """Send what is asked, once. Raises `Unreachable`; a refusal is kept with its code.

    The code of a letter with a root key that the manifest does not know goes nowhere.
    """
    membership = phone.wallet.membership(phone.municipality.id)
    if membership is not None and membership.state is Joining.ASKING:
        phone.wallet.put_membership(await _answer(phone, client, issuer, membership))
    candidate = phone.wallet.candidate(phone.municipality.id)
    if candidate is None or candidate.state is not Joining.ASKING:
        return
    answered = await _answer(phone, client, issuer, candidate)
    if answered.state is Joining.MEMBER:
        phone.wallet.accept(answered)
    else:
        phone.wallet.put_candidate(answered)


async def _answer(phone: Phone, client: Client, issuer: str, asking: Membership) -> Membership:
    """What the issuer made of it: a member, or refused with a problem. Raises `Unreachable`."""
    if not is_of_this_town(phone, asking.mark):
        return replace(asking, state=Joining.REFUSED, problem=Distrust.LETTER)
    try:
        enrolled = await client.enrol(issuer, asking.code, asking.secret)
    except Refused as refused:
        if refused.code not in FINAL:
            raise Unreachable(refused.code) from refused
        return replace(asking, state=Joining.REFUSED, problem=refused.code)
    return replace(asking, state=Joining.MEMBER, invited=enrolled.invited, segments=enrolled.segments)
