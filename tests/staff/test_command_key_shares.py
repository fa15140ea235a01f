"""A poll's key in three shares: any two bring it back for the count, and nothing else does."""

from __future__ import annotations

import os
import re
from itertools import combinations, pairwise

from protocol.canonical import b64
from staff import key_words
from staff.office import RIGHTS, Office
from tests.staff.conftest import PASSPHRASE, failed, office_at
from tests.support.paper import scanned


class TestSharing:
    def shares(self, run, published: Office, *more: str) -> list[str]:
        folder = published.folder.with_name("delen")
        done = run("keys", "share", "regiovervoer", "--out", folder, *more)
        assert done.exit_code == 0, done.output
        paths = sorted(folder.iterdir())
        assert [path.name for path in paths] == [f"regiovervoer-share-{number}.pdf" for number in (1, 2, 3)]
        assert {oct(path.stat().st_mode)[-3:] for path in paths} == {"600"}
        return scanned(*paths)

    def test_two_of_three_people_bring_the_key_back_for_the_count(self, run, published, tmp_path):
        key = published.keyring.get("poll-regiovervoer")
        shares = self.shares(run, published, "--remove", "--yes")
        for one, other in combinations(shares, 2):
            assert not published.keyring.has("poll-regiovervoer")
            typed = f"{PASSPHRASE}\n{one}\n{other}\n"
            done = run("keys", "join", "regiovervoer", typed=typed)
            assert done.exit_code == 0, done.output
            assert office_at(published.folder).counting_key("regiovervoer") == key
            done = run("keys", "share", "regiovervoer", "--remove", "--yes")
            assert "De hele sleutel staat niet meer in deze map." in done.stdout

    def test_shares_of_two_sets_do_not_make_a_key(self, run, published, tmp_path):
        first = self.shares(run, published)
        for path in published.folder.with_name("delen").iterdir():
            path.unlink()
        second = self.shares(run, published, "--remove", "--yes")
        for name, content in (("een", first[0]), ("twee", second[1])):
            (tmp_path / name).write_text(content)
        join = ("keys", "join", "regiovervoer", "--share", tmp_path / "een", "--share")
        assert failed(run(*join, tmp_path / "twee")).startswith("Deze delen horen niet bij elkaar")
        assert failed(run(*join, tmp_path / "een")).startswith("Dat is twee keer hetzelfde deel.")
        assert failed(run(*join[:-1])).startswith("Hier is een hele sleutel nodig, of twee delen ervan.")
        assert not published.keyring.has("poll-regiovervoer")

    def test_words_of_another_poll_of_the_same_name_are_not_its_key(self, run, published, tmp_path):
        (tmp_path / "een").write_text(" ".join(key_words.whole("poll-regiovervoer", os.urandom(32))))
        published.keyring.remove("poll-regiovervoer")
        said = failed(run("keys", "join", "regiovervoer", "--share", tmp_path / "een"))
        assert said.startswith("Deze woorden zijn van een andere sleutel dan poll-regiovervoer.")

    def test_the_key_is_removed_only_after_shares_were_made_and_by_who_types_the_poll(self, run, published):
        assert "nog geen delen gemaakt" in failed(run("keys", "share", "regiovervoer", "--remove", "--yes"))
        self.shares(run, published)
        said = failed(run("keys", "share", "regiovervoer", "--remove", typed=f"ja\n{PASSPHRASE}\n"))
        assert "niet weggehaald" in said
        assert published.keyring.has("poll-regiovervoer")
        done = run("keys", "share", "regiovervoer", "--remove", typed=f"regiovervoer\n{PASSPHRASE}\n")
        assert done.exit_code == 0, done.output
        assert not published.keyring.has("poll-regiovervoer")

    def test_what_is_asked_without_sense_is_said(self, run, published):
        assert failed(run("keys", "share", "regiovervoer"), code=2).startswith(
            "Geef --out, --remove of beide."
        )
        assert "geen peiling onbekend" in failed(run("keys", "share", "onbekend", "--remove"))
        assert "staat al in deze map" in failed(run("keys", "join", "regiovervoer"))

    def test_the_log_knows_that_it_happened_and_no_key(self, run, published):
        shares = self.shares(run, published, "--remove", "--yes")
        logged = published.log.raw().decode()
        assert [line["action"] for line in published.log.lines()][-2:] == ["shares-made", "poll-key-removed"]
        # One word may stand there by chance, as "public" does; two of a share beside each other do not.
        beside = set(pairwise(re.findall("[a-z]+", logged.lower())))
        for content in shares:
            assert beside.isdisjoint(pairwise(content.lower().split()[3:]))
        for name in ("root", *RIGHTS):
            assert b64(published.keyring.get(name)) not in logged
