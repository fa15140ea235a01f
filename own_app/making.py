"""One municipality's app, whole: every file of it, ready to be written."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from own_app.folder import APP
from own_app.icons import asset_images, platform_files, png, start_colours, store_images
from own_app.identity import Identity
from own_app.mark import mark_of
from own_app.measured import Measured
from own_app.papers import README, STATEMENT, link_files, readme, statement
from own_app.project import project_file
from own_app.sources import LETTERS, source_files
from own_app.store import PLAY, store_files
from theming.house_style import HouseStyle

KNOWN = f"{APP}/assets/municipalities.json"


@dataclass(frozen=True, slots=True)
class Made:
    """Files by path. `for_people`: those to fill in. `remarks`: what staff should look at, as codes."""

    files: dict[str, bytes]
    for_people: frozenset[str]
    remarks: tuple[str, ...]


def make_app(
    identity: Identity,
    style: HouseStyle,
    root_key: str,
    address: str,
    today: date,
    own_icon: Path | None = None,
    measured: Measured | None = None,
) -> Made:
    """`root_key` as in `municipality.json`; `address` is the issuer's. Raises `AppUnfit`, or `OSError`."""
    sources = source_files(identity.name, style)
    store = store_files(identity)
    mark = mark_of(style, own_icon, LETTERS)
    start = start_colours(mark, style)
    images = asset_images(mark, style)
    known = {"id": identity.municipality_id, "name": identity.municipality, "root_key": root_key}
    for_store = {
        f"android/{PLAY['nl']}/images/{name}": png(image) for name, image in store_images(mark, style).items()
    }
    filled_in = {f"store/{path}": data for path, data in (store | for_store).items()}
    filled_in[STATEMENT] = statement(identity, measured, today)
    filled_in |= {f"links/{path}": data for path, data in link_files(identity).items()}
    files = {
        "pyproject.toml": project_file(identity, style, mark.background, start),
        README: readme(identity, style.name),
        **{f"{APP}/{path}": data for path, data in sources.items()},
        **{f"{APP}/assets/{name}": png(image) for name, image in images.items()},
        KNOWN: (json.dumps([known | {"address": address}], indent=2) + "\n").encode(),
        **{f"platforms/{p}": d for p, d in platform_files(images, mark, start, identity.bundle_id).items()},
        **filled_in,
    }
    return Made(files, frozenset(filled_in), mark.remarks)
