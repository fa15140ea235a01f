"""`samenspraak servers`: where the servers are."""

from __future__ import annotations

from collections.abc import Mapping
from ipaddress import ip_address
from urllib.parse import urlsplit

import click
from pydantic import TypeAdapter, ValidationError

from domain.errors import Refused, Unreachable
from i18n.wording import Wording
from protocol.manifest import Manifest, Telephone
from staff.fetching import fetch_published
from staff.invitation import checked_address
from staff.letter_errors import AddressUnfit
from staff.office import Addresses, OfficeIncomplete
from staff.sentences import sentence
from staff.servers import Servers
from staff.usage import StaffCommand, Unfit, text, wording
from staff.work import Failed, Work, at_office


def base_url(_ctx: click.Context, _param: click.Parameter, value: str) -> str:
    """Checks an option, and takes the slash from its end. Raises `Unfit`."""
    say = wording()
    try:
        address = checked_address(value)
        parts = urlsplit(address)
        plain = parts.username is None and parts.port != 0
    except (AddressUnfit, ValueError):
        plain = False
    if not plain:
        raise Unfit(say.text("This is no address such as https://peilingen.example."))
    if parts.scheme != "https" and not is_this_computer(parts.hostname or ""):
        raise Unfit(say.text("The address must begin with https."))
    return address


def telephone_number(_ctx: click.Context, _param: click.Parameter, value: str | None) -> str | None:
    """Raises `Unfit` for what cannot be called."""
    try:
        return TypeAdapter(Telephone | None).validate_python(value)
    except ValidationError as exc:
        raise Unfit(wording().text("This is no telephone number such as 010 000 00 00.")) from exc


def is_this_computer(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


@click.command(
    cls=StaffCommand, help=text("Keep the addresses of the servers and of the app, after a check.")
)
@click.option("--issuer", required=True, callback=base_url, help=text("Address of the issuer."))
@click.option("--shuffler", required=True, callback=base_url, help=text("Address of the shuffler."))
@click.option("--ballot-box", required=True, callback=base_url, help=text("Address of the ballot box."))
@click.option(
    "--app", required=True, callback=base_url, help=text("Address of the app, which letters point to.")
)
@click.option(
    "--telephone", callback=telephone_number, help=text("Number that residents can call; the app shows it.")
)
@at_office
def servers(work: Work, issuer: str, shuffler: str, ballot_box: str, app: str, telephone: str | None) -> None:
    work.office.card()
    with work.servers() as there:
        roles = {"issuer": issuer, "shuffler": shuffler, "ballot-box": ballot_box}
        problems = _problems(there, roles, work.say)
    if problems:
        raise Failed("\n".join([*problems, work.say.text("The addresses were not kept.")]))
    where = {"issuer": issuer, "shuffler": shuffler, "ballot_box": ballot_box, "app": app}
    number = telephone or _telephone_before(work)
    work.office.set_addresses(Addresses(**where, telephone=number))
    click.echo(work.say.text("All three servers answer. The addresses are kept."))
    manifest = work.office.manifest() or _fetched(work)
    if manifest is not None and (manifest.services.issuer != issuer or manifest.telephone != number):
        click.echo(work.say.text("Phones hear of this when you publish something."))


def _telephone_before(work: Work) -> str | None:
    """Who does not name one, keeps the one there was."""
    try:
        return work.office.addresses().telephone
    except OfficeIncomplete:
        return None


def _fetched(work: Work) -> Manifest | None:
    """What was published before, in a folder whose keys were recovered."""
    with work.servers() as there:
        manifest = fetch_published(work.office, there)
    if manifest is not None:
        said = work.say.text("What was published was fetched: publication {n}.", n=manifest.sequence)
        click.echo(said)
    return manifest


def _problems(there: Servers, roles: Mapping[str, str], say: Wording) -> list[str]:
    problems = []
    for role, address in roles.items():
        try:
            found = there.health(address).role
        except (Unreachable, Refused) as error:
            problems.append(f"{role}: {sentence(error, say)}")
            continue
        if found != role:
            problems.append(
                say.text("{role}: at {address} is the {found}.", role=role, address=address, found=found)
            )
    return problems
