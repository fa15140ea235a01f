"""What a screen may ask for. Built once in `main.py`, handed down by context."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

import flet as ft

from domain.answers import Answer
from domain.participation import Joined, Municipality, PollCard, SyncStatus
from domain.result import Feedback, Result


class Desk(Protocol):
    """The phone's own storage, as screens see it. Nothing here waits for the network."""

    def join(self, text: str) -> None: ...
    def join_without_code(self) -> None: ...
    def joined(self) -> Joined: ...
    def cards(self) -> tuple[PollCard, ...]: ...
    def card(self, poll: str) -> PollCard | None: ...
    def answers(self, poll: str) -> Mapping[str, Answer]: ...
    def save(self, poll: str, answers: Mapping[str, Answer]) -> None: ...
    def send(self, poll: str, answers: Mapping[str, Answer]) -> None: ...
    def result(self, poll: str) -> Result | None: ...
    def feedback(self, poll: str) -> Feedback | None: ...
    def status(self) -> SyncStatus: ...
    def settings(self) -> dict[str, str]: ...
    def put_setting(self, name: str, value: str) -> None: ...


@dataclass(frozen=True)
class Services:
    """`synchronise` asks for a round now, and returns at once. `in_browser`: the demonstration.

    `fingerprint`: the municipality's root key as its letters print it.
    """

    desk: Desk
    municipality: Municipality
    now: Callable[[], datetime]
    synchronise: Callable[[], None]
    fingerprint: str = ""
    in_browser: bool = False


ServicesContext: ft.ContextProvider[Services | None] = ft.create_context(None)


def use_services() -> Services:
    services = ft.use_context(ServicesContext)
    assert services is not None, "wrap the app in ServicesContext"
    return services
