"""Where things are kept: a module for each store, chosen by the environment.

What the library does not bring is here: tables of read models that move together with their checkpoint, and the keys
of personal data.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Final, Protocol, cast

from eventsourcing.persistence import Tracking
from eventsourcing.utils import EnvType

from ..privacy import Keys

Document = dict[str, Any]
Changes = dict[tuple[str, str], Document]
"""Documents by collection and key."""
PAGE: Final = 500


class Documents(Protocol):
    """Collections of documents by key, which keep the order in which they came into being."""

    def get(self, collection: str, key: str) -> Document | None: ...

    def all(self, collection: str) -> Iterator[tuple[str, Document]]:
        """Those that are there with their keys, a page at a time: what changes meanwhile may be seen, or not."""

    def count(self, collection: str) -> int: ...

    def save(self, changes: Changes, tracking: Tracking) -> None:
        """Both or neither. Raises the library's `IntegrityError` where somebody else was there before."""

    def remove(self, collection: str, keys: Sequence[str]) -> None:
        """As if they had never been."""

    def insert_tracking(self, tracking: Tracking) -> None: ...

    def max_tracking_id(self, application_name: str) -> int | None: ...


@dataclass(frozen=True)
class Store:
    documents: Documents
    keys: Keys

    def close(self) -> None:
        getattr(getattr(self.documents, "datastore", None), "close", lambda: None)()


def open_store(name: str, env: EnvType) -> Store:
    """The store of that name: `memory`, `sqlite` or `postgres`."""
    return cast(Store, import_module(f".{name}", __name__).open_store(env))
