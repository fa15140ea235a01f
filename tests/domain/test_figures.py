"""A figure is read as people type it, on the keyboard of their own language."""

from decimal import Decimal

import pytest

from domain.figures import FigureUnreadable, parse_figure


@pytest.mark.parametrize(
    ("typed", "figure"), [("12", "12"), (" 6,5 ", "6.5"), ("٦", "6"), ("۱۲", "12"), ("٦٫٥", "6.5")]
)
def test_a_figure_is_read_from_any_keyboard(typed, figure):
    assert parse_figure(typed) == Decimal(figure)


@pytest.mark.parametrize("typed", ["", "zes", "ستة", "1.2.3", "²", "12 34"])
def test_what_is_no_figure_is_refused(typed):
    with pytest.raises(FigureUnreadable):
        parse_figure(typed)
