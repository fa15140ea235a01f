"""What an imported house style has to say, in words: remarks, roles, and why a value was derived."""

from __future__ import annotations

from decimal import Decimal

from i18n.wording import Wording
from staff.usage import text
from theming.remarks import Remark

ROLES: dict[str, str] = {
    "surface": text("Background"),
    "text": text("Text"),
    "brand_fill": text("Main button"),
    "on_brand_fill": text("Text on the main button"),
    "secondary": text("Second colour"),
    "link": text("Links"),
    "heading": text("Headings"),
    "border": text("Border of fields"),
    "focus": text("Focus"),
    "error": text("Error"),
    "body_font": text("Letters"),
    "heading_font": text("Letters of headings"),
    "radius": text("Round corners, in pixels"),
}

DERIVED: dict[str, str] = {
    "surface": text("The tokens name no background: white."),
    "text": text("The tokens name no colour of text: nearly black, with a touch of the brand."),
    "brand_fill": text(
        "The tokens name no colour of a main button: the first colour of links, headings or text."
    ),
    "on_brand_fill": text("The tokens name no text on the main button: black or white, what reads best."),
    "secondary": text("The tokens name no second colour: a muted tone of the brand."),
    "link": text("The tokens name no colour of links: a tone of the brand that can be read."),
    "heading": text("The tokens name no colour of headings: that of the text."),
    "border": text("The tokens name no border of fields: a grey with a touch of the brand."),
    "focus": text("The tokens name no focus: a ring in the colour of the text, and one in the background's."),
    "error": text("The tokens name no colour of errors: red, or its neighbour where the brand is red."),
    "body_font": text("The tokens name no letters: those for people with low vision."),
    "heading_font": text("The tokens name no letters of headings: the same as the text's."),
    "radius": text("The tokens name no round corners: 12 pixels."),
}

_UNREADABLE = text(
    "{role}: {colour} on {behind} cannot be read by everyone. The contrast is {ratio} and must be {needed}. "
    "The app shows a darker or lighter tone."
)
_FAINT = text(
    "{role}: {colour} on {behind} is hardly seen. The contrast is {ratio} and must be {needed}. "
    "The app shows another tone."
)
_FONT = text("The app does not have {family}, and shows {instead}. With --font you can add your own file.")

REMARKS: dict[str, str] = {
    "template": text(
        "Every colour is that of the template {name}. This is the template, not yet a house style."
    ),
    "white-button": text(
        "The main button is white or nearly so: {colour} on {behind}, contrast {ratio}. "
        "It keeps its colour and gets an outline."
    ),
    "faint-button": text(
        "The main button hardly stands out: {colour} on {behind}, contrast {ratio}; {needed} is needed. "
        "It keeps its colour and gets an outline."
    ),
    "unreadable-button-text": text(
        "The text on the main button cannot be read by everyone: {colour} on {behind}, contrast {ratio}; "
        "{needed} is needed. The app shows {instead}."
    ),
    "brand-without-colour": text(
        "The main button {colour} is black, grey or white. {seed} gives the rest its colour."
    ),
    "error-like-brand": text(
        "The colour of errors, {colour}, is too much like the brand, {seed}. Errors get another hue. "
        "They always have an icon and words as well."
    ),
    "faint-focus": text(
        "Focus: {colour} on {behind} is hardly seen. The contrast is {ratio} and must be {needed}. "
        "The app always shows focus as two rings, in the colours of text and background."
    ),
    "dark-surface": text("The background {colour} is dark. The light schemes have a white one."),
    "font-commercial": text(
        "{family} is sold by its maker. The app shows {instead} until you add a file with --font, "
        "for which you have a licence."
    ),
    "font-not-carried": _FONT,
    "conflict": text("Two files disagree: {early} in {earlier}, {late} in {later}. The last one is used."),
    "value-mixed": text("A reference inside a longer value has no simple value: {reference}."),
    "value-too-long": text("References double until the value is too long to read: {reference}."),
    "value-unreadable": text("{role}: this is no value that can be used: {value}"),
    "file-unreadable": text("This file is damaged or is no JSON. It was passed over."),
    "file-too-large": text("This file is larger than {most} MB. It was passed over."),
    "files-too-many": text("There are more than {most} files, or they are too large. Reading stopped here."),
    "files-left-out": text("These look like old copies or other themes, and were left out: {files}"),
    "archive-too-large": text("This package is larger than {most} MB unpacked. Reading stopped there."),
    "archive-damaged": text("This package is damaged. What was in front of the damage is used."),
    "logo-cleaned": text("Parts of the logo that an app may not show were taken out: {parts}"),
    "font-incomplete": text(
        "{family} lacks letters that polls need, and others stand in for them: {letters}"
    ),
    "font-rights": text("The maker of {family} set limits on embedding in the file. Check your licence."),
    "font-unused": text("The tokens do not name {family}. It was left out."),
    "font-unasked": text("The tokens do not name {family}. It is used for text and headings."),
}
"""The others, for which one sentence serves many roles or numbers, are below."""


def remark_sentence(remark: Remark, say: Wording) -> str:
    values = dict(remark.values)
    for key in {"ratio", "needed"} & set(values):
        values[key] = say.number(Decimal(values[key]))
    role = values.pop("role", None)
    if role and remark.code == "role-derived":
        return say.text(DERIVED[role])
    if role:
        values["role"] = say.text(ROLES[role])
    if "n" in values:
        return _counted(remark.code, int(values.pop("n")), values, say)
    if remark.code in REMARKS:
        return say.text(REMARKS[remark.code], **values)
    return say.text(_FAINT if remark.code.startswith("faint-") else _UNREADABLE, **values)


def _counted(code: str, n: int, values: dict[str, str], say: Wording) -> str:
    if code == "conflict-unused":
        return say.plural(
            "{earlier} and {later} disagree about a value that the app does not use: {early} and {late}.",
            "{earlier} and {later} disagree about {n} values that the app does not use, such as this one: "
            "{early} and {late}.",
            n,
            **values,
        )
    if code == "dangling":
        return say.plural(
            "A reference leads nowhere: {reference}. One token has no value because of it.",
            "A reference leads nowhere: {reference}. {n} tokens have no value because of it.",
            n,
            **values,
        )
    if code == "cycle":
        return say.plural(
            "References go round in a circle: {reference}. One token has no value because of it.",
            "References go round in a circle: {reference}. {n} tokens have no value because of it.",
            n,
            **values,
        )
    return say.text(REMARKS[code], **values)


LOGO_UNFIT: dict[str, str] = {
    "kind": text("This is no SVG and no PNG."),
    "damaged": text("This picture is damaged."),
    "entities": text("This drawing has shortcuts that could be misused. Save it as a plain SVG."),
    "large": text("This picture is too large, or has too many parts. Use a simpler or smaller one."),
    "empty": text("There is no shape in this drawing that an app can show. Turn its letters into paths."),
    "sizeless": text("This drawing does not say how large it is: it has no viewBox."),
}

FONT_UNFIT: dict[str, str] = {
    "kind": text("These letters are no TTF or OTF."),
    "damaged": text("These letters are damaged, or are not whole."),
    "large": text("These letters take more than 400 kB. Ask your supplier for a smaller file."),
    "many": text("At most four files with letters fit in a house style, of 1 MB together."),
    "forbidden": text(
        "The maker says in the file that these letters may not be embedded. "
        "Ask your supplier for a file that may be."
    ),
}
