"""Numbered steps from an empty file to today's tables. A step that was released never changes."""

from __future__ import annotations

from sqlalchemy.engine import Connection

_FIRST = (
    "CREATE TABLE setting (name VARCHAR NOT NULL PRIMARY KEY, value VARCHAR NOT NULL)",
    """CREATE TABLE membership (municipality VARCHAR NOT NULL PRIMARY KEY, secret BLOB NOT NULL, code BLOB,
        state VARCHAR NOT NULL, invited BOOLEAN NOT NULL, segments JSON NOT NULL, problem VARCHAR)""",
    "CREATE TABLE manifest (municipality VARCHAR NOT NULL PRIMARY KEY, raw BLOB NOT NULL)",
    "CREATE TABLE document (digest VARCHAR NOT NULL PRIMARY KEY, raw BLOB NOT NULL)",
    """CREATE TABLE list (municipality VARCHAR NOT NULL, poll VARCHAR NOT NULL, kind VARCHAR NOT NULL,
        raw BLOB NOT NULL, PRIMARY KEY (municipality, poll, kind))""",
    """CREATE TABLE token (municipality VARCHAR NOT NULL, poll VARCHAR NOT NULL, kind VARCHAR NOT NULL,
        message BLOB NOT NULL, prefix BLOB NOT NULL, inverse BLOB NOT NULL, blinded BLOB NOT NULL,
        edit_private BLOB NOT NULL, edit_public BLOB NOT NULL, opening BLOB NOT NULL, signature BLOB,
        problem VARCHAR, PRIMARY KEY (municipality, poll, kind))""",
    """CREATE TABLE draft (municipality VARCHAR NOT NULL, poll VARCHAR NOT NULL, answers VARCHAR NOT NULL,
        finished BOOLEAN NOT NULL, PRIMARY KEY (municipality, poll, finished))""",
    """CREATE TABLE outbox (municipality VARCHAR NOT NULL, poll VARCHAR NOT NULL, kind VARCHAR NOT NULL,
        revision INTEGER NOT NULL, envelope BLOB NOT NULL, line VARCHAR NOT NULL, state VARCHAR NOT NULL,
        reason VARCHAR, attempts INTEGER NOT NULL, not_before FLOAT NOT NULL,
        PRIMARY KEY (municipality, poll, kind))""",
    "CREATE TABLE lease (name VARCHAR NOT NULL PRIMARY KEY, holder VARCHAR NOT NULL, until FLOAT NOT NULL)",
)

_SECOND = (
    # Answers become sealed bytes; `protect` seals those that are still JSON. No app with the first step was
    # given to residents: what waited for its token then is a draft again, to be sent once more.
    "ALTER TABLE draft RENAME TO draft_1",
    """CREATE TABLE draft (municipality VARCHAR NOT NULL, poll VARCHAR NOT NULL, answers BLOB NOT NULL,
        PRIMARY KEY (municipality, poll))""",
    """INSERT OR REPLACE INTO draft SELECT municipality, poll, CAST(answers AS BLOB) FROM draft_1
        ORDER BY finished""",
    "DROP TABLE draft_1",
    """CREATE TABLE copy (municipality VARCHAR NOT NULL, poll VARCHAR NOT NULL, answers BLOB NOT NULL,
        PRIMARY KEY (municipality, poll))""",
    "ALTER TABLE outbox ADD COLUMN content BLOB",
    "ALTER TABLE outbox ADD COLUMN asked BOOLEAN NOT NULL DEFAULT 0",
    "ALTER TABLE membership RENAME TO membership_1",
    """CREATE TABLE membership (municipality VARCHAR NOT NULL, candidate BOOLEAN NOT NULL DEFAULT 0,
        secret BLOB NOT NULL, code BLOB, state VARCHAR NOT NULL, invited BOOLEAN NOT NULL,
        segments JSON NOT NULL, problem VARCHAR, mark VARCHAR NOT NULL DEFAULT '',
        PRIMARY KEY (municipality, candidate))""",
    """INSERT INTO membership SELECT municipality, 0, secret, code, state, invited, segments, problem, ''
        FROM membership_1""",
    "DROP TABLE membership_1",
    """CREATE TABLE ended (municipality VARCHAR NOT NULL, poll VARCHAR NOT NULL, since FLOAT NOT NULL,
        forgotten BOOLEAN NOT NULL, PRIMARY KEY (municipality, poll))""",
)

STEPS: tuple[tuple[str, ...], ...] = (_FIRST, _SECOND)
"""STEPS[n] takes a file from version n to version n + 1 (SQLite's user_version)."""


def migrate(connection: Connection) -> None:
    """Bring the file up to date, step by step, each step whole or not at all."""
    version = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
    for number, step in enumerate(STEPS[version:], start=version + 1):
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        for statement in step:
            connection.exec_driver_sql(statement)
        connection.exec_driver_sql(f"PRAGMA user_version = {number}")
        connection.exec_driver_sql("COMMIT")
