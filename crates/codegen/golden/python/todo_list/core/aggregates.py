"""Aggregates: streams of events that decide about commands.

An aggregate begins empty, and any event may be its first: an `Aggregate` of version 0 stands for a stream that there
is not yet. Versions are counted from 0 in the store, as KurrentDB does, and from 1 outside.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, ClassVar

from .messages import Event, Metadata, new_id, said_of
from .values import is_empty, words


class Aggregate:
    """One stream. What it knows is what its events said."""

    category: ClassVar[str]
    """`Todo`, or `Shop.Order` where there are several contexts: streams are `Todo-1`."""

    def __init__(self, id: str) -> None:
        self.id = id
        self.version = 0
        self._happened: set[type[Event]] = set()
        self._known: dict[str, Any] = {}
        self._pending: list[Event] = []

    @classmethod
    def stream_of(cls, key: Any) -> str:
        """The stream's name. One without an id is the only one of its category."""
        return cls.category if is_empty(key) else f"{cls.category}-{words(key)}"

    def decide(self, command: Any) -> Iterable[Event]:
        """What happens when the command's rules are met."""
        raise NotImplementedError

    def handle(self, command: Any, about: Metadata) -> None:
        """Carries out a decision. All its events are recorded together, or none."""
        for event in list(self.decide(command)):
            recorded = dataclasses.replace(
                event,
                originator_id=self.id,
                originator_version=self.version,
                timestamp=datetime.now(UTC),
                metadata=dataclasses.replace(about, id=new_id()),
            )
            self.evolve(recorded)
            self._pending.append(recorded)

    def evolve(self, event: Event) -> None:
        self.version = event.originator_version + 1
        self._happened.add(type(event))
        said = said_of(type(event))
        for attribute, one in said.items():
            value = getattr(event, attribute)
            if not is_empty(value):
                self._known[one.name] = value

    def has(self, event: type[Event]) -> bool:
        """Whether an event has happened in this stream."""
        return event in self._happened

    def known(self, name: str) -> Any:
        """The last value of a property, by its name in the model."""
        return self._known.get(name)

    def collect_events(self) -> list[Event]:
        pending, self._pending = self._pending, []
        return pending
