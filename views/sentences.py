"""Words for what went wrong: codes in, sentences out. Where an answer stands is in `views/standings.py`."""

from __future__ import annotations

from domain.errors import CodeUnreadable, LetterForeign, StorageError, UnknownWord
from domain.poll import Kind, Question
from i18n.wording import Wording
from state.poll_form import PollForm
from views.fault_numbers import fault_number


def answer_problem(rule: str, question: Question, words: Wording) -> str:
    """What to do about an answer that may not stand."""
    match rule:
        case "answer-missing" if question.kind is Kind.RANKING:
            return words.text("Is this the order that you want? Then tick “This order is right”.")
        case "answer-missing":
            return words.text("Please give an answer before you go on.")
        case "too-many-options":
            most = question.max_choices or 1
            return words.plural(
                "You can choose one answer. Take away that tick first if you want another.",
                "You can choose {n} answers. Take away a tick first if you want another.",
                most,
            )
        case "figure-out-of-range" if question.minimum is not None and question.maximum is not None:
            low, high = words.number(question.minimum), words.number(question.maximum)
            return words.text("Enter a number from {low} to {high}.", low=low, high=high)
        case "figure-too-precise":
            return words.text("Enter a whole number.")
        case "figure-unreadable" | "figure-out-of-range":
            return words.text("Enter a number, for example 12.")
        case "text-too-long":
            return words.text("Your text is too long. Please make it shorter.")
        case _:
            return words.text("Please look at your answer again.")


def entry_problem(error: CodeUnreadable | LetterForeign | StorageError, words: Wording) -> str:
    """Why a code that was entered is not used."""
    match error:
        case CodeUnreadable():
            return code_problem(error, words)
        case LetterForeign():
            return joining_problem(error.reason, words)
        case StorageError():
            return storage_trouble(error.word, words)


def code_problem(error: CodeUnreadable, words: Wording) -> str:
    """What to do about a code; every wrong word on a line of its own."""
    match error.rule:
        case "word-unknown":
            return "\n".join(_unknown(word, words) for word in error.unknown)
        case "word-count":
            return words.plural(
                "A code has 11 words. You entered one word.",
                "A code has 11 words. You entered {n}.",
                error.found,
            )
        case "checksum":
            return words.text("All words exist, but together they are not a code. Is the order right?")
        case _:
            return words.text("This is not a code. Please look at your letter again.")


def _unknown(word: UnknownWord, words: Wording) -> str:
    if not word.suggestions:
        return words.text(
            "Word {number} is not in our list: “{word}”. Please look at your letter again.",
            number=word.position,
            word=word.word,
        )
    return words.text(
        "Word {number} is not in our list: “{word}”. Did you mean {suggestions}?",
        number=word.position,
        word=word.word,
        suggestions=" / ".join(word.suggestions),
    )


def joining_problem(code: str | None, words: Wording) -> str:
    """Why the issuer refused a code."""
    match code:
        case "code-unknown":
            return words.text("We do not know this code. Please look at your letter again.")
        case "code-used":
            return words.text(
                "This code was already used on another phone. Ask the municipality for a new code."
            )
        case "code-expired":
            return words.text("This code is too old. Ask the municipality for a new code.")
        case "distrust-letter":
            return words.text(
                "Do not use this letter: it does not belong to this app. One of the two is false. Nothing "
                "was sent. Call the municipality, at a number that you know already and not one from the "
                "letter. Tell them: {number}.",
                number=fault_number(code, words),
            )
        case _:
            return words.text("This code could not be used. Ask the municipality for help.")


def network_problem(problem: str, words: Wording) -> str:
    """Why the phone could not reach the servers. What it did not trust is in `views/refusal.py`."""
    match problem:
        case "network":
            return words.text("There is no connection with the municipality now. We keep trying.")
        case "not-ours":
            return words.text(
                "The internet answers, but not with what we asked. Do you have to log in to the wifi first?"
            )
        case _:
            return words.text("The municipality cannot be reached at the moment. We keep trying.")


def sending_trouble(form: PollForm, words: Wording) -> str:
    """Why answers could not be sent. `form.trouble` is set."""
    if form.trouble != "closed":
        return storage_trouble(form.trouble or "", words)
    if form.changing:
        return words.text(
            "This poll has just closed. Your new answers can no longer be sent. The old ones count."
        )
    return words.text("This poll has just closed. Your answers can no longer be sent.")


def storage_trouble(trouble: str, words: Wording) -> str:
    if trouble == "full":
        return words.text(
            "Your phone is full. Your last change is not saved yet. "
            "Remove some photos or apps and then try again. What was saved is still there."
        )
    if trouble == "newer":
        return words.text(
            "A newer version of this app was on your phone. Install it again. Everything is still there."
        )
    if trouble == "busy":
        return words.text("Your phone is busy. Your last change is not saved yet. Please try again.")
    if trouble == "key-lost":
        return words.text(
            "Answers that you had not sent yet are gone from this phone. Please fill them in again. "
            "What you did send is not gone, and counts."
        )
    return words.text(
        "Something on your phone was damaged. We kept a copy of it, and saved what we could. "
        "Look whether your answers are still here."
    )


def starting_trouble(trouble: str, words: Wording) -> str:
    """Why the app cannot start. Nothing was being changed, so nothing is said about a last change."""
    if trouble == "full":
        return words.text(
            "Your phone is full, so the app has no room to start. Remove some photos or apps and then try "
            "again. What was saved is still there."
        )
    if trouble == "busy":
        return words.text("Your phone is busy with something else. Wait a moment, and then try again.")
    return storage_trouble(trouble, words)


def in_browser(words: Wording) -> str:
    """What the demonstration in a browser cannot promise."""
    return words.text(
        "This is a demonstration on the internet. The computer that shows this page could read your "
        "answers. In the app on your phone that is not so."
    )
