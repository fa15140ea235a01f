"""`samenspraak audit`: check what a municipality published. Anybody can; it needs no key and no folder."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click

from audit.claims import NoManifest
from audit.finding import Finding, Outcome
from audit.run import Asked, Audit, bare
from audit.source import NoAnswer, Source, new_http_client
from i18n.wording import Wording
from staff.audit_sentences import NOTHING_THERE, finding_line, harmless
from staff.keyring import write_privately
from staff.usage import StaffCommand, Unfit, text, wording
from staff.work import Failed, progress, speaking

_FINGERPRINT = re.compile(r"[0-9A-F]{32}")
_SPOILT = frozenset({Outcome.FAILED, Outcome.UNREACHABLE})


def _address(_context: click.Context, _param: click.Parameter, given: str) -> str:
    try:
        parts = urlsplit(given)
        right = parts.scheme in ("http", "https") and parts.hostname and not parts.query + parts.fragment
    except ValueError:
        right = False
    if not right:
        raise Unfit(wording().text("this must be an address such as https://uitgifte.example."))
    return given.rstrip("/")


def _fingerprint(_context: click.Context, _param: click.Parameter, given: str | None) -> str | None:
    if given is not None and not _FINGERPRINT.fullmatch(bare(given)):
        raise Unfit(wording().text("a fingerprint has eight groups of four digits and letters A to F."))
    return given


@click.command(
    cls=StaffCommand, help=text("Check what a municipality published; anybody can, without a key.")
)
@click.argument("url", metavar="URL", callback=_address)
@click.option("--root-fingerprint", callback=_fingerprint, help=text("Fingerprint from a letter or the app."))
@click.option("--receipt", type=click.Path(path_type=Path), help=text("File with a receipt of the shuffler."))
@click.option(
    "--keep",
    "memory",
    type=click.Path(path_type=Path),
    help=text("File to compare with the last time, and to keep what is there now."),
)
@click.option("--json", "as_json", is_flag=True, help=text("Give the findings as data."))
@speaking
def audit(
    say: Wording,
    url: str,
    root_fingerprint: str | None,
    receipt: Path | None,
    memory: Path | None,
    as_json: bool,
) -> None:
    asked = Asked(
        url,
        root_fingerprint,
        receipt.read_bytes() if receipt else None,
        memory.read_bytes() if memory and memory.exists() else None,
    )
    with new_http_client() as http, progress(say.text("Checking")) as show:
        raw, findings = _look(Audit(Source(http), asked, datetime.now(UTC), show), say)
    held = not any(finding.outcome in _SPOILT for finding in findings)
    if as_json:
        click.echo(json.dumps(_data(url, held, findings), indent=2))
    else:
        for finding in findings:
            click.echo(finding_line(finding, say))
        click.echo(_summary(findings, say))
    if memory and held:
        write_privately(memory, raw)
    click.get_current_context().exit(0 if held else 1)


def _look(work: Audit, say: Wording) -> tuple[bytes, list[Finding]]:
    try:
        raw = work.fetch()
        return raw, list(work.findings(raw))
    except NoAnswer as exc:
        sentence = say.text("{url} does not answer. Nothing was checked. Try again later.", url=exc.url)
        raise Failed(harmless(sentence)) from exc
    except NoManifest as exc:
        raise Failed(harmless(say.text(NOTHING_THERE[exc.reason], url=exc.url))) from exc


def _data(url: str, held: bool, findings: list[Finding]) -> dict[str, Any]:
    return {"address": url, "held": held, "findings": [asdict(finding) for finding in findings]}


def _summary(findings: list[Finding], say: Wording) -> str:
    wrong = sum(finding.outcome is Outcome.FAILED for finding in findings)
    silent = sum(finding.outcome is Outcome.UNREACHABLE for finding in findings)
    good = sum(finding.outcome is Outcome.HELD for finding in findings)
    told = [say.plural("One check held.", "{n} checks held.", good)]
    if wrong:
        told.append(say.plural("ONE DID NOT HOLD.", "{n} DID NOT HOLD.", wrong))
    if silent:
        told.append(say.plural("One could not be looked at.", "{n} could not be looked at.", silent))
    return " ".join(told)
