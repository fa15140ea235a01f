"""Where the token sets lie that are shared beside the project and may not be copied into it."""

from pathlib import Path

from tests.support.missing import missing

FOLDER = (Path(__file__).parents[2] / "../shared/data/tokens").resolve()


def shared(name: str) -> Path:
    path = FOLDER / name
    if not path.exists():
        missing(f"the shared token set {name} is not beside this clone")
    return path
