"""The administrators' command: `samenspraak serve`."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import click

from server.door_options import DoorOptions, door_options
from server.mixing import MixRule
from server.municipality_file import read_card
from server.serve import ROLES, ServeSettings, create
from server.serve import serve as serve_apps

PORTS = {"issuer": 8401, "shuffler": 8402, "ballot-box": 8403}


@click.command()
@click.option("--role", type=click.Choice([*ROLES, "all"]), required=True, help="Which server to run.")
@click.option("--data", type=click.Path(path_type=Path), required=True, help="Folder for databases and keys.")
@click.option(
    "--municipality",
    type=click.Path(exists=True, path_type=Path),
    required=True,
    help="municipality.json, as written by `samenspraak keys new`.",
)
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=int, help="Port of the role; with `all`, of the first of three.")
@click.option("--ballot-box", help="Base URL of the ballot box, for the shuffler.")
@click.option(
    "--mix-least", type=click.IntRange(1), default=20, show_default=True, help="Envelopes per batch."
)
@click.option(
    "--mix-every", type=float, default=12 * 3600, show_default=True, help="Seconds between batches."
)
@click.option(
    "--settle",
    type=float,
    default=72 * 3600,
    show_default=True,
    help="Seconds after a poll's end to wait for the shuffler's word that everything was handed on.",
)
@door_options
def serve(
    role: str,
    data: Path,
    municipality: Path,
    host: str,
    port: int | None,
    ballot_box: str | None,
    mix_least: int,
    mix_every: float,
    settle: float,
    door: DoorOptions,
) -> None:
    """Run the issuer, the shuffler or the ballot box (or all three, for a demonstration)."""
    card = read_card(municipality)
    roles = ROLES if role == "all" else (role,)
    first = port or PORTS[roles[0]]
    ports = dict(zip(roles, range(first, first + len(roles)), strict=True))
    if role == "shuffler" and not ballot_box:
        raise click.UsageError("The shuffler needs --ballot-box: where it hands envelopes on to.")
    if door.public_urls and role == "all":
        raise click.UsageError("--public-url is for one role.")
    settings = ServeSettings(
        data=data,
        card=card,
        ballot_box=ballot_box or f"http://{host}:{ports.get('ballot-box', 0)}",
        mix=MixRule(mix_least, timedelta(seconds=mix_every)),
        settle=timedelta(seconds=settle),
        door={name: door.door(name, host, ports[name]) for name in roles},
    )
    serve_apps({ports[name]: create(name, settings) for name in roles}, host)
