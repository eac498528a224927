"""Messages: events and commands, and what is said about their properties."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, ClassVar, Self
from uuid import uuid4

from .values import Json, Type, Unfit


@dataclass(frozen=True)
class Said:
    """What the model says about a property or a parameter."""

    name: str
    """As it is called outside: `todoId`."""
    type: Type
    hashed: bool = False
    personal: bool = False
    required: bool = False
    exists_in: str | None = None
    """The read model that must have a row of that key."""


def event_property(name: str, type: Type, *, hashed: bool = False, personal: bool = False) -> Any:
    """A field of an event. Nobody need have said it; the domain decides what to fill it with."""
    return field(metadata={"said": Said(name, type, hashed=hashed, personal=personal)})


def parameter(
    name: str,
    type: Type,
    *,
    required: bool = False,
    exists_in: str | None = None,
    hashed: bool = False,
) -> Any:
    """A field of a command. `None`: it was not given."""
    said = Said(name, type, hashed=hashed, required=required, exists_in=exists_in)
    return field(default=None, metadata={"said": said})


def said_of(cls: type[Any]) -> dict[str, Said]:
    """The properties of a message by the names of their fields, in the model's order."""
    if cls not in _SAID:
        _SAID[cls] = {one.name: one.metadata["said"] for one in dataclasses.fields(cls) if "said" in one.metadata}
    return _SAID[cls]


_SAID: dict[type[Any], dict[str, Said]] = {}


@dataclass(frozen=True, kw_only=True)
class Metadata:
    """How an event came about."""

    id: str
    correlation_id: str
    causation_id: str
    """The event that led to it by a policy, else the command."""
    policies: list[str] = field(default_factory=list)
    """Those that led here, the first one first."""
    request: dict[str, str] | None = None
    """The `Idempotency-Key` of the request, and the digest of what it said."""


NOBODY = Metadata(id="", correlation_id="", causation_id="")


@dataclass(frozen=True, kw_only=True)
class Event:
    """A fact. The domain says what has happened; where and how is filled in when it is recorded."""

    TOPIC: ClassVar[str]
    """What it is called in the store, wherever its class moves: `TodoAdded`."""

    CATEGORY: ClassVar[str]
    """Of the streams that it happens in."""
    ID_FIELD: ClassVar[str | None] = None
    """The field that is the stream's id."""

    originator_id: str = ""
    originator_version: int = -1
    timestamp: datetime = datetime(1970, 1, 1, tzinfo=UTC)
    metadata: Metadata = NOBODY


@dataclass(frozen=True)
class Precondition:
    """That an event of the stream must have happened, or must not have."""

    event: type[Event] | None
    """`None`: the stream has no such event, so it never happens."""
    name: str
    must: bool


def must_have(event: type[Event] | None, name: str) -> Precondition:
    return Precondition(event, name, must=True)


def must_not_have(event: type[Event] | None, name: str) -> Precondition:
    return Precondition(event, name, must=False)


@dataclass(frozen=True, kw_only=True)
class Command:
    """What somebody wants. Its rules stand beside it; the rest the domain decides."""

    NAME: ClassVar[str]
    CATEGORY: ClassVar[str]
    """Of the stream that decides."""
    ID_FIELD: ClassVar[str | None] = None
    """The field that says which stream is meant."""
    CREATES: ClassVar[bool] = False
    """A stream begins with it."""
    PRECONDITIONS: ClassVar[tuple[Precondition, ...]] = ()

    @classmethod
    def of_json(cls, json: dict[str, Json]) -> Self:
        """The command that a body means. Raises `KeyError` with the name of what is no parameter."""
        attributes = {said.name: attribute for attribute, said in said_of(cls).items()}
        said = said_of(cls)
        given = {attributes[name]: value for name, value in json.items()}
        return cls(**{attribute: said[attribute].type.read(value) for attribute, value in given.items()})

    def given(self) -> Iterator[tuple[str, Said, Any]]:
        """Field, what the model says of it, and value, of all parameters that were given."""
        for attribute, said in said_of(type(self)).items():
            value = getattr(self, attribute)
            if value is not None:
                yield attribute, said, value

    def unfit(self) -> Iterator[tuple[str, Unfit]]:
        return ((said.name, value) for _, said, value in self.given() if isinstance(value, Unfit))


def new_id() -> str:
    return str(uuid4())
