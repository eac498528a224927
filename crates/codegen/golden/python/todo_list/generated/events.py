"""Events: what can happen. Generated: written again each time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from ..core.messages import Event, event_property
from ..core.values import TEXT, short


@dataclass(frozen=True, kw_only=True)
class UserRegistered(Event):
    """User Registered"""

    TOPIC = "UserRegistered"
    CATEGORY = "User"
    ID_FIELD = "user_id"

    email: str | None = event_property("email", TEXT)
    password: str | None = event_property("password", TEXT, hashed=True)
    user_id: str | None = event_property("userId", short(TEXT))


@dataclass(frozen=True, kw_only=True)
class TodoAdded(Event):
    """Todo Added"""

    TOPIC = "TodoAdded"
    CATEGORY = "Todo"
    ID_FIELD = "todo_id"

    description: str | None = event_property("description", TEXT)
    date_created: str | None = event_property("dateCreated", TEXT)
    todo_id: str | None = event_property("todoId", short(TEXT))


@dataclass(frozen=True, kw_only=True)
class TodoCompleted(Event):
    """Todo Completed"""

    TOPIC = "TodoCompleted"
    CATEGORY = "Todo"
    ID_FIELD = "todo_id"

    todo_id: str | None = event_property("todoId", short(TEXT))
    is_complete: str | None = event_property("isComplete", TEXT)


@dataclass(frozen=True, kw_only=True)
class TodoDeleted(Event):
    """Todo Deleted"""

    TOPIC = "TodoDeleted"
    CATEGORY = "Todo"
    ID_FIELD = "todo_id"

    todo_id: str | None = event_property("todoId", short(TEXT))
    is_deleted: str | None = event_property("isDeleted", TEXT)


EVENTS: Final[tuple[type[Event], ...]] = (
    UserRegistered,
    TodoAdded,
    TodoCompleted,
    TodoDeleted,
)
