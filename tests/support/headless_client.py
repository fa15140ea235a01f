"""The part of Flutter for a Flet page without it: takes what is sent to be drawn, answers for the phone."""

from __future__ import annotations

import asyncio
import dataclasses
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import flet as ft
import msgpack
from flet.controls.services.semantics_service import AccessibilityFeatures
from flet.messaging.connection import Connection
from flet.messaging.protocol import Message, MessageAction, configure_encode_object_for_msgpack
from flet.messaging.session import Session
from flet.pubsub.pubsub_hub import PubSubHub

_ENCODE = configure_encode_object_for_msgpack(ft.BaseControl)


class Client(Connection):
    """Takes what would go to Flutter, and answers as Flutter's services do.

    What fails on the app's side is added to `failures`.
    """

    def __init__(
        self, prefs: dict[str, Any], replies: Mapping[str, Any], failures: list[BaseException]
    ) -> None:
        super().__init__()
        self.loop = asyncio.get_running_loop()
        self.executor = ThreadPoolExecutor(1)
        self.pubsubhub = PubSubHub(self.loop, self.executor)
        self.page_url = "http://phone.test"
        self.sent = 0
        self.online = True
        self._prefs = prefs
        self._replies = replies
        self._failures = failures
        self.session = Session(self)

    async def arrive(self, route: str) -> None:
        """The address changes, and the page is told."""
        self.session.apply_page_patch({"route": route})
        await self.session.dispatch_event(self.session.page._i, "route_change", {"route": route})

    def pack(self, body: Any) -> None:
        """Flet remembers what it sent while packing it, so this must pack too."""
        msgpack.packb(body, default=_ENCODE)
        self.sent += 1

    def send_message(self, message: Message) -> None:
        self.pack(message.body)
        if message.action is MessageAction.SESSION_CRASHED:
            self._failures.append(sys.exception() or AssertionError(message.body.message))
        elif message.action is MessageAction.INVOKE_METHOD:
            self.loop.call_soon(self._answer, message.body)

    def networks(self) -> list[str]:
        return ["wifi"] if self.online else ["none"]

    def _answer(self, call: Any) -> None:
        if control := self.session.index.get(call.control_id):  # gone, when its view has been left
            result, error = None, None
            try:
                result = self._result(control, call.name, call.args or {})
            except Exception as failure:
                error = repr(failure)  # as the client does: it becomes a RuntimeError for the caller
            self.session.handle_invoke_method_results(call.control_id, call.call_id, result, error)

    def _result(self, control: Any, name: str, args: dict[str, Any]) -> Any:
        if name in self._replies:
            reply = self._replies[name]
            return reply(args) if callable(reply) else reply
        if isinstance(control, ft.SharedPreferences):
            return _prefer(self._prefs, name, **args)
        match name:
            case "get_connectivity":
                return self.networks()
            case "get_accessibility_features":
                return dict.fromkeys((f.name for f in dataclasses.fields(AccessibilityFeatures)), False)
            case "push_route":  # the client changes its address, and tells
                self.loop.create_task(self.arrive(args["route"]))
        return None


def _prefer(prefs: dict[str, Any], name: str, key: str = "", value: Any = None, key_prefix: str = "") -> Any:
    match name:
        case "get":
            return prefs.get(key)
        case "set":
            prefs[key] = value
        case "contains_key":
            return key in prefs
        case "remove":
            return prefs.pop(key, None) is not None
        case "get_keys":
            return [known for known in prefs if known.startswith(key_prefix)]
        case "clear":
            prefs.clear()
    return True
