"""What stands in the way of a municipality's app, and what to look at in it, in words."""

from __future__ import annotations

from staff.usage import text

APP_UNFIT: dict[str, str] = {
    "no-sources": text(
        "The sources of Samenspraak are not here. Give this command in a copy of its repository "
        "(see docs/app-per-municipality.md)."
    ),
    "name-empty": text("The app needs a name. Give one with --name."),
    "name-long": text(
        "The name “{name}” has {n} characters. Stores take at most {most}. Give a shorter one with --name."
    ),
    "name-letters": text("The name “{name}” has characters that stores or phones do not take."),
    "id": text(
        "“{id}” is no id for an app. It looks like nl.waterrijk.samenspraak: at least two parts with a dot "
        "between them, each a small letter followed by small letters or digits."
    ),
    "id-word": text("“{id}” cannot be the id: Android does not take the word “{word}” in it."),
    "id-example": text("“{id}” cannot be the id: stores do not take com.example."),
    "url": text(
        "“{url}” is no address for links. It looks like https://meedoen.waterrijk.nl, with nothing behind it."
    ),
    "logo-empty": text("Nothing can be seen in the logo of this house style, or in the icon."),
    "icon-kind": text("{file}: an icon is an SVG or a PNG."),
    "icon-damaged": text("{file}: this icon cannot be read, or is too large."),
    "text-long": text("{file} has {n} characters; the store takes at most {most}. Choose a shorter name."),
    "measured": text(
        "{file}: these are no measurements of access. The file has a date, a version and a list of bars "
        "(see docs/app-per-municipality.md)."
    ),
    "folder-foreign": text(
        "There is something else in {folder}. Nothing was written. Choose another folder with --out."
    ),
    "folder-stray": text(
        "{file} in {folder} was not made by this command. Nothing was written. Put it elsewhere first."
    ),
    "folder-changed": text(
        "{file} in {folder} was changed, and would be made anew. Nothing was written. "
        "Put the change elsewhere first, or choose another folder with --out."
    ),
}

APP_REMARKS: dict[str, str] = {
    "no-logo": text(
        "This house style has no logo: the icon shows the first letter of the name. Give the logo with "
        "samenspraak style import --logo, or an icon with --icon."
    ),
    "logo-wide": text(
        "The logo is too wide for an icon: the icon shows the first letter of the name, and the start screen "
        "the logo. Give a square mark with --icon."
    ),
    "mark-small": text(
        "The picture is small: large icons will not be sharp. Give an SVG, or a PNG of at least 1024 pixels, "
        "with --icon."
    ),
    "mark-faint": text(
        "The logo can hardly be seen on white or on the brand's colour. Look at the icons, or give --icon."
    ),
}
