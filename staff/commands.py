"""The staff's commands, in the order in which they are used."""

from __future__ import annotations

from collections.abc import Iterable

import click

from staff.command_audit import audit
from staff.command_brand import brand
from staff.command_count import count
from staff.command_feedback import feedback
from staff.command_invite import invite
from staff.command_key_rotation import rotate
from staff.command_key_shares import join, share
from staff.command_key_sheets import recover, sheet
from staff.command_keys import keys
from staff.command_log import log
from staff.command_poll_files import poll
from staff.command_polls import cancel, close, publish
from staff.command_servers import servers
from staff.command_speech import speech
from staff.command_style import style
from staff.usage import put_in_words, wording


def staff_commands() -> Iterable[click.Command]:
    """Every command of the staff, for the command line's root.

    Their help is in the language that SAMENSPRAAK_LANG names at this moment.
    """
    for below in (sheet, recover, share, join, rotate):
        keys.add_command(below)
    for command in (
        keys,
        servers,
        style,
        brand,
        poll,
        publish,
        speech,
        invite,
        close,
        cancel,
        count,
        feedback,
        log,
        audit,
    ):
        put_in_words(command, wording())
        yield command
