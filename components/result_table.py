"""One table of a result: what was said in a sentence, and a table of it with bars."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import flet as ft

from components.bars import Bar, Bars
from components.frame import heading, paragraph, small
from components.result_sentence import is_nearly_all, is_next_to_none, sentence
from domain.poll import Kind
from domain.result import Group, ReleasedTable, Row, Withheld
from i18n.wording import Wording


@dataclass(frozen=True)
class TableTexts:
    """The words of a table: its title, its rows by id, and its groups by what they are of.

    `note`: what to know before reading its percentages, where there is something.
    """

    title: str
    kind: Kind
    rows: dict[str, str]
    groups: dict[tuple[str, ...], str]
    note: str | None = None


def result_table(table: ReleasedTable, texts: TableTexts, words: Wording) -> ft.Control:
    """The whole table under a heading of level 3; a withheld one says why."""
    parts: list[ft.Control] = [heading(texts.title, 3)]
    if table.withheld is not None:
        parts.append(paragraph(_why_withheld(table.withheld, words)))
    if table.average is not None:
        mark = words.number(table.average)
        parts.append(paragraph(words.text("The average mark is about {mark}.", mark=mark)))
    if texts.note and table.groups:
        parts.append(small(texts.note))
    for group in table.groups:
        parts += _group(group, texts, words)
    return ft.Container(
        ft.Column(parts, spacing=8, horizontal_alignment=ft.CrossAxisAlignment.STRETCH),
        padding=ft.Padding.symmetric(vertical=8),
    )


def _group(group: Group, texts: TableTexts, words: Wording) -> list[ft.Control]:
    """The sentence and the bars of everybody, or of one group under a heading of level 4."""
    name = texts.groups[group.of] if group.of else ""
    parts: list[ft.Control] = [heading(name, 4)] if name else []
    parts.append(paragraph(sentence(group, texts.kind, texts.rows, words)))
    rows = _rows_to_draw(group, texts.kind)
    if rows:
        columns = words.text("Answer"), words.text("How many")
        shares = _shares(rows)
        bars = [_bar(row, texts.rows[row.id], shares, words) for row in rows]
        parts.append(Bars(" – ".join(part for part in (texts.title, name) if part), columns, bars))
    if len(rows) < len(group.rows):
        parts.append(small(words.text("Almost nobody gave another mark.")))
    return parts


def _rows_to_draw(group: Group, kind: Kind) -> list[Row]:
    """Of the marks only those between the lowest and the highest that people gave."""
    if kind is not Kind.MARK:
        return list(group.rows)
    given = [int(row.id) for row in group.rows if row.id.isdigit() and not is_next_to_none(row)]
    between = range(min(given), max(given) + 1) if given else range(0)
    return [row for row in group.rows if not row.id.isdigit() or int(row.id) in between]


def _why_withheld(why: Withheld, words: Wording) -> str:
    if why is Withheld.FEW_INVITED:
        return words.text("Too few people were asked. To keep everyone anonymous we show nothing.")
    if why is Withheld.DERIVABLE:
        return words.text("These numbers could tell what a few people said. So we do not show them.")
    return words.text("Too few people answered. To keep everyone anonymous we show nothing.")


def _shares(rows: Sequence[Row]) -> dict[int | None, int]:
    """How much of its bar a count fills, in percent: equal counts draw alike."""
    shares: dict[int | None, int] = {}
    for row in rows:
        shares[row.count] = max(row.percent or 0, shares.get(row.count, 0))
    return shares


def _bar(row: Row, label: str, shares: Mapping[int | None, int], words: Wording) -> Bar:
    if is_nearly_all(row):
        said = words.text("almost everyone")
        return Bar(label, 1, said, said)
    if is_next_to_none(row):
        said = words.text("very few or none")
        return Bar(label, 0, said, said)
    count, share = row.count or 0, words.percent(row.percent or 0)
    told = words.plural("about one person", "about {n} people", count)
    beside = words.plural("{n} person", "{n} people", count)
    return Bar(label, shares[count] / 100, share, f"{share}, {told}", beside)
