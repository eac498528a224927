"""Commands: what can be asked for, and the rules. Generated: written again each time."""

from __future__ import annotations

from dataclasses import dataclass

from ..core.messages import Command, parameter
from ..core.values import TEXT, short


@dataclass(frozen=True, kw_only=True)
class Register(Command):
    """Register"""

    NAME = "Register"
    CATEGORY = "User"
    ID_FIELD = "user_id"
    CREATES = True

    email: str | None = parameter("email", TEXT)
    password: str | None = parameter("password", TEXT, hashed=True)
    user_id: str | None = parameter("userId", short(TEXT), required=True)


@dataclass(frozen=True, kw_only=True)
class AddTODOListItem(Command):
    """Add TODO List Item"""

    NAME = "AddTODOListItem"
    CATEGORY = "Todo"
    ID_FIELD = "todo_id"
    CREATES = True

    user_id: str | None = parameter("userId", short(TEXT), exists_in="UserLookup")
    description: str | None = parameter("description", TEXT)
    date_created: str | None = parameter("dateCreated", TEXT)
    todo_id: str | None = parameter("todoId", short(TEXT), required=True)


@dataclass(frozen=True, kw_only=True)
class MarkComplete(Command):
    """Mark Complete"""

    NAME = "MarkComplete"
    CATEGORY = "Todo"
    ID_FIELD = "todo_id"

    todo_id: str | None = parameter("todoId", short(TEXT), required=True)
    is_complete: str | None = parameter("isComplete", TEXT)


@dataclass(frozen=True, kw_only=True)
class DeleteItem(Command):
    """Delete Item"""

    NAME = "DeleteItem"
    CATEGORY = "Todo"
    ID_FIELD = "todo_id"

    todo_id: str | None = parameter("todoId", short(TEXT), required=True)
    is_deleted: str | None = parameter("isDeleted", TEXT)


UserCommand = Register
TodoCommand = AddTODOListItem | MarkComplete | DeleteItem
