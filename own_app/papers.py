"""What people read and fill in: the steps to an app, its accessibility statement, files for links."""

from __future__ import annotations

import html
import json
import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from string import Template
from typing import Any

from own_app.identity import OWN_HOST, Identity
from own_app.measured import Bar, Measured
from own_app.sources import project

TEMPLATES = Path(__file__).parent / "templates"
STATEMENT = "toegankelijkheidsverklaring.html"
README = "LEESMIJ.txt"


def readme(identity: Identity, style_name: str) -> bytes:
    """The few steps from this folder to an app in a store."""
    needs = project()["project"]["dependencies"]
    flet = next(need.removeprefix("flet==") for need in needs if need.startswith("flet=="))
    values = _values(identity) | {"style": style_name, "flet": flet}
    values["links"] = _filled("links.txt", values) if identity.host else ""
    return _filled("LEESMIJ.txt", values).encode()


def link_files(identity: Identity) -> dict[str, bytes]:
    """What Android and iOS ask for at the links' own address, with what only the builder knows left open."""
    if identity.host is None:
        return {}
    android = {
        "relation": ["delegate_permission/common.handle_all_urls"],
        "target": {
            "namespace": "android_app",
            "package_name": identity.bundle_id,
            "sha256_cert_fingerprints": ["INVULLEN: SHA-256 van het certificaat"],
        },
    }
    apple = {"details": [{"appIDs": [f"INVULLEN-TEAM-ID.{identity.bundle_id}"], "components": [{"/": "*"}]}]}
    return {
        README: _filled("links_readme.txt", _values(identity)).encode(),
        "assetlinks.json": _json([android]),
        "apple-app-site-association": _json({"applinks": apple}),
    }


def statement(identity: Identity, measured: Measured | None, today: date) -> bytes:
    """The statement (Besluit digitale toegankelijkheid overheid, EN 301 549), as far as a computer can tell.

    Never a status: that needs people who looked.
    """
    values = {key: html.escape(value) for key, value in _values(identity).items()}
    values |= {"today": _day(today), "measured": _measured(measured), "failures": _failures(measured)}
    return _filled("statement.html", values).encode()


def _measured(measured: Measured | None) -> str:
    words = _words()
    if measured is None:
        return f"<p>{words['nothing']}</p>"
    run = words["run"].format(day=_day(measured.day), version=html.escape(measured.version))
    heads = "".join(f'<th scope="col">{column}</th>' for column in words["columns"])
    lines = "\n".join(_line(bar) for bar in measured.bars)
    table = f"<caption>{words['caption']}</caption>\n<tr>{heads}</tr>\n{lines}"
    return f"<p>{run}</p>\n<table>\n{table}\n</table>"


def _line(bar: Bar) -> str:
    caught = _words()["caught" if bar.control else "blind"]
    cells = "".join(f"<td>{cell}</td>" for cell in (bar.checked, bar.failures, caught))
    return f'<tr><th scope="row">{_name(bar)}</th>{cells}</tr>'


def _failures(measured: Measured | None) -> str:
    missed = [bar for bar in measured.bars if not bar.proven] if measured else []
    items = "\n".join(f"<li>{_name(bar)}: {_why(bar)}</li>" for bar in missed)
    return f"<p>{_words()['missed']}</p>\n<ul>\n{items}\n</ul>" if missed else ""


def _why(bar: Bar) -> str:
    if bar.failures:
        return str(_words()["some"].format(failures=bar.failures, checked=bar.checked))
    return str(_words()["not_caught" if bar.checked else "none_checked"])


def _name(bar: Bar) -> str:
    """In Dutch; a bar that is not known here by the name it has."""
    known = _words()["bars"]
    return (
        html.escape(known[bar.bar]) if bar.bar in known else f'<span lang="en">{html.escape(bar.bar)}</span>'
    )


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads((TEMPLATES / "statement.toml").read_text("utf-8"))


def _values(identity: Identity) -> dict[str, str]:
    return {
        "name": identity.name,
        "municipality": identity.municipality,
        "bundle_id": identity.bundle_id,
        "host": identity.host or "",
        "own_host": OWN_HOST,
        "version": str(project()["project"]["version"]),
    }


def _filled(template: str, values: dict[str, str]) -> str:
    return Template((TEMPLATES / template).read_text("utf-8")).substitute(values)


def _day(day: date) -> str:
    return f"{day.day} {_words()['months'].split()[day.month - 1]} {day.year}"


def _json(document: object) -> bytes:
    return (json.dumps(document, indent=2, ensure_ascii=False) + "\n").encode()
