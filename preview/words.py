"""What the preview's page says, in English; the staff's catalogue has the Dutch."""

from __future__ import annotations

from staff.usage import text

PAGE: dict[str, str] = {
    "title": text("Preview of the app"),
    "lead": text("This is the app itself, with made-up answers. Nothing is sent."),
    "settings": text("What you see"),
    "for_whom": text("Change"),
    "both": text("Both"),
    "left": text("Left"),
    "right": text("Right"),
    "style": text("House style"),
    "poll": text("Poll"),
    "screen": text("Screen"),
    "previous": text("Previous screen"),
    "next": text("Next screen"),
    "device": text("Device"),
    "app_language": text("Language of the app"),
    "letters": text("Letters"),
    "colours_and_letters": text("Colours and letters"),
    "contrast": text("High contrast"),
    "dark": text("Dark"),
    "bold": text("Bold, as the phone can be set"),
    "own_letters": text("The house style's own letters"),
    "sight": text("Seeing colours"),
    "save_picture": text("Save picture"),
    "save_sheet": text("Page for a decision (PDF)"),
    "frame_left": text("The app, left"),
    "frame_right": text("The app, right"),
    "report": text("Contrast and warnings"),
    "files": text("Files that cannot be read"),
}

TOLD: dict[str, str] = {
    "differs": text("left and right differ"),
    "saving": text("One moment: it is being made…"),
    "saved": text("Saved. It is with your downloads."),
    "not-saved": text("This could not be saved."),
    "changed": text("A file changed. You see the new one."),
    "lost": text("The preview has stopped. Start it again with: samenspraak preview"),
    "kept": text("You still see the last one that could be read."),
    "no-warnings": text("There is nothing to look at in this house style."),
    "warnings": text("To look at"),
    "derived": text("Not in the house style, so made to fit"),
    "contrast": text("Contrast"),
    "closest": text("The pairs of colours that come closest to failing, as you see them now"),
    "needs": text("needs"),
    "every-scheme": text("All four sets of colours"),
    "go": text("Look at"),
    "not-spoken": text("This poll is not in this language. Residents read another one, and are told so."),
    "percent": text("{n} %"),
}

SIDE_NAMES: dict[str, str] = {"left": text("Left"), "right": text("Right")}

DEVICE_NAMES: dict[str, str] = {
    "phone-320": text("Small phone (320)"),
    "phone-412": text("Phone (412)"),
    "tablet": text("Tablet"),
    "desktop": text("Computer"),
}

SIGHT_NAMES: dict[str, str] = {
    "all": text("All colours"),
    "protanopia": text("No red (protanopia)"),
    "deuteranopia": text("No green (deuteranopia)"),
    "tritanopia": text("No blue (tritanopia)"),
    "achromatopsia": text("No colours (achromatopsia)"),
}
