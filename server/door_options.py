"""What `samenspraak serve` can be told about the door of a server."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import click

from server.door import Door, Limits
from server.throttle import NO_LIMIT, Rate

LOOPBACK = ("127.0.0.1", "::1", "localhost")
EVERYWHERE = ("0.0.0.0", "::", "")  # noqa: S104
_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class DoorOptions:
    """As they were given. `public_urls` is empty where none was."""

    public_urls: tuple[str, ...]
    limits: Limits
    proxies: int

    def door(self, role: str, host: str, port: int) -> Door:
        """The door of a server that listens there. Raises `click.UsageError` if staff cannot know its URL."""
        staff_ask_it = role != "shuffler"
        urls = self.public_urls or (_own_urls(host, port) if staff_ask_it else ())
        return Door(urls, self.limits, self.proxies)


class RateParameter(click.ParamType[Rate]):
    """`5/100`: five a second for ever, a hundred at once. `off`: no limit."""

    name = "rate"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Rate:
        if isinstance(value, Rate):
            return value
        if value == "off":
            return NO_LIMIT
        try:
            per_second, burst = (float(part) for part in value.split("/"))
        except ValueError:
            self.fail(f"{value!r} is not a rate such as 5/100, nor off.", param, ctx)
        if not (0 < per_second < float("inf") and 1 <= burst < float("inf")):
            self.fail(f"{value!r} lets nobody in.", param, ctx)
        return Rate(per_second, burst)


def _rate(name: str, default: Rate, help: str) -> Callable[[Any], Any]:
    shown = f"{default.per_second:g}/{default.burst:g}"
    return click.option(name, type=RateParameter(), default=shown, show_default=True, help=help)


_OPTIONS = (
    click.option("--public-url", multiple=True, help="Base URL staff know this server by; may be repeated."),
    click.option(
        "--proxies",
        type=click.IntRange(0, 9),
        default=0,
        show_default=True,
        help="Proxies of our own in front, each of which adds to X-Forwarded-For.",
    ),
    _rate("--limit", _LIMITS.whole, "Requests a second and at once, or off."),
    _rate("--limit-address", _LIMITS.each, "The same for each address."),
    _rate("--limit-codes", _LIMITS.enrolments, "For trading codes, at the issuer."),
    _rate("--limit-codes-address", _LIMITS.enrolments_each, "The same for each address."),
)


def door_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Adds the options above; the command gets them together, as `door`."""

    @functools.wraps(command)
    def with_door(
        public_url: tuple[str, ...],
        proxies: int,
        limit: Rate,
        limit_address: Rate,
        limit_codes: Rate,
        limit_codes_address: Rate,
        **others: Any,
    ) -> Any:
        limits = Limits(limit, limit_address, limit_codes, limit_codes_address)
        return command(door=DoorOptions(public_url, limits, proxies), **others)

    return functools.reduce(lambda made, option: option(made), reversed(_OPTIONS), with_door)


def _own_urls(host: str, port: int) -> tuple[str, ...]:
    if host in EVERYWHERE:
        raise click.UsageError("With this --host, say with --public-url how staff reach the server.")
    names = LOOPBACK if host in LOOPBACK else (host,)
    return tuple(f"http://{f'[{name}]' if ':' in name else name}:{port}" for name in names)
