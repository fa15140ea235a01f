"""Staff's requests, signed by their own key (RFC 9421): no passwords on a server. Not on the phone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from http_message_signatures import (
    HTTPMessageSignaturesException,
    HTTPMessageSigner,
    HTTPMessageVerifier,
    MappingKeyResolver,
    algorithms,
)

COVERED = ("@method", "@authority", "@path", "@query", "content-digest")
TAG = "samenspraak-staff"
LONGEST = timedelta(minutes=5)
SKEW = timedelta(minutes=1)
"""How far the clocks of staff's computer and server may be apart."""


class SignatureInvalid(Exception):
    """No valid signature of a key this server knows."""


@dataclass(slots=True)
class SignedRequest:
    """What is signed of a request. `headers` is changed in place by signing."""

    method: str
    url: str
    headers: Any


def sign_request(request: SignedRequest, body: bytes, right: str, private: bytes, now: datetime) -> None:
    """Add Content-Digest, Signature-Input and Signature headers. `right` is the key's id."""
    key = Ed25519PrivateKey.from_private_bytes(private)
    signer = HTTPMessageSigner(
        signature_algorithm=algorithms.ED25519,
        key_resolver=MappingKeyResolver(public_keys={}, private_keys={right: key}),
    )
    signer.sign(
        request,
        key_id=right,
        created=now,
        expires=now + LONGEST,
        tag=TAG,
        label="staff",
        covered_component_ids=COVERED,
        body=body,
    )


def verify_request(request: SignedRequest, body: bytes, keys: dict[str, bytes]) -> str:
    """The right whose key signed the request. `keys` maps right -> public key. Raises `SignatureInvalid`."""
    resolver = MappingKeyResolver(
        public_keys={right: Ed25519PublicKey.from_public_bytes(key) for right, key in keys.items()},
        private_keys={},
    )
    verifier = HTTPMessageVerifier(signature_algorithm=algorithms.ED25519, key_resolver=resolver)
    verifier.max_clock_skew = SKEW
    try:
        [result] = verifier.verify(
            request, max_age=LONGEST, expect_tag=TAG, require_components=COVERED, body=body
        )
    except (HTTPMessageSignaturesException, ValueError, KeyError) as exc:
        raise SignatureInvalid from exc
    return str(result.parameters["keyid"])
