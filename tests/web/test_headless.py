"""The harness itself: it must show what happens, and hide no failure."""

import asyncio
from dataclasses import dataclass, field

import flet as ft
import pytest

from tests.support.headless import Screen


@ft.observable
@dataclass
class Model:
    chosen: dict[str, str] = field(default_factory=dict)
    note: str = ""
    checks: int = 0


MODEL = ft.create_context(Model())


def fail() -> None:
    raise LookupError("on purpose")


async def fail_later() -> None:
    await asyncio.sleep(0)
    fail()


@ft.component
def Question() -> ft.View:
    model = ft.use_context(MODEL)
    number = int(ft.use_route_params()["number"])
    broken, set_broken = ft.use_state("")
    ft.use_effect(fail_later if broken == "effect" else lambda: None, [broken])
    if broken == "render":
        fail()

    async def remember() -> None:
        await ft.SharedPreferences().set("note", model.note)

    return ft.View(
        route=ft.use_view_path(),
        controls=[
            ft.Text(f"Question {number}"),
            ft.RadioGroup(
                key="answer",
                value=model.chosen.get(str(number)),
                on_change=lambda e: model.chosen.__setitem__(str(number), e.control.value),
                content=ft.Column([ft.Radio(value="yes", label="Yes"), ft.Radio(value="no", label="No")]),
            ),
            ft.Text(f"Chosen: {model.chosen.get(str(number))}"),
            ft.TextField(
                key="note", label="Note", on_change=lambda e: setattr(model, "note", e.control.value)
            ),
            ft.FilledButton("Keep", key="keep", on_click=remember),
            ft.FilledButton(
                "Next", key="next", on_click=lambda: ft.context.page.navigate(f"/q/{number + 1}")
            ),
            ft.FilledButton("Dead", key="dead"),
            ft.FilledButton("Off", key="off", on_click=fail, disabled=True),
            ft.FilledButton("Handler", key="handler", on_click=fail),
            ft.FilledButton("Later", key="later", on_click=fail_later),
            ft.FilledButton("Render", key="render", on_click=lambda: set_broken("render")),
            ft.FilledButton("Effect", key="effect", on_click=lambda: set_broken("effect")),
            ft.FilledButton("Task", key="task", on_click=lambda: ft.context.page.run_task(fail_later)),
            ft.Text("Never seen", visible=False),
        ],
    )


@ft.component
def Home() -> ft.View:
    return ft.View(route="/", controls=[ft.Text("Home")])


@ft.component
def App() -> ft.Control:
    model, _ = ft.use_state(Model)
    routes = [
        ft.Route(path="/", component=Home, children=[ft.Route(path="q/:number", component=Question)]),
    ]
    return MODEL(model, lambda: ft.Router(routes, manage_views=True))


async def opened(route: str = "/q/1") -> Screen:
    screen = Screen()
    await screen.show(App, route=route)
    return screen


async def test_a_screen_shows_what_is_drawn_and_no_more():
    screen = await opened()

    assert screen.texts()[:4] == ["Question 1", "Yes", "No", "Chosen: None"]
    assert "Never seen" not in screen.texts()


async def test_a_choice_reaches_the_app_and_is_drawn():
    screen = await opened()

    await screen.choose("answer", "no")

    assert "Chosen: no" in screen.texts()


async def test_only_what_is_offered_can_be_chosen():
    screen = await opened()

    with pytest.raises(AssertionError, match="offers"):
        await screen.choose("answer", "perhaps")


async def test_the_next_question_is_a_new_route_and_back_leads_up():
    screen = await opened()

    await screen.tap("next")
    assert (screen.route, screen.texts()[0]) == ("/q/2", "Question 2")

    await screen.back()
    assert (screen.route, screen.texts()) == ("/", ["Home"])


async def test_a_link_opened_while_the_app_runs_is_followed():
    screen = await opened()

    await screen.go("/q/7")

    assert screen.texts()[0] == "Question 7"


async def test_what_is_kept_is_there_when_the_app_opens_again():
    first = await opened()
    await first.type("note", "dark street")
    await first.tap("keep")

    assert Screen(first.prefs).prefs == {"note": "dark street"}


async def test_a_service_answers_as_the_phone_would():
    screen, seen = Screen({"letters": 150}), []

    async def main(page: ft.Page) -> None:
        seen.append(await ft.SharedPreferences().get("letters"))
        network = ft.Connectivity(on_change=lambda e: seen.append(e.connectivity))
        seen.append(await network.get_connectivity())
        seen.append((await ft.SemanticsService().get_accessibility_features()).high_contrast)
        page.on_app_lifecycle_state_change = lambda e: seen.append(e.state)

    await screen.start(main)
    await screen.connect(False)
    await screen.lifecycle(ft.AppLifecycleState.RESUME)

    wifi, none = ft.ConnectivityType.WIFI, ft.ConnectivityType.NONE
    assert seen == [150, [wifi], False, [none], ft.AppLifecycleState.RESUME]


@pytest.mark.parametrize("key", ["handler", "later", "render", "effect", "task"])
async def test_no_failure_is_swallowed(key):
    screen = await opened()

    with pytest.raises(LookupError, match="on purpose"):
        await screen.tap(key)


async def test_a_failure_at_the_first_render_is_not_swallowed():
    with pytest.raises(ValueError, match="invalid literal"):
        await opened("/q/not-a-number")


@pytest.mark.parametrize(("key", "reason"), [("dead", "nothing happens"), ("off", "disabled")])
async def test_a_button_that_does_nothing_is_told(key, reason):
    screen = await opened()

    with pytest.raises(AssertionError, match=reason):
        await screen.tap(key)


async def test_an_unknown_key_is_answered_with_the_known_ones():
    screen = await opened()

    with pytest.raises(AssertionError, match=r"answer.*keep.*next"):
        screen.key("send")
