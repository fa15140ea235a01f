"""Processes of the fleet are killed without a goodbye, and what they promised is in their journals."""

from __future__ import annotations

import time
from pathlib import Path
from random import Random
from threading import Event

import pytest

from demonstration.waiting import wait_until
from tests.attack.fleet import Campaign, Member
from tests.attack.journal import Journal, Sent

pytestmark = pytest.mark.processes


def write_a_lot(path: Path) -> None:
    journal = Journal(path)
    try:
        while journal.count_saved() < 60:
            journal.saved(Sent(0, 1, journal.count_saved() + 1))
            time.sleep(0.005)
    finally:
        path.with_suffix(".goodbye").touch()


def wait_for_ever() -> None:
    Event().wait()


def test_a_killed_process_says_no_goodbye_and_goes_on_where_it_was(tmp_path):
    journal = Journal(tmp_path / "journal")
    member = Member("writer", write_a_lot, (journal.path,), tmp_path / "log", 1)
    member.start()
    wait_until(lambda: journal.count_saved() > 5, 30)
    member.kill()
    assert not journal.path.with_suffix(".goodbye").exists()
    assert not member.ended(), "it is started again"
    wait_until(member.ended, 30)
    assert journal.all_saved() == {(0, 1): list(range(1, 61))}


def test_a_campaign_kills_as_often_as_it_was_told_while_the_work_is_done(tmp_path):
    journal = Journal(tmp_path / "journal")
    phone = Member("writer", write_a_lot, (journal.path,), tmp_path / "log", 3)
    server = Member("server", wait_for_ever, (), tmp_path / "log", 1)
    campaign = Campaign([server], [phone], 60, 5, journal.count_saved, Random(1), lambda _: None)
    assert campaign.run() == 5
    campaign.stop()
    assert journal.all_saved() == {(0, 1): list(range(1, 61))}


def test_a_number_tells_who_answered_what_and_when():
    assert Sent.of(Sent(7, 499, 12).number) == Sent(7, 499, 12)
