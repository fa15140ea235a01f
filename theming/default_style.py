"""The style of an invented municipality, Waterrijk: what the app wears until it gets another."""

import json
from pathlib import Path

from theming.house_style import from_document

#: Made by `python -m theming.schemes > theming/default_style.json`; a test compares the two.
DEFAULT = from_document(json.loads(Path(__file__).with_suffix(".json").read_text("utf-8")))
