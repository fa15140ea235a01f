"""The preview shows the app in frames on its own page, to this computer, and to nobody else."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from preview.browsers import CHOSEN
from preview.server import ASSETS, create_preview
from preview.words import PAGE, TOLD
from web.host import create_host


@pytest.fixture
async def client(stage, tmp_path) -> AsyncIterator[httpx.AsyncClient]:
    app = create_preview(stage, tmp_path)
    transport = httpx.ASGITransport(app=app)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client,
    ):
        yield client


def frames_allowed(reply: httpx.Response) -> str:
    return re.findall(r"frame-ancestors ([^;]+)", reply.headers["content-security-policy"])[0]


@pytest.mark.parametrize("path", ["/left/", "/right/", "/left-bold/", "/right-bold/"])
async def test_the_app_may_be_framed_by_the_previews_own_page_only(client, path):
    assert frames_allowed(await client.get(path)) == "'self'"


@pytest.mark.parametrize("path", ["/", "/picture/left", "/state", "/static/preview.js"])
async def test_the_page_itself_may_be_framed_by_nobody(client, path):
    assert frames_allowed(await client.get(path)) == "'none'"


async def test_the_residents_host_allows_no_frame_at_all():
    host = create_host(lambda page: None, ASSETS)
    transport = httpx.ASGITransport(app=host)
    async with (
        host.router.lifespan_context(host),
        httpx.AsyncClient(transport=transport, base_url="http://app.test") as client,
    ):
        assert frames_allowed(await client.get("/")) == "'none'"


async def test_a_name_that_another_site_made_lead_here_is_refused(client):
    assert (await client.get("/state", headers={"host": "127.0.0.1:8550"})).status_code == 200
    assert (await client.get("/state", headers={"host": "evil.example"})).status_code == 400


async def test_what_another_sites_form_can_send_changes_nothing(client, stage):
    form = {"content-type": "text/plain"}

    reply = await client.post("/change", content='{"left": {"dark": true}}', headers=form)

    assert reply.status_code == 415
    assert not stage.sides["left"].wants.dark
    await client.post("/change", json={"left": {"dark": True}})
    assert stage.sides["left"].wants.dark, "the control: as the page does it"


@pytest.mark.parametrize(
    "asked", [{"middle": {}}, {"left": {"letters": 90}}, {"left": 5}, {"left": {"dark": 1}}, []]
)
async def test_what_is_not_on_offer_is_refused(client, stage, asked):
    before = stage.state()

    reply = await client.post("/change", json=asked)

    assert reply.status_code in (400, 422)
    assert stage.state() == before


async def test_a_side_that_does_not_exist_is_not_found(client):
    assert (await client.get("/picture/middle")).status_code == 404
    assert (await client.post("/at/middle", json={"route": "/"})).status_code == 404
    assert (await client.post("/save/middle.png", json={})).status_code == 404


async def test_the_page_is_in_the_staffs_language_and_runs_no_script_of_its_own(client, stage):
    page = (await client.get("/")).text

    assert '<html lang="nl">' in page
    assert "Voorbeeld van de app" in page
    assert "$" not in page.replace("${", "")
    assert all(
        stage.say.text(words) != words or len(words) < 10 for words in (*PAGE.values(), *TOLD.values())
    )
    assert page.count("<script") == page.count("<script type=")


async def test_both_sides_begin_with_the_first_poll_and_each_with_its_own_style(client):
    sides = (await client.get("/state")).json()["sides"]

    assert [side["style"] for side in sides.values()] == ["Heuvelland", "Rivierstad"]
    assert {side["poll"] for side in sides.values()} == {"Uw reis met het regiovervoer"}


async def test_a_poll_that_is_not_in_the_language_of_the_app_is_told(client):
    found = (await client.post("/change", json={"left": {"language": "pl"}})).json()["sides"]

    assert (found["left"]["spoken"], found["right"]["spoken"]) == (False, True)


async def test_where_no_browser_takes_pictures_the_page_says_what_to_install(client, monkeypatch):
    monkeypatch.setenv(CHOSEN, "/nowhere/chromium")

    for name in ("left.png", "sheet.pdf"):
        reply = await client.post(f"/save/{name}", json={})

        assert reply.status_code == 409
        assert "Chromium, Google Chrome of Microsoft Edge" in reply.json()["problem"]


async def test_bold_letters_are_other_files_of_the_same_families(client):
    async def letters(side: str, name: str) -> bytes:
        return (await client.get(f"/{side}/fonts/{name}.ttf")).content

    fonts = ASSETS / "fonts"
    regular, bold = "AtkinsonHyperlegibleNext_400Regular", "AtkinsonHyperlegibleNext_700Bold"
    there = Path(fonts / f"{bold}.ttf").read_bytes()

    assert await letters("left-bold", regular) == there
    assert await letters("left", regular) == Path(fonts / f"{regular}.ttf").read_bytes() != there
