"""Step: forget this phone's part in polls that are over."""

from __future__ import annotations

from datetime import datetime

from protocol.manifest import Manifest, ManifestPoll
from storage.retention import Published
from sync.phone import Phone


def forget(phone: Phone, manifest: Manifest, server_time: datetime) -> int:
    """Delete what `storage.retention` says is due; returns of how many polls."""
    published = [
        Published(poll.entry.id, poll.ends_at(), _is_concluded(poll, server_time)) for poll in manifest.polls
    ]
    return phone.retention.apply(phone.municipality.id, published, server_time)


def _is_concluded(poll: ManifestPoll, now: datetime) -> bool:
    told = poll.state.result is not None or poll.state.feedback is not None
    return poll.state.cancelled or (told and now >= poll.ends_at())
