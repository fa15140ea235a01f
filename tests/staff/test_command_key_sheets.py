"""Recovery sheets: scanned or typed, every key comes back from paper, and never in place of another."""

from __future__ import annotations

import pytest

from protocol.canonical import unb64
from protocol.signing import fingerprint
from staff.office import RIGHTS
from tests.staff.conftest import PASSPHRASE, failed, office_at
from tests.support.paper import printed, scanned


class TestRecoverySheets:
    def test_bring_all_keys_back_in_an_empty_folder_under_a_new_passphrase(self, run, published, tmp_path):
        out, codes = tmp_path / "blad.pdf", tmp_path / "codes.txt"
        said = run("keys", "sheet", out)
        assert said.exit_code == 0, said.output
        assert oct(out.stat().st_mode)[-3:] == "600"
        codes.write_text("\n".join(scanned(out)))
        assert len(scanned(out)) == 5
        (tmp_path / "passphrase.txt").write_text("een heel ander wachtwoord")

        recover = ("keys", "recover", "--id", "waterrijk", "--name", "Gemeente Waterrijk", "--from", codes)
        done = run(*recover, office=tmp_path / "nieuw")

        assert done.exit_code == 0, done.output
        again = office_at(tmp_path / "nieuw", "een heel ander wachtwoord")
        assert again.card() == published.card()
        for name in ("root", *RIGHTS, "poll-regiovervoer"):
            assert again.keyring.get(name) == published.keyring.get(name)
        assert fingerprint(unb64(again.card().root_key)) in done.stdout
        assert run("log", "check", office=tmp_path / "nieuw").exit_code == 0

    def test_say_in_words_what_the_qr_codes_say_and_nothing_of_it_shows_on_the_screen(
        self, run, published, tmp_path
    ):
        out = tmp_path / "blad.pdf"
        said = run("keys", "sheet", out).output.lower()
        text = printed(out)
        assert "Herstelblad: Gemeente Waterrijk" in text
        assert "Bewaar ze zoals u geld bewaart" in text
        assert fingerprint(unb64(published.card().root_key)) in text
        for content in scanned(out):
            words = content.partition(":")[2].lower().split()
            places = [text.find(f"{number} {word}") for number, word in enumerate(words, 1)]
            assert -1 not in places, content
            assert not any(" ".join(words[at : at + 3]) in said for at in range(33))

    def test_can_be_typed_and_a_mistake_is_asked_again(self, run, published, tmp_path):
        out = tmp_path / "blad.pdf"
        run("keys", "sheet", out)
        root, *others = (content.partition(":")[2] for content in scanned(out))
        wrong = " ".join([*root.split()[:6], "huis", *root.split()[7:]])
        lines = [wrong, others[0], root, *others[:3], "regiovervoer", others[3], "", *[PASSPHRASE] * 2]

        done = run(
            *("keys", "recover", "--id", "waterrijk", "--name", "Gemeente Waterrijk"),
            office=tmp_path / "nieuw",
            typed="\n".join(lines) + "\n",
        )

        assert done.exit_code == 0, done.output
        assert "Woord 7, huis, staat niet op de lijst." in done.stderr
        assert "Deze woorden zijn van een andere sleutel dan root." in done.stderr
        assert office_at(tmp_path / "nieuw").card() == published.card()

    def test_of_one_poll_alone_put_back_its_key(self, run, published, tmp_path):
        out, words = tmp_path / "blad.pdf", tmp_path / "woorden.txt"
        run("keys", "sheet", out, "--poll", "regiovervoer")
        [content] = scanned(out)
        words.write_text(content)
        key = published.keyring.get("poll-regiovervoer")
        published.keyring.remove("poll-regiovervoer")

        assert run("keys", "join", "regiovervoer", "--share", words).exit_code == 0
        assert office_at(published.folder).counting_key("regiovervoer") == key

    def test_never_take_the_place_of_a_file_or_of_keys(self, run, published, tmp_path):
        out = tmp_path / "blad.pdf"
        out.write_bytes(b"mine")
        assert "bestaat al" in failed(run("keys", "sheet", out))
        assert out.read_bytes() == b"mine"
        said = failed(run("keys", "recover", "--id", "waterrijk", "--name", "Gemeente Waterrijk"))
        assert "staan al sleutels van een gemeente" in said

    @pytest.mark.parametrize(
        ("content", "said"),
        [
            ("", "De sleutel root staat niet in"),
            ("root acid", "Regel 1: Op elke regel staat de naam"),
            ("gast: acid", "Regel 1: Op elke regel staat de naam"),
            ("root: acid", "Regel 1: Dit zijn 1 woorden."),
            ("\n\nroot: huis", "Regel 1: Woord 1, huis, staat niet op de lijst."),
        ],
    )
    def test_a_file_that_has_not_the_keys_makes_none(self, content, said, run, tmp_path):
        (tmp_path / "codes.txt").write_text(content)
        words = ("keys", "recover", "--id", "a", "--name", "A", "--from", tmp_path / "codes.txt")
        assert failed(run(*words)).startswith(said)
        assert not (tmp_path / "office").exists()
