"""What is said aloud is what stands on the screen, in the same order."""

from domain.answers import Declining
from domain.route import all_steps
from domain.speech import INTRODUCTION, passages, tag_of, texts_of
from domain.texts import LANGUAGES
from protocol.poll_document import read_poll
from tests.support.polls import document, every_kind, raw, transport

WORDS = {
    tag: {Declining.DONT_KNOW: f"weet niet ({tag})", Declining.PREFER_NOT: f"liever niet ({tag})"}
    for tag in LANGUAGES
}


def said(poll, tag, screen):
    [found] = [p.sentences for p in passages(poll, WORDS) if (p.tag, p.screen) == (tag, screen)]
    return found


def test_a_question_is_said_with_its_help_its_options_and_the_ways_not_to_answer():
    assert said(transport(), "en", "leeftijd") == (
        "How old are you?",
        "This shows us whether transport works equally well for young and old.",
        "Younger than 65",
        "65 to 79",
        "80 or older",
        "liever niet (en)",
    )


def test_each_statement_is_said_with_the_question_it_belongs_to():
    assert said(every_kind(), "nl", "stellingen.veilig")[0] == "Mijn straat is veilig."


def test_every_screen_in_every_language_is_said_and_the_introduction_too():
    poll = transport()
    found = {(p.tag, p.screen) for p in passages(poll, WORDS)}
    assert {tag for tag, _ in found} >= {"nl", "en"}
    assert {screen for tag, screen in found if tag == "nl"} == {INTRODUCTION} | {q.id for q in poll.questions}


def test_plain_words_are_said_where_a_question_has_them():
    data = document()
    data["questions"][0]["text"]["nl-x-plain"] = "Hoe vaak reist u?"
    poll = read_poll(raw(data))
    assert said(poll, "nl-x-plain", "hoe-vaak")[0] == "Hoe vaak reist u?"
    assert said(poll, "nl", "hoe-vaak")[0] != "Hoe vaak reist u?"


def test_a_screen_of_which_only_the_help_has_plain_words_is_said_as_it_is_read():
    data = document()
    data["questions"][0]["text"].pop("nl-x-plain", None)
    data["questions"][0]["help"]["nl-x-plain"] = "Denk aan drie maanden."
    poll = read_poll(raw(data))
    step = all_steps(poll)[0]
    tag = tag_of(texts_of(step), "nl", plain=True)
    assert said(poll, tag, step.id)[1] == "Denk aan drie maanden."
    assert tag_of(texts_of(step), "nl", plain=False) == "nl"
