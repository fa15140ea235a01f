"""What the letter says, in Dutch and in English."""

from __future__ import annotations

import unicodedata
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class LetterTexts:
    """Every sentence. Any may use {municipality}, {poll_title}, {address} and {closes_on}."""

    language: str  # BCP 47
    document: str  # the file's title, not printed
    occasion: str
    until: str
    greeting: str
    request: str
    promise: str
    how: str
    scan: str  # the address stands below it
    type_code: str
    answer: str
    code: str
    spelling: str
    stuck: str
    help: str
    check: str  # the fingerprint stands below it
    sender: str = "{municipality}"
    title: str = "{poll_title}"
    address: str = "{address}"

    def filled(self, **values: str) -> LetterTexts:
        """The same with the values in their places."""
        said = {name: text.format_map(values) for name, text in asdict(self).items()}
        return LetterTexts(**{name: unicodedata.normalize("NFC", text) for name, text in said.items()})


DUTCH = LetterTexts(
    language="nl-NL",
    document="Uitnodiging: {poll_title}",
    occasion="Uitnodiging voor een peiling",
    until="U kunt meedoen tot en met {closes_on}.",
    greeting="Beste inwoner,",
    request="{municipality} wil weten wat u vindt en stelt u een paar vragen. "
    "Later leest u in de app wat de gemeente met de antwoorden doet.",
    promise="Meedoen is vrijwillig en anoniem.\n"
    "Niemand kan zien welk antwoord van u is, ook de gemeente niet.",
    how="Zo doet u mee",
    scan="Scan de QR-code met de camera van uw telefoon. Of open de app, of ga naar:",
    type_code="Vraagt de app om uw code?\nTyp dan de 11 woorden die hieronder staan.",
    answer="Beantwoord de vragen.",
    code="Uw code",
    spelling="U mag hoofdletters of kleine letters gebruiken.\n"
    "De eerste vier letters van elk woord zijn genoeg.",
    stuck="Lukt het niet?",
    help="Vraag hulp aan iemand die u vertrouwt, of bel de gemeente.",
    check="Wilt u controleren of de app echt van de gemeente is?\n"
    "Dan moeten deze cijfers en letters ook in de app staan:",
)

ENGLISH = LetterTexts(
    language="en-GB",
    document="Invitation: {poll_title}",
    occasion="Invitation to a poll",
    until="You can take part until the end of {closes_on}.",
    greeting="Dear resident,",
    request="{municipality} wants to know what you think and asks you a few questions. "
    "Later, the app tells you what is done with the answers.",
    promise="Taking part is voluntary and anonymous.\n"
    "Nobody can see which answer is yours, not even the municipality.",
    how="How to take part",
    scan="Scan the QR code with the camera of your phone. Or open the app, or go to:",
    type_code="Does the app ask for your code?\nThen type the 11 words below.",
    answer="Answer the questions.",
    code="Your code",
    spelling="You may use capital or small letters.\nThe first four letters of each word are enough.",
    stuck="Do you need help?",
    help="Ask someone you trust, or call the municipality.",
    check="Do you want to check that the app is really the municipality's?\n"
    "Then the app must show these same digits and letters:",
)
