"""The letters that the app carries: families for `page.fonts`, and what to fall back on per script."""

from __future__ import annotations

PLAIN = "Atkinson Hyperlegible Next"  # drawn for people with low vision: Il1, O0, rn and m differ
OTHER = "Noto Sans"  # stands in for a municipality's own letters; Cyrillic and Greek
ARABIC = "Noto Sans Arabic"

#: One family name is one file in Flet, so the bold of a family is a family of its own.
FONTS: dict[str, str] = {
    PLAIN: "fonts/AtkinsonHyperlegibleNext_400Regular.ttf",
    f"{PLAIN} Bold": "fonts/AtkinsonHyperlegibleNext_700Bold.ttf",
    OTHER: "fonts/NotoSans_400Regular.ttf",
    f"{OTHER} Bold": "fonts/NotoSans_700Bold.ttf",
    ARABIC: "fonts/NotoSansArabic_400Regular.ttf",
    f"{ARABIC} Bold": "fonts/NotoSansArabic_700Bold.ttf",
}
