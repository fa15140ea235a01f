"""The letter that tests print: one poll of one municipality, with two codes."""

from __future__ import annotations

from datetime import date
from typing import Any

from protocol.codes import Code
from protocol.signing import new_signing_key
from staff.letter_texts import DUTCH

CODES = (
    Code(bytes.fromhex("0123456789abcdef0123456789")),
    Code(bytes.fromhex("0fedcba9876543210fedcba987")),
)
ROOT_KEY = new_signing_key(bytes).public
LETTER: dict[str, Any] = {
    "municipality": "Gemeente Waterrijk",
    "root_key": ROOT_KEY,
    "app_link": "https://peilingen.waterrijk.example/",
    "poll_title": "Hulp bij het huishouden",
    "closes_on": date(2026, 10, 14),
    "texts": DUTCH,
}
