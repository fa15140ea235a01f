"""What `make access` writes is what `samenspraak brand` reads."""

from datetime import date

from own_app.measured import Bar, read_measured
from tests.access.__main__ import APART, SEEN
from tests.access.measured import Outcome, document


def test_what_was_measured_is_read_for_the_statement():
    outcomes = [Outcome(name, 12, 3, True) for name in (*SEEN, *APART)]

    found = read_measured(document(date(2026, 11, 22), "0.1.0", outcomes))

    assert found.day == date(2026, 11, 22)
    assert found.bars == tuple(Bar(name, 12, 3, True) for name in (*SEEN, *APART))
