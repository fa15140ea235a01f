"""A poll from file to feedback, by commands only, against real servers."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from random import Random

import pypdfium2
import pytest

from demonstration.residents import Resident, some_answers
from demonstration.town import NAME, PASSPHRASE, Town
from demonstration.waiting import wait_until
from domain.answers import Written
from domain.participation import Standing
from protocol.canonical import b64
from protocol.codes import code_hash, parse
from protocol.outcome import read_result
from staff.office import RIGHTS
from sync.client import new_http_client
from tests.staff.conftest import failed
from tests.support.paper import scanned
from tests.support.polls import document, raw
from theming.default_style import DEFAULT
from theming.house_style import to_document

pytestmark = pytest.mark.processes
RESIDENTS = 20


@pytest.fixture
def staff(town: Town, run, tmp_path: Path):
    """Types commands in the town's folder."""
    secret = tmp_path / "town.txt"
    secret.write_text(PASSPHRASE)

    def type_command(*words: object):
        return run(*words, office=town.office.folder, SAMENSPRAAK_PASSPHRASE_FILE=str(secret))

    return type_command


def ended_well(done) -> str:
    assert done.exit_code == 0, done.output
    return done.stdout


def test_addresses_are_kept_when_each_server_is_the_one_it_should_be(town, staff):
    at = town.office.addresses()
    right = (
        "--issuer",
        at.issuer,
        "--shuffler",
        at.shuffler,
        "--ballot-box",
        at.ballot_box,
        "--app",
        at.app + "/",
    )
    swapped = ("--issuer", at.shuffler, "--shuffler", at.issuer, "--ballot-box", at.app, "--app", at.app)

    said = failed(staff("servers", *swapped))
    assert f"issuer: op {at.shuffler} draait shuffler." in said
    assert f"ballot-box: De server {at.app} antwoordt niet." in said
    assert said.endswith("De adressen zijn niet bewaard.\n")
    assert town.office.addresses() == at

    assert ended_well(staff("servers", *right)) == "De drie servers antwoorden. De adressen zijn bewaard.\n"
    assert town.office.addresses() == at, "the number to call stays too"

    assert "geen telefoonnummer" in staff("servers", *right, "--telephone", "bel ons").output
    ended_well(staff("servers", *right, "--telephone", "+31 10 000 00 00"))
    assert town.office.addresses().telephone == "+31 10 000 00 00"
    town.office.set_addresses(at)


async def test_staff_ask_residents_answer_staff_count_and_tell_what_they_do(town, staff, tmp_path):
    publish(staff, tmp_path)
    codes = invite(staff, tmp_path)
    async with new_http_client() as http:
        residents = [Resident(town, tmp_path / str(n), http) for n in range(RESIDENTS)]
        await answer(residents, codes)
        close(staff)
        count(staff, town)
        tell(staff, tmp_path)
        await residents[0].sync()
    card = residents[0].desk.card("regiovervoer")
    assert (card.standing, card.has_result, card.has_feedback) == (Standing.COUNTED, True, True)
    kept = (town.office.folder / "regiovervoer-result.json").read_bytes()
    assert residents[0].desk.result("regiovervoer") == read_result(kept)
    assert residents[0].desk.feedback("regiovervoer").heard.get("nl") == "Het vervoer komt vaak te laat."
    assert json.loads(residents[0].desk.style_document()) == to_document(DEFAULT)
    look_in_the_log(staff, town, codes)


def publish(staff, folder: Path) -> None:
    path, style = folder / "peiling.json", folder / "stijl.json"
    path.write_bytes(raw(document(grace_hours=0)))
    style.write_text(json.dumps(to_document(DEFAULT)))
    for number in range(2):  # cut off, it can be given again
        done = staff("publish", path, "--style", style)
        assert ended_well(done).startswith("De peiling regiovervoer is gepubliceerd.\n")
        assert ("één sleutel opent de antwoorden op regiovervoer" in done.stderr) is (number == 0)
        assert "Laatste regel van het logboek: " in done.stdout
    path.write_bytes(raw(document(grace_hours=1)))
    assert "is al gepubliceerd met een andere inhoud" in failed(staff("publish", path))


def invite(staff, folder: Path) -> list[str]:
    """The codes, as a printer gets them."""
    letters, table = folder / "brieven.pdf", folder / "codes.csv"
    words = ("invite", "regiovervoer", "--count", RESIDENTS, "--letters", letters, "--csv", table)
    said = ended_well(staff(*words))
    assert f"Er zijn {RESIDENTS} uitnodigingen gemaakt:\n  {letters}\n  {table}\nVoor: vervoer\n" in said
    assert "meedoen kan tot en met 30 december 2027." in said
    assert "Houd deze bestanden geheim" in said
    rows = list(csv.DictReader(table.read_text("utf-8-sig").splitlines(), delimiter=";"))
    with pypdfium2.PdfDocument(letters) as pages:
        assert len(pages) == len(rows) == RESIDENTS
        assert "30 december 2027" in pages[0].get_textpage().get_text_bounded()
    assert [oct(path.stat().st_mode)[-3:] for path in (letters, table)] == ["600", "600"]
    assert not [row["code"] for row in rows if row["code"] in said]
    return [row["code"] for row in rows]


async def answer(residents: list[Resident], codes: list[str]) -> None:
    chance = Random(1)
    for resident, code in zip(residents, codes, strict=True):
        await resident.join(parse(code))
        [card] = resident.desk.cards()
        resident.desk.send(
            card.poll.id, {**some_answers(card.poll, chance), "wens": Written("Bel even terug.")}
        )
        await resident.sync()


def close(staff) -> None:
    assert "Er komen nog antwoorden binnen tot 31 december 2027" in failed(staff("count", "regiovervoer"))
    assert "De peiling regiovervoer sluit op" in ended_well(staff("close", "regiovervoer"))


def counted(staff):
    """The count, once the last answers are in; until then staff are told to wait."""
    done = staff("count", "regiovervoer", "--publish")
    if done.exit_code:
        assert "de servers geven de laatste antwoorden nog door" in done.stderr
        return None
    return done


def count(staff, town: Town) -> None:
    said = wait_until(lambda: counted(staff), 60).stdout
    assert f"Geteld{RESIDENTS:>64}\n" in said
    assert "\nHoe vaak reist u met het regiovervoer?\n  ongeveer 20 mensen\n    Elke week" in said
    assert "\nHoe oud bent u?\n" in said
    assert "Gemiddeld cijfer:" in said
    assert "Te weinig antwoorden: deze tabel wordt niet gepubliceerd." in said
    private = town.office.folder / "private"
    assert "Bel even terug." not in said
    assert (private / "regiovervoer-texts.txt").read_text("utf-8").count("- Bel even terug.") == RESIDENTS
    exact = json.loads((private / "regiovervoer-exact.json").read_text("utf-8"))
    assert sum(exact[0]["groups"][0]["counts"].values()) == RESIDENTS
    assert oct((private / "regiovervoer-exact.json").stat().st_mode)[-3:] == "600"
    assert said.endswith("De uitslag is gepubliceerd.\n")


def tell(staff, folder: Path) -> None:
    path = folder / "terugkoppeling.json"
    data = json.loads(ended_well(staff("feedback", "regiovervoer", "--example")))
    data["heard"] = {"nl": "Het vervoer komt vaak te laat.", "en": "Transport is often late."}
    path.write_text(json.dumps(data))
    said = ended_well(staff("feedback", "regiovervoer", path))
    assert said == "De terugkoppeling bij regiovervoer is gepubliceerd.\n"


def look_in_the_log(staff, town: Town, codes: list[str]) -> None:
    """Everything that was signed is in it, and nothing that could harm anybody."""
    assert ended_well(staff("log", "check")).startswith("Het logboek is heel: ")
    lines = list(town.office.log.lines())
    assert {line["details"]["right"] for line in lines if line["action"] == "request"} == set(RIGHTS)
    why = [line["details"]["because"] for line in lines if line["action"] == "manifest"]
    assert why == ["poll", "style", "closed", "result", "feedback"]
    raw = town.office.log.raw().decode()
    secret = [PASSPHRASE, "Bel even terug", "Het vervoer komt vaak te laat"]
    for code in codes:
        secret += [code, b64(parse(code).value), b64(code_hash(parse(code)).encode()), code_hash(parse(code))]
        secret += [word for word in code.split() if len(word) > 6]
    for name in town.office.keyring.names():
        secret += [b64(town.office.keyring.get(name)), town.office.keyring.get(name).hex()]
    assert [found for found in secret if found in raw] == []
    assert "/v1/staff/invitations" in raw  # the control: what may be there is found


def test_a_lost_office_comes_back_from_paper_after_its_root_key_was_replaced(town, run, staff, tmp_path):
    publish_another(staff, tmp_path)
    ended_well(staff("keys", "rotate", "root", "--yes"))
    assert len(town.office.manifest().successions) == 1
    sheet, codes = tmp_path / "blad.pdf", tmp_path / "codes.txt"
    ended_well(staff("keys", "sheet", sheet))
    codes.write_text("\n".join(scanned(sheet)))
    at = town.office.addresses()

    new = {"office": tmp_path / "nieuw"}
    ended_well(run("keys", "recover", "--id", "waterrijk", "--name", NAME, "--from", codes, **new))
    words = ("--issuer", at.issuer, "--shuffler", at.shuffler, "--ballot-box", at.ballot_box, "--app", at.app)
    assert "Opgehaald wat er gepubliceerd is" in ended_well(run("servers", *words, **new))
    assert "De peiling later is ingetrokken." in ended_well(run("cancel", "later", "--yes", **new))
    assert ended_well(run("log", "check", **new)).startswith("Het logboek is heel: ")
    assert "Ga daar verder: deze map is verouderd." in failed(staff("publish", tmp_path / "nog.json"))


def publish_another(staff, folder: Path) -> None:
    for id in ("later", "nog"):
        (folder / f"{id}.json").write_bytes(raw(document(id=id, grace_hours=0)))
    shared = folder / "delen"
    said = ended_well(staff("publish", folder / "later.json", "--shared", shared))
    assert "Drie delen van de sleutel van later." in said
    assert len(list(shared.iterdir())) == 3
