"""Padding to a few sizes, so that a length says little about what is inside."""

from __future__ import annotations

from collections.abc import Collection

CLASSES = (1024, 4096, 16384)
_END = b"\x80"


class TooLarge(Exception):
    """The data does not fit the largest class: `length` bytes, where `largest` are allowed."""

    def __init__(self, length: int, largest: int) -> None:
        super().__init__(f"{length} bytes, at most {largest}")
        self.length, self.largest = length, largest


class PaddingInvalid(Exception):
    """Not something that `pad` made."""


def pad(data: bytes, classes: Collection[int] = CLASSES) -> bytes:
    """The data, a byte 0x80 and zeros (ISO/IEC 7816-4), in the smallest class that holds it.

    Classes are sizes in bytes; the largest holds one byte less of data. Raises `TooLarge`.
    """
    size = min((size for size in classes if size > len(data)), default=None)
    if size is None:
        raise TooLarge(len(data), max(classes) - 1)
    return (data + _END).ljust(size, b"\0")


def unpad(padded: bytes) -> bytes:
    """The data that was padded, whatever the classes. Raises `PaddingInvalid`."""
    data = padded.rstrip(b"\0")
    if not data.endswith(_END):
        raise PaddingInvalid
    return data[: -len(_END)]
