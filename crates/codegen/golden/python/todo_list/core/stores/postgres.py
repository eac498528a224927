"""Tables in the database of `POSTGRES_DBNAME` and its sisters, beside those of the library."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from eventsourcing.persistence import Tracking
from eventsourcing.postgres import PostgresDatastore, PostgresTrackingRecorder
from eventsourcing.utils import EnvType
from psycopg.rows import DictRow
from psycopg.sql import SQL, Identifier
from psycopg.types.json import Json

from ..privacy import Key
from . import PAGE, Changes, Document, Store
from .schema import missing

LOCK: Final = 7255
"""Held while tables are brought up to date."""


class PostgresDocuments(PostgresTrackingRecorder):
    def __init__(self, datastore: PostgresDatastore) -> None:
        super().__init__(datastore, tracking_table_name="documents_tracking")
        self._table = Identifier(datastore.schema, "documents")

    def get(self, collection: str, key: str) -> Document | None:
        statement = SQL("SELECT body FROM {} WHERE collection = %s AND key = %s")
        rows = self._select(statement, (collection, key))
        return rows[0]["body"] if rows else None

    def all(self, collection: str) -> Iterator[tuple[str, Document]]:
        statement = SQL(
            "SELECT position, key, body FROM {} WHERE collection = %s AND position > %s ORDER BY position LIMIT %s"
        )
        position = 0
        while page := self._select(statement, (collection, position, PAGE)):
            yield from ((row["key"], row["body"]) for row in page)
            position = page[-1]["position"]

    def count(self, collection: str) -> int:
        statement = SQL("SELECT COUNT(*) AS count FROM {} WHERE collection = %s")
        return int(self._select(statement, (collection,))[0]["count"])

    def _select(self, statement: SQL, values: tuple[str | int, ...]) -> list[DictRow]:
        with self.datastore.transaction(commit=False) as cursor:
            return cursor.execute(statement.format(self._table), values).fetchall()

    def save(self, changes: Changes, tracking: Tracking) -> None:
        statement = SQL(
            "INSERT INTO {} (collection, key, body) VALUES (%s, %s, %s)"
            " ON CONFLICT (collection, key) DO UPDATE SET body = excluded.body"
        ).format(self._table)
        with self.datastore.transaction(commit=True) as cursor:
            self._insert_tracking(cursor, tracking)
            for (collection, key), document in changes.items():
                cursor.execute(statement, (collection, key, Json(document)))

    def remove(self, collection: str, keys: Sequence[str]) -> None:
        statement = SQL("DELETE FROM {} WHERE collection = %s AND key = ANY(%s)").format(self._table)
        with self.datastore.transaction(commit=True) as cursor:
            cursor.execute(statement, (collection, list(keys)))


class PostgresKeys:
    def __init__(self, datastore: PostgresDatastore) -> None:
        self._datastore = datastore
        self._table = Identifier(datastore.schema, "personal_data_keys")

    def of(self, owner: str) -> Key | None:
        return self._one(SQL("SELECT id, secret FROM {} WHERE owner = %s"), owner)

    def find(self, id: str) -> Key | None:
        return self._one(SQL("SELECT id, secret FROM {} WHERE id = %s"), id)

    def _one(self, statement: SQL, value: str) -> Key | None:
        with self._datastore.transaction(commit=False) as cursor:
            row = cursor.execute(statement.format(self._table), (value,)).fetchone()
            return None if row is None else Key(row["id"], bytes(row["secret"]))

    def add(self, owner: str, key: Key) -> Key:
        self._execute("INSERT INTO {} VALUES (%s, %s, %s) ON CONFLICT (owner) DO NOTHING", owner, key.id, key.secret)
        return self.of(owner) or key

    def destroy(self, owner: str) -> None:
        self._execute("DELETE FROM {} WHERE owner = %s", owner)

    def _execute(self, statement: Any, *values: object) -> None:
        with self._datastore.transaction(commit=True) as cursor:
            cursor.execute(SQL(statement).format(self._table), values)


def migrate(datastore: PostgresDatastore) -> None:
    """Brings the tables up to date."""
    schema = Identifier(datastore.schema)
    with datastore.transaction(commit=True) as cursor:
        # Of several that start at once, each finds what those before it have done.
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", (LOCK,))
        for statement in (
            "CREATE TABLE IF NOT EXISTS {schema}.schema_version (version integer PRIMARY KEY)",
            "SELECT coalesce(max(version), 0) AS version FROM {schema}.schema_version",
        ):
            cursor.execute(SQL(statement).format(schema=schema))
        row = cursor.fetchone()
        for number, step in missing(row["version"] if row else 0):
            for statement in step.postgres:
                cursor.execute(SQL(statement).format(schema=schema))
            cursor.execute(SQL("INSERT INTO {schema}.schema_version VALUES (%s)").format(schema=schema), (number,))


def open_store(env: EnvType) -> Store:
    datastore = PostgresDatastore(
        dbname=env["POSTGRES_DBNAME"],
        host=env["POSTGRES_HOST"],
        port=env["POSTGRES_PORT"],
        user=env["POSTGRES_USER"],
        password=env["POSTGRES_PASSWORD"],
        # As many as the library keeps for the events: requests that read at once wait for each other otherwise.
        pool_size=int(env.get("POSTGRES_POOL_SIZE") or 5),
        max_overflow=int(env.get("POSTGRES_MAX_OVERFLOW") or 10),
        schema=env.get("POSTGRES_SCHEMA", "public"),
    )
    migrate(datastore)
    documents = PostgresDocuments(datastore)
    documents.create_table()
    return Store(documents, PostgresKeys(datastore))
