"""Ways to answer without seeing or pointing: by keys, and through a screen reader's tree."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from domain.answers import Answer
from i18n.wording import Wording
from tests.access.nodes import Node, Screen, read
from tests.access.showing import Showing
from tests.access.ways import Stop, Way
from tests.shots.stage import Scene
from tests.support.phone import Phone
from tests.support.picture import DRAWN

POLL = "alle-soorten"
MOST_TABS = 60
MOST_ARROWS = 20
MOST_LOOKS = 40
MOVED = "Groen"
"""An option of the question that is answered by moving its options."""
_IN_FIELD = "['INPUT', 'TEXTAREA'].includes(document.activeElement?.tagName)"
_WRITTEN = "document.activeElement?.value"
_MARKS = re.compile("[\u2066-\u2069\u200e\u200f]")


class Hands(Protocol):
    def press(self, role: str, name: str) -> None: ...

    def write(self, name: str, text: str) -> None: ...


@dataclass
class Keys:
    """Tab until it has the focus, then Enter or the space bar."""

    phone: Phone

    def press(self, role: str, name: str) -> None:
        if role == "radio":
            self._pick(name)
        else:
            self._reach(role, name)
            self.phone.press("Enter" if role == "button" else "Space")

    def write(self, name: str, text: str) -> None:
        """Flutter takes the field over when it gets the focus: a key that comes before that is lost."""
        self._reach("textbox", name)
        self.phone.until(lambda: self.phone.now(self.phone.page.evaluate(_IN_FIELD)))
        self.phone.press(*text)
        self.phone.until(lambda: self.phone.now(self.phone.page.evaluate(_WRITTEN)) == text)

    def _pick(self, name: str) -> None:
        """Tab stops once at radio buttons that belong together; the arrows go on, and pick."""
        self._reach("radio")
        self.phone.press("Space")
        for _ in range(MOST_ARROWS):
            here = self.phone.focused()
            if plain(here[1]) == plain(name):
                return
            self.phone.press("ArrowDown")
            # The focus goes on each time; a key that comes before it has moved would be lost.
            self.phone.until(lambda before=here: self.phone.focused() not in (before, ("", "")))
        raise AssertionError(f"radio {name} is not reached with the arrow keys")

    def _reach(self, role: str, name: str | None = None) -> None:
        passed = []
        for _ in range(MOST_TABS):
            on, said = self.phone.focused()
            if on == role and (name is None or plain(said) == plain(name)):
                return
            passed.append(f"{on} {plain(said)}")
            self.phone.press("Tab")
        raise AssertionError(f"{role} {name or ''} is not reached with Tab, which stopped at {passed}")


@dataclass
class Tree:
    """As assistive technology: find it by role and name among what the browser tells, and act on it.

    While the app draws itself anew, parts of the tree are not there for a moment: then it looks again.
    """

    phone: Phone

    def press(self, role: str, name: str) -> None:
        self.phone.now(self._act(role, name, "function() { this.click(); }"))

    def write(self, name: str, text: str) -> None:
        self.phone.now(self._write(name, text))

    async def _write(self, name: str, text: str) -> None:
        """Flutter takes the field over when it gets the focus, and forgets what was put in before."""
        for _ in range(10):
            cdp = await self._act("textbox", name, "function() { this.focus(); }")
            await self._frames(20)
            await self.phone.page.evaluate("document.activeElement.select?.()")
            await cdp.send("Input.insertText", {"text": text})
            await self._frames(20)
            if await self.phone.page.evaluate(_WRITTEN) == text:
                return
        raise AssertionError(f"{name}: what was written did not stay")

    async def _act(self, role: str, name: str, what: str) -> Any:
        cdp = await self.phone.context.new_cdp_session(self.phone.page)
        for _ in range(MOST_LOOKS):
            tree = await cdp.send("Accessibility.getFullAXTree")
            for node in tree["nodes"]:
                found = node.get("role", {}).get("value"), plain(node.get("name", {}).get("value", ""))
                if not node["ignored"] and found == (role, plain(name)):
                    place = await cdp.send("DOM.resolveNode", {"backendNodeId": node["backendDOMNodeId"]})
                    to = place["object"]["objectId"]
                    await cdp.send("Runtime.callFunctionOn", {"functionDeclaration": what, "objectId": to})
                    return cdp
            await self._frames(5)
        raise AssertionError(f"no {role} {name} for a screen reader")

    async def _frames(self, count: int) -> None:
        for _ in range(count):
            await self.phone.page.evaluate(DRAWN)


def answer_all(shown: Showing, language: str, hands: Callable[[Phone], Hands]) -> dict[str, Answer]:
    """A whole poll, with every kind of question, from its first screen until it is sent."""
    words, phone = Wording(language), shown.phone
    using = hands(phone)
    shown.show(Stop("start", Scene(f"/polls/{POLL}")), Way(language))
    _onward(phone, using, words.text("Begin"))
    while heading(read(phone)) != plain(words.text("Your answers")):
        _answer(read(phone), using, phone)
        _onward(phone, using, words.text("Next"))
    _onward(phone, using, words.text("Send"))
    phone.until(lambda: POLL in shown.stage.desk.sent)
    return dict(shown.stage.desk.sent[POLL])


def _answer(screen: Screen, using: Hands, phone: Phone) -> None:
    fields = [node for node in screen.targets if node.role == "textbox"]
    picked = [node for node in screen.targets if node.role in ("radio", "checkbox")]
    if fields:
        using.write(fields[0].name, "12")
        phone.until(lambda: phone.now(phone.page.locator("input, textarea").first.input_value()) == "12")
    elif picked:
        using.press(picked[0].role, picked[0].name)
        phone.until(lambda: any(node.state("checked") == "true" for node in read(phone).nodes))
    else:
        moving = next(node for node in screen.targets if MOVED in node.name)
        using.press("button", moving.name)
        phone.until(phone.announced)


def _onward(phone: Phone, using: Hands, name: str) -> None:
    before = heading(read(phone))
    using.press("button", name)
    phone.until(lambda: heading(read(phone)) not in (before, ""))


def heading(screen: Screen) -> str:
    return next((plain(node.name) for node in screen.nodes if node.level == 1), "")


def plain(text: str) -> str:
    """Without marks of direction, and in one line."""
    return " ".join(_MARKS.sub("", text).split())


def reached(node: Node, screen: Screen) -> object:
    """What Tab stops at: of radio buttons that belong together at one."""
    groups = [above for above in screen.above(node) if above.role == "radiogroup"]
    return ("radios", groups[0]) if node.role == "radio" and groups else node
