"""docs/shuffler.md: what it tells the shuffler's administrators to type is what the program understands."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest

from protocol.ballots import ENVELOPE_SIZES
from protocol.problems import Problem
from samenspraak import main
from server import mixing, shuffler
from server.commands import PORTS, serve
from server.mixing import MixRule
from server.throttle import FORGET_AFTER
from tests.docs.reading import rows, text_of

PAGE = "docs/shuffler.md"
TEXT = text_of(PAGE)
CARD = "/etc/samenspraak/municipality.json"
COMMANDS = re.findall(r"(?:^|bin/)(samenspraak \w+ --.+)$", TEXT, re.MULTILINE)


def block(kind: str) -> str:
    [found] = re.findall(rf"```{kind}\n(.+?)```", TEXT, re.DOTALL)
    return found


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_understood(command: str, tmp_path: Path):
    card = tmp_path / "municipality.json"
    card.write_text("{}")
    there = command.replace(CARD, str(card)).replace("/var/lib/samenspraak-shuffler", str(tmp_path))
    _, name, *arguments = shlex.split(there)
    found = main.get_command(click.Context(main), name)
    assert found is not None
    assert found.make_context(name, arguments).params["role"] == "shuffler"


def test_both_commands_are_there_and_an_option_that_is_not_would_be_missed():
    assert [command.split()[1] for command in COMMANDS] == ["serve", "forget"]
    with pytest.raises(click.UsageError):
        serve.make_context("serve", ["--role", "shuffler", "--data", "x", "--no-such-option"])


def test_the_options_have_the_defaults_that_the_page_says():
    defaults = {name: option.default for option in serve.params for name in option.opts}
    written = {
        row.marked("option")[0]: row.cells[1]
        for row in rows(PAGE, "option", "unless told otherwise", "what it is")
    }
    assert written == {name: str(defaults[name]) for name in written}
    assert {"--mix-least", "--mix-every", "--limit", "--limit-address"} == set(written)


def test_the_numbers_are_those_of_the_program():
    assert f"{MixRule().most:,} envelopes wait, of at most {max(ENVELOPE_SIZES):,} bytes" in TEXT
    gigabytes = -(-MixRule().most * max(ENVELOPE_SIZES) // 10**9)
    assert f"{gigabytes} GB" in TEXT
    assert f"every {shuffler.RETRY:.0f} seconds" in TEXT
    assert FORGET_AFTER == 600
    assert "every ten minutes" in TEXT
    settle = next(option for option in serve.params if option.name == "settle").default
    assert f"within {settle // 3600} hours" in TEXT
    assert f":{PORTS['shuffler']};" in block("nginx")
    assert MixRule().most > mixing.LARGEST_BATCH


def test_every_line_of_the_journal_that_it_explains_is_written_by_the_program():
    modules = ("shuffler", "sweeping", "database")
    written = "".join(text_of(f"server/{module}.py") for module in modules)
    table = rows(PAGE, "what one sees", "what it is", "what to do")
    explained = {text.split(":")[0] for row in table for text in row.marked("what one sees")}
    lines = re.findall(r'log\.(?:warning|error)\("([^"]+)"', written)
    assert len(lines) >= 6
    for line in lines:
        assert any(line.startswith(text) for text in explained), line
    for code in re.findall(r"phones get `([a-z-]+)`", TEXT):
        assert code in set(Problem)


def test_the_proxy_of_the_page_keeps_no_log_and_no_body_on_the_disk():
    proxy = block("nginx")
    assert "access_log off;" in proxy
    assert re.search(r"^\s*error_log /dev/null", proxy, re.MULTILINE)
    assert "X-Forwarded-For $remote_addr;" in proxy
    size = re.search(r"client_max_body_size (\d+)k;", proxy)
    kept = re.search(r"client_body_buffer_size (\d+)k;", proxy)
    assert size
    assert kept
    assert int(size[1]) * 1024 >= max(ENVELOPE_SIZES)
    assert int(kept[1]) >= int(size[1])
    assert "LimitCORE=0" in block("ini")
