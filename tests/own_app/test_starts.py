"""The app starts from the written folder alone, and is the municipality's own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from demonstration.processes import ROOT
from own_app.making import KNOWN
from own_app.sources import PAGE, STARTING_STYLE, packages
from tests.own_app.conftest import IDENTITY
from tests.support.browser import browser
from tests.test_layers import package_of, reached
from theming.house_style import from_document

__all__ = ["browser"]

BEGIN = """
import asyncio, json, sys
import main, theming.default_style, views.welcome
from tests.support.headless import Screen

def silent(_):
    raise LookupError("this phone does not say")

async def begin():
    screen = Screen(web=True, replies={"get_device_info": silent})
    await screen.start(main.main)
    places = [module.__file__ for module in (main, theming.default_style, views.welcome)]
    logo = theming.default_style.DEFAULT.logo
    print(json.dumps({"places": places, "texts": screen.texts(), "logo": logo and logo.alternative}))

asyncio.run(begin())
"""


@pytest.fixture(scope="module")
def copy(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`app/` elsewhere, as on a phone: running it leaves the other tests' folder alone."""
    return Path(shutil.copytree(folder / "app", tmp_path_factory.mktemp("phone") / "app"))


def test_it_starts_with_the_municipalitys_name_and_its_logo(copy, tmp_path):
    environment = os.environ | {"PYTHONPATH": f"{copy}{os.pathsep}{ROOT}", "SAMENSPRAAK_DATA": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", BEGIN], cwd=copy, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout.splitlines()[-1])

    assert all(Path(place).is_relative_to(copy) for place in seen["places"]), "no module of the repository"
    assert any("Gemeente Waterrijk" in text for text in seen["texts"])
    assert seen["logo"] == "Logo van Waterrijk"


def test_every_file_that_the_app_reaches_goes_along_and_nothing_of_staff_or_servers(made):
    there = {path.removeprefix("app/") for path in made.files if path.startswith("app/")}

    assert {path.as_posix() for path in reached("main")} <= there
    assert not {package_of(Path(path)) for path in there} & {"staff", "server", "own_app", "tests", "audit"}
    assert {"views", "sync", "i18n"} <= set(packages())
    assert any(path.endswith("app.nl.po") for path in there)


def test_everything_that_a_package_carries_beside_its_code_goes_along(made):
    data = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]["package-data"]
    for package in set(packages()) & set(data):
        carried = {path for pattern in data[package] for path in (ROOT / package).glob(pattern)}
        assert carried
        assert {f"app/{path.relative_to(ROOT).as_posix()}" for path in carried} <= set(made.files)


def test_it_knows_this_municipality_and_no_other(made):
    [known] = json.loads(made.files[KNOWN])
    assert (known["id"], known["name"]) == (IDENTITY.municipality_id, IDENTITY.municipality)
    assert set(known) == {"id", "name", "root_key", "address"}


def test_it_wears_the_house_style_from_the_start(made):
    style = from_document(json.loads(made.files[f"app/{STARTING_STYLE}"]))
    assert style.logo.alternative == "Logo van Waterrijk"


def test_the_page_for_browsers_has_the_apps_name_and_paper(made):
    ours, theirs = (ROOT / PAGE).read_text("utf-8"), made.files[f"app/{PAGE}"].decode()
    assert "<title>Waterrijk peilt</title>" in theirs
    assert "Samenspraak" not in theirs
    assert "Samenspraak" in ours, "the control"
    assert '#101415" media="(prefers-color-scheme: dark)"' in theirs


@pytest.mark.browser
def test_in_a_browser_it_shows_the_municipalitys_name(copy, tmp_path, browser):
    environment = os.environ | {"PYTHONPATH": str(copy), "SAMENSPRAAK_DATA": str(tmp_path)}
    command = [sys.executable, "-m", "web", "--port", "0", "--assets", str(copy / "assets")]
    serving = subprocess.Popen(command, cwd=copy, env=environment, stdout=subprocess.PIPE, text=True)
    try:
        url = serving.stdout.readline().strip()
        with browser.phone() as phone:
            phone.open(url)
            phone.see("Gemeente Waterrijk")
            assert phone.now(phone.page.title()) == "Gemeente Waterrijk"
    finally:
        serving.terminate()
        serving.wait(10)
        serving.stdout.close()
