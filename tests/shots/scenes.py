"""The screens of the app, each as a resident may meet it; some only after something happened."""

from __future__ import annotations

from collections.abc import Callable

from domain.participation import Joined, Membership, Standing, SyncStatus, Voice
from domain.speech import READ_ALOUD
from tests.shots.stage import Scene
from tests.support.desk import NOW, FakeDesk, card
from tests.support.polls import transport

POLL = "regiovervoer"
STARTED = f"/polls/{POLL}"


def only(standing: Standing, **more: object) -> Callable[[FakeDesk], None]:
    """One poll, which stands so. What is not being changed is no draft; a copy is of what was filled in."""

    def prepare(desk: FakeDesk) -> None:
        answers = desk.drafts[POLL] if more.get("changing") else desk.drafts.pop(POLL)
        if more.get("has_copy"):
            desk.copies[POLL] = answers
        desk.polls = [card(transport(), standing, **more)]

    return prepare


def status(problem: str | None, **more: int) -> Callable[[FakeDesk], None]:
    def prepare(desk: FakeDesk) -> None:
        desk.sync = SyncStatus(NOW, problem, **more)

    return prepare


def refused(code: str) -> Callable[[FakeDesk], None]:
    def prepare(desk: FakeDesk) -> None:
        desk.membership, desk.sync = Joined(Membership.REFUSED, code), SyncStatus(NOW)

    return prepare


def read_aloud(desk: FakeDesk) -> None:
    """She wants to be read to; of the second question the voice has not come yet."""
    desk.kept[READ_ALOUD] = "yes"
    desk.voices[f"{POLL}/nl/hoe-vaak"] = Voice(b"no sound: the button is what is looked at")
    desk.voices[f"{POLL}/nl/waarheen"] = Voice(coming=True)


SCREENS = {
    "welcome": Scene("/", Membership.NONE, welcomed=False),
    "logo": Scene("/", Membership.NONE, welcomed=False, logo=True),
    "logo-polls": Scene("/polls", logo=True),
    "trouble": Scene("/", trouble="full"),
    "join": Scene("/join", Membership.NONE),
    "refused": Scene("/polls", prepare=refused("code-used")),
    "polls": Scene("/polls"),
    "distrust": Scene("/polls", prepare=status("distrust-rolled-back")),
    "new": Scene("/polls/buurt"),
    "introduction": Scene(STARTED),
    "one": Scene("/polls/alle-soorten/questions/1"),
    "read-aloud": Scene(f"{STARTED}/questions/1", prepare=read_aloud),
    "voice-coming": Scene(f"{STARTED}/questions/2", prepare=read_aloud),
    "several": Scene(f"{STARTED}/questions/2"),
    "smiley": Scene(f"{STARTED}/questions/3"),
    "mark": Scene(f"{STARTED}/questions/4"),
    "number": Scene("/polls/alle-soorten/questions/6"),
    "ranking": Scene("/polls/alle-soorten/questions/7"),
    "statement": Scene("/polls/alle-soorten/questions/8"),
    "text": Scene(f"{STARTED}/questions/6"),
    "check": Scene(f"{STARTED}/check"),
    "waiting": Scene("/polls/wachtend/sent"),
    "sent": Scene(f"{STARTED}/sent", prepare=only(Standing.SENT, can_change=True, has_copy=True)),
    "change": Scene(f"{STARTED}/change", prepare=only(Standing.SENT, can_change=True)),
    "changing": Scene(STARTED, prepare=only(Standing.SENT, can_change=True, changing=True)),
    "check-change": Scene(f"{STARTED}/check", prepare=only(Standing.SENT, can_change=True, changing=True)),
    "copy": Scene(f"{STARTED}/copy", prepare=only(Standing.SENT, can_change=True, has_copy=True)),
    "copy-gone": Scene(f"{STARTED}/copy", prepare=only(Standing.SENT, can_change=True)),
    "set-aside": Scene(STARTED, prepare=only(Standing.SET_ASIDE, reason="envelope-size", can_change=True)),
    "result": Scene("/polls/hulp-thuis/result"),
    "settings": Scene("/settings"),
    "privacy": Scene("/privacy"),
    "help": Scene("/help"),
}
