"""A test may be skipped on somebody's own machine only."""

from __future__ import annotations

import pytest

from tests.support.missing import missing


def test_what_is_missing_skips_a_test_here_and_fails_it_in_ci(monkeypatch):
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="no compass"):
        missing("no compass")

    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="no compass"):
        missing("no compass")
