"""The domain's own tests. Yours: generated once, and never touched again."""

from __future__ import annotations

from typing import get_args

import pytest

from todo_list import domain
from todo_list.core.messages import Command
from todo_list.generated import commands


def decisions() -> list[tuple[type, type[Command]]]:
    pairs = [
        (domain.User, commands.UserCommand),
        (domain.Todo, commands.TodoCommand),
    ]
    return [(of, command) for of, union in pairs for command in get_args(union) or (union,)]


@pytest.mark.parametrize(("of", "command"), decisions())
def test_there_is_a_decision_about_every_command(of: type, command: type[Command]) -> None:
    list(of("stream-1").decide(command()))
