"""A printer's own letter gets the same codes as ours, and nothing else."""

from __future__ import annotations

import csv
import io
import stat
from pathlib import Path

import pytest

from protocol.codes import Code, parse, to_words
from protocol.signing import new_signing_key
from staff.invitation import Invitation
from staff.letter_errors import AddressUnfit
from staff.mail_merge import write_csv

CODES = tuple(Code(n.to_bytes(13, "big")) for n in (0, 3**62, 2**100 - 1))
ROOT_KEY = new_signing_key(bytes).public
APP = "https://peilingen.waterrijk.example"


def opened(path: Path) -> list[dict[str, str]]:
    """As a spreadsheet opens it that was set to semicolons."""
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"), newline=""), delimiter=";"))


def test_the_table_gives_each_code_back_in_every_form(tmp_path):
    write_csv(tmp_path / "codes.csv", CODES, root_key=ROOT_KEY, app_link=APP)

    rows = opened(tmp_path / "codes.csv")
    assert len(rows) == len(CODES)
    for row, code in zip(rows, CODES, strict=True):
        assert parse(row["code"]) == parse(row["link"]) == code
        assert row["link"] == Invitation(code, ROOT_KEY).link(APP)
        assert tuple(row[f"woord{place}"] for place in range(1, 12)) == to_words(code)


def test_excel_sees_the_letters_and_the_columns(tmp_path):
    write_csv(tmp_path / "codes.csv", CODES, root_key=ROOT_KEY, app_link=APP)

    raw = (tmp_path / "codes.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbfcode;link;woord1;woord2;")
    assert raw.count(b"\r\n") == raw.count(b"\n") == len(CODES) + 1


def test_no_row_says_which_it_is(tmp_path):
    write_csv(tmp_path / "all.csv", CODES, root_key=ROOT_KEY, app_link=APP)
    write_csv(tmp_path / "last.csv", CODES[-1:], root_key=ROOT_KEY, app_link=APP)

    assert opened(tmp_path / "all.csv")[-1:] == opened(tmp_path / "last.csv")
    assert list(opened(tmp_path / "all.csv")[0]) == ["code", "link", *(f"woord{n}" for n in range(1, 12))]


def test_a_semicolon_in_the_address_does_not_shift_the_columns(tmp_path):
    write_csv(tmp_path / "codes.csv", CODES, root_key=ROOT_KEY, app_link=f"{APP}/a;b")

    assert parse(opened(tmp_path / "codes.csv")[0]["link"]) == CODES[0]
    assert opened(tmp_path / "codes.csv")[0]["woord1"] == to_words(CODES[0])[0]


def test_no_cell_can_be_taken_for_a_formula(tmp_path):
    write_csv(tmp_path / "codes.csv", CODES, root_key=ROOT_KEY, app_link=APP)

    cells = [cell for row in opened(tmp_path / "codes.csv") for cell in row.values()]
    assert [cell for cell in cells if not cell[0].isalpha()] == []


@pytest.mark.parametrize("formula", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", f"=HYPERLINK({APP})"])
def test_an_address_that_is_a_formula_is_refused(formula: str, tmp_path):
    with pytest.raises(AddressUnfit):
        write_csv(tmp_path / "codes.csv", CODES, root_key=ROOT_KEY, app_link=formula)

    assert list(tmp_path.iterdir()) == []


def test_the_table_is_for_its_owner_s_eyes_and_replaces_the_earlier_one_whole(tmp_path):
    path = tmp_path / "codes.csv"
    path.write_text("earlier")

    write_csv(path, CODES, root_key=ROOT_KEY, app_link=APP)

    assert len(opened(path)) == len(CODES)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [path]
