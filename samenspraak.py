"""The command `samenspraak`: where the commands of administrators and staff come together."""

from __future__ import annotations

import click

from preview.command import preview
from server.commands import serve
from server.forgetting import forget
from staff.commands import staff_commands
from staff.usage import put_in_words, wording


@click.group()
@click.version_option(package_name="samenspraak")
def main() -> None:
    """Ask residents what they think, and answer them."""


main.add_command(serve)
main.add_command(forget)
for _command in staff_commands():
    main.add_command(_command)
put_in_words(preview, wording())
main.add_command(preview)

if __name__ == "__main__":
    main()
