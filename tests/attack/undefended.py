"""The servers with the storage rules switched off: the control of the linkage attack, never the product."""

from __future__ import annotations

import time

from sqlmodel import Field, SQLModel

from server import database


class Numbered(SQLModel):
    """Rows as SQLModel makes them by default, with the moment they came."""

    created_at: float = Field(default_factory=time.time)


def main() -> None:
    """As `python -m server`, after the defences are gone and before any table is made."""
    database.Orderless = Numbered  # type: ignore[assignment, misc]
    database.forget_order = lambda _engine: None
    from server.commands import serve

    serve()


if __name__ == "__main__":
    main()
