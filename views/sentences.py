"""Words for what went wrong or where something stands: codes and states in, sentences out."""

from __future__ import annotations

from domain.errors import CodeUnreadable
from domain.participation import PollCard, Standing, SyncStatus
from domain.poll import Question
from i18n.wording import Wording


def answer_problem(rule: str, question: Question, words: Wording) -> str:
    """What to do about an answer that may not stand."""
    match rule:
        case "answer-missing":
            return words.text("Please give an answer before you go on.")
        case "too-many-options":
            most = question.max_choices or 1
            return words.plural("Choose one answer at most.", "Choose {n} answers at most.", most)
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


def code_problem(error: CodeUnreadable, words: Wording) -> str:
    match error.rule:
        case "word-unknown" if error.suggestions:
            return words.text(
                "Word {number} is not in our list: “{word}”. Did you mean {suggestions}?",
                number=error.position,
                word=error.word,
                suggestions=" / ".join(error.suggestions),
            )
        case "word-unknown":
            return words.text(
                "Word {number} is not in our list: “{word}”. Please look at your letter again.",
                number=error.position,
                word=error.word,
            )
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
        case _:
            return words.text("This code could not be used. Ask the municipality for help.")


def network_problem(problem: str, words: Wording) -> str:
    """Why the phone could not reach the servers, or did not trust what came."""
    if problem.startswith("distrust-"):
        return words.text(
            "What we received does not come from your municipality. We did not use it. "
            "Your answers are still safe on your phone. Tell the municipality this word: {code}.",
            code=problem,
        )
    match problem:
        case "network":
            return words.text("There is no connection with the municipality now. We keep trying.")
        case "not-ours":
            return words.text(
                "The internet answers, but not with what we asked. Do you have to log in to the wifi first?"
            )
        case _:
            return words.text("The municipality cannot be reached at the moment. We keep trying.")


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
    return words.text(
        "Something on your phone was damaged. We kept a copy of it, and saved what we could. "
        "Look whether your answers are still here."
    )


def standing(card: PollCard, words: Wording) -> str:
    """Where a poll stands for this resident, in a sentence."""
    match card.standing:
        case Standing.TO_ANSWER:
            return words.text("You can answer until {day}.", day=words.day(card.closes_at))
        case Standing.STARTED:
            return words.text("You have started. You can go on until {day}.", day=words.day(card.closes_at))
        case Standing.WAITING:
            return words.text("Saved on your phone, not sent yet.")
        case Standing.SENT:
            return words.text("Sent.")
        case Standing.COUNTED:
            return words.text("Your answer was counted.")
        case Standing.NOT_COUNTED:
            return words.text("Your answer was sent, but it is not in the count. Tell the municipality.")
        case Standing.SET_ASIDE:
            return words.text(
                "Your answer was not accepted ({code}). It is still on your phone. Tell the municipality.",
                code=card.reason or "",
            )
        case Standing.TOO_LATE:
            return words.text("Your answer came too late and is not counted. We are sorry.")
        case Standing.MISSED:
            return words.text("This poll is closed.")
        case Standing.WITHDRAWN:
            return words.text("The municipality has withdrawn this poll. Answers to it are not counted.")
        case Standing.NOT_YET:
            return words.text("This poll opens later.")


def sync_line(status: SyncStatus, words: Wording) -> str:
    """What waits, in words: always true, also without a network."""
    if status.waiting:
        return words.plural(
            "One answer is saved on your phone and not sent yet.",
            "{n} answers are saved on your phone and not sent yet.",
            status.waiting,
        )
    if status.last_success_at is not None:
        return words.text(
            "Everything is up to date. Last checked: {when}.", when=words.moment(status.last_success_at)
        )
    return words.text("We have not reached the municipality yet.")
