"""`make run`: it shows the main job, keeps what was there, and leaves no process behind."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import httpx
import pytest

from demonstration.processes import free_ports

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.processes


def run(folder: Path, *more: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "demonstration", "--no-browser", "--folder", str(folder), *more]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def until_running(process: subprocess.Popen[str]) -> str:
    said = ""
    assert process.stdout is not None
    for line in process.stdout:
        said += line
        if "Stop with Ctrl-C" in line:
            return said
    raise AssertionError(said)


def end(process: subprocess.Popen[str], how: signal.Signals) -> None:
    """As Ctrl-C or the system would; it must end by itself."""
    process.send_signal(how)
    process.communicate(timeout=60)


def listening(folder: Path) -> list[int]:
    """Ports of the demonstration that somebody answers on."""
    found = []
    for port in json.loads((folder / "ports.json").read_text("utf-8")).values():
        try:
            httpx.get(f"http://127.0.0.1:{port}/", timeout=5)
        except httpx.TransportError:
            continue
        found.append(port)
    return found


def test_it_runs_says_what_to_type_stops_cleanly_and_keeps_what_was_there(tmp_path):
    folder = tmp_path / "demo"
    first = run(folder)
    said = until_running(first)
    codes = json.loads((folder / "codes.json").read_text("utf-8"))
    assert " ".join(codes[0].split("-")) in said
    assert len(listening(folder)) == 4
    end(first, signal.SIGINT)
    assert listening(folder) == []
    assert (folder / "brief.pdf").read_bytes().startswith(b"%PDF")

    before = time.monotonic()
    again = run(folder)
    said = until_running(again)
    assert " ".join(codes[0].split("-")) in said
    assert "Making an invented municipality" not in said
    assert time.monotonic() - before < 60
    end(again, signal.SIGTERM)
    assert listening(folder) == []
    assert not [p for p in Path("/proc").glob("[0-9]*/cmdline") if str(folder).encode() in _read(p)]


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


class Stranger(BaseHTTPRequestHandler):
    """Another program at the same port, which is content with every question."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()


def test_a_port_that_is_taken_is_said_in_words_even_when_the_other_program_answers(tmp_path):
    folder = tmp_path / "demo"
    folder.mkdir()
    with ThreadingHTTPServer(("127.0.0.1", 0), Stranger) as stranger:
        Thread(target=stranger.serve_forever).start()
        ports = free_ports(3)
        names = ("issuer", "shuffler", "app", "ballot_box")
        taken = stranger.server_address[1]
        (folder / "ports.json").write_text(json.dumps(dict(zip(names, [*ports, taken], strict=True))))
        process = run(folder)
        said, _ = process.communicate(timeout=120)
        stranger.shutdown()
    assert process.returncode == 1
    assert f"ballot-box did not start:\nport {taken} of this computer is in use" in said
    assert "Traceback" not in said
    assert listening(folder) == []
