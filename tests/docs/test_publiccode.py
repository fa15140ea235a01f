"""publiccode.yml follows the standard that catalogues of public software read, version 0.4."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
import yaml

from i18n.wording import LANGUAGES
from tests.docs.reading import text_of

MANDATORY = {
    *("publiccodeYmlVersion", "name", "url", "platforms", "categories", "developmentStatus", "softwareType"),
    *("description", "legal", "maintenance", "localisation"),
}
OPTIONAL = {
    *("applicationSuite", "landingURL", "isBasedOn", "softwareVersion", "releaseDate", "logo", "usedBy"),
    *("roadmap", "intendedAudience", "dependsOn"),
}


@pytest.fixture(scope="module")
def card() -> dict[str, Any]:
    return yaml.safe_load(text_of("publiccode.yml"))


def test_it_has_every_key_it_must_have_and_no_unknown_one(card):
    assert set(card) >= MANDATORY
    assert set(card) <= MANDATORY | OPTIONAL


def test_its_values_are_of_the_standards_lists(card):
    assert card["publiccodeYmlVersion"] == "0.4"
    assert card["developmentStatus"] in ("concept", "development", "beta", "stable", "obsolete")
    assert card["softwareType"].split("/")[0] in ("standalone", "addon", "library", "configurationFiles")
    assert card["maintenance"]["type"] in ("internal", "contract", "community", "none")
    assert ("contacts" in card["maintenance"]) == (card["maintenance"]["type"] in ("internal", "community"))


def test_its_descriptions_are_neither_too_short_nor_too_long(card):
    for description in card["description"].values():
        assert len(description["shortDescription"]) <= 150
        assert 150 <= len(description["longDescription"]) <= 10_000
        assert description["features"]


def test_it_says_of_licence_and_languages_what_the_product_says(card):
    project = tomllib.loads(text_of("pyproject.toml"))["project"]

    assert card["legal"]["license"] == project["license"]
    assert card["localisation"]["availableLanguages"] == list(LANGUAGES)
