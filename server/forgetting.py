"""The command `samenspraak forget`: everything of one server, gone, for a municipality that leaves."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import click

from server.municipality_file import read_card
from server.serve import ROLES

CHUNK = 1024 * 1024
PARTS = (".keys.json", ".keys.new", ".sqlite", ".sqlite-wal", ".sqlite-shm", ".sqlite-journal")
"""Keys first: without them much of the rest says nothing."""
WAITING = {"shuffler": "envelope", "ballot-box": "ballot"}

LEFT = """
What is left elsewhere, and only you can remove:

- Backups and snapshots of this computer or its disk. What was here may be in all of them.
- The disk itself: flash disks keep old copies for a while. Encrypt the disk, or destroy it in the end.
- The office folder of the municipality's staff: keys, exact counts, free texts, letters with codes.
- Phones: the app keeps a resident's own polls until the resident removes them or the app.
- What was published: results and feedback stay wherever people have put them.
- The other servers: give this command there too.
"""


@click.command()
@click.option("--role", type=click.Choice(ROLES), required=True, help="Which server to forget.")
@click.option(
    "--data", type=click.Path(exists=True, file_okay=False, path_type=Path), required=True, help="Its folder."
)
@click.option(
    "--municipality",
    type=click.Path(exists=True, path_type=Path),
    required=True,
    help="municipality.json, as the server was started with.",
)
def forget(role: str, data: Path, municipality: Path) -> None:
    """Overwrite and delete the database and the keys of one server. It cannot be undone.

    Stop the server first. It asks to type the municipality's id.
    """
    card = read_card(municipality)
    files = [path for part in PARTS if (path := data / f"{role}{part}").exists()]
    if not files:
        raise click.ClickException(f"There is nothing of the {role} in {data}.")
    _check_stopped(data / f"{role}.sqlite")
    click.echo(f"This deletes for good: {', '.join(path.name for path in files)}.")
    _say_what_waits(role, data / f"{role}.sqlite")
    typed = click.prompt(f"Type the id of {card.name} to delete it", default="", show_default=False)
    if typed.strip() != card.id:
        raise click.ClickException("That is another id. Nothing was deleted.")
    for path in files:
        overwrite(path)
    click.echo(f"The {role} of {card.name} has forgotten everything.")
    click.echo(LEFT.rstrip())


def overwrite(path: Path) -> None:
    """Zeros over the whole file, on the disk, before it goes. A file that is gone already is fine."""
    try:
        with path.open("r+b") as file:
            left = path.stat().st_size
            while left > 0:
                left -= file.write(bytes(min(CHUNK, left)))
            file.flush()
            os.fsync(file.fileno())
        path.unlink()
    except FileNotFoundError:
        return


def _check_stopped(database: Path) -> None:
    """Leaving WAL asks for the file alone, which a running server does not grant."""
    if not database.exists():
        return
    try:
        with closing(sqlite3.connect(database, timeout=0)) as connection:
            connection.execute("PRAGMA secure_delete=ON")
            connection.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.OperationalError as exc:
        raise click.ClickException("The server is still running. Stop it first.") from exc
    except sqlite3.DatabaseError:
        return  # damaged: all the more reason to let it go


def _say_what_waits(role: str, database: Path) -> None:
    table = WAITING.get(role)
    if table is None or not database.exists():
        return
    try:
        with closing(sqlite3.connect(database)) as connection:
            count = connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608
    except sqlite3.DatabaseError:
        return
    if count:
        meant = "sealed envelopes were not handed on" if role == "shuffler" else "sealed answers are here"
        click.echo(f"{count} {meant}. Nobody will be able to count what is deleted now.")


if __name__ == "__main__":
    forget()
