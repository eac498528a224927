"""What the environment says.

`STORE`, `SQLITE_PATH`, `DATABASE_URL` and `KURRENTDB_URL` are turned into the variables of the library, which can be
given as well: `PERSISTENCE_MODULE`, `SQLITE_DBNAME`, `POSTGRES_DBNAME`, `KURRENTDB_URI`, `COMPRESSOR_TOPIC`, …
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Self

MODULES: Final = {
    "memory": "eventsourcing.popo",
    "sqlite": "eventsourcing.sqlite",
    "postgres": "eventsourcing.postgres",
    "kurrentdb": "eventsourcing_kurrentdb",
}
READMODELS: Final = ("memory", "sqlite", "postgres")


class BadSetting(Exception):
    """A variable that means nothing, or one that is missing."""


@dataclass(frozen=True)
class Settings:
    env: dict[str, str]
    """As the library reads it."""
    store: str
    readmodels: str
    host: str
    port: int
    exposes_events: bool

    @classmethod
    def of(cls, given: Mapping[str, str], name: str) -> Self:
        env = dict(given)
        stores = {module: store for store, module in MODULES.items()}
        store = env.get("STORE") or stores.get(env.get("PERSISTENCE_MODULE", ""), "sqlite")
        if store not in MODULES:
            raise BadSetting(f"STORE is {store}: it can be {', '.join(MODULES)}.")
        readmodels = env.get("READMODELS") or (store if store in READMODELS else "sqlite")
        if readmodels not in READMODELS:
            raise BadSetting(f"READMODELS is {readmodels}: it can be {', '.join(READMODELS)}.")
        env.setdefault("PERSISTENCE_MODULE", MODULES[store])
        # Aggregates are known by the names of their streams.
        env["ORIGINATOR_ID_TYPE"] = "text"
        used = {store, readmodels}
        if "sqlite" in used:
            env.setdefault("SQLITE_DBNAME", env.get("SQLITE_PATH") or f"data/{name}.db")
        if "postgres" in used:
            _postgres(env)
        if "kurrentdb" in used:
            _kurrentdb(env)
        return cls(
            env=env,
            store=store,
            readmodels=readmodels,
            host=env.get("HOST", "0.0.0.0"),
            port=int(env.get("PORT") or 3001),
            exposes_events=env.get("EXPOSE_EVENTS", "").lower() == "true",
        )


def _postgres(env: dict[str, str]) -> None:
    url = env.get("DATABASE_URL")
    if url:
        from psycopg.conninfo import conninfo_to_dict

        said = {key: str(value) for key, value in conninfo_to_dict(url).items()}
        env.setdefault("POSTGRES_DBNAME", said.get("dbname", ""))
        env.setdefault("POSTGRES_HOST", said.get("host", "127.0.0.1"))
        env.setdefault("POSTGRES_PORT", said.get("port", "5432"))
        env.setdefault("POSTGRES_USER", said.get("user", ""))
        env.setdefault("POSTGRES_PASSWORD", said.get("password", ""))
    if not env.get("POSTGRES_DBNAME"):
        raise BadSetting("DATABASE_URL is missing: postgresql://user:password@host:5432/database")
    env.setdefault("POSTGRES_PORT", "5432")


def _kurrentdb(env: dict[str, str]) -> None:
    env.setdefault("KURRENTDB_URI", env.get("KURRENTDB_URL", ""))
    if not env["KURRENTDB_URI"]:
        raise BadSetting("KURRENTDB_URL is missing: kurrentdb://host:2113?tls=false")
