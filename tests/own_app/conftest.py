"""An app of Waterrijk's own, written once."""

from __future__ import annotations

import base64
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from own_app.folder import write_app
from own_app.identity import Identity
from own_app.making import Made, make_app
from theming.default_style import DEFAULT
from theming.house_style import HouseStyle
from theming.svg_logo import clean_svg

TODAY = date(2026, 11, 22)
IDENTITY = Identity(
    "Waterrijk peilt",
    "nl.waterrijk.samenspraak",
    "waterrijk",
    "Gemeente Waterrijk",
    "meedoen.waterrijk.example",
)
ROOT_KEY = base64.urlsafe_b64encode(bytes(32)).decode().rstrip("=")
NOBODY = "http://127.0.0.1:9"
SHIELD = b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 110">
<path d="M50 5 L95 25 V60 C95 85 75 100 50 105 C25 100 5 85 5 60 V25 Z" fill="#7A1FA2"/></svg>"""
WIDE = b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 100">
<circle cx="50" cy="50" r="45" fill="#B3123B"/>
<rect x="110" y="35" width="280" height="30" fill="#222222"/></svg>"""
PALE = b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">
<circle cx="50" cy="50" r="45" fill="#FFFFFF"/></svg>"""


def with_logo(drawing: bytes) -> HouseStyle:
    return replace(DEFAULT, logo=clean_svg(drawing, "Logo van Waterrijk")[0])


def made_of(style: HouseStyle, identity: Identity = IDENTITY) -> Made:
    return make_app(identity, style, ROOT_KEY, NOBODY, TODAY)


@pytest.fixture(scope="session")
def made() -> Made:
    """With a logo, and links of its own. Not to be changed."""
    return made_of(with_logo(SHIELD))


@pytest.fixture(scope="session")
def folder(made: Made, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`made`, written. Not to be changed."""
    out = tmp_path_factory.mktemp("own") / "app-waterrijk"
    write_app(out, made.files, made.for_people)
    return out
