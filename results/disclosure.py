"""Disclosure control (geheimhouding): what of an exact table may be published.

Fixed tables, one release. Everybody who took part is at least the poll's smallest group; every other group
has at least that many answers and at least 20 invitees, else it is merged with its neighbour in the declared
order. The groups of a table, "unknown" and empty ones included, add up to everybody and are at least two, so
that subtracting them leaves nobody apart. Counts are rounded to 5 and percentages come from the rounded
counts that are published (`results.rounding`). In a group that is not everybody, no cell reads as none or as
all. Where adding and subtracting within the rounding would still give a small number away
(`results.derivable`), less is published.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from domain.fitting import offered_declining
from domain.poll import FEWEST_INVITED, Access, Kind, Poll
from domain.result import Counts, Group, ReleasedTable, Row, Withheld
from results.derivable import Key
from results.reader import given_away
from results.rounding import percent_of, percentages, rounded
from results.tally import DECLINED_ROWS, UNKNOWN, ExactGroup, ExactTable

Named = tuple[tuple[str, ...], ExactGroup]
"""A group with the answers it is of; none for everybody."""
Merged = list[Named]


def release(poll: Poll, tables: Iterable[ExactTable], counts: Counts) -> tuple[ReleasedTable, ...]:
    """Protect every table of the poll. `counts`: of the same poll, as they are published."""
    exact = tuple(tables)
    if poll.access is Access.INVITED and counts.invited < FEWEST_INVITED:
        return tuple(_withhold(table, Withheld.FEW_INVITED) for table in exact)
    least = least_in_group(poll)
    groups: list[Merged | None] = [_merge(_parts(poll, table), _least(poll, table, least)) for table in exact]
    while True:
        released = tuple(_release(poll, *one) for one in zip(exact, groups, strict=True))
        known = given_away(poll, released, counts.received)
        if not known:
            return released
        _coarsen(exact, groups, known[0])


def least_in_group(poll: Poll) -> int:
    """Fewest answers in a group that is not everybody who took part.

    How many were invited is known of the whole poll only. But each answer is an invitee's: so many answers
    are at least so many invitees. To an open poll nobody is invited: everybody there may answer.
    """
    return max(poll.smallest_group, FEWEST_INVITED) if poll.access is Access.INVITED else poll.smallest_group


def is_of_some(poll: Poll, question: str, by: str | None) -> bool:
    """Whether a table is about some of those who took part: broken down, or of a question not all get."""
    asked = poll.question(question)
    return by is not None or (asked is not None and asked.show_if is not None)


def _least(poll: Poll, exact: ExactTable, of_some: int) -> int:
    return of_some if is_of_some(poll, exact.table.question, exact.table.by) else poll.smallest_group


def _parts(poll: Poll, exact: ExactTable) -> list[ExactGroup]:
    """The groups to merge. One that nobody is in is one that is too small; that none can be in is none."""
    by = poll.question(exact.table.by) if exact.table.by else None
    always_known = by is not None and by.required and by.show_if is None and not offered_declining(by)
    return [group for group in exact.groups if group.of != UNKNOWN or group.size or not always_known]


def _withhold(exact: ExactTable, why: Withheld) -> ReleasedTable:
    return ReleasedTable(exact.table.question, exact.statement, exact.table.by, (), why)


def _coarsen(exact: Sequence[ExactTable], groups: list[Merged | None], known: Key) -> None:
    """Say less, so that one number can no longer be worked out: of the tables that lead to it, the finest.

    A broken down table first loses a group to its neighbour; else a table is withheld (None).
    """
    shown = [n for n, merged in enumerate(groups) if merged]
    crossed = [n for n in shown if exact[n].table.by is not None]
    if crossed:
        merged = groups[crossed[0]]
        assert merged is not None
        smallest = min(range(len(merged)), key=lambda place: merged[place][1].size)
        groups[crossed[0]] = _merge_at(merged, smallest) if len(merged) > 2 else None
        return
    named = [n for n in shown if (exact[n].table.question, exact[n].statement) in _names(known)]
    groups[(named or shown)[0]] = None


def _names(key: Key) -> set[Key]:
    """A number's name, and the names in it."""
    return {key}.union(*(_names(part) for part in key)) if isinstance(key, tuple) else {key}


def _release(poll: Poll, exact: ExactTable, merged: Merged | None) -> ReleasedTable:
    table = exact.table
    if merged is None:
        return _withhold(exact, Withheld.DERIVABLE)
    if not merged or (table.by is not None and len(merged) < 2):
        return _withhold(exact, Withheld.TOO_FEW)
    of_some = is_of_some(poll, table.question, table.by)
    question = poll.question(table.question)
    several = question is not None and question.kind is Kind.SEVERAL
    groups = tuple(_group(of, group, exact.rows, not of_some, several) for of, group in merged)
    average = None
    if table.by is None and question is not None and question.kind is Kind.MARK:
        average = average_of(groups[0])
    return ReleasedTable(table.question, exact.statement, table.by, groups, average=average)


def _merge_at(merged: Merged, place: int) -> Merged:
    """Join the group with the next, the last with the one before."""
    first = min(place, len(merged) - 2)
    return [*merged[:first], _join(merged[first], merged[first + 1]), *merged[first + 2 :]]


def _merge(groups: list[ExactGroup], least: int) -> Merged:
    """Join a group that is too small with the next, the last with the one before; [] if all are too few."""
    merged: Merged = []
    for group in groups:
        name = (group.of,) if group.of is not None else ()
        if merged and merged[-1][1].size < least:
            merged[-1] = _join(merged[-1], (name, group))
        else:
            merged.append((name, group))
    if len(merged) > 1 and merged[-1][1].size < least:
        last = merged.pop()
        merged[-1] = _join(merged[-1], last)
    return merged if merged and merged[0][1].size >= least else []


def _join(one: Named, other: Named) -> Named:
    counts = Counter(one[1].counts)
    counts.update(other[1].counts)
    return one[0] + other[0], ExactGroup(None, one[1].size + other[1].size, counts)


def _group(
    of: tuple[str, ...], exact: ExactGroup, row_ids: tuple[str, ...], everybody: bool, several: bool
) -> Group:
    size = rounded(exact.size)
    rows = [_row(id, rounded(exact.counts.get(id, 0)), size, everybody) for id in row_ids]
    percents = percentages([row.count for row in rows], size, several)
    return Group(of, size, tuple(replace(row, percent=p) for row, p in zip(rows, percents, strict=True)))


def _row(id: str, count: int, size: int, everybody: bool) -> Row:
    """Its percentage is for its group to say."""
    share = percent_of(count, size)
    if not everybody and share == 0:
        return Row(id, None, None, Withheld.FEW_IN_GROUP)
    if not everybody and share == 100:
        return Row(id, None, None, Withheld.NEARLY_ALL_IN_GROUP)
    return Row(id, count, None)


def average_of(group: Group) -> Decimal | None:
    """Mean mark from the rounded counts, one decimal."""
    marks = [(int(row.id), row.count or 0) for row in group.rows if row.id not in DECLINED_ROWS]
    total = sum(count for _, count in marks)
    if not total:
        return None
    mean = Decimal(sum(mark * count for mark, count in marks)) / total
    return mean.quantize(Decimal("0.1"), ROUND_HALF_UP)
