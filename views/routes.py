"""Every screen and its address. The only file that knows them all."""

from __future__ import annotations

from collections.abc import Callable

import flet as ft

from components.dress import use_dress
from components.emblem import LogoContext
from components.room import RoomContext, use_room
from domain.participation import Membership
from i18n.wording import Wording
from state.app_state import AppContext, AppState, use_app
from state.services import Services, ServicesContext, use_services
from theming.flet_theme import Legibility
from theming.house_style import HouseStyle
from views.changing import ChangeView
from views.check import CheckView
from views.help import HelpView
from views.introduction import IntroductionView
from views.join import JoinView
from views.kept_copy import CopyView
from views.polls import PollsView
from views.privacy import PrivacyView
from views.question import QuestionView
from views.result import ResultView
from views.sent import SentView
from views.settings import SettingsView
from views.welcome import WelcomeView

View = Callable[[], ft.View]


def _welcomed(view: View) -> View:
    """The screen, or the first one for who has not seen it: then the address waits."""

    @ft.component
    def Guarded() -> ft.View:
        return view() if use_app().welcomed else WelcomeView()

    return Guarded


@ft.component
def HomeView() -> ft.View:
    joined = use_services().desk.joined()
    return JoinView() if joined.membership is Membership.NONE else PollsView()


ROUTES = [
    ft.Route(index=True, component=_welcomed(HomeView)),
    ft.Route(path="join", component=_welcomed(JoinView)),
    ft.Route(path="join/:code", component=_welcomed(JoinView)),
    ft.Route(path="polls", component=_welcomed(HomeView)),
    ft.Route(path="polls/:poll", component=_welcomed(IntroductionView)),
    ft.Route(path="polls/:poll/questions/:number", component=_welcomed(QuestionView)),
    ft.Route(path="polls/:poll/check", component=_welcomed(CheckView)),
    ft.Route(path="polls/:poll/sent", component=_welcomed(SentView)),
    ft.Route(path="polls/:poll/change", component=_welcomed(ChangeView)),
    ft.Route(path="polls/:poll/copy", component=_welcomed(CopyView)),
    ft.Route(path="polls/:poll/result", component=_welcomed(ResultView)),
    ft.Route(path="settings", component=_welcomed(SettingsView)),
    ft.Route(path="privacy", component=_welcomed(PrivacyView)),
    ft.Route(path="help", component=_welcomed(HelpView)),
]


@ft.component
def App(services: Services, app: AppState, style: HouseStyle) -> object:
    """The app. `app` is made before, from what the phone keeps, so that nothing flickers."""
    kept, _ = ft.use_state(app)
    room = use_room(kept.scale)
    legibility = Legibility(kept.scale, kept.contrast, kept.brightness, kept.plain_letters)
    use_dress(style, legibility, Wording(kept.language), services.municipality.name)
    return ServicesContext(
        services,
        lambda: AppContext(kept, lambda: RoomContext(room, lambda: LogoContext(style.logo, _router))),
    )


def _router() -> object:
    return ft.Router(ROUTES, not_found=HomeView, manage_views=True)
