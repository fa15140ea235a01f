"""Invitations for a printer's own letter (mailing): a table of codes that Excel and Word read."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from protocol.codes import WORD_COUNT, Code, to_words
from staff.invitation import Invitation
from staff.keyring import write_privately

COLUMNS = ("code", "link", *(f"woord{place}" for place in range(1, WORD_COUNT + 1)))


def write_csv(path: Path, invitations: Sequence[Code], *, root_key: bytes, app_link: str) -> None:
    """Write the codes in their order, whole or not at all, for the file's owner only. Raises `AddressUnfit`.

    `root_key`: the municipality's public one.
    UTF-8 with a byte order mark, semicolons, CRLF: what Excel expects in the Netherlands. A cell is made of
    words from our list or begins with `http`, so none is taken for a formula.
    """
    table = io.StringIO(newline="")
    writer = csv.writer(table, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for code in invitations:
        words = to_words(code)
        writer.writerow((" ".join(words), Invitation(code, root_key).link(app_link), *words))
    write_privately(path, table.getvalue().encode("utf-8-sig"))
