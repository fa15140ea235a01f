"""`make shots`: a picture of every screen, in every way it can be read, in .shots/ for people to look at."""

from __future__ import annotations

import argparse
from pathlib import Path

from domain.participation import Membership
from tests.shots.stage import Stage, staged
from tests.support.browser import Browser

SCREENS = {
    "join": ("/join", Membership.NONE),
    "polls": ("/polls", Membership.INVITED),
    "introduction": ("/polls/regiovervoer", Membership.INVITED),
    "one": ("/polls/alle-soorten/questions/1", Membership.INVITED),
    "several": ("/polls/regiovervoer/questions/2", Membership.INVITED),
    "smiley": ("/polls/regiovervoer/questions/3", Membership.INVITED),
    "mark": ("/polls/regiovervoer/questions/4", Membership.INVITED),
    "number": ("/polls/alle-soorten/questions/6", Membership.INVITED),
    "ranking": ("/polls/alle-soorten/questions/7", Membership.INVITED),
    "statement": ("/polls/alle-soorten/questions/8", Membership.INVITED),
    "text": ("/polls/regiovervoer/questions/6", Membership.INVITED),
    "check": ("/polls/regiovervoer/check", Membership.INVITED),
    "sent": ("/polls/wachtend/sent", Membership.INVITED),
    "result": ("/polls/hulp-thuis/result", Membership.INVITED),
    "settings": ("/settings", Membership.INVITED),
    "privacy": ("/privacy", Membership.INVITED),
    "help": ("/help", Membership.INVITED),
}
WAYS = {
    "light-100": {},
    "light-200": {"scale": "200"},
    "dark-100": {"brightness": "dark"},
    "dark-200": {"brightness": "dark", "scale": "200"},
    "contrast-100": {"contrast": "yes"},
    "contrast-200": {"contrast": "yes", "scale": "200"},
}
WIDTHS = {"320": (320, 1500), "412": (412, 1500), "tablet": (820, 1180), "desktop": (1440, 900)}


def main() -> None:
    parser = argparse.ArgumentParser(prog="make shots", description=__doc__)
    parser.add_argument("--folder", type=Path, default=Path(".shots"))
    parser.add_argument("--width", choices=WIDTHS, action="append")
    parser.add_argument("--way", choices=WAYS, action="append")
    parser.add_argument("--screen", choices=SCREENS, action="append")
    asked = parser.parse_args()
    asked.folder.mkdir(exist_ok=True)
    browser, stage = Browser(), Stage()
    with staged(stage) as address:
        for width in asked.width or WIDTHS:
            for way in asked.way or WAYS:
                for name in asked.screen or SCREENS:
                    route, membership = SCREENS[name]
                    stage.set(WAYS[way], membership)
                    columns, rows = WIDTHS[width]
                    with browser.phone(width=columns, height=rows) as phone:
                        phone.open(f"{address}/#{route}")
                        phone.shot(asked.folder / f"{width}-{way}-{name}.png")
                    print(f"{width} {way} {name}", flush=True)
    browser.close()


if __name__ == "__main__":
    main()
