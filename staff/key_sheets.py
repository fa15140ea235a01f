"""What stands on the sheets: all keys of a municipality, or the shares of one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from i18n.wording import Wording
from protocol.canonical import unb64
from protocol.municipality import MunicipalityCard
from protocol.sealing import public_of
from protocol.signing import fingerprint, new_signing_key
from staff import key_words
from staff.office import RIGHTS, Office
from staff.sheet_page import SheetPage
from staff.usage import text

POLL_KEY = "poll-"
_PURPOSES = {
    "root": text("Signs everything you publish. The app believes only this key."),
    "publishing": text("Opens the servers to put something there."),
    "invitation": text("Opens the issuer to add invitations."),
    "counting": text("Opens the servers to fetch the answers for counting."),
}


@dataclass(frozen=True, slots=True)
class KeySheets:
    office: Office
    say: Wording

    def recovery(self, polls: Sequence[str]) -> list[SheetPage]:
        """All keys: an explanation, then a page for each. Raises `KeyFileError`, or `RotationCutOff`."""
        names = ["root", *RIGHTS, *(POLL_KEY + poll for poll in polls)]
        first = self._explanation(self.office.card(), len(names) + 1)
        return [first, *self._keys(names, first=2)]

    def of_polls(self, polls: Sequence[str]) -> list[SheetPage]:
        """Only the keys that open the answers to these polls. Raises `KeyFileError`."""
        return self._keys([POLL_KEY + poll for poll in polls], first=1)

    def shares(self, poll: str) -> list[SheetPage]:
        """A page for each of the three people who keep a share. Raises `KeyFileError`."""
        card, private = self.office.card(), self.office.counting_key(poll)
        made = key_words.shares(POLL_KEY + poll, private)
        return [self._share(card, poll, private, number, words) for number, words in enumerate(made, 1)]

    def _explanation(self, card: MunicipalityCard, pages: int) -> SheetPage:
        say = self.say
        return SheetPage(
            title=say.text("Recovery sheet: {name}", name=card.name),
            above=(
                say.text("Made on {day}.", day=say.day(self.office.now())),
                say.text(
                    "With these sheets the keys of the municipality can be made again on another computer, "
                    "also when the office folder and the passphrase are lost."
                ),
                say.text(
                    "Whoever has these sheets can do everything in the name of the municipality, and can "
                    "open the answers of the polls on them. The answers do not say who gave them."
                ),
                say.text(
                    "Keep them as you keep money: in an envelope with a seal, in a safe, in another building "
                    "than the computer. Do not scan, mail or photograph them. Delete the file after printing."
                ),
                say.text(
                    "A poll that is published later is not on them, nor is a key that is replaced later. "
                    "Make new sheets then, and destroy the old ones."
                ),
                say.text("To use them, on a computer with Samenspraak, give:"),
                f'samenspraak keys recover --id {card.id} --name "{card.name}"',
                say.text("Type the words of each page, or scan its QR code."),
                say.text("Fingerprint of the root key, which is on every letter and in the app:"),
                fingerprint(unb64(card.root_key)),
            ),
            foot=self._foot(card, 1, pages),
        )

    def _keys(self, names: Sequence[str], first: int) -> list[SheetPage]:
        card, pages = self.office.card(), len(names) + first - 1
        return [
            self._key(card, name, self._foot(card, number, pages)) for number, name in enumerate(names, first)
        ]

    def _key(self, card: MunicipalityCard, name: str, foot: str) -> SheetPage:
        say, office = self.say, self.office
        private = office.private_key(name) if name in _PURPOSES else office.keyring.get(name)
        poll = name.removeprefix(POLL_KEY)
        above = [
            say.text("{name}, {day}", name=card.name, day=say.day(office.now())),
            say.text(_PURPOSES[name]) if name in _PURPOSES else self._opens(poll),
            say.text("Whoever has this page has the key. Keep it in a safe, on paper only."),
            say.text("Fingerprint of this key:") + " " + print_of(name, private),
        ]
        if name not in _PURPOSES:
            above.append(say.text("To put only this key back, in the folder of the municipality, give:"))
            above.append(f"samenspraak keys join {poll}")
        words = key_words.whole(name, private)
        return SheetPage(
            title=say.text("Key: {name}", name=name),
            above=tuple(above),
            foot=foot,
            words=words,
            scan=_scan(name, words),
            beside=(
                say.text("The {n} words above, in the order of their numbers, are the key.", n=len(words)),
                say.text("The first four letters of a word are enough. Capitals do not matter."),
                say.text("A typing error is noticed, and the number of the word is said."),
                say.text("The QR code says the same."),
            ),
        )

    def _share(
        self, card: MunicipalityCard, poll: str, private: bytes, number: int, words: tuple[str, ...]
    ) -> SheetPage:
        say, name = self.say, POLL_KEY + poll
        return SheetPage(
            title=say.text("Share {number} of 3: key of the poll {poll}", number=number, poll=poll),
            above=(
                say.text("{name}, {day}", name=card.name, day=say.day(self.office.now())),
                self._opens(poll),
                say.text(
                    "This is one of three shares. Any two of them give the key; one alone says nothing. "
                    "If two are lost, nobody can count the poll."
                ),
                say.text(
                    "Give each share to another person. Keep it in a safe place, on paper only, and bring it "
                    "when the poll is counted. Destroy it after that."
                ),
                say.text("To use two of them, in the folder of the municipality, give:"),
                f"samenspraak keys join {poll}",
                say.text("Fingerprint of this key:") + " " + print_of(name, private),
            ),
            foot=self._foot(card, number, key_words.SHARES),
            words=words,
            scan=_scan(name, words),
            beside=(
                say.text("The {n} words above, in the order of their numbers, are the share.", n=len(words)),
                say.text("The first four letters of a word are enough. Capitals do not matter."),
                say.text("Shares of one set begin with the same three words."),
                say.text("The QR code says the same."),
            ),
        )

    def _opens(self, poll: str) -> str:
        return self.say.text("Opens the answers to the poll {poll}, for counting.", poll=poll)

    def _foot(self, card: MunicipalityCard, number: int, pages: int) -> str:
        return self.say.text("{name}: page {number} of {pages}", name=card.name, number=number, pages=pages)


def print_of(name: str, private: bytes) -> str:
    """The fingerprint of a key's public half."""
    is_poll = name.startswith(POLL_KEY)
    return fingerprint(public_of(private) if is_poll else new_signing_key(lambda _: private).public)


def _scan(name: str, words: Sequence[str]) -> str:
    """Capitals, which make a smaller QR code."""
    return f"{name}: {' '.join(words)}".upper()
