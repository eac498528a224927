"""Everything is gone when the process ends: for tests, and for trying things out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from eventsourcing.persistence import Tracking
from eventsourcing.popo import POPOTrackingRecorder
from eventsourcing.utils import EnvType

from ..privacy import Key
from . import Changes, Document, Store


class MemoryDocuments(POPOTrackingRecorder):
    def __init__(self) -> None:
        super().__init__()
        self._collections: dict[str, dict[str, Document]] = {}

    def get(self, collection: str, key: str) -> Document | None:
        return self._collections.get(collection, {}).get(key)

    def all(self, collection: str) -> Iterator[tuple[str, Document]]:
        with self._database_lock:
            return iter(list(self._collections.get(collection, {}).items()))

    def count(self, collection: str) -> int:
        return len(self._collections.get(collection, {}))

    def save(self, changes: Changes, tracking: Tracking) -> None:
        with self._database_lock:
            self.insert_tracking(tracking)
            for (collection, key), document in changes.items():
                self._collections.setdefault(collection, {})[key] = document

    def remove(self, collection: str, keys: Sequence[str]) -> None:
        with self._database_lock:
            for key in keys:
                self._collections.get(collection, {}).pop(key, None)


class MemoryKeys:
    def __init__(self) -> None:
        self._of: dict[str, Key] = {}
        self._by_id: dict[str, Key] = {}

    def of(self, owner: str) -> Key | None:
        return self._of.get(owner)

    def find(self, id: str) -> Key | None:
        return self._by_id.get(id)

    def add(self, owner: str, key: Key) -> Key:
        kept = self._of.setdefault(owner, key)
        self._by_id[kept.id] = kept
        return kept

    def destroy(self, owner: str) -> None:
        if key := self._of.pop(owner, None):
            del self._by_id[key.id]


def open_store(env: EnvType) -> Store:
    return Store(MemoryDocuments(), MemoryKeys())
