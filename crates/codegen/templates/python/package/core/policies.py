"""Policies: an event that is recorded leads to a command, whose events may do the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from .messages import Command, Event

E = TypeVar("E", bound=Event)
Reaction = Callable[[E], Command | None]


@dataclass(frozen=True)
class Policy:
    name: str
    """All its words: a checkpoint is kept under them."""
    event: type[Event]
    command: type[Command]
    react: Callable[[Any], Command | None]
    """`None`: its condition does not hold."""


def whenever(name: str, event: type[E], command: type[Command]) -> Callable[[Reaction[E]], Policy]:
    """Makes a policy of a function from the event to the command."""
    return lambda react: Policy(name, event, command, react)
