"""Whether published tables keep the rules of disclosure control, by what is published alone."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from audit.finding import About, Check, Finding
from domain.fitting import offered_declining
from domain.poll import FEWEST_INVITED, Access, Kind, Poll, Question
from domain.result import Group, ReleasedTable, Result, Withheld
from results.disclosure import average_of, is_of_some, least_in_group
from results.reader import given_away
from results.rounding import OFF, ROUND_TO, percentages, rounded
from results.tally import UNKNOWN, row_ids

Faults = list[tuple[str, dict[str, object]]]


def audit_tables(poll: Poll, result: Result, about: About) -> Iterator[Finding]:
    declared = about.first(Check.TABLES_DECLARED, _declared_faults(poll, result))
    yield declared
    if declared.reason:
        return  # the rest reads the tables by the poll's own questions
    yield about.first(Check.TABLES_RULES, _rule_faults(poll, result))
    yield about.first(Check.FIGURES, _figure_faults(poll, result))
    known = given_away(poll, result.tables, result.counts.received)
    yield about.first(Check.NOTHING_DERIVABLE, [("derivable", {"count": len(known)})] if known else [])


def _declared_faults(poll: Poll, result: Result) -> Faults:
    """The tables are those that the poll named before it opened: no other, none missing, none twice."""
    wanted: list[tuple[str, str | None, str | None]] = []
    for table in poll.tables:
        question = _question(poll, table.question)
        statements = [s.id for s in question.statements] if question.kind is Kind.STATEMENTS else [None]
        wanted += [(table.question, statement, table.by) for statement in statements]
    found = [(table.question, table.statement, table.by) for table in result.tables]
    if found != wanted:
        return [("tables-differ", {})]
    return [
        ("rows-differ", {"question": table.question})
        for table in result.tables
        if not _has_its_rows(poll, table)
    ]


def _has_its_rows(poll: Poll, table: ReleasedTable) -> bool:
    rows = row_ids(_question(poll, table.question))
    groups = [of for group in table.groups for of in group.of]
    if any(tuple(row.id for row in group.rows) != rows for group in table.groups):
        return False
    if table.by is None:
        return len(table.groups) <= 1 and not groups
    by = _question(poll, table.by)
    known = {option.id for option in by.options}
    always_known = by.required and by.show_if is None and not offered_declining(by)
    wanted = known if always_known else known | {UNKNOWN}
    whole = set(groups) in (wanted, known | {UNKNOWN}) and len(groups) == len(set(groups))
    return not table.groups or (whole and all(group.of for group in table.groups))


def _rule_faults(poll: Poll, result: Result) -> Faults:
    faults: Faults = []
    few_invited = poll.access is Access.INVITED and result.counts.invited < FEWEST_INVITED
    for table in result.tables:
        named: dict[str, object] = {"question": table.question}
        if bool(table.groups) == (table.withheld is not None):
            faults.append(("withheld-without-reason", named))
        if table.groups and few_invited:
            faults.append(("few-invited", {**named, "invited": result.counts.invited}))
        of_some = is_of_some(poll, table.question, table.by)
        least = least_in_group(poll) if of_some else poll.smallest_group
        if table.by is not None and len(table.groups) == 1:
            faults.append(("one-group", named))
        several = _question(poll, table.question).kind is Kind.SEVERAL
        for group in table.groups:
            faults += _group_faults(group, least, of_some, several, named)
        if table.average is not None and table.average != _average(poll, table):
            faults.append(("average", named))
    return faults


def _group_faults(group: Group, least: int, of_some: bool, several: bool, named: dict[str, object]) -> Faults:
    """Rounded figures only: a group of `least` people can read as the nearest multiple of 5."""
    if group.size < rounded(least):
        return [("group-too-small", {**named, "size": group.size})]
    faults: Faults = []
    if group.size % ROUND_TO:
        faults.append(("not-rounded", {**named, "count": group.size}))
    percents = percentages([row.count for row in group.rows], group.size, several)
    for row, percent in zip(group.rows, percents, strict=True):
        if row.count is None or row.percent is None:
            if row.withheld in (None, *_OF_TABLES) or not (row.count is row.percent is None):
                faults.append(("withheld-without-reason", named))
        elif row.count % ROUND_TO or row.withheld is not None:
            faults.append(("not-rounded", {**named, "count": row.count}))
        elif row.percent != percent:
            faults.append(("percent", {**named, "percent": row.percent}))
        elif of_some and row.percent in (0, 100):
            faults.append(("none-or-all", {**named, "percent": row.percent}))
    return faults


_OF_TABLES = (Withheld.TOO_FEW, Withheld.FEW_INVITED, Withheld.DERIVABLE)


def _figure_faults(poll: Poll, result: Result) -> Faults:
    """No table counts more people than took part, or other numbers than its own groups add up to."""
    faults: Faults = []
    received = result.counts.received
    for table in result.tables:
        named: dict[str, object] = {"question": table.question}
        room = OFF * max(1, len(table.groups))
        total = sum(group.size for group in table.groups)
        if total > received + room:
            faults.append(("more-than-received", {**named, "size": total, "received": received}))
        several = _question(poll, table.question).kind is Kind.SEVERAL
        for group in table.groups:
            counts = [row.count for row in group.rows if row.count is not None]
            slack = OFF * (len(group.rows) + 1)
            too_many = not several and sum(counts) > group.size + slack
            too_few = len(counts) == len(group.rows) and sum(counts) < group.size - slack
            if max(counts, default=0) > group.size or any(count < 0 for count in counts):
                faults.append(("more-than-group", named))
            elif too_many or too_few:
                faults.append(("rows-and-group", named))
    return faults


def _average(poll: Poll, table: ReleasedTable) -> Decimal | None:
    is_mark = _question(poll, table.question).kind is Kind.MARK
    return average_of(table.groups[0]) if is_mark and table.by is None and table.groups else None


def _question(poll: Poll, id: str) -> Question:
    found = poll.question(id)
    assert found is not None, "checked by domain.checks"
    return found
