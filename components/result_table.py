"""One table of a result: a sentence, bars, and the same as rows of figures."""

from __future__ import annotations

from dataclasses import dataclass

import flet as ft

from components.frame import heading, paragraph, small
from domain.result import Group, ReleasedTable, Row, Withheld
from i18n.wording import Wording


@dataclass(frozen=True)
class TableTexts:
    """The words of a table: its title, its rows by id, and its groups by what they are of."""

    title: str
    rows: dict[str, str]
    groups: dict[tuple[str, ...], str]


def result_table(table: ReleasedTable, texts: TableTexts, words: Wording) -> ft.Control:
    """The whole table; a withheld one says why."""
    parts: list[ft.Control] = [heading(texts.title, 2)]
    if table.withheld is not None:
        parts.append(paragraph(_why_withheld(table.withheld, words)))
    if table.average is not None:
        parts.append(paragraph(words.text("The average mark is {mark}.", mark=words.number(table.average))))
    for group in table.groups:
        if group.of:
            parts.append(heading(texts.groups[group.of], 3))
        parts.append(paragraph(_sentence(group, texts, words)))
        parts.extend(_bar(row, texts.rows[row.id], words) for row in group.rows)
        parts.append(small(words.text("Counts are rounded to five, so that nobody can be recognised.")))
    return ft.Container(
        ft.Column(parts, spacing=12, horizontal_alignment=ft.CrossAxisAlignment.STRETCH),
        padding=ft.Padding.symmetric(vertical=8),
    )


def _why_withheld(why: Withheld, words: Wording) -> str:
    if why is Withheld.FEW_INVITED:
        return words.text("Too few people were asked. To keep everyone anonymous we show nothing.")
    if why is Withheld.DERIVABLE:
        return words.text("These numbers could tell what a few people said. So we do not show them.")
    return words.text("Too few people answered. To keep everyone anonymous we show nothing.")


def _sentence(group: Group, texts: TableTexts, words: Wording) -> str:
    shown = [row for row in group.rows if row.percent is not None]
    people = words.plural("About one person answered.", "About {n} people answered.", group.size)
    if not shown:
        return people
    most = max(shown, key=lambda row: row.percent or 0)
    answer, share = texts.rows[most.id], words.percent(most.percent or 0)
    said = words.text("Most often chosen: {answer} ({share}).", answer=answer, share=share)
    return f"{people} {said}"


def _bar(row: Row, label: str, words: Wording) -> ft.Control:
    """A row of the table: words and figures, with a bar that screen readers skip."""
    figures = _figures(row, words)
    return ft.Column(
        spacing=4,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
        controls=[
            ft.MergeSemantics(
                ft.Row(
                    wrap=True,
                    alignment=ft.MainAxisAlignment.SPACE_BETWEEN,
                    controls=[paragraph(label), ft.Text(figures, theme_style=ft.TextThemeStyle.TITLE_SMALL)],
                )
            ),
            ft.Semantics(
                exclude_semantics=True,
                content=ft.ProgressBar(value=(row.percent or 0) / 100, height=12),
            ),
        ],
    )


def _figures(row: Row, words: Wording) -> str:
    if row.withheld is Withheld.NEARLY_ALL_IN_GROUP:
        return words.text("almost everyone")
    if row.percent is None or row.count is None:
        return words.text("very few or none")
    people = words.plural("about one person", "about {n} people", row.count)
    return f"{words.percent(row.percent)} · {people}"
