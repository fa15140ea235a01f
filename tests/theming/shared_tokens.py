"""Where the token sets lie that are shared beside the project and may not be copied into it."""

import os
from pathlib import Path

import pytest

FOLDER = (Path(__file__).parents[2] / "../shared/data/tokens").resolve()


def shared(name: str) -> Path:
    path = FOLDER / name
    if not path.exists():
        if os.environ.get("CI"):
            pytest.fail(f"shared token set {name} is missing")
        pytest.skip(f"shared token set {name} is not here")
    return path
