"""What the environment says.

`STORE`, `SQLITE_PATH`, `DATABASE_URL` and `KURRENTDB_URL` are turned into the variables of the library, which can be
given as well: `PERSISTENCE_MODULE`, `SQLITE_DBNAME`, `POSTGRES_DBNAME`, `KURRENTDB_URI`, `COMPRESSOR_TOPIC`, …
"""

from __future__ import annotations

import logging
import os
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
MAX_PORT: Final = 65_535
OWN_PARTS: Final = ("dbname", "host", "port", "user", "password")


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
    log_level: str
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
        if store == "memory" and readmodels != "memory":
            raise BadSetting(f"READMODELS is {readmodels}, but STORE is memory: rows must not outlive their events.")
        if store == "kurrentdb" and readmodels == "memory":
            raise BadSetting("READMODELS is memory, but STORE is kurrentdb: keys of personal data would be lost.")
        if env.get("STORE"):
            env["PERSISTENCE_MODULE"] = MODULES[store]
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
            port=_port(env.get("PORT") or "3001"),
            log_level=_level(env.get("LOG_LEVEL") or "INFO"),
            exposes_events=env.get("EXPOSE_EVENTS", "").lower() == "true",
        )


def _port(said: str) -> int:
    if said.isascii() and said.isdigit() and len(said) <= 5 and int(said) <= MAX_PORT:
        return int(said)
    raise BadSetting(f"PORT is {said}: it is a number up to 65535.")


def _level(said: str) -> str:
    level = said.upper()
    if level in logging.getLevelNamesMapping():
        return level
    raise BadSetting(f"LOG_LEVEL is {said}: it can be DEBUG, INFO, WARNING, ERROR or CRITICAL.")


def _postgres(env: dict[str, str]) -> None:
    url = env.get("DATABASE_URL")
    if url:
        said = _parts(url)
        env.setdefault("POSTGRES_DBNAME", said.get("dbname", ""))
        env.setdefault("POSTGRES_HOST", said.get("host", "127.0.0.1"))
        env.setdefault("POSTGRES_PORT", said.get("port", "5432"))
        env.setdefault("POSTGRES_USER", said.get("user", ""))
        env.setdefault("POSTGRES_PASSWORD", said.get("password", ""))
    if not env.get("POSTGRES_DBNAME"):
        raise BadSetting("DATABASE_URL is missing: postgresql://user:password@host:5432/database")
    env.setdefault("POSTGRES_PORT", "5432")


def _parts(url: str) -> dict[str, str]:
    """What the library has no variables for, like `sslmode`, PostgreSQL's client takes from its own."""
    from psycopg import ProgrammingError
    from psycopg.conninfo import conninfo_to_dict
    from psycopg.pq import Conninfo

    try:
        said = {key: str(value) for key, value in conninfo_to_dict(url).items()}
    except ProgrammingError:
        # Why would be said with parts of the URL, in which there is a password.
        raise BadSetting("DATABASE_URL is no URL like postgresql://user:password@host:5432/database") from None
    for option in Conninfo.get_defaults():
        name = option.keyword.decode()
        if name in said and name not in OWN_PARTS and option.envvar:
            os.environ[option.envvar.decode()] = said[name]
    return said


def _kurrentdb(env: dict[str, str]) -> None:
    env.setdefault("KURRENTDB_URI", env.get("KURRENTDB_URL", ""))
    if not env["KURRENTDB_URI"]:
        raise BadSetting("KURRENTDB_URL is missing: kurrentdb://host:2113?tls=false")
