"""A result as text for a terminal: counts, and the tables as they may be published."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from domain.answers import Declining
from domain.poll import Kind, Poll, Question
from domain.result import Counts, Group, ReleasedTable, Result, Row, Withheld
from i18n.wording import Wording
from results.tally import UNKNOWN
from staff.usage import text

WIDEST_LABEL, FIGURE = 52, 9
"""Characters; a longer label is cut. A line has room for two figures."""

WITHHELD = {
    Withheld.TOO_FEW: text("Too few answers: this table is not published."),
    Withheld.FEW_INVITED: text("Fewer than 20 people were invited: this table is not published."),
    Withheld.DERIVABLE: text(
        "With other numbers this table would give a small group away: it is not published."
    ),
}
"""Why a table is withheld."""


def result_text(poll: Poll, result: Result, say: Wording) -> str:
    """Everything, with an empty line between the parts."""
    parts = [_counts(result.counts, say), *("\n".join(_table(poll, table, say)) for table in result.tables)]
    return "\n\n".join(parts)


def _counts(counts: Counts, say: Wording) -> str:
    lines = (
        (say.text("Invited"), counts.invited),
        (say.text("Phones that can take part"), counts.issued),
        (say.text("Counted"), counts.received),
        (say.text("Invalid, not counted"), counts.invalid),
        (say.text("Too late, not counted"), counts.late),
        (say.text("Handed on in a group that was too small"), counts.below_threshold),
    )
    return "\n".join(_line(label, say.number(number)) for label, number in lines)


def _table(poll: Poll, table: ReleasedTable, say: Wording) -> Iterator[str]:
    question = _question(poll, table.question)
    yield _title(poll, table, say)
    if table.withheld is not None:
        yield "  " + say.text(WITHHELD[table.withheld])
    for group in table.groups:
        yield "  " + _group_title(poll, table, group, say)
        yield from (
            _line(row_label(question, row.id, say), *_figures(row, say), indent=4) for row in group.rows
        )
    if table.average is not None:
        yield "  " + say.text("Average mark: {mark}", mark=say.number(table.average))


def _title(poll: Poll, table: ReleasedTable, say: Wording) -> str:
    question = _question(poll, table.question)
    title = question.text.get(say.language)
    if question.kind is Kind.RANKING:
        title = say.text("{title} Put first:", title=title)
    for statement in question.statements:
        if statement.id == table.statement:
            title = f"{title} {statement.text.get(say.language)}"
    if table.by is None:
        return title
    by = _question(poll, table.by).text.get(say.language)
    return say.text("{title} By: {by}", title=title, by=by)


def _group_title(poll: Poll, table: ReleasedTable, group: Group, say: Wording) -> str:
    size = say.plural("about one person", "about {n} people", group.size)
    if table.by is None:
        return size
    by = _question(poll, table.by)
    names = (say.text("Unknown") if id == UNKNOWN else row_label(by, id, say) for id in group.of)
    return f"{', '.join(names)} ({size})"


def row_label(question: Question, id: str, say: Wording) -> str:
    """What a row of the question's table counts, in words."""
    if id == Declining.DONT_KNOW:
        return say.text("Don't know")
    if id == Declining.PREFER_NOT:
        return say.text("Prefer not to say")
    if question.kind is Kind.NUMBER:
        return _bounds(question.groups, int(id), say)
    option = question.option(id)
    return option.label.get(say.language) if option else id


def _bounds(groups: tuple[Decimal, ...], index: int, say: Wording) -> str:
    if not groups:
        return say.text("Every number")
    if index == 0:
        return say.text("{high} or less", high=say.number(groups[0]))
    low = say.number(groups[index - 1])
    if index == len(groups):
        return say.text("More than {low}", low=low)
    return say.text("More than {low}, up to {high}", low=low, high=say.number(groups[index]))


def _figures(row: Row, say: Wording) -> tuple[str, ...]:
    if row.withheld is Withheld.NEARLY_ALL_IN_GROUP:
        return (say.text("nearly all"),)
    if row.count is None or row.percent is None:
        return (say.text("few or none"),)
    return say.number(row.count), say.percent(row.percent)


def _line(label: str, *figures: str, indent: int = 0) -> str:
    room = WIDEST_LABEL - indent
    cut = label if len(label) <= room else label[: room - 1] + "…"
    columns = "".join(figure.rjust(FIGURE) for figure in figures)
    return " " * indent + cut.ljust(room) + columns.rjust(2 * FIGURE)


def _question(poll: Poll, id: str) -> Question:
    found = poll.question(id)
    assert found is not None, "the tables are of this poll"
    return found
