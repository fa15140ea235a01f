"""Words for where an answer stands: states in, sentences out."""

from __future__ import annotations

from domain.participation import PollCard, Standing, SyncStatus
from i18n.wording import Wording
from views.fault_numbers import fault_number


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
            return " ".join((_refused(card.reason, words), words.text("It is still on your phone.")))
        case Standing.TOO_LATE:
            return _too_late(card, words)
        case Standing.MISSED:
            return words.text("This poll is closed.")
        case Standing.WITHDRAWN:
            return words.text("The municipality has withdrawn this poll. Answers to it are not counted.")
        case Standing.NOT_YET:
            return words.text("This poll opens later.")
        case Standing.OVER:
            return words.text("This poll has ended.")


def _too_late(card: PollCard, words: Wording) -> str:
    """Of a change the phone does not know whether what was sent before it arrived: it says no more."""
    if card.revised:
        return words.text("Your last change came too late and is not counted. We are sorry.")
    return words.text("Your answer came too late and is not counted. We are sorry.")


def _refused(reason: str | None, words: Wording) -> str:
    """Why an answer was set aside, and that nobody needs to blame herself."""
    match reason:
        case "poll-not-for-you":
            return words.text("Your answer was not accepted: this poll is meant for other people.")
        case "token-drawn":
            return words.text(
                "Your answer was not accepted: somebody already takes part in this poll with your code."
            )
        case "credential-unknown" | "code-unknown" | "code-used" | "code-expired":
            return words.text("Your answer was not accepted: your code is not valid any more.")
        case _:
            return words.text(
                "Your answer was not accepted. That is not your fault: there is a mistake in the app. "
                "Call the municipality and say: {number}.",
                number=fault_number(reason, words),
            )


def refused_line(count: int, words: Wording) -> str:
    """That answers to so many polls were set aside."""
    return words.plural(
        "One answer was not accepted. Press that poll to see why.",
        "{n} answers were not accepted. Press those polls to see why.",
        count,
    )


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
