"""`make run`: the invented municipality, running on this computer."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import shutil
import signal
import sys
import threading
import webbrowser
from datetime import date
from pathlib import Path

from demonstration.processes import DidNotStart, free_ports
from demonstration.story import (
    CLOSED,
    answer,
    close_and_count,
    give_feedback,
    give_voices,
    publish_everything,
)
from demonstration.town import NAME, Mix, Ports, Town
from protocol.canonical import unb64
from protocol.codes import to_link_part
from staff.letter import write_letters
from staff.letter_texts import DUTCH

RESIDENTS = 64
"""Of which two do not answer: enough for twenty in each part of the table that is broken down."""
MIX = Mix(least=3, every=5.0)


def tell(text: str) -> None:
    """Progress on one line where there is a terminal, else line by line."""
    end = "\r" if sys.stdout.isatty() else "\n"
    print(f"  {text:<60}", end=end, flush=True)


def say(text: str = "") -> None:
    print(text, flush=True)


def build(folder: Path) -> None:
    """Make the municipality with a history, whole or not at all."""
    say("Making an invented municipality (up to a minute, only the first time)")
    fresh = folder.with_name(folder.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    ports = _choose_ports()
    (fresh / "ports.json").write_text(json.dumps(ports), "utf-8")
    town = Town(fresh, Ports(**ports), MIX)
    town.found()
    try:
        town.start(*town.servers)
        publish_everything(town, tell)
        codes = town.invite(RESIDENTS, "huishouden")
        asyncio.run(answer(town, codes[:-2], CLOSED, tell))
        close_and_count(town, CLOSED, tell)
        give_feedback(town)
        give_voices(town, tell)
        _invite_visitors(town)
    finally:
        town.stop()
    shutil.rmtree(fresh / "residents")
    fresh.replace(folder)


def _invite_visitors(town: Town) -> None:
    """Three codes to try, and a letter as residents get it."""
    codes = town.invite(3, "vervoer", "huishouden")
    (town.folder / "codes.json").write_text(json.dumps([to_link_part(code) for code in codes]), "utf-8")
    write_letters(
        town.folder / "brief.pdf",
        codes[:1],
        municipality=NAME,
        root_key=unb64(town.office.card().root_key),
        app_link=town.office.addresses().app,
        poll_title="Uw reis met het regiovervoer",
        closes_on=date(2027, 12, 30),
        texts=DUTCH,
    )


def _choose_ports() -> dict[str, int]:
    names = ("issuer", "shuffler", "ballot_box", "app")
    return dict(zip(names, free_ports(len(names)), strict=True))


def run(folder: Path, open_browser: bool) -> None:
    """Start everything, say where to look, wait for Ctrl-C, stop everything."""
    town = Town(folder, Ports(**json.loads((folder / "ports.json").read_text("utf-8"))), MIX)
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    try:
        town.start(*town.servers, town.app)
        _explain(town)
        if open_browser:
            webbrowser.open(town.office.addresses().app)
        stop.wait()
    finally:
        say("\nStopping ...")
        town.stop()
    say("Stopped. Everything is kept; `make run` goes on, `make run FRESH=1` starts over.")


def _explain(town: Town) -> None:
    app = town.office.addresses().app
    codes = json.loads((town.folder / "codes.json").read_text("utf-8"))
    say()
    say(f"  {NAME} (invented) is running.")
    say(f"  The residents' app:   {app}")
    say("  A code to type:       " + " ".join(codes[0].split("-")))
    say(f"  Or as a link:         {app}/#/join/{codes[1]}")
    say(f"  A letter with a QR:   {town.folder / 'brief.pdf'}")
    say("  Stop with Ctrl-C.")


def main() -> int:
    parser = argparse.ArgumentParser(prog="make run", description=__doc__)
    parser.add_argument("--folder", type=Path, default=Path(".demo"))
    parser.add_argument("--fresh", action="store_true", help="start over")
    parser.add_argument("--no-browser", action="store_true")
    asked = parser.parse_args()
    if asked.fresh:
        shutil.rmtree(asked.folder, ignore_errors=True)
    try:
        if not asked.folder.exists():
            build(asked.folder)
        has_screen = bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
        run(asked.folder, not asked.no_browser and (has_screen or sys.platform in ("darwin", "win32")))
    except DidNotStart as problem:
        say(str(problem))
        say("Is another `make run` still running? Stop it, or use `make run FRESH=1`.")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
