"""A municipality's public keys: what servers and apps are set up with."""

from __future__ import annotations

from pydantic import Field

from protocol.messages import B64, Message


class StaffKeys(Message):
    """Ed25519 keys of staff's requests, each with its own right."""

    publishing: B64
    invitation: B64
    counting: B64


class MunicipalityCard(Message):
    """Written by `samenspraak keys new`; handed to the administrators and built into the app."""

    id: str = Field(pattern=r"^[a-z0-9-]{1,40}$")
    name: str = Field(min_length=1, max_length=100)
    root_key: B64
    staff: StaffKeys
