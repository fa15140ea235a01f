"""The key of drafts and copies in the platform's own keeping: Keystore on Android, Keychain on iOS."""

from __future__ import annotations

import asyncio
import base64
import binascii

import flet_secure_storage as fss

from domain.errors import KeyStoreFailed

NAME = "samenspraak.answers"
ANSWERING = 5.0
"""Seconds that the platform may take."""


class PlatformKeys:
    """One key of 32 bytes. Made where there is a page. Never leaves this phone, in a backup either."""

    def __init__(self) -> None:
        # By default a key that cannot be read now is erased with everything beside it.
        android = fss.AndroidOptions(reset_on_error=False)
        here = fss.KeychainAccessibility.FIRST_UNLOCK_THIS_DEVICE
        ios = fss.IOSOptions(accessibility=here)
        self._storage = fss.SecureStorage(android_options=android, ios_options=ios)

    async def get(self) -> bytes | None:
        """None where none was put. Raises `KeyStoreFailed`."""
        try:
            said = await asyncio.wait_for(self._storage.get(NAME), ANSWERING)
            return base64.b64decode(said, validate=True) if said else None
        except (TimeoutError, RuntimeError, binascii.Error) as exc:
            raise KeyStoreFailed from exc

    async def put(self, key: bytes) -> None:
        """Raises `KeyStoreFailed`."""
        try:
            await asyncio.wait_for(self._storage.set(NAME, base64.b64encode(key).decode()), ANSWERING)
        except (TimeoutError, RuntimeError) as exc:
            raise KeyStoreFailed from exc
