"""Names, ids and addresses: what every platform takes, and a sentence for what one of them refuses."""

from __future__ import annotations

from dataclasses import replace

import pytest

from own_app.errors import AppUnfit
from own_app.identity import checked_host, checked_id, checked_name
from own_app.store import store_texts
from tests.own_app.conftest import IDENTITY


@pytest.mark.parametrize("id", ["nl.waterrijk.samenspraak", "nl.x1", "org.wijk2.app"])
def test_an_id_that_every_platform_takes_is_taken(id):
    assert checked_id(id) == id


@pytest.mark.parametrize(
    ("id", "reason"),
    [
        *(
            (id, "id")
            for id in ("", "waterrijk", "nl.", "nl..x", "Nl.x", "nl.1x", "nl.x-y", "nl.x_y", "nl.é")
        ),
        *((id, "id") for id in ("nl.x\n", "nl.x y", "nl." + "x" * 100)),
        *((id, "id-word") for id in ("nl.new.app", "is.waterrijk", "nl.in.app")),
        ("com.example.app", "id-example"),
    ],
)
def test_an_id_that_some_platform_refuses_is_refused(id, reason):
    with pytest.raises(AppUnfit) as refused:
        checked_id(id)
    assert refused.value.reason == reason


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("", "name-empty"),
        (" \n", "name-empty"),
        ("x" * 31, "name-long"),
        ("<b>", "name-letters"),
        ("Water & Rijk", "name-letters"),
        ("a\x00", "name-letters"),
    ],
)
def test_a_name_that_stores_do_not_take_is_refused(name, reason):
    with pytest.raises(AppUnfit) as refused:
        checked_name(name)
    assert refused.value.reason == reason
    assert checked_name("  Waterrijk   peilt ") == "Waterrijk peilt"


def test_a_municipality_with_a_sign_that_templates_cannot_take_keeps_it_where_people_read_it():
    both = replace(IDENTITY, municipality='Water & "Rijk"')
    assert both.company == "Water Rijk"
    assert 'Water & "Rijk"' in store_texts("nl", both)["description"]


@pytest.mark.parametrize(
    "url",
    [
        "meedoen.nl",
        "http://meedoen.nl",
        "https://meedoen.nl/x",
        "https://a@meedoen.nl",
        "https://meedoen.nl:8",
        "https://x",
        "https://meedoen.nl/?a",
        "https://[x",
    ],
)
def test_an_address_that_cannot_open_an_app_is_refused(url):
    with pytest.raises(AppUnfit):
        checked_host(url)
    assert checked_host("https://meedoen.nl/") == "meedoen.nl"
