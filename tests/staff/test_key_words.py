"""Keys on paper come back from paper, and every mistake in typing them is named."""

from __future__ import annotations

import os
import re
from itertools import combinations, pairwise, permutations
from pathlib import Path
from random import Random

import pypdfium2
import pytest
import zxingcpp
from shamir_mnemonic.wordlist import WORDLIST

from protocol.canonical import b64, unb64
from protocol.manifest import PollEntry, TokenKeys
from protocol.manifest_trust import sign_manifest
from protocol.poll_document import read_poll
from protocol.sealing import public_of
from protocol.signing import fingerprint
from staff import key_words
from staff.key_errors import SharesUnfit, WordsUnfit
from staff.office import RIGHTS, Office
from tests.staff.conftest import PASSPHRASE, failed, office_at

PRIVATE = bytes(range(32))
CHANCE = Random(7)


def unfit(words: list[str] | tuple[str, ...]) -> WordsUnfit:
    with pytest.raises(WordsUnfit) as error:
        key_words.read(" ".join(words))
    return error.value


class TestWords:
    def test_give_the_key_back_in_any_layout(self):
        words = key_words.whole("root", PRIVATE)
        assert len(words) == key_words.COUNT
        for typed in (
            " ".join(words),
            "ROOT: " + " ".join(words).upper(),
            "\n".join(f"{number}. {word}" for number, word in enumerate(words, 1)),
            ", ".join(word[:4] for word in words),
        ):
            assert key_words.key_of("root", [key_words.read(typed)]) == PRIVATE

    def test_of_one_key_are_no_good_as_another(self):
        read = key_words.read(" ".join(key_words.whole("root", PRIVATE)))
        for name in (*RIGHTS, "poll-root", "poll-regiovervoer"):
            with pytest.raises(SharesUnfit) as error:
                key_words.key_of(name, [read])
            assert error.value.reason == "other-key"

    def test_one_wrong_word_is_named_by_its_place_with_the_right_one(self):
        words = list(key_words.whole("root", PRIVATE))
        for place in range(key_words.COUNT):
            wrong = CHANCE.choice([word for word in WORDLIST if word != words[place]])
            error = unfit([*words[:place], wrong, *words[place + 1 :]])
            assert (error.rule, error.position, error.word, error.meant) == (
                "one-wrong",
                place + 1,
                wrong,
                words[place],
            )

    def test_two_words_in_each_others_place_are_named(self):
        words = list(key_words.whole("root", PRIVATE))
        for place in range(key_words.COUNT - 1):
            if words[place] == words[place + 1]:
                continue
            swapped = [*words[:place], words[place + 1], words[place], *words[place + 2 :]]
            assert (unfit(swapped).rule, unfit(swapped).position) == ("swapped", place + 1)

    def test_a_word_on_no_list_is_named_by_its_place(self):
        words = list(key_words.whole("root", PRIVATE))
        error = unfit([*words[:11], "akademic", *words[12:]])
        assert (error.rule, error.position, error.word) == ("unknown", 12, "akademic")
        assert error.meant == "academic"
        assert unfit([*words[:11], "xqz", *words[12:]]).meant == ""

    def test_too_few_or_too_many_are_counted(self):
        words = key_words.whole("root", PRIVATE)
        assert unfit(words[:-1]).found == key_words.COUNT - 1
        assert unfit((*words, "acid")).found == key_words.COUNT + 1
        assert unfit(()).rule == "count"

    def test_two_wrong_words_are_never_taken_for_right(self):
        words = list(key_words.whole("root", PRIVATE))
        for _ in range(40):
            one, other = sorted(CHANCE.sample(range(key_words.COUNT), 2))
            wrong = [*words]
            wrong[one], wrong[other] = (CHANCE.choice(WORDLIST) for _ in range(2))
            if wrong != words and wrong[one] != words[one] and wrong[other] != words[other]:
                assert unfit(wrong).rule in ("checksum", "one-wrong", "swapped")


class TestShares:
    MADE = key_words.shares("poll-a", PRIVATE)

    def joined(self, *shares: tuple[str, ...], name: str = "poll-a") -> bytes:
        return key_words.key_of(name, [key_words.read(" ".join(words)) for words in shares])

    def refused(self, *shares: tuple[str, ...], name: str = "poll-a") -> str:
        with pytest.raises(SharesUnfit) as error:
            self.joined(*shares, name=name)
        return error.value.reason

    def test_any_two_give_the_key_in_any_order(self):
        for one, other in permutations(self.MADE, 2):
            assert self.joined(one, other) == PRIVATE

    def test_one_says_nothing(self):
        """For every key there is a second share that goes with it: 34 bytes of one fit all secrets alike."""
        for words in self.MADE:
            assert self.refused(words) == "whole-or-share"
            share = key_words.read(" ".join(words))
            assert PRIVATE not in share.value
            assert len(share.value) == len(PRIVATE) + 2
        again = key_words.shares("poll-a", PRIVATE)
        assert not {key_words.read(" ".join(w)).value for w in again} & {
            key_words.read(" ".join(w)).value for w in self.MADE
        }, "chance decides the shares, not the key"

    def test_of_two_sets_are_refused_though_they_are_of_one_key(self):
        other = key_words.shares("poll-a", PRIVATE)
        for one, two in ((self.MADE[0], other[1]), (self.MADE[2], other[2])):
            assert self.refused(one, two) == "other-set"

    def test_the_same_twice_or_three_or_of_another_poll_are_refused(self):
        assert self.refused(self.MADE[0], self.MADE[0]) == "same"
        assert self.refused(*self.MADE) == "whole-or-share"
        assert self.refused(self.MADE[0], self.MADE[1], name="poll-b") == "other-key"

    def test_a_share_beside_a_whole_key_is_refused(self):
        assert self.refused(self.MADE[0], key_words.whole("poll-a", PRIVATE)) == "other-set"


def scanned(*paths: Path) -> list[str]:
    """What a camera reads from the pages, in their order."""
    found = []
    for path in paths:
        with pypdfium2.PdfDocument(path) as document:
            for page in document:
                image = page.render(scale=3).to_pil().convert("L")
                found += [
                    barcode.text
                    for barcode in zxingcpp.read_barcodes(image, formats=zxingcpp.BarcodeFormat.QRCode)
                ]
    return found


def printed(path: Path) -> str:
    with pypdfium2.PdfDocument(path) as document:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)


@pytest.fixture
def published(office: Office, publish_locally) -> Office:
    """An office with one poll whose key is in the folder."""
    poll = publish_locally("regiovervoer")
    private = office.new_counting_key("regiovervoer")
    manifest = office.manifest()
    [old] = manifest.polls
    keys = TokenKeys(choices=old.entry.token_keys.choices)
    entry = PollEntry.of(
        read_poll(office.document(old.entry.document)), old.entry.document, keys, public_of(private)
    )
    changed = manifest.model_copy(update={"polls": (old.model_copy(update={"entry": entry}),)})
    office.keep_manifest(sign_manifest(changed, office.keyring.get("root")))
    assert poll.id == entry.id
    return office


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
