"""Commands that explain themselves, and what was typed wrong, in the staff's language."""

from __future__ import annotations

import os
from typing import Any

import click

from i18n.wording import STAFF_LANGUAGES, Wording


def wording() -> Wording:
    """The staff's wording, in the language of SAMENSPRAAK_LANG."""
    asked = os.environ.get("SAMENSPRAAK_LANG", "nl")
    return Wording(asked if asked in STAFF_LANGUAGES else "nl", "staff")


def text(message: str) -> str:
    """Marks a message that is put into words where it is shown."""
    return message


class Unfit(click.BadParameter):
    """A value that cannot be used; the message says why in the staff's language."""


class UsageInWords(click.UsageError):
    """Something was typed wrong behind `command`; `message` is what staff read."""

    def __init__(self, message: str, command: str) -> None:
        super().__init__(message)
        self.command = command

    def show(self, file: Any = None) -> None:
        click.echo(self.message, file=file, err=file is None)
        more = wording().text("More: {command} --help", command=self.command)
        click.echo(more, file=file, err=file is None)


class _Spoken(click.Command):
    """Help, and what was typed wrong, in words."""

    def make_context(self, info_name: Any, args: Any, parent: Any = None, **extra: Any) -> click.Context:
        try:
            return super().make_context(info_name, args, parent, **extra)
        except click.exceptions.NoArgsIsHelpError:
            raise
        except click.UsageError as error:
            above = f"{parent.command_path} " if parent else ""
            raise UsageInWords(_in_words(error), f"{above}{info_name}") from error

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix=wording().text("Usage: "))

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = wording().text("Show this explanation.")
        return option

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        say = wording()
        options = [param for param in self.get_params(ctx) if isinstance(param, click.Option)]
        records = [record for option in options if (record := option.get_help_record(ctx))]
        with formatter.section(say.text("Options")):
            formatter.write_dl(records)


class StaffCommand(_Spoken):
    """One command of the staff."""


class StaffGroup(_Spoken, click.Group):
    """Commands that belong together."""

    command_class = StaffCommand

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        super().format_options(ctx, formatter)
        with formatter.section(wording().text("Commands")):
            formatter.write_dl([(name, self.commands[name].get_short_help_str(90)) for name in self.commands])

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            raise UsageInWords(_in_words(error), ctx.command_path) from error


def put_in_words(command: click.Command, say: Wording) -> None:
    """Translate the help of a command, its options and its commands."""
    if command.help:
        command.help = say.text(command.help)
    for param in command.params:
        if isinstance(param, click.Option) and param.help:
            param.help = say.text(param.help)
    for below in getattr(command, "commands", {}).values():
        put_in_words(below, say)


def _in_words(error: click.UsageError) -> str:
    say = wording()
    name = _name(error)
    if isinstance(error, Unfit):
        return f"{name}: {error.message}"
    if isinstance(error, click.MissingParameter):
        return say.text("{name} is missing.", name=name)
    if isinstance(error, click.BadParameter):
        return say.text("The value of {name} cannot be used.", name=name)
    if isinstance(error, click.NoSuchOption):
        return say.text("There is no option {name}.", name=error.option_name)
    if isinstance(error, click.BadOptionUsage):
        return say.text("A value is missing after {name}.", name=error.option_name)
    if isinstance(error, click.exceptions.NoSuchCommand):
        return say.text("There is no command {name}.", name=error.command_name)
    return say.text("There is a word too many, or something else that cannot stand there.")


def _name(error: click.UsageError) -> str:
    param = getattr(error, "param", None)
    if isinstance(param, click.Option):
        return param.opts[0]
    return str(param.human_readable_name) if param is not None else ""
