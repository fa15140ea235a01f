"""The controls that a Flet page shows, and what each of them has written on it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any

import flet as ft

_DRAWN = ("content", "label", "title", "subtitle", "text", "error", "helper", "hint_text")


def key_of(control: Any) -> str:
    key = getattr(control, "key", None)
    return str(getattr(key, "value", key) or "")


def drawn(control: Any) -> Iterator[str]:
    if isinstance(control, (ft.Text, ft.TextSpan)):
        yield from filter(None, [getattr(control, "value", None), getattr(control, "text", None)])
        return
    if isinstance(control, ft.Semantics):
        return
    for name in _DRAWN:
        if isinstance(text := getattr(control, name, None), str) and text:
            yield text


def walk(node: Any) -> Iterator[Any]:
    """Every visible control in and under `node`, in the order of the fields."""
    node = ft.unwrap_component(node)
    if isinstance(node, (list, tuple)):
        for item in node:
            yield from walk(item)
    elif isinstance(node, ft.BaseControl):
        if getattr(node, "visible", True) is False:
            return
        yield node
        for field in dataclasses.fields(node):
            if not field.name.startswith("_") and not field.metadata.get("skip"):
                value = getattr(node, field.name, None)
                if isinstance(value, (list, tuple, ft.BaseControl)):
                    yield from walk(value)
