"""One file, `SQLITE_DBNAME`: the same that the library keeps the events in, if they are in SQLite."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, cast

from eventsourcing.persistence import Tracking
from eventsourcing.sqlite import SQLiteCursor, SQLiteDatastore, SQLiteTrackingRecorder
from eventsourcing.utils import EnvType

from ..privacy import Key
from . import PAGE, Changes, Document, Store
from .schema import missing


class SQLiteDocuments(SQLiteTrackingRecorder):
    def get(self, collection: str, key: str) -> Document | None:
        statement = "SELECT body FROM documents WHERE collection = ? AND key = ?"
        rows = _select(self.datastore, statement, (collection, key))
        return json.loads(rows[0]["body"]) if rows else None

    def all(self, collection: str) -> Iterator[tuple[str, Document]]:
        statement = (
            "SELECT position, key, body FROM documents WHERE collection = ? AND position > ? ORDER BY position LIMIT ?"
        )
        position = 0
        while page := _select(self.datastore, statement, (collection, position, PAGE)):
            yield from ((row["key"], json.loads(row["body"])) for row in page)
            position = page[-1]["position"]

    def count(self, collection: str) -> int:
        statement = "SELECT COUNT(*) AS count FROM documents WHERE collection = ?"
        return int(_select(self.datastore, statement, (collection,))[0]["count"])

    def save(self, changes: Changes, tracking: Tracking) -> None:
        with self.datastore.transaction(commit=True) as cursor:
            self._insert_tracking(cursor, tracking)
            for (collection, key), document in changes.items():
                _put(cursor, collection, key, document)

    def remove(self, collection: str, keys: Sequence[str]) -> None:
        with self.datastore.transaction(commit=True) as cursor:
            _delete(
                cursor, "DELETE FROM documents WHERE collection = ? AND key = ?", [(collection, key) for key in keys]
            )


class SQLiteKeys:
    def __init__(self, datastore: SQLiteDatastore) -> None:
        self._datastore = datastore

    def of(self, owner: str) -> Key | None:
        return self._one("SELECT id, secret FROM personal_data_keys WHERE owner = ?", owner)

    def find(self, id: str) -> Key | None:
        return self._one("SELECT id, secret FROM personal_data_keys WHERE id = ?", id)

    def _one(self, statement: str, value: str) -> Key | None:
        rows = _select(self._datastore, statement, (value,))
        return Key(rows[0]["id"], rows[0]["secret"]) if rows else None

    def add(self, owner: str, key: Key) -> Key:
        with self._datastore.transaction(commit=True) as cursor:
            cursor.execute(
                "INSERT INTO personal_data_keys VALUES (?, ?, ?) ON CONFLICT (owner) DO NOTHING",
                (owner, key.id, key.secret),
            )
        return self.of(owner) or key

    def destroy(self, owner: str) -> None:
        with self._datastore.transaction(commit=True) as cursor:
            _delete(cursor, "DELETE FROM personal_data_keys WHERE owner = ?", [(owner,)])


def _select(datastore: SQLiteDatastore, statement: str, values: Sequence[str | int]) -> list[sqlite3.Row]:
    with datastore.transaction(commit=False) as cursor:
        cursor.execute(statement, values)
        return cast("list[sqlite3.Row]", cursor.fetchall())


def _delete(cursor: SQLiteCursor, statement: str, rows: Sequence[Sequence[str]]) -> None:
    # What is deleted is overwritten, so that nothing stays behind in the file.
    cursor.execute("PRAGMA secure_delete = ON")
    for values in rows:
        cursor.execute(statement, values)


def _put(cursor: SQLiteCursor, collection: str, key: str, document: dict[str, Any]) -> None:
    cursor.execute(
        "INSERT INTO documents (collection, key, body) VALUES (?, ?, ?)"
        " ON CONFLICT (collection, key) DO UPDATE SET body = excluded.body",
        (collection, key, json.dumps(document)),
    )


def migrate(datastore: SQLiteDatastore) -> None:
    """Brings the tables up to date."""
    with datastore.transaction(commit=True) as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER PRIMARY KEY)")
    with datastore.transaction(commit=True) as cursor:
        # Who writes first holds the lock: another process waits here, and finds all steps taken.
        cursor.execute("DELETE FROM schema_version WHERE version < 1")
        cursor.execute("SELECT coalesce(max(version), 0) FROM schema_version")
        for number, step in missing(cursor.fetchone()[0]):
            for statement in step.sqlite:
                cursor.execute(statement)
            cursor.execute("INSERT INTO schema_version VALUES (?)", (number,))


def open_store(env: EnvType) -> Store:
    path = env["SQLITE_DBNAME"]
    if ":memory:" not in path and not path.startswith("file:"):
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    datastore = SQLiteDatastore(path, lock_timeout=int(env.get("SQLITE_LOCK_TIMEOUT") or 5))
    migrate(datastore)
    documents = SQLiteDocuments(datastore)
    documents.create_table()
    return Store(documents, SQLiteKeys(datastore))
