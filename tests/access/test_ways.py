"""The bars look at every screen that the app has."""

import flet as ft

from tests.access.ways import LETTERS, STOPS
from views.routes import ROUTES


def matches(route: ft.Route, address: str) -> bool:
    path = "" if route.index else route.path or ""
    asked, given = path.split("/"), address.strip("/").split("/")
    return len(asked) == len(given) and all(
        one.startswith(":") or one == other for one, other in zip(asked, given, strict=True)
    )


def test_every_address_of_the_app_is_among_the_screens_that_are_looked_at():
    addresses = [stop.scene.route for stop in STOPS.values()]

    missed = [route.path for route in ROUTES if not any(matches(route, address) for address in addresses)]

    assert missed == []
    assert not any(matches(ROUTES[-1], "/nowhere") for _ in addresses)


def test_the_largest_letters_are_the_phones_own_times_the_apps():
    for percent, letters in LETTERS.items():
        assert letters.phone * letters.app == 100 * percent
