"""`samenspraak forget`: a municipality that leaves leaves nothing on the server."""

from __future__ import annotations

import secrets
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlmodel import Session

from protocol.ballots import ENVELOPE_SIZES
from server.ballot_box_tables import BallotRow
from server.forgetting import forget, overwrite
from tests.support.small_town import SmallTown

ROLES = ("issuer", "shuffler", "ballot-box")


@pytest.fixture
def town(waterrijk: SmallTown) -> SmallTown:
    (waterrijk.folder / "municipality.json").write_text(waterrijk.card.model_dump_json())
    _ = waterrijk.issuer, waterrijk.shuffler, waterrijk.ballot_box
    return waterrijk


def ask(town: SmallTown, role: str, typed: str) -> Result:
    card = str(town.folder / "municipality.json")
    arguments = ["--role", role, "--data", str(town.folder), "--municipality", card]
    return CliRunner().invoke(forget, arguments, input=f"{typed}\n")


def files(town: SmallTown, role: str) -> list[str]:
    return sorted(path.name for path in town.folder.iterdir() if path.name.startswith(role))


@pytest.mark.parametrize("role", ROLES)
def test_everything_of_that_role_is_gone_and_nothing_of_another(town: SmallTown, role: str):
    town.close()
    others = {other: files(town, other) for other in ROLES if other != role}
    assert f"{role}.sqlite" in files(town, role)
    result = ask(town, role, "waterrijk")
    assert result.exit_code == 0, result.output
    assert files(town, role) == []
    assert {other: files(town, other) for other in others} == others
    for elsewhere in ("Backups", "office folder", "Phones", "flash disks", "other servers"):
        assert elsewhere in result.output


@pytest.mark.parametrize("typed", ["", "waterland", "y"])
def test_without_the_municipalitys_id_nothing_happens(town: SmallTown, typed: str):
    town.close()
    before = files(town, "issuer")
    result = ask(town, "issuer", typed)
    assert result.exit_code == 1
    assert "Nothing was deleted" in result.output
    assert [name for name in before if name.endswith((".sqlite", ".json"))] == files(town, "issuer")


@pytest.mark.parametrize("running", [True, False])
def test_a_server_that_runs_is_not_deleted_under_its_feet(town: SmallTown, running: bool):
    with town.issuer.state.engine.connect() as connection:
        connection.exec_driver_sql("SELECT 1")
        if not running:
            connection.close()
            town.close()
        result = ask(town, "issuer", "waterrijk")
    assert ("still running" in result.output) is running
    assert ("issuer.sqlite" in files(town, "issuer")) is running


def test_it_says_what_will_never_be_counted(town: SmallTown):
    town.mixing.keep(secrets.token_bytes(min(ENVELOPE_SIZES)))
    with Session(town.ballot_box.state.engine) as session, session.begin():
        session.add(BallotRow(nullifier="n", poll="p", kind="choices", revision=1, sealed=b"s"))
    town.close()
    assert "1 sealed envelopes were not handed on" in ask(town, "shuffler", "waterrijk").output
    assert "1 sealed answers are here" in ask(town, "ballot-box", "waterrijk").output


def test_a_folder_without_that_role_is_named(town: SmallTown, tmp_path: Path):
    card = str(town.folder / "municipality.json")
    result = CliRunner().invoke(forget, ["--role", "issuer", "--data", str(tmp_path), "--municipality", card])
    assert result.exit_code == 1
    assert "nothing of the issuer" in result.output


def test_a_damaged_database_is_forgotten_too(town: SmallTown):
    town.close()
    (town.folder / "issuer.sqlite").write_bytes(b"not a database at all" * 100)
    assert ask(town, "issuer", "waterrijk").exit_code == 0
    assert files(town, "issuer") == []


def test_a_file_is_overwritten_before_it_is_deleted(tmp_path: Path):
    path, other = tmp_path / "kept", tmp_path / "the same on the disk"
    path.write_bytes(b"secret" * 500_000)
    other.hardlink_to(path)
    overwrite(path)
    assert not path.exists()
    assert other.read_bytes() == bytes(3_000_000)
