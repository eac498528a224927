"""The service's own tables, as numbered steps from an empty database to today's.

The table `schema_version` says which steps a database has taken; those that are missing are taken when the service
starts, all or none. A step that any database has taken is never changed: what is to be different is a new one at the
end. The tables of events and of checkpoints are the library's, which sees to them itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, LiteralString

from ..settings import BadSetting


@dataclass(frozen=True)
class Step:
    sqlite: Sequence[str]
    postgres: Sequence[LiteralString]


STEPS: Final = (
    # Databases from before there were versions have these tables already.
    Step(
        sqlite=(
            "CREATE TABLE IF NOT EXISTS documents (position INTEGER PRIMARY KEY AUTOINCREMENT,"
            " collection TEXT NOT NULL, key TEXT NOT NULL, body TEXT NOT NULL, UNIQUE (collection, key))",
            "CREATE INDEX IF NOT EXISTS documents_in_order ON documents (collection, position)",
            "CREATE TABLE IF NOT EXISTS personal_data_keys"
            " (owner TEXT PRIMARY KEY, id TEXT UNIQUE NOT NULL, secret BLOB NOT NULL)",
        ),
        postgres=(
            "CREATE TABLE IF NOT EXISTS {schema}.documents (position bigserial PRIMARY KEY,"
            " collection text NOT NULL, key text NOT NULL, body json NOT NULL, UNIQUE (collection, key))",
            "CREATE INDEX IF NOT EXISTS documents_in_order ON {schema}.documents (collection, position)",
            "CREATE TABLE IF NOT EXISTS {schema}.personal_data_keys"
            " (owner text PRIMARY KEY, id text UNIQUE NOT NULL, secret bytea NOT NULL)",
        ),
    ),
)


def missing(version: int) -> Sequence[tuple[int, Step]]:
    """The steps that a database at this version has not taken yet, with their numbers."""
    if version > len(STEPS):
        raise BadSetting(
            f"The database is at schema version {version}, and this service knows {len(STEPS)} as the newest. Start the"
            " version of the service that belongs to it, or name another database: SQLITE_PATH, DATABASE_URL."
        )
    return list(enumerate(STEPS, start=1))[version:]
