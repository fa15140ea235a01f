"""What servers sign: the shuffler's receipt and batches, the ballot box's list."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256

from protocol.canonical import NotBase64, b64, canonical, unb64
from protocol.messages import BatchMessage, ListMessage, ReceiptMessage
from protocol.signing import sign, verify

RECEIPT_DOMAIN = "samenspraak/receipt/v1"
BATCH_DOMAIN = "samenspraak/batch/v1"
LIST_DOMAIN = "samenspraak/list/v1"


def envelope_digest(envelope: bytes) -> str:
    return b64(sha256(envelope).digest())


def make_receipt(envelope: bytes, private: bytes) -> ReceiptMessage:
    name = envelope_digest(envelope)
    return ReceiptMessage(envelope=name, signature=b64(sign(private, RECEIPT_DOMAIN, name.encode())))


def is_receipt_for(receipt: ReceiptMessage, envelope: bytes, public: bytes) -> bool:
    """Whether this is the shuffler's word for this very envelope: the only sign of success."""
    return receipt.envelope == envelope_digest(envelope) and is_receipt_of(receipt, public)


def is_receipt_of(receipt: ReceiptMessage, public: bytes) -> bool:
    """Whether the shuffler said this, of whichever envelope."""
    return _genuine(public, RECEIPT_DOMAIN, receipt.envelope.encode(), receipt.signature)


def make_batch(
    envelopes: list[bytes], below_threshold: bool, private: bytes, swept_at: datetime | None = None
) -> BatchMessage:
    unsigned = BatchMessage(
        envelopes=tuple(b64(e) for e in envelopes),
        below_threshold=below_threshold,
        swept_at=swept_at,
        signature="",
    )
    return unsigned.model_copy(update={"signature": b64(sign(private, BATCH_DOMAIN, _part(unsigned)))})


def is_batch_of(batch: BatchMessage, public: bytes) -> bool:
    return _genuine(public, BATCH_DOMAIN, _part(batch), batch.signature)


def sign_list(unsigned: ListMessage, private: bytes) -> ListMessage:
    return unsigned.model_copy(update={"signature": b64(sign(private, LIST_DOMAIN, _part(unsigned)))})


def is_list_of(message: ListMessage, public: bytes) -> bool:
    return _genuine(public, LIST_DOMAIN, _part(message), message.signature)


def _part(message: BatchMessage | ListMessage) -> bytes:
    return canonical(message.model_dump(mode="json", exclude={"signature"}))


def _genuine(public: bytes, domain: str, part: bytes, signature: str) -> bool:
    try:
        return verify(public, domain, part, unb64(signature))
    except NotBase64:
        return False
