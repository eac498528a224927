"""That the domain knows every command. Generated: written again each time; your own tests go into other files."""

from __future__ import annotations

from typing import get_args

import pytest

from todo_list import domain
from todo_list.core.aggregates import Aggregate
from todo_list.core.messages import Command
from todo_list.generated import commands

DECISIONS: list[tuple[type[Aggregate], object]] = [
    (domain.User, commands.UserCommand),
    (domain.Todo, commands.TodoCommand),
]


@pytest.mark.parametrize(
    ("of", "command"),
    [(of, command) for of, commands_of in DECISIONS for command in get_args(commands_of) or (commands_of,)],
)
def test_there_is_a_decision_about_every_command(of: type[Aggregate], command: type[Command]) -> None:
    """What becomes of a command that says nothing is up to the domain, as long as `assert_never` is not reached."""
    try:
        list(of("stream-1").decide(command()))
    except AssertionError:
        raise
    except Exception as error:
        print(f"{command.NAME} wants more: {error!r}")
