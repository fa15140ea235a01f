"""An app of two screens, that shows what Flet knows of its visitor."""

import flet as ft


def heading(text: str) -> ft.Control:
    return ft.Semantics(header=True, heading_level=1, content=ft.Text(text))


@ft.component
def Join() -> ft.View:
    page = ft.context.page
    note, set_note = ft.use_state("")
    english, set_english = ft.use_state(False)
    chosen, set_chosen = ft.use_state("")

    async def keep() -> None:
        await ft.SharedPreferences().set("note", note)

    return ft.View(
        route=ft.use_view_path(),
        controls=[
            heading("Welcome" if english else "Welkom"),
            ft.Text(f"code {ft.use_route_params()['code']}"),
            ft.Text(f"visitor {page.client_ip!r} {page.client_user_agent!r}"),
            ft.TextField(label="Naam", on_change=lambda e: set_note(e.control.value)),
            ft.FilledButton("Bewaar", on_click=keep),
            ft.RadioGroup(
                value=chosen,
                on_change=lambda e: set_chosen(e.control.value),
                content=ft.Row([ft.Radio(value="yes", label="Eens"), ft.Radio(value="no", label="Oneens")]),
            ),
            ft.Semantics(live_region=True, content=ft.Text(f"gekozen {chosen}" if chosen else "")),
            ft.FilledButton("English", on_click=lambda: set_english(True)),
            ft.FilledButton("Verder", on_click=lambda: page.navigate("/start")),
        ],
    )


@ft.component
def Start() -> ft.View:
    return ft.View(route=ft.use_view_path(), controls=[heading("Peilingen")])


@ft.component
def App() -> ft.Control:
    routes = [ft.Route(path="join/:code", component=Join), ft.Route(path="start", component=Start)]
    return ft.Router(routes, manage_views=True)


def main(page: ft.Page) -> None:
    page.render_views(App)
