"""The tables of a result are tables to a screen reader, and fit every screen and every size of letters."""

from __future__ import annotations

from dataclasses import dataclass, replace

import flet as ft
import pytest

from domain.texts import Texts
from tests.shots.stage import Scene, Stage, staged
from tests.support.browser import Browser, Phone

pytestmark = pytest.mark.browser
ROUTE = "/polls/hulp-thuis/result"
LONG = "Arbeidsongeschiktheidsverzekering"
TABLES = """
[...document.querySelectorAll('[role=table]')].map(table => [
  table.parentElement.closest('[role=group]')?.getAttribute('aria-label'),
  ...[...table.querySelectorAll('[role=row]')].map(row =>
    [...row.children].map(cell =>
      [cell.getAttribute('role'), cell.getAttribute('aria-label') || cell.textContent]))])
"""


def heard(phone: Phone) -> list[list]:
    return list(phone.now(phone.page.evaluate(TABLES)))


def cut(phone: Phone) -> list[list]:
    """Rows of which a column lies beyond the screen: Flutter tells a screen reader nothing of it."""
    return [row for _, *rows in heard(phone) for row in rows if len(row) != 2]


def with_a_long_word(stage: Stage) -> None:
    """In the first answer."""
    desk = stage.desk
    poll = desk.card("hulp-thuis").poll
    first, *others = poll.questions
    options = (replace(first.options[0], label=Texts({"nl": LONG})), *first.options[1:])
    longer = replace(poll, questions=(replace(first, options=options), *others))
    desk.polls = [replace(card, poll=longer) if card.poll is poll else card for card in desk.polls]


def test_a_screen_reader_is_told_of_a_table_with_its_name_its_columns_and_its_cells(browser: Browser):
    stage = Stage()
    stage.set(Scene(ROUTE), {})
    with staged(stage) as address, browser.phone(height=3200) as phone:
        phone.open(f"{address}/#{ROUTE}")
        phone.see_heading("Hulp bij het huishouden")
        phone.until(lambda: len(heard(phone)) == 5)
        assert heard(phone)[0] == [
            "Hoe tevreden bent u over de hulp?",
            [["columnheader", "Antwoord"], ["columnheader", "Hoeveel"]],
            [["cell", "Niet tevreden"], ["cell", "25%, ongeveer 15 mensen"]],
            [["cell", "Het gaat wel"], ["cell", "25%, ongeveer 15 mensen"]],
            [["cell", "Tevreden"], ["cell", "50%, ongeveer 30 mensen"]],
        ]
        assert (
            heard(phone)[3][0] == "Hoe tevreden bent u over de hulp? (verdeeld naar: Hoe woont u?) – Alleen"
        )


@pytest.mark.parametrize("text", [200, 320])
def test_tables_fit_a_narrow_phone_with_the_largest_letters(browser: Browser, text: int):
    stage = Stage()
    stage.set(Scene(ROUTE), {})
    with_a_long_word(stage)
    with staged(stage) as address, browser.phone(width=320, height=8000, text=text) as phone:
        phone.open(f"{address}/#{ROUTE}")
        phone.see(LONG)
        phone.shot()  # it rests
        assert heard(phone)
        assert cut(phone) == []


@dataclass
class PlainTable(Stage):
    """The control: columns beside each other, as wide as their longest words."""

    def main(self, page: ft.Page) -> None:
        cells = [ft.DataCell(ft.Text(word)) for word in (LONG, "25%")]
        table = ft.DataTable([ft.DataColumn(label=ft.Text(name)) for name in "AB"], rows=[ft.DataRow(cells)])
        page.add(ft.Semantics(header=True, heading_level=1, content=ft.Text("Tabel")), table)


def test_a_table_with_columns_beside_each_other_does_not_fit(browser: Browser):
    with staged(PlainTable()) as address, browser.phone(width=320, text=320) as phone:
        phone.open(address)
        phone.see(LONG)
        assert cut(phone)
