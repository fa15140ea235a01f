"""municipality.json, as commands are given it."""

from __future__ import annotations

from pathlib import Path

import click
from pydantic import ValidationError

from protocol.municipality import MunicipalityCard


def read_card(path: Path) -> MunicipalityCard:
    """Raises `click.ClickException` for any other file."""
    try:
        return MunicipalityCard.model_validate_json(path.read_bytes())
    except (ValidationError, UnicodeDecodeError) as exc:
        raise click.ClickException(f"{path} is not a municipality file.") from exc
