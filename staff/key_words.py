"""Keys as words on paper: SLIP-39, whole (1 of 1) or shared (2 of 3). 35 words, no passphrase."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import get_close_matches
from hashlib import sha256
from itertools import combinations

from shamir_mnemonic import MnemonicError, Share, combine_mnemonics, generate_mnemonics
from shamir_mnemonic.rs1024 import create_checksum, verify_checksum
from shamir_mnemonic.wordlist import WORD_INDEX_MAP, WORDLIST

from staff.key_errors import SharesUnfit, WordsUnfit

COUNT = 35
NEEDED, SHARES = 2, 3
_DOMAIN = b"samenspraak/key-words/v1"
_TAG = 2
"""Bytes behind the key that tell keys apart, so that words of one are no good as another; an even number."""
_BITS, _CHECKSUM = 10, 3
_EXTENDABLE = b"shamir_extendable"  # SLIP-39: what checksums of our kind of share begin with
_BY_START = {word[:4]: word for word in WORDLIST}  # SLIP-39: four letters decide


def whole(name: str, private: bytes) -> tuple[str, ...]:
    """The words of one sheet. `name`: of the key in the keyring; `private`: 32 bytes."""
    [[words]] = generate_mnemonics(1, [(1, 1)], private + _tag(name, private), iteration_exponent=0)
    return tuple(words.split())


def shares(name: str, private: bytes) -> tuple[tuple[str, ...], ...]:
    """The words of three sheets, of which any two give the key, and one says nothing."""
    secret = private + _tag(name, private)
    [made] = generate_mnemonics(1, [(NEEDED, SHARES)], secret, iteration_exponent=0)
    for one, other in combinations(made, NEEDED):  # nobody can mend paper
        if key_of(name, [read(one), read(other)]) != private:
            raise SharesUnfit("other-key", name)
    return tuple(tuple(words.split()) for words in made)


def read(text: str) -> Share:
    """What was typed or scanned, checked by itself. Capitals, numbers and what is before `:` do not matter.

    Raises `WordsUnfit`.
    """
    typed = re.findall(r"[^\W\d_]+", text.rpartition(":")[2].lower())
    words = [_known(place, word) for place, word in enumerate(typed, start=1)]
    if len(words) != COUNT:
        raise WordsUnfit("count", found=len(words))
    if not verify_checksum([WORD_INDEX_MAP[word] for word in words], _EXTENDABLE):
        raise _typing_fault(words)
    try:
        return Share.from_mnemonic(" ".join(words))
    except MnemonicError as exc:
        raise WordsUnfit("checksum") from exc


def key_of(name: str, read_shares: Sequence[Share]) -> bytes:
    """The private key with this name, from a whole one or from two shares. Raises `SharesUnfit`."""
    first = read_shares[0]
    if any(one.group_parameters() != first.group_parameters() for one in read_shares):
        raise SharesUnfit("other-set")
    if len({one.index for one in read_shares}) < len(read_shares):
        raise SharesUnfit("same")
    if len(read_shares) != first.member_threshold:
        raise SharesUnfit("whole-or-share")
    try:
        secret: bytes = combine_mnemonics([one.mnemonic() for one in read_shares])
    except MnemonicError as exc:
        raise SharesUnfit("other-set") from exc
    private, tag = secret[:-_TAG], secret[-_TAG:]
    if tag != _tag(name, private):
        raise SharesUnfit("other-key", name)
    return private


def _tag(name: str, private: bytes) -> bytes:
    return sha256(_DOMAIN + name.encode() + b"\0" + private).digest()[:_TAG]


def _known(place: int, word: str) -> str:
    found: str | None = _BY_START.get(word[:4])
    if not found:
        near = get_close_matches(word, WORDLIST, n=1)
        raise WordsUnfit("unknown", place, word, near[0] if near else "")
    return found


def _typing_fault(words: Sequence[str]) -> WordsUnfit:
    """The one wrong word, or the one swap, that explains the checksum; RS1024 tells one error for certain."""
    indices = [WORD_INDEX_MAP[word] for word in words]
    if (found := _one_wrong(indices)) is not None:
        place, index = found
        return WordsUnfit("one-wrong", place + 1, words[place], WORDLIST[index])
    for place in range(COUNT - 1):
        swapped = [*indices[:place], indices[place + 1], indices[place], *indices[place + 2 :]]
        if verify_checksum(swapped, _EXTENDABLE):
            return WordsUnfit("swapped", place + 1)
    return WordsUnfit("checksum")


def _one_wrong(indices: list[int]) -> tuple[int, int] | None:
    """Where one word is wrong, and which it must be. The checksum is linear, so each bit has one effect."""
    right = _residue(indices)
    for place, index in enumerate(indices):
        effects = [
            right ^ _residue([*indices[:place], index ^ (1 << bit), *indices[place + 1 :]])
            for bit in range(_BITS)
        ]
        for change in range(1, 1 << _BITS):
            total = right
            for bit, effect in enumerate(effects):
                if change >> bit & 1:
                    total ^= effect
            if total == 0:
                return place, index ^ change
    return None


def _residue(indices: Sequence[int]) -> int:
    """What stands there as checksum against what should; 0 if right."""
    due = create_checksum(indices[:-_CHECKSUM], _EXTENDABLE)
    total = 0
    for there, wanted in zip(indices[-_CHECKSUM:], due, strict=True):
        total = total << _BITS | (there ^ wanted)
    return total
