"""A town of real server processes to be fuzzed, in which a poll is open and a phone is enrolled."""

from __future__ import annotations

import secrets
from pathlib import Path

import httpx

from demonstration.processes import free_ports
from demonstration.town import POLLS, Mix, Ports, Town
from protocol import paths
from protocol.canonical import b64
from protocol.messages import EnrolmentMessage
from server.own_keys import own_keys
from tests.fuzz.dressing import RIGHTS, Wardrobe
from tests.fuzz.fuzzing import RoleReport, fuzz_role

POLL = "regiovervoer"
RIGHT_OF = {
    f"PUT {paths.STAFF_MANIFEST}": "publishing",
    f"PUT {paths.STAFF_DOCUMENT}": "publishing",
    f"POST {paths.STAFF_TOKEN_KEYS}": "publishing",
    f"POST {paths.STAFF_INVITATIONS}": "invitation",
    f"GET {paths.STAFF_ISSUED}": "counting",
    f"GET {paths.STAFF_BALLOTS}": "counting",
}


def fuzz(folder: Path, cases: int) -> list[RoleReport]:
    """At least `cases` requests to each role of a new town in `folder`, on real processes."""
    town = Town(folder, Ports(*free_ports(4)), Mix(least=3, every=1.0))
    town.found()
    try:
        town.start(*town.servers)
        wardrobe = _dressed(town)
        return [
            fuzz_role(process.name, process.ready.removesuffix(paths.HEALTH), process.log, cases, wardrobe)
            for process in (town.issuer, town.shuffler, town.ballot_box)
        ]
    finally:
        town.stop()


def _dressed(town: Town) -> Wardrobe:
    town.publish(POLLS / f"{POLL}.json")
    [code] = town.invite(1, "vervoer")
    secret = b64(secrets.token_bytes(32))
    message = EnrolmentMessage(code=b64(code.value), secret=secret)
    issuer = town.office.addresses().issuer
    httpx.post(issuer + paths.ENROLMENTS, json=message.model_dump()).raise_for_status()
    manifest = town.office.manifest()
    assert manifest is not None
    return Wardrobe(
        private_keys={right: town.office.private_key(right) for right in RIGHTS},
        right_of=RIGHT_OF,
        secret=secret,
        known={"poll": POLL, "digest": sorted(manifest.documents())[0]},
        bodies={paths.STAFF_MANIFEST: (town.folder / "office" / "manifest.json").read_bytes()},
        shuffler=own_keys(town.folder / "servers", "shuffler").signing_private,
    )
