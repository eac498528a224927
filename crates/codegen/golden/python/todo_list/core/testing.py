"""Given, when, then: scenarios as tests, played in memory."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Self

from .messages import Command, Event, Metadata, new_id, said_of
from .privacy import is_hash_of
from .readmodels import Readmodel
from .rules import Refused
from .service import Service, start
from .values import BOOLEAN, is_blank, is_empty, read_decimal, words


@dataclass(frozen=True)
class Fact:
    """An event with the properties that matter."""

    event: type[Event]
    values: dict[str, Any]


def fact(event: type[Event], **values: Any) -> Fact:
    return Fact(event, values)


class Scenario:
    """A service in which nothing has happened yet."""

    def __init__(self, service: type[Service]) -> None:
        self._runner = start(service, {"STORE": "memory", "READMODELS": "memory"})
        self.service = self._runner.get(service)
        self._aggregates = {of.category: of for of in service.aggregates}
        self._refused: Refused | None = None
        self._seen = 0

    def close(self) -> None:
        self._runner.stop()
        assert self._refused is None, f"It was rejected: {self._refused}"

    def given(self, *history: Fact | Command) -> Self:
        """Facts are there, and nothing follows from them. Commands are carried out with all that follows."""
        for one in history:
            if isinstance(one, Command):
                self.service.handle(one)
            else:
                self._record(one)
        self._seen = len(self._log())
        return self

    def _record(self, one: Fact) -> None:
        of = self._aggregates[one.event.CATEGORY]
        id_field = one.event.ID_FIELD
        values = dict(one.values)
        if id_field is not None and is_empty(values.get(id_field)):
            values[id_field] = self._free(of, said_of(one.event)[id_field].type)
        aggregate = self.service.load(of, values.get(id_field) if id_field else None)
        for attribute, said in said_of(one.event).items():
            otherwise = True if said.type == BOOLEAN else aggregate.known(said.name)
            values.setdefault(attribute, otherwise)
        event = one.event(
            **values,
            originator_id=aggregate.id,
            originator_version=aggregate.version,
            metadata=Metadata(id=new_id(), correlation_id=new_id(), causation_id=new_id()),
        )
        self.service.events.put([event])
        self.service.pass_over()
        self.service.projector.catch_up()

    def _free(self, of: Any, type_of_id: Any) -> Any:
        number = 1
        while self.service.load(of, number).version > 0:
            number += 1
        return type_of_id.fit(number)

    def when(self, command: Command) -> Self:
        try:
            self.service.handle(command)
        except Refused as refused:
            self._refused = refused
        return self

    def then(self, *expected: Fact) -> Self:
        """Exactly these events have happened since."""
        assert self._refused is None, f"It was rejected: {self._refused}"
        happened = self._log()[self._seen :]
        self._seen += len(happened)
        assert [type(event).__name__ for event in happened] == [one.event.__name__ for one in expected]
        for event, one in zip(happened, expected, strict=True):
            for attribute, wanted in one.values.items():
                actual = getattr(event, attribute)
                hashed = said_of(one.event)[attribute].hashed
                same = is_hash_of(actual, wanted) if hashed and actual else is_same(actual, wanted)
                assert same, f"{attribute} of {type(event).__name__} is {actual!r}, not {wanted!r}"
        return self

    def rejected(self, *reasons: str) -> Self:
        """The command was refused, for these reasons among others."""
        refused, self._refused = self._refused, None
        assert refused is not None, "It was accepted."
        messages = [failure.message for failure in refused.failures]
        assert all(reason in [*messages, " ".join(messages)] for reason in reasons), messages
        assert len(self._log()) == self._seen
        return self

    def expect(self, readmodel: Readmodel, cells: dict[str, Any]) -> Self:
        """The read model has a row like that, by the names of its columns."""
        assert self._refused is None, f"It was rejected: {self._refused}"
        rows = list(self.service.projector.rows(readmodel))
        assert any(all(is_same(row[name], cell) for name, cell in cells.items()) for row in rows), rows
        return self

    def _log(self) -> list[Event]:
        return [event for _, event in self.service.events_after(0, 1_000_000)]


def is_same(actual: Any, wanted: Any) -> bool:
    """`4.2` is `4.20`, in a text too: prices lose their last digit on their way."""
    if is_blank(wanted):
        return is_blank(actual)
    said, meant = words(_plain(actual)), words(_plain(wanted))
    number = read_decimal(meant) if "." in meant else None
    return said == meant or (number is not None and number == read_decimal(said))


def _plain(value: Any) -> Any:
    return Decimal(repr(value)) if isinstance(value, float) else value
