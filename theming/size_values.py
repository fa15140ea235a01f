"""Lengths as tokens write them: pixels, rem, sums, `clamp()`, or an object of the 2025 format."""

from __future__ import annotations

import ast
import math
import operator
import re

_UNITS = {"px": 1.0, "rem": 16.0, "em": 16.0, "pt": 4 / 3, "": 1.0}
_NUMBER = re.compile(r"(\d*\.?\d+)(px|rem|em|pt|)(?![\w%.])")
_SUMS = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv}


def parse_pixels(value: object) -> float | None:
    """Pixels at a root size of 16; the smallest of a `clamp()`; None for what is no length."""
    if isinstance(value, bool):
        return None
    if isinstance(value, dict):
        return parse_pixels(f"{value.get('value')}{value.get('unit', '')}")
    if isinstance(value, int | float):
        return float(value) if abs(value) < 1e6 else None
    if not isinstance(value, str) or len(value) > 200:
        return None
    text = value.strip().lower()
    if clamp := re.fullmatch(r"(?:clamp|max|min)\(([^,()]+),.*\)", text):
        text = clamp[1]
    terms = _NUMBER.sub(_in_pixels, text.removeprefix("calc"))
    if not re.fullmatch(r"[\d.+\-*/()\s]+", terms):
        return None
    try:
        pixels = _sum(ast.parse(terms.strip(), mode="eval").body)
    except (SyntaxError, ValueError, ArithmeticError, RecursionError, MemoryError):
        return None
    return pixels if math.isfinite(pixels) else None


def _in_pixels(number: re.Match[str]) -> str:
    return f"{float(number[1]) * _UNITS[number[2]]:.6f}"


def _sum(node: ast.expr) -> float:
    if isinstance(node, ast.BinOp) and type(node.op) in _SUMS:
        return float(_SUMS[type(node.op)](_sum(node.left), _sum(node.right)))
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return -_sum(node.operand)
    if isinstance(node, ast.Constant) and isinstance(node.value, float):
        return node.value
    raise ValueError("no sum")
