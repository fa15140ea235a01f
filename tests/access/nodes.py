"""What a screen reader finds on a screen: each node's role, name, states and place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.support.phone import Phone

_READ = """
() => {
  const roles = { INPUT: "textbox", TEXTAREA: "textbox", A: "link", IMG: "img", BUTTON: "button" };
  const all = [...document.querySelectorAll("flt-semantics-host *")].filter((one) => one.tagName !== "SPAN");
  const place = new Map(all.map((one, index) => [one, index]));
  const own = (one) => [...one.childNodes]
    .filter((child) => child.nodeType === Node.TEXT_NODE || child.tagName === "SPAN")
    .map((child) => child.textContent).join("").trim();
  const below = (one) => one.style.overflowY === "scroll" ? one.scrollHeight - one.clientHeight : 0;
  const beside = (one) => one.style.overflowX === "scroll" ? one.scrollWidth - one.clientWidth : 0;
  const states = (one) => [...one.attributes]
    .filter(({ name }) => name.startsWith("aria-") && name !== "aria-label" || name === "lang")
    .map(({ name, value }) => [name.replace("aria-", ""), value]);
  return {
    lang: document.documentElement.lang, title: document.title, route: location.hash.slice(1),
    height: innerHeight,
    overflow: document.documentElement.scrollWidth - innerWidth,
    nodes: all.map((one) => {
      const box = one.getBoundingClientRect(), heading = one.tagName.match(/^H([1-6])$/);
      return {
        parent: place.get(one.parentElement) ?? -1,
        role: heading ? "heading" : one.getAttribute("role") || roles[one.tagName] || "",
        level: heading ? Number(heading[1]) : 0,
        name: one.getAttribute("aria-label") || own(one),
        left: box.left, top: box.top, width: box.width, height: box.height,
        pressed: one.hasAttribute("flt-tappable") || one.tabIndex >= 0,
        scrolls: below(one), sideways: beside(one), states: states(one),
      };
    }),
  };
}
"""
TOLD = 2.0
"""Pixels; no letter is drawn in so few."""
_PRESSED = {"button", "radio", "checkbox", "switch", "link", "textbox", "tab", "menuitem"}


@dataclass(frozen=True, slots=True)
class Node:
    """Places are in pixels of the page. `parent` is an index in the list of nodes, -1 for none."""

    parent: int
    role: str
    level: int
    name: str
    left: float
    top: float
    width: float
    height: float
    pressed: bool
    scrolls: float
    sideways: float
    states: tuple[tuple[str, str], ...]

    @property
    def is_target(self) -> bool:
        return self.role in _PRESSED or self.pressed

    @property
    def right(self) -> float:
        return self.left + self.width

    @property
    def bottom(self) -> float:
        return self.top + self.height

    def state(self, name: str) -> str:
        return dict(self.states).get(name, "")

    def __str__(self) -> str:
        return f"{self.role or 'text'} {self.name.splitlines()[0][:40] if self.name else '(no name)'!s}"


@dataclass(frozen=True, slots=True)
class Screen:
    """All nodes, in reading order. `lang` and `title` are the page's; `height` is the window's; `overflow`:
    pixels too wide."""

    lang: str
    title: str
    route: str
    height: float
    overflow: float
    nodes: tuple[Node, ...]

    def children(self, node: Node) -> list[Node]:
        index = self.nodes.index(node)
        return [child for child in self.nodes if child.parent == index]

    def above(self, node: Node) -> list[Node]:
        """The nodes that hold this one, the nearest first."""
        found = []
        while node.parent >= 0:
            node = self.nodes[node.parent]
            found.append(node)
        return found

    @property
    def texts(self) -> list[Node]:
        """What is drawn as words: the nodes with a name that hold no other."""
        holding = {node.parent for node in self.nodes}
        return [
            node
            for index, node in enumerate(self.nodes)
            if (node.name or node.role == "textbox") and index not in holding and self.shows(node)
        ]

    @property
    def targets(self) -> list[Node]:
        """What can be pressed. A heading that only begins the screen for the keyboard is no target."""
        return [n for n in self.nodes if n.is_target and n.role != "heading" and self.shows(n)]

    @property
    def drawn(self) -> list[Node]:
        """The texts that are there to be seen. What is a pixel large is only told: the cells of a chart."""
        return [node for node in self.texts if min(node.width, node.height) > TOLD]

    def shows(self, node: Node) -> bool:
        """Whether the node is whole in the window: what is cut ends where the window does."""
        return min(node.width, node.height) > 0 and node.top > 1 and node.bottom < self.height - 1

    @property
    def below(self) -> float:
        """Pixels of the screen that lie under the window's end."""
        return max((node.scrolls for node in self.nodes), default=0.0)

    def tree(self) -> tuple[object, ...]:
        """What a screen reader gets, whatever the colours and sizes: equal for equal screens."""
        said = tuple((n.parent, n.role, n.level, n.name, n.states) for n in self.nodes)
        return (self.lang, self.title, said)


def read(phone: Phone) -> Screen:
    found: dict[str, Any] = phone.now(phone.page.evaluate(_READ))
    nodes = tuple(
        Node(**{**node, "states": tuple(map(tuple, node["states"]))}) for node in found.pop("nodes")
    )
    return Screen(nodes=nodes, **found)
