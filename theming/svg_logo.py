"""A drawing made harmless: what is not known to be needed is left out, and styles become attributes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError, tostring

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from theming.logo import LARGEST_LOGO, Logo, LogoUnfit, is_plain_svg
from theming.remarks import shown
from theming.svg_styles import class_styles, declarations

LARGEST_FILE = 1_000_000  # bytes, before it is made smaller
MOST_ELEMENTS, DEEPEST, MOST_USES = 3_000, 40, 50

SHAPES = {"path", "rect", "circle", "ellipse", "line", "polyline", "polygon"}
ELEMENTS = SHAPES | {"svg", "g", "defs", "linearGradient", "radialGradient", "stop", "clipPath", "mask"}
ELEMENTS |= {"symbol", "use"}
GROUPS = {"a", "switch"}  # what is in them is drawn; the rest of what they do is not
ATTRIBUTES = frozenset(
    """
    id d points x y width height cx cy r rx ry x1 y1 x2 y2 fx fy offset transform viewBox preserveAspectRatio
    gradientUnits gradientTransform spreadMethod clipPathUnits maskUnits maskContentUnits
    fill fill-rule fill-opacity stroke stroke-width stroke-linecap stroke-linejoin stroke-miterlimit
    stroke-dasharray stroke-dashoffset stroke-opacity opacity clip-path clip-rule mask display visibility
    stop-color stop-opacity color
    """.replace("\n", " ")
    .strip()
    .split(" ")
)
QUIET = {"title", "desc", "metadata", "style", "namedview"}  # left out without a word: nothing is lost
_VALUE = re.compile(r"[\w\s#.,()%+\-]*", re.ASCII)
_CALL = re.compile(r"([\w\-]*)\s*\(", re.ASCII)
FUNCTIONS = {"rgb", "rgba", "hsl", "hsla", "matrix", "translate", "scale", "rotate", "skewX", "skewY"}
_LOCAL = re.compile(r"#[\w.\-]{1,100}", re.ASCII)
_LENGTH = re.compile(r"\s*(\d*\.?\d+)(?:px|pt|mm|cm)?\s*", re.ASCII)


def clean_svg(raw: bytes, alternative: str) -> tuple[Logo, tuple[str, ...]]:
    """The logo, and the names of what was taken out of it. Raises `LogoUnfit`."""
    if len(raw) > LARGEST_FILE:
        raise LogoUnfit("large")
    try:
        root = fromstring(raw)
    except DefusedXmlException as exc:
        raise LogoUnfit("entities") from exc
    except (ParseError, ValueError, LookupError, RecursionError) as exc:
        raise LogoUnfit("damaged") from exc
    if _name(root) != "svg":
        raise LogoUnfit("damaged")
    removed: Counter[str] = Counter()
    drawing = _Cleaning(root, removed).element(root, 0)
    width, height = _size(drawing)
    drawing.attrib = {"xmlns": "http://www.w3.org/2000/svg"} | drawing.attrib
    data = tostring(drawing)
    if not SHAPES & {element.tag for element in drawing.iter()}:
        raise LogoUnfit("empty")
    if len(data) > LARGEST_LOGO:
        raise LogoUnfit("large")
    if not is_plain_svg(data):
        raise LogoUnfit("damaged")
    return Logo("svg", data, alternative, width, height), tuple(shown(name, 30) for name in sorted(removed))


class _Cleaning:
    def __init__(self, root: Element, removed: Counter[str]) -> None:
        self._removed = removed
        self._elements = self._uses = 0
        sheets = [element.text or "" for element in root.iter() if _name(element) == "style"]
        self._classes = class_styles("\n".join(sheets))
        self._with_use = {
            element.get("id") for element in root.iter() if any(_name(e) == "use" for e in element.iter())
        }

    def element(self, given: Element, depth: int) -> Element:
        """A copy with only what is known."""
        self._elements += 1
        if self._elements > MOST_ELEMENTS or depth > DEEPEST:
            raise LogoUnfit("large")
        copy = Element("g" if _name(given) in GROUPS else _name(given), dict(self._attributes(given)))
        for inside in given:
            if self._may_stay(name := _name(inside), inside):
                copy.append(self.element(inside, depth + 1))
            elif name not in QUIET:
                self._removed[name] += 1
        return copy

    def _may_stay(self, name: str, element: Element) -> bool:
        if name != "use":
            return name in ELEMENTS | GROUPS
        self._uses += 1
        target = _href(element)
        # A copy of copies of copies fills a phone's memory.
        is_plain = bool(_LOCAL.fullmatch(target)) and target[1:] not in self._with_use
        return is_plain and self._uses <= MOST_USES

    def _attributes(self, element: Element) -> Iterator[tuple[str, str]]:
        given = {name: value for key, value in element.attrib.items() if (name := _local(key)) != "href"}
        for name in given.pop("class", "").split():
            given |= self._classes.get(name, {})
        given |= declarations(given.pop("style", ""))
        for name, value in given.items():
            if name in ATTRIBUTES and _is_plain(value):
                yield name, value.strip()
            elif name.lower().startswith("on"):
                self._removed[name] += 1
        if (target := _href(element)) and _LOCAL.fullmatch(target) and _name(element) not in GROUPS:
            yield "href", target
        elif target and _name(element) not in GROUPS:
            self._removed["href"] += 1


def _is_plain(value: str) -> bool:
    """Letters, digits and signs; `url()` only of something in the drawing itself."""
    without = re.sub(r"url\(\s*['\"]?(#[\w.\-]+)['\"]?\s*\)", "", value, flags=re.ASCII)
    return bool(_VALUE.fullmatch(without)) and set(_CALL.findall(without)) <= FUNCTIONS


def _name(element: Element) -> str:
    return _local(element.tag) if isinstance(element.tag, str) else "comment"


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def _href(element: Element) -> str:
    return next((value for key, value in element.attrib.items() if _local(key) == "href"), "").strip()


def _size(drawing: Element) -> tuple[float, float]:
    """Width and height as the drawing's own box says, which it gets if it has none."""
    box = drawing.get("viewBox", "").replace(",", " ").split()
    if len(box) != 4:
        lengths = [_LENGTH.fullmatch(drawing.get(side, "")) for side in ("width", "height")]
        box = ["0", "0", *(length[1] for length in lengths if length)]
        drawing.set("viewBox", " ".join(box))
    try:
        width, height = float(box[2]), float(box[3])
    except (IndexError, ValueError) as exc:
        raise LogoUnfit("sizeless") from exc
    for side in ("width", "height", "x", "y"):
        drawing.attrib.pop(side, None)
    if not (1 <= width <= 100_000 and 1 <= height <= 100_000):
        raise LogoUnfit("sizeless")
    return width, height
