"""`make journey`: the main job, whole, with real servers, the real app and a real browser.

A resident answers without a network, the app is killed, her answer is sent and replayed, the poll is
closed and counted, and she reads what is done with it. The last line says what was measured.
"""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
import time
from collections.abc import Mapping
from contextlib import ExitStack
from decimal import Decimal
from pathlib import Path
from random import Random

from demonstration.processes import free_ports
from demonstration.residents import Resident, counted_by_hand, some_answers
from demonstration.story import close_and_count, give_feedback
from demonstration.town import POLLS, Mix, Ports, Town
from demonstration.waiting import wait_until
from domain.answers import Answer, Chosen, Figure, Written
from domain.poll import FEWEST_INVITED
from protocol.codes import Code, to_words
from protocol.poll_document import read_poll
from results.disclosure import rounded
from staff.counting import Counted
from storage.database import open_phone
from storage.outbox import Outbox, OutboxState, SealedBallot
from sync.client import Client
from sync.client import new_http_client as new_phone_http
from tests.support.browser import Browser, Phone

POLL = "regiovervoer"
OTHERS = 25
HERS: dict[str, Answer] = {
    "hoe-vaak": Chosen(("maandelijks",)),
    "waarheen": Chosen(("familie",)),
    "op-tijd": Chosen(("matig",)),
    "cijfer": Figure(Decimal(6)),
    "leeftijd": Chosen(("65-79",)),
    "wens": Written("Graag op tijd."),
}
HEARD = "Veel mensen wachten te lang op het vervoer."


def say(text: str) -> None:
    print(f"[{time.monotonic() - STARTED:6.1f} s] {text}", flush=True)


STARTED = time.monotonic()


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="journey-") as folder:
        town = Town(Path(folder), Ports(*free_ports(4)), Mix(least=2, every=1.0))
        town.found()
        browser = Browser()
        try:
            return _walked(Journey(town, browser))
        finally:
            browser.close()
            town.stop()


def _walked(journey: Journey) -> int:
    with ExitStack() as unless_walked:
        unless_walked.callback(_tell_what_was_there, journey)
        code = journey.walk()
        unless_walked.pop_all()
        return code


def _tell_what_was_there(journey: Journey) -> None:
    say("what was on her screen:\n" + journey.phone.aria() + "\n" + "\n".join(journey.phone.errors))
    for log in sorted((journey.town.folder / "logs").iterdir()):
        say(f"{log.name}:\n" + log.read_text("utf-8")[-1500:])


class Journey:
    def __init__(self, town: Town, browser: Browser) -> None:
        self.town = town
        self.phone: Phone = browser.phone(width=412, height=900, profile=town.folder / "browser")
        self.given: list[Mapping[str, Answer]] = [HERS]

    def walk(self) -> int:
        town = self.town
        town.start(*town.servers, town.app)
        self._publish()
        codes = town.invite(OTHERS + 1, "vervoer")
        self._join(codes[0])
        asyncio.run(self._others_answer(codes[1:]))
        for server in town.servers:
            server.stop()
        say("servers stopped: the app has no network")
        self._answer()
        offline = len({ballot.poll for ballot in self._outbox(OutboxState.WAITING)})
        town.app.kill()
        town.start(town.app)
        say("app killed and started again")
        self.phone.reload()
        self.phone.see_exactly("Bewaard op uw telefoon, nog niet verstuurd.")
        kept = len({ballot.poll for ballot in self._outbox(OutboxState.WAITING)})
        town.start(*town.servers)
        say("servers up again")
        self.phone.until(lambda: self._outbox(OutboxState.HANDED_OVER))
        self.phone.see_exactly("Verstuurd.")
        sent = len({ballot.poll for ballot in self._outbox(OutboxState.HANDED_OVER)})
        asyncio.run(self._replay())
        counted = close_and_count(town, POLL, say)
        self._check_numbers(counted)
        give_feedback(town, self._feedback())
        read = self._read_feedback()
        found = len({ballot.poll for ballot in self._outbox(OutboxState.COUNTED)})
        received, expected = counted.result.counts.received, OTHERS + 1
        lost, double = max(0, expected - received) + (offline - kept), max(0, received - expected)
        line = (
            f"journey: {offline} answered offline, {sent} sent, {found} counted, "
            f"{lost} lost, {double} double, feedback {'read' if read else 'not read'}"
        )
        print(line, flush=True)
        wanted = "journey: 1 answered offline, 1 sent, 1 counted, 0 lost, 0 double, feedback read"
        return 0 if line == wanted else 1

    def _publish(self) -> None:
        poll = json.loads((POLLS / f"{POLL}.json").read_text("utf-8"))
        file = self.town.folder / "poll.json"
        file.write_text(json.dumps({**poll, "grace_hours": 0}), "utf-8")
        self.town.publish(file)
        say("poll published, invitations made")

    def _join(self, code: Code) -> None:
        phone = self.phone
        phone.open(self.town.office.addresses().app)
        phone.choose("Grootste letters")
        phone.tap("Verder")
        phone.see_heading("Meedoen")
        phone.type("Uw code", " ".join(to_words(code)))
        phone.tap("Deze code gebruiken")
        phone.see("Uw reis met het regiovervoer")
        phone.until(lambda: "Alles is bijgewerkt" in " ".join(phone.texts()))
        say("she joined with her code, in the largest letters")

    async def _others_answer(self, codes: list[Code]) -> None:
        chance = Random(7)
        poll = read_poll((POLLS / f"{POLL}.json").read_bytes())
        async with new_phone_http() as http:
            for number, code in enumerate(codes):
                resident = Resident(self.town, self.town.folder / "others" / str(number), http)
                await resident.join(code)
                self.given.append(some_answers(poll, chance))
                resident.desk.send(POLL, self.given[-1])
                await resident.sync()
        say(f"{len(codes)} other residents answered")

    def _answer(self) -> None:
        """Through the accessibility tree: every control by its role and name."""
        phone = self.phone
        phone.now(phone.page.get_by_role("button", name="Uw reis met het regiovervoer").click())
        phone.tap("Beginnen")
        steps = [
            ("Hoe vaak", "Elke maand"),
            ("Waar gaat", "Familie of vrienden"),
            ("Komt het vervoer", "Soms"),
            ("Welk cijfer", "6"),
            ("Hoe oud", "65 tot en met 79 jaar"),
        ]
        for heading, answer in steps:
            phone.see_heading(heading)
            phone.choose(answer)
            phone.tap("Volgende")
        phone.see_heading("Wat kan er beter")
        phone.type("Uw antwoord", "Graag op tijd.")
        phone.tap("Volgende")
        phone.see_heading("Uw antwoorden")
        phone.tap("Versturen")
        phone.see_heading("Dank u wel. Uw antwoorden zijn bewaard.")
        phone.see("Bewaard op uw telefoon, nog niet verstuurd.")
        say("she answered without a network: saved, not sent yet")

    def _outbox(self, state: OutboxState) -> list[SealedBallot]:
        """What lies in her phone's own file."""
        [folder] = (self.town.folder / "phones").iterdir()
        engine = open_phone(folder)
        try:
            return [b for b in Outbox(engine).all(self.town.municipality().id) if b.state is state]
        finally:
            engine.dispose()

    async def _replay(self) -> None:
        """Hand over the very same envelopes again, after the first ones have travelled on."""
        await asyncio.to_thread(wait_until, lambda: not self.town.at_shuffler(), 30)
        async with new_phone_http() as http:
            for ballot in self._outbox(OutboxState.HANDED_OVER):
                await Client(http).hand_over(self.town.office.addresses().shuffler, ballot.envelope)
        say("her envelopes were handed over a second time, on purpose")

    def _check_numbers(self, counted: Counted) -> None:
        """The count equals what everybody answered, table by table."""
        for table in counted.exact:
            if table.table.by is not None:
                continue
            expected = counted_by_hand(self.given, table.table.question)
            exact = {row: n for row, n in table.groups[0].counts.items() if n}
            assert exact == expected, f"{table.table.question}: {exact} is not {expected}"
            [released] = [
                t for t in counted.result.tables if t.question == table.table.question and t.by is None
            ]
            if table.groups[0].size < FEWEST_INVITED and not released.groups:
                continue  # few were asked this; the others are shown
            shown = {row.id: row.count for row in released.groups[0].rows}
            assert shown == {row: rounded(expected.get(row, 0)) for row in table.rows}
        say("the numbers equal what they answered")

    def _feedback(self) -> Path:
        document = {
            "poll": POLL,
            "published_on": "2026-11-22",
            "heard": {"nl": HEARD, "en": "Many people wait too long."},
            "actions": [
                {"promise": "will", "text": {"nl": "Wij spreken de vervoerder aan.", "en": "We call them."}}
            ],
        }
        path = self.town.folder / "feedback.json"
        path.write_text(json.dumps(document), "utf-8")
        return path

    def _read_feedback(self) -> bool:
        phone = self.phone
        phone.tap("Naar alle peilingen")
        phone.until(lambda: any("De uitslag is er." in text for text in phone.texts()))
        phone.now(phone.page.get_by_role("button", name="Uw reis met het regiovervoer").click())
        phone.see("Uw antwoord is meegeteld.")
        phone.see(HEARD)
        phone.see("Wij spreken de vervoerder aan.")
        say("she read that it was counted, what people said, and what happens next")
        return HEARD in phone.texts()


if __name__ == "__main__":
    sys.exit(main())
