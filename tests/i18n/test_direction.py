"""Names and texts that run the other way stay whole within a sentence (UAX 9)."""

from i18n.direction import isolated
from i18n.wording import Wording

FIRST_STRONG, POP = "\u2068", "\u2069"


def test_dutch_within_arabic_is_marked_and_arabic_is_not():
    assert isolated("Gemeente Waterrijk", True) == f"{FIRST_STRONG}Gemeente Waterrijk{POP}"
    assert isolated("بلدية", True) == "بلدية"
    assert isolated("12:30", True) == "12:30"


def test_arabic_within_dutch_is_marked_and_dutch_is_not():
    assert isolated("بلدية", False) == f"{FIRST_STRONG}بلدية{POP}"
    assert isolated("Gemeente Waterrijk", False) == "Gemeente Waterrijk"


def test_every_line_has_its_own_marks_because_they_end_with_the_line():
    assert isolated("Eén.\nTwee.", True) == f"{FIRST_STRONG}Eén.{POP}\n{FIRST_STRONG}Twee.{POP}"


def test_what_is_marked_is_not_marked_again():
    once = isolated("Waterrijk", True)
    assert isolated(once, True) == once


def test_what_fills_a_place_in_an_arabic_sentence_is_marked():
    said = Wording("ar").text("Move {name} up", name="Waterrijk")
    assert f"{FIRST_STRONG}Waterrijk{POP}" in said
    assert FIRST_STRONG not in Wording("nl").text("Move {name} up", name="Waterrijk")
    assert FIRST_STRONG in Wording("ar").list(("Waterrijk", "بلدية"))
