"""The control of `state_machine`: a phone that takes any 2xx for success."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from protocol import paths
from protocol.canonical import b64
from protocol.messages import ReceiptMessage
from protocol.receipts import envelope_digest
from sync import hand_over
from sync.client import Client


class Gullible(Client):
    async def hand_over(self, shuffler: str, envelope: bytes) -> ReceiptMessage:
        """What the reply says is not looked at."""
        headers = {"content-type": "application/octet-stream"}
        await self._send("POST", shuffler + paths.ENVELOPES, content=envelope, headers=headers)
        return ReceiptMessage(envelope=envelope_digest(envelope), signature=b64(bytes(64)))


@contextmanager
def believing_any_receipt() -> Iterator[None]:
    """As if the phone did not know the shuffler's key."""
    real = hand_over.is_receipt_for
    hand_over.is_receipt_for = lambda *_: True
    try:
        yield
    finally:
        hand_over.is_receipt_for = real
