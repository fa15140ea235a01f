"""Disclosure control (geheimhouding): what of an exact table may be published.

Fixed tables, one release. Every group has at least the poll's smallest number of people, else it is
merged with its neighbour in the declared order; the groups of a table, "unknown" included, add up to
everybody, so that subtracting them leaves nobody apart. Counts are rounded to 5 and percentages come
from the rounded counts. In a group that is not everybody, no cell reads as none or as all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from domain.poll import Kind, Poll
from domain.result import Group, ReleasedTable, Row, Withheld
from results.tally import DECLINED_ROWS, ExactGroup, ExactTable

ROUND_TO = 5


def release(poll: Poll, tables: Iterable[ExactTable]) -> tuple[ReleasedTable, ...]:
    """Protect every table of the poll."""
    return tuple(_release(poll, table) for table in tables)


def rounded(count: int) -> int:
    """To the nearest multiple of 5; 2.5 cannot occur."""
    return ROUND_TO * ((count + ROUND_TO // 2) // ROUND_TO)


def _release(poll: Poll, exact: ExactTable) -> ReleasedTable:
    table = exact.table
    least = poll.smallest_group
    merged = _merge([group for group in exact.groups if group.size], least)
    if not merged or (table.by is not None and len(merged) < 2):
        return ReleasedTable(table.question, exact.statement, table.by, (), Withheld.TOO_FEW)
    everybody = table.by is None
    groups = tuple(_group(of, group, exact.rows, everybody) for of, group in merged)
    question = poll.question(table.question)
    average = None
    if everybody and question is not None and question.kind is Kind.MARK:
        average = _average(groups[0])
    return ReleasedTable(table.question, exact.statement, table.by, groups, average=average)


def _merge(groups: list[ExactGroup], least: int) -> list[tuple[tuple[str, ...], ExactGroup]]:
    """Join a group that is too small with the next, the last with the one before; [] if all are too few."""
    merged: list[tuple[tuple[str, ...], ExactGroup]] = []
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


def _join(
    one: tuple[tuple[str, ...], ExactGroup], other: tuple[tuple[str, ...], ExactGroup]
) -> tuple[tuple[str, ...], ExactGroup]:
    counts = Counter(one[1].counts)
    counts.update(other[1].counts)
    return one[0] + other[0], ExactGroup(None, one[1].size + other[1].size, counts)


def _group(of: tuple[str, ...], exact: ExactGroup, row_ids: tuple[str, ...], everybody: bool) -> Group:
    size = rounded(exact.size)
    rows = tuple(_row(id, rounded(exact.counts.get(id, 0)), size, everybody) for id in row_ids)
    return Group(of, size, rows)


def _row(id: str, count: int, size: int, everybody: bool) -> Row:
    percent = int((Decimal(100 * count) / size).quantize(Decimal(1), ROUND_HALF_UP))
    if not everybody and percent == 0:
        return Row(id, None, None, Withheld.FEW_IN_GROUP)
    if not everybody and percent == 100:
        return Row(id, None, None, Withheld.NEARLY_ALL_IN_GROUP)
    return Row(id, count, percent)


def _average(group: Group) -> Decimal | None:
    """Mean mark from the rounded counts, one decimal."""
    marks = [(int(row.id), row.count or 0) for row in group.rows if row.id not in DECLINED_ROWS]
    total = sum(count for _, count in marks)
    if not total:
        return None
    mean = Decimal(sum(mark * count for mark, count in marks)) / total
    return mean.quantize(Decimal("0.1"), ROUND_HALF_UP)
