"""The domain: what becomes of commands. Yours: generated once, and never touched again.

`decide` is asked when all rules of a command are met (`generated/commands.py`): what it yields has happened.
It may refuse for reasons of its own: `raise Refused(Failure("", "Not today."))`, both of `core.rules`.
`self.known("name")` is what the stream said last of a property, `self.has(…)` whether an event happened.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from .core.aggregates import Aggregate
from .core.messages import Event
from .core.privacy import hashed
from .generated import commands, events


class User(Aggregate):
    category = "User"

    def decide(self, command: commands.UserCommand) -> Iterator[Event]:
        match command:
            case commands.Register():
                yield events.UserRegistered(
                    email=command.email,
                    password=hashed(command.password),
                    user_id=command.user_id,
                )
            case _:
                assert_never(command)


class Todo(Aggregate):
    category = "Todo"

    def decide(self, command: commands.TodoCommand) -> Iterator[Event]:
        match command:
            case commands.AddTODOListItem():
                yield events.TodoAdded(
                    description=command.description,
                    date_created=command.date_created,
                    todo_id=command.todo_id,
                )
            case commands.MarkComplete():
                yield events.TodoCompleted(
                    todo_id=command.todo_id,
                    is_complete=command.is_complete,
                )
            case commands.DeleteItem():
                yield events.TodoDeleted(
                    todo_id=command.todo_id,
                    is_deleted=command.is_deleted,
                )
            case _:
                assert_never(command)
