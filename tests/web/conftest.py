"""A browser for the tests of this folder."""

from tests.support.browser import browser

__all__ = ["browser"]
