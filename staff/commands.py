"""The staff's commands. Sentences are Dutch: staff read them."""

from __future__ import annotations

from collections.abc import Iterable

import click


def staff_commands() -> Iterable[click.Command]:
    """Every command of the staff, for the command line's root."""
    return ()
