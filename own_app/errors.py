"""What stands in the way of an app of one's own."""

from __future__ import annotations


class AppUnfit(Exception):
    """The app cannot be made; `reason` has a sentence in `staff.brand_sentences`, `about` its values."""

    def __init__(self, reason: str, **about: object) -> None:
        self.reason, self.about = reason, about
        super().__init__(reason)
