"""Invitations on paper (uitnodigingsbrief): a page for each code, the same for everybody but for the code."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from i18n.wording import Wording
from protocol.codes import Code, to_words
from protocol.signing import fingerprint
from staff.invitation import Invitation, checked_address
from staff.keyring import write_privately
from staff.letter_errors import NoInvitations
from staff.letter_page import open_document, print_page
from staff.letter_texts import DUTCH, LetterTexts


def write_letters(
    path: Path,
    invitations: Sequence[Code],
    *,
    municipality: str,
    root_key: bytes,
    app_link: str,
    poll_title: str,
    closes_on: date,
    texts: LetterTexts = DUTCH,
    on_progress: Callable[[int, int], None] | None = None,
) -> None:
    """Write a PDF that only its owner can read: an A4 page for each code. Raises `LetterError`.

    `root_key`: the public one. `closes_on`: the last whole day. `on_progress` gets pages made, and in all.
    """
    if not invitations:
        raise NoInvitations
    said = texts.filled(
        municipality=municipality,
        poll_title=poll_title,
        address=checked_address(app_link).partition("://")[2],
        closes_on=Wording(texts.language.replace("-", "_")).date(closes_on),
    )
    with open_document(said) as pdf:
        for done, code in enumerate(invitations, start=1):
            link = Invitation(code, root_key).link(app_link)
            print_page(pdf, said, link, to_words(code), fingerprint(root_key))
            if on_progress:
                on_progress(done, len(invitations))
        write_privately(path, bytes(pdf.output()))
