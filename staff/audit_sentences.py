"""What an audit found, in plain words: one line for each finding."""

from __future__ import annotations

from audit.finding import Check, Finding, Outcome
from i18n.wording import Wording
from staff.usage import text

MARKS = {
    Outcome.HELD: text("good"),
    Outcome.FAILED: text("WRONG"),
    Outcome.NOT_YET: text("not yet"),
    Outcome.NOT_ASKED: text("unknown"),
    Outcome.UNREACHABLE: text("no answer"),
}

HELD = {
    Check.MANIFEST: text("The list of polls is signed by the municipality's root key."),
    Check.FINGERPRINT: text("The root key has the fingerprint that you gave."),
    Check.SAME_EVERYWHERE: text("Every address gives the same list of polls, byte for byte."),
    Check.FOLLOWS: text("It follows from what was there the last time: nothing was changed or taken back."),
    Check.SERVER_KEYS: text("The servers have the keys that the municipality names."),
    Check.STYLE: text("The house style is what its name says, at every address."),
    Check.RECEIPT: text("The receipt is genuine: the shuffler took in that envelope."),
    Check.TOKEN_KEYS: text(
        "There is one token key for each kind of ballot, of the right shape, used nowhere else."
    ),
    Check.DOCUMENTS: text("Every document is what its name says, at every address."),
    Check.POLL: text("The poll is as the list of polls says it is."),
    Check.LIST_GENUINE: text("The list after closing is signed by the ballot box."),
    Check.LIST_ORDER: text("The list is sorted, and no line is there twice."),
    Check.LIST_LENGTH: text("The list has as many lines as ballots were received."),
    Check.RESULT: text("The result is signed by the municipality, and of this poll."),
    Check.COUNTS: text("The counts of the result agree with each other and with the list."),
    Check.TABLES_DECLARED: text("The tables are those that were named before the poll opened."),
    Check.TABLES_RULES: text("Groups, rounding and withheld figures keep to the rules."),
    Check.FIGURES: text("No table counts more people than took part."),
    Check.NOTHING_DERIVABLE: text("Adding and subtracting figures gives no small group away."),
}

REASONS = {
    "no-fingerprint": text(
        "Without --root-fingerprint only the agreement of what is published was checked, not whose it is. "
        "Compare with a letter: {found}"
    ),
    "other-fingerprint": text("The root key has another fingerprint than you gave: {found}"),
    "distrust-signature": text("The list of polls is not signed by the root key it names."),
    "distrust-municipality": text("The list of polls is another municipality's."),
    "distrust-key": text("A token key could mark people, or is used twice."),
    "distrust-forked": text("There are two lists of polls with one number, or a poll is in it twice."),
    "distrust-rolled-back": text("The list of polls is older than the one of the last time."),
    "distrust-changed-poll": text("A published poll or its result was changed, or is gone."),
    "memory-unreadable": text("What was kept the last time cannot be read."),
    "other-manifest": text("{url} gives another list of polls."),
    "no-manifest": text("At {url} there is no list of polls."),
    "no-keys": text("{url} does not say which keys it has."),
    "other-keys": text("{url} has other keys than the municipality names."),
    "not-a-receipt": text("The file is no receipt."),
    "receipt-false": text("The receipt was not signed by the shuffler."),
    "key-unfit": text("The token key for {kind} is not of the one shape that cannot mark people."),
    "key-twice": text("A token key is also that of {other}."),
    "document-missing": text("A document is not at {url}."),
    "document-false": text("A document at {url} is not what its name says."),
    "feedback-of-other-poll": text("The feedback is about another poll."),
    "not-feedback": text("What is named as feedback is no feedback."),
    "poll-invalid": text("The poll breaks the rule {rule}."),
    "entry-differs": text("The poll has other dates, access or segments than the list of polls says."),
    "cancelled": text("The poll was withdrawn: nothing is counted."),
    "still-open": text("Answers can still come in until {until}."),
    "list-not-ready": text("The poll has ended. Its last answers are still on their way."),
    "no-list": text("{url} gives no list after closing."),
    "list-of-other-poll": text("The list is of another poll or another kind of ballot."),
    "list-false": text("The list was not signed by the ballot box."),
    "line-twice": text("Lines are in the list more than once: {count}."),
    "not-sorted": text("The list is not sorted: its order could tell something."),
    "list-length": text("The list has {lines} lines, but {received} ballots are said to be received."),
    "no-result": text(
        "There is no result yet. How many were invited and could take part is published with it."
    ),
    "not-a-result": text("What is named as the result is no result."),
    "result-of-other-poll": text("The result is of another poll: {other}."),
    "count-below-zero": text("A count is below zero."),
    "more-than-issued": text("{received} ballots were counted, but only {issued} phones could take part."),
    "more-than-invited": text("{issued} phones could take part, but only {invited} people were invited."),
    "below-threshold": text("More ballots travelled in small batches ({count}) than there were."),
    "result-and-list": text(
        "The result counts {result} ballots; that does not agree with the {list} in the list."
    ),
    "late-and-list": text("Result and list say different things of what came late or in small batches."),
    "tables-differ": text("The tables are not those that were named before the poll opened."),
    "rows-differ": text("A table of {question} has other rows or groups than the question."),
    "withheld-without-reason": text(
        "In a table of {question} figures are missing without a reason, or against one."
    ),
    "few-invited": text("A table of {question} is published, though only {invited} people were invited."),
    "one-group": text("A table of {question} has one group only, which everybody is in."),
    "group-too-small": text("A table of {question} has a group of about {size} people: too few."),
    "not-rounded": text("In a table of {question} {count} is not rounded to five."),
    "percent": text("In a table of {question} {percent} percent does not follow from the rounded counts."),
    "none-or-all": text("In a table of {question} a part of the people reads as {percent} percent."),
    "average": text("The average of {question} does not follow from the rounded counts."),
    "more-than-received": text("A table of {question} counts about {size} people, but {received} took part."),
    "more-than-group": text("In a table of {question} an answer has more people than its group."),
    "rows-and-group": text("In a table of {question} the answers do not add up to the group."),
    "derivable": text("Adding and subtracting gives small numbers away: {count}."),
    "no-answer": text("{url} did not answer, so this was not looked at. Try again later."),
}

NOTHING_THERE = {
    "not-json": text("What {url} sends is no list of polls."),
    "not-a-manifest": text("What {url} sends is no list of polls."),
    "redirect": text("{url} sends its visitors on to another address. Give that address, if you trust it."),
    "too-large": text("What {url} sends is too large to be a list of polls."),
    "packed": text("{url} packs what it sends. That was not asked, and it was not opened."),
    "status": text("{url} is no server of Samenspraak."),
    "refused": text("At {url} nothing has been published yet."),
}


def finding_line(finding: Finding, say: Wording) -> str:
    """The mark, the poll where it is about one, the sentence. Nothing in it steers a terminal."""
    kinds = {"choices": say.text("choices"), "texts": say.text("free text")}
    about = ", ".join(part for part in (finding.poll, kinds.get(finding.kind or "")) if part)
    sentence = REASONS[finding.reason] if finding.reason else HELD[finding.check]
    said = say.text(sentence, **finding.details)
    if int(more := finding.details.get("more", "0")):
        said += " " + say.text("And more like it: {more}.", more=more)
    mark = say.text(MARKS[finding.outcome])
    return harmless(f"{mark:<12}{about + ': ' if about else ''}{said}")


def harmless(words: str) -> str:
    """Without characters that a terminal would obey: what a server sends is shown, never done."""
    return "".join(letter if letter.isprintable() else "�" for letter in words)
