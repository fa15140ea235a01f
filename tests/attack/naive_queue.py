"""The control of `kills`: a queue as one writes it first. Post a row; after the reply, mark it as sent.

The server gives each row a serial number. Nothing tells it that it had an answer before.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from random import Random

import httpx

from demonstration.processes import free_ports
from tests.attack.fleet import Campaign, Member

PHONES = 4
DURABLE = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"


def run(answers: int, kills: int, folder: Path, tell: Callable[[str], None]) -> tuple[int, int]:
    """Returns (answers that the server has more than once, kills)."""
    folder.mkdir(parents=True)
    [port] = free_ports(1)
    table = folder / "server.sqlite"
    with closing(_open(table)) as file:
        file.execute("CREATE TABLE answer (id INTEGER PRIMARY KEY AUTOINCREMENT, body TEXT)")
    queues = [folder / f"phone-{n}.sqlite" for n in range(PHONES)]
    each = answers // PHONES
    server = Member("server", _serve, (table, port), folder / "server.log", 1)
    phones = [
        Member(queue.stem, _send, (queue, port, n * each, each), folder / f"{queue.stem}.log", 1)
        for n, queue in enumerate(queues)
    ]
    campaign = Campaign([server], phones, answers, kills, lambda: _rows(table), Random(5), tell)
    try:
        fallen = campaign.run()
    finally:
        campaign.stop()
    with closing(_open(table)) as file:
        [(rows, different)] = file.execute("SELECT count(*), count(DISTINCT body) FROM answer")
    return rows - different, fallen


def _rows(table: Path) -> int:
    with closing(_open(table)) as file:
        return int(file.execute("SELECT count(*) FROM answer").fetchone()[0])


def _serve(table: Path, port: int) -> None:
    class Answers(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"])).decode()
            with closing(_open(table)) as file:
                file.execute("INSERT INTO answer (body) VALUES (?)", (body,))
                file.commit()
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    ThreadingHTTPServer(("127.0.0.1", port), Answers).serve_forever()


def _send(queue: Path, port: int, first: int, count: int) -> None:
    with closing(_open(queue)) as file, httpx.Client() as http:
        file.execute("CREATE TABLE IF NOT EXISTS queue (body INTEGER PRIMARY KEY, sent BOOLEAN)")
        file.executemany("INSERT OR IGNORE INTO queue VALUES (?, 0)", [(first + n,) for n in range(count)])
        file.commit()
        while left := [body for (body,) in file.execute("SELECT body FROM queue WHERE NOT sent")]:
            for body in left:
                try:
                    http.post(f"http://127.0.0.1:{port}", content=str(body)).raise_for_status()
                except httpx.HTTPError:
                    continue
                file.execute("UPDATE queue SET sent = 1 WHERE body = ?", (body,))
                file.commit()


def _open(path: Path) -> sqlite3.Connection:
    file = sqlite3.connect(path, timeout=30)
    file.executescript(DURABLE)
    return file
