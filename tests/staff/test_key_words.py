"""Keys written in words come back, and every mistake in typing them is named."""

from __future__ import annotations

from itertools import permutations
from random import Random

import pytest
from shamir_mnemonic.wordlist import WORDLIST

from staff import key_words
from staff.key_errors import SharesUnfit, WordsUnfit
from staff.office import RIGHTS

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
