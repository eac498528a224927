"""Read models, and the projector that follows the log.

The projector pulls: it asks for what comes after its checkpoint, and writes rows and checkpoint in one transaction. So
it works on every store of the library, also on those without subscriptions, and whoever lets it catch up before they
read, reads their own writes.

Rows and checkpoint are kept under a fingerprint of what read models are made of. When the model changes, the service
makes them anew from the log at its next start, while a process of the version before goes on with its own.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from eventsourcing.persistence import ApplicationRecorder, IntegrityError, Tracking
from eventsourcing.utils import get_topic

from .mapping import SEALED, EventMapper
from .messages import Event, said_of
from .privacy import KeyRing
from .queries import Column, Filter, Row
from .settings import BadSetting
from .stores import Changes, Document, Documents
from .values import ERASED, is_blank, to_json, words

PAGE: Final = 500
VERSION: Final = 1
"""Of how rows are made: another one makes them anew."""
REQUESTS: Final = "$requests"
STREAMS: Final = "$streams"


@dataclass(frozen=True)
class Heard:
    """What a read model takes from an event: fields by columns, one of which is the key."""

    event: type[Event]
    key: str
    cells: Mapping[str, str]


@dataclass(frozen=True)
class Readmodel:
    """A row by key. The first event with a key makes the row, later ones update it."""

    name: str
    key: str
    columns: Sequence[Column]
    """What is shown; nothing that is stored hashed."""
    hears: Sequence[Heard]
    private: bool = False
    """The key itself is personal."""

    def row_key(self, key: Any) -> str:
        return hashlib.sha256(words(key).encode()).hexdigest() if self.private else words(key)

    def makings(self) -> Iterator[object]:
        """What a row depends on."""
        yield self.name, self.private
        for heard in self.hears:
            said = said_of(heard.event)
            yield heard.event.TOPIC, heard.key, [(*cell, said[cell[1]].personal) for cell in heard.cells.items()]


class Projector:
    def __init__(
        self,
        recorder: ApplicationRecorder,
        mapper: EventMapper,
        documents: Documents,
        keys: KeyRing,
        readmodels: Sequence[Readmodel],
        events: Iterable[type[Event]],
    ) -> None:
        self._recorder = recorder
        self._mapper = mapper
        self._documents = documents
        self._keys = keys
        self._topics = {get_topic(event) for event in events}
        self._listeners: defaultdict[type[Event], list[tuple[Readmodel, Heard]]] = defaultdict(list)
        for readmodel in readmodels:
            for heard in readmodel.hears:
                self._listeners[heard.event].append((readmodel, heard))
        self._private = [readmodel for readmodel in readmodels if readmodel.private]
        self._fingerprint = fingerprint(readmodels)
        self._checkpoint = f"readmodels@{self._fingerprint}"
        self._at = documents.max_tracking_id(self._checkpoint)
        if (self._at or 0) > (recorder.max_notification_id() or 0):
            raise BadSetting("The read models know of more than has happened: they belong to other events.")
        self._turn = threading.Lock()

    def catch_up(self) -> None:
        """Takes in what has happened since."""
        with self._turn:
            while page := self._recorder.select_notifications(self._at, PAGE, inclusive_of_start=False):
                changes: Changes = {}
                for notification in page:
                    if notification.topic in self._topics:
                        event = self._mapper.to_domain_event(notification)
                        assert isinstance(event, Event)
                        self._hear(event, changes)
                try:
                    self._documents.save(changes, Tracking(self._checkpoint, page[-1].id))
                    self._at = page[-1].id
                except IntegrityError:
                    # Another process took them in.
                    self._at = self._documents.max_tracking_id(self._checkpoint)

    def _hear(self, event: Event, changes: Changes) -> None:
        for readmodel, heard in self._listeners[type(event)]:
            key = getattr(event, heard.key)
            if key is ERASED or is_blank(key):
                continue
            row = self._open(changes, readmodel.name, readmodel.row_key(key))
            for column, attribute in heard.cells.items():
                value = getattr(event, attribute)
                if value is not None:
                    personal = said_of(type(event))[attribute].personal
                    row[column] = self._sealed(event.originator_id, value) if personal else to_json(value)
        if event.originator_version == 0:
            self._open(changes, f"{STREAMS}/{event.CATEGORY}", event.originator_id)
        if (request := event.metadata.request) is not None:
            answer = self._open(changes, REQUESTS, request["key"])
            answer |= {
                "digest": request["digest"],
                "version": event.originator_version + 1,
                "correlation_id": event.metadata.correlation_id,
            }

    def _open(self, changes: Changes, collection: str, key: str) -> Document:
        """The document, to be changed."""
        at = (self._own(collection), key)
        if at not in changes:
            changes[at] = dict(self._documents.get(*at) or {})
        return changes[at]

    def _own(self, collection: str) -> str:
        return f"{collection}@{self._fingerprint}"

    def _sealed(self, owner: str, value: Any) -> Any:
        if value is ERASED:
            return None
        return {SEALED: self._keys.seal(owner, json.dumps(to_json(value)).encode())}

    def exists(self, readmodel: Readmodel, key: Any) -> bool:
        return self._documents.get(self._own(readmodel.name), readmodel.row_key(key)) is not None

    def rows(self, readmodel: Readmodel) -> Iterator[Row]:
        """All rows, in the order in which they came into being."""
        return self._shown(readmodel, (document for _, document in self._documents.all(self._own(readmodel.name))))

    def find(self, readmodel: Readmodel, asked: Filter) -> list[Row]:
        """The rows that are asked for.

        The store looks up a key, else it hands out rows page by page until there are enough. It judges and sorts
        nothing: personal cells are sealed, and texts, numbers and truths compare here as they do on the wall, which
        the collations and casts of databases would each do in their own way.
        """
        key = asked.texts.get(readmodel.key)
        # What names nothing has no row, and PostgreSQL takes no NUL.
        if key is None or is_blank(key) or "\0" in key:
            return asked.apply(self.rows(readmodel))
        document = self._documents.get(self._own(readmodel.name), readmodel.row_key(key))
        return asked.apply(self._shown(readmodel, [] if document is None else [document]))

    def _shown(self, readmodel: Readmodel, documents: Iterable[Document]) -> Iterator[Row]:
        for document in documents:
            row = {column.name: self._opened(document.get(column.name, "")) for column in readmodel.columns}
            # Its key was erased a moment ago.
            if row.get(readmodel.key, "") is not None:
                yield row

    def _opened(self, cell: Any) -> Any:
        if not isinstance(cell, dict):
            return cell
        data = self._keys.open(cell[SEALED])
        return None if data is None else json.loads(data)

    def forget(self) -> None:
        """Removes the rows whose keys were erased, and with them the hashes that they were kept under."""
        with self._turn:
            for readmodel in self._private:
                own = self._own(readmodel.name)
                rows = self._documents.all(own)
                gone = [key for key, document in rows if self._opened(document.get(readmodel.key, "")) is None]
                self._documents.remove(own, gone)

    def streams(self, category: str) -> int:
        """How many streams of a category have begun."""
        return self._documents.count(self._own(f"{STREAMS}/{category}"))

    def answer(self, key: str) -> Document | None:
        """What came of the request with that `Idempotency-Key`."""
        return self._documents.get(self._own(REQUESTS), key)


def fingerprint(readmodels: Iterable[Readmodel]) -> str:
    makings = [list(readmodel.makings()) for readmodel in readmodels]
    return hashlib.sha256(repr((VERSION, makings)).encode()).hexdigest()[:12]
