"""A text is read in the language asked for, else in Dutch, else in the first there is."""

from domain.texts import Texts

THREE = Texts({"en": "House", "nl": "Huis", "nl-x-plain": "Woning"})


def test_a_text_in_the_language_asked_for_is_given():
    assert THREE.get("en") == "House"
    assert THREE.language_for("en") == "en"


def test_plain_words_are_given_where_they_are_asked_for_and_exist():
    assert THREE.get("nl") == "Huis"
    assert THREE.get("nl", plain=True) == "Woning"
    assert THREE.get("en", plain=True) == "House"


def test_without_a_text_in_a_language_it_is_read_in_dutch_and_in_plain_words_if_there_are():
    assert THREE.get("ar") == "Woning"
    assert THREE.language_for("ar") == "nl"
    assert Texts({"en": "House", "nl": "Huis"}).get("ar") == "Huis"


def test_without_dutch_it_is_read_in_the_first_language():
    texts = Texts({"fy-x-plain": "Wenning", "fy": "Hûs", "en": "House"})
    assert texts.get("nl") == "Wenning"
    assert texts.language_for("nl") == "fy"


def test_an_empty_text_counts_as_none():
    assert Texts({"de": "", "nl": "Huis"}).get("de") == "Huis"
