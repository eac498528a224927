"""Read models: what can be looked at. Generated: written again each time."""

from __future__ import annotations

from typing import Final

from ..core.queries import Column
from ..core.readmodels import Heard, Readmodel
from . import events

USER_LOOKUP: Final = Readmodel(
    name="UserLookup",
    key="userId",
    columns=(
        Column("userId"),
        Column("email"),
    ),
    hears=(
        Heard(
            events.UserRegistered,
            key="user_id",
            cells={
                "userId": "user_id",
                "email": "email",
            },
        ),
    ),
)

TODO_LIST: Final = Readmodel(
    name="TODOList",
    key="todoId",
    columns=(
        Column("todoId"),
        Column("description"),
        Column("dateCreated"),
        Column("isComplete"),
    ),
    hears=(
        Heard(
            events.TodoAdded,
            key="todo_id",
            cells={
                "todoId": "todo_id",
                "description": "description",
                "dateCreated": "date_created",
            },
        ),
        Heard(
            events.TodoCompleted,
            key="todo_id",
            cells={
                "todoId": "todo_id",
                "isComplete": "is_complete",
            },
        ),
    ),
)

READMODELS: Final[tuple[Readmodel, ...]] = (
    USER_LOOKUP,
    TODO_LIST,
)
