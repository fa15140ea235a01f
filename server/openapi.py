"""Writes the OpenAPI document of each role to docs/api/: `python -m server.openapi`."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from protocol.canonical import b64
from protocol.municipality import MunicipalityCard, StaffKeys
from server.mixing import MixRule
from server.serve import ROLES, ServeSettings, create

FOLDER = Path(__file__).parents[1] / "docs" / "api"
_NO_KEY = b64(bytes(32))
_NOBODY = MunicipalityCard(
    id="example",
    name="Example",
    root_key=_NO_KEY,
    staff=StaffKeys(publishing=_NO_KEY, invitation=_NO_KEY, counting=_NO_KEY),
)


def documents() -> dict[str, str]:
    """Role -> text of its document; the same text for the same code."""
    made: dict[str, str] = {}
    with TemporaryDirectory() as folder:
        settings = ServeSettings(
            Path(folder), _NOBODY, "http://ballot-box.invalid", MixRule(), timedelta(hours=72)
        )
        for role in ROLES:
            app = create(role, settings)
            made[role] = json.dumps(app.openapi(), indent=1, ensure_ascii=False) + "\n"
            app.state.engine.dispose()
    return made


def write(folder: Path = FOLDER) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for role, text in documents().items():
        (folder / f"{role}.json").write_text(text, "utf-8")


if __name__ == "__main__":
    write()
