"""What a group said most, in one sentence that is true: of rounded numbers, equal ones are equal."""

from __future__ import annotations

from collections.abc import Sequence

from domain.poll import Kind
from domain.result import Group, Row, Withheld
from i18n.wording import Wording


def sentence(group: Group, kind: Kind, names: dict[str, str], words: Wording) -> str:
    """How many answered, and what they said. `names`: the words of each row."""
    people = words.plural("About one person answered.", "About {n} people answered.", group.size)
    return f"{people} {_said(group, kind, names, words)}"


def is_nearly_all(row: Row) -> bool:
    return row.withheld is Withheld.NEARLY_ALL_IN_GROUP or row.percent == 100


def is_next_to_none(row: Row) -> bool:
    """Of everybody and of a group the same words: five of a thousand read as nobody as well."""
    return not row.percent and not is_nearly_all(row)


def _said(group: Group, kind: Kind, names: dict[str, str], words: Wording) -> str:
    nearly_all = [row for row in group.rows if is_nearly_all(row)]
    if nearly_all:
        return words.text("Almost everyone answered: {answers}.", answers=_list(nearly_all, names, words))
    shown = [row for row in group.rows if not is_next_to_none(row)]
    if not shown:
        return words.text("Every answer was given by only a few people.")
    most = max(row.count or 0 for row in shown)
    top = [row for row in shown if row.count == most]
    if len(top) == len(group.rows) > 1:
        return words.text("All answers were given about equally often.")
    if len(top) == 1:
        return _first(kind, names[top[0].id], words.percent(top[0].percent or 0), words)
    return _equals(kind, _list(top, names, words), words)


def _first(kind: Kind, answer: str, share: str, words: Wording) -> str:
    if kind is Kind.RANKING:
        return words.text("Most often put first: {answer} ({share}).", answer=answer, share=share)
    if kind is Kind.NUMBER:
        return words.text("Most often answered: {answer} ({share}).", answer=answer, share=share)
    return words.text("Most often chosen: {answer} ({share}).", answer=answer, share=share)


def _equals(kind: Kind, answers: str, words: Wording) -> str:
    """Without their share: to make a hundred, equals can differ by one percent."""
    if kind is Kind.RANKING:
        return words.text("Most often put first, about equally often: {answers}.", answers=answers)
    if kind is Kind.NUMBER:
        return words.text("Most often answered, about equally often: {answers}.", answers=answers)
    return words.text("Most often chosen, about equally often: {answers}.", answers=answers)


def _list(rows: Sequence[Row], names: dict[str, str], words: Wording) -> str:
    return words.list(tuple(names[row.id] for row in rows))
