"""What the documents say of the repository is so, and nothing in it tells where it was made."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.docs.reading import ROOT, marked, repository_files, text_of

DOCUMENTS = [str(path) for path in repository_files() if path.suffix == ".md" and path.parts[0] != "assets"]
KEEP_A_CHANGELOG = {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}
INDEXES = (
    "pypi" + ".org",
    "pythonhosted" + ".org",
    "npmjs" + ".org",
    "npmjs" + ".com",
    "pypi" + ".flet.dev",
    "--index" + "-url",
    "--extra-index" + "-url",
    "--find" + "-links",
)
BINARY = {".ttf", ".png", ".pdf"}


def commands_of(document: str) -> set[str]:
    """The targets of make that a document tells its reader to give."""
    return set(re.findall(r"(?:^|`)make ([a-z]+)", text_of(document), re.MULTILINE))


def targets() -> set[str]:
    return set(re.findall(r"^([a-z]+):", text_of("Makefile"), re.MULTILINE))


def links_of(document: str) -> list[str]:
    return re.findall(r"\]\(([^)\s]+)\)", text_of(document))


def anchors_of(document: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", document.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading).strip().lower().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_command_a_document_gives_is_there(document):
    assert commands_of(document) <= targets()


def test_the_readme_starts_the_demonstration_and_runs_what_ci_runs():
    ci = set(re.findall(r"^make ([a-z]+)$", text_of(".ci/run"), re.MULTILINE))

    assert ci == {"test"}
    assert ci | {"run", "journey", "attack", "access"} == commands_of("README.md")


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_link_inside_the_repository_leads_somewhere(document):
    for link in links_of(document):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = link.partition("#")
        target = (ROOT / document).parent / path if path else ROOT / document
        assert target.exists(), link
        assert not anchor or anchor in anchors_of(target), link


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_file_a_document_names_is_there(document):
    top = {path.parts[0] for path in repository_files()}
    for name in marked(text_of(document)):
        looks_like_a_file = re.fullmatch(r"[\w.-]+(/[\w.*-]*)+", name)
        if looks_like_a_file and name.split("/")[0] in top and document != "CHANGELOG.md":
            assert name.startswith("assets/") or list(ROOT.glob(name.rstrip("/"))), name


def test_every_decision_has_its_three_parts_and_its_number():
    decisions = sorted((ROOT / "docs/adr").glob("*.md"))

    for number, path in enumerate(decisions, start=1):
        decision = path.read_text("utf-8")
        assert path.name.startswith(f"{number:04}-")
        assert decision.startswith(f"# {number}. ")
        assert all(f"**{part}.**" in decision for part in ("Context", "Decision", "Consequences"))


def test_the_changelog_says_what_is_not_released_yet():
    changelog = text_of("CHANGELOG.md")

    assert "## [Unreleased]" in changelog
    assert set(re.findall(r"^### (.+)$", changelog, re.MULTILINE)) <= KEEP_A_CHANGELOG


def test_the_licence_is_the_whole_eupl():
    licence = " ".join(text_of("LICENSE").split())

    assert licence.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2 EUPL © the European Union 2007, 2016")
    assert all(f" {article}. " in licence for article in range(1, 16))
    assert licence.endswith("require the production of a new EUPL version.")


def tells(text: str) -> list[str]:
    """What a text gives away of the machine or the package indexes it was made with."""
    home = [str(Path.home()), *{str(ROOT), str(ROOT.parent)} - {"/"}]
    places = [place for place in home if re.search(rf"(?<![\w.]){re.escape(place)}(?![\w-])", text)]
    return places + [index for index in INDEXES if index in text]


@pytest.mark.parametrize("path", [p for p in repository_files() if p.suffix not in BINARY], ids=str)
def test_no_file_tells_where_it_was_made(path):
    allowed = {"--index" + "-url", "--find" + "-links"} if path.name == "Makefile" else set()

    assert set(tells((ROOT / path).read_text("utf-8"))) <= allowed


def test_a_file_that_tells_is_caught():
    assert tells(f"see {ROOT}/README.md") != []
    assert tells("from https://" + INDEXES[0] + "/simple") != []
