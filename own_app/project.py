"""The `pyproject.toml` of one municipality's app: ours, under its own name, id and colours."""

from __future__ import annotations

import copy
from typing import Any

import tomli_w

from own_app.folder import APP
from own_app.identity import OWN_HOST, Identity
from own_app.sources import project
from theming.house_style import HouseStyle

_OURS = ("dependencies", "description", "license", "name", "requires-python", "version")
_ABOVE = "# Made by `samenspraak brand`. `flet build` reads this file; LEESMIJ.txt says how.\n\n"


def project_file(
    identity: Identity, style: HouseStyle, icon_background: str, start: tuple[str, str]
) -> bytes:
    """`start`: the colours of the start screen, light and dark."""
    ours = project()
    document = {
        "project": {key: ours["project"][key] for key in _OURS},
        "tool": {"flet": _flet(copy.deepcopy(ours["tool"]["flet"]), identity, style, icon_background, start)},
    }
    return (_ABOVE + tomli_w.dumps(document)).encode()


def _flet(
    flet: dict[str, Any],
    identity: Identity,
    style: HouseStyle,
    icon_background: str,
    start: tuple[str, str],
) -> dict[str, Any]:
    light, dark = style.schemes["light"], style.schemes["dark"]
    flet |= {
        "org": identity.organisation,
        "product": identity.name,
        "company": identity.company,
        "bundle_id": identity.bundle_id,
        "artifact": identity.bundle_id.rpartition(".")[2],
        "icon_background": icon_background,
        "app": {"path": APP, "module": "main"},
        "splash": {"color": start[0], "dark_color": start[1]},
    }
    flet["boot_screen"]["flet"] |= {
        "bgcolor_light": light.surface,
        "bgcolor_dark": dark.surface,
        "startup_message": f"{identity.name} wordt geladen…",
    }
    flet["android"]["adaptive_icon_background"] = icon_background
    flet["web"] |= {
        "pwa_theme_color": light.brand_fill,
        "pwa_background_color": light.surface,
        "pwa_short_name": identity.name,
    }
    flet.pop("deep_linking", None)
    own = {"scheme": identity.bundle_id, "host": OWN_HOST}
    # Flet 1.0.5 reads the table of the platform alone for these two, and the shared one for neither.
    flet["ios"]["deep_linking"] = own
    flet["android"]["deep_linking"] = {"scheme": "https", "host": identity.host} if identity.host else own
    return flet
