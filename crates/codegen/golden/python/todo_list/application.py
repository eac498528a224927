"""What the service consists of. Generated: written again each time."""

from __future__ import annotations

from pathlib import Path

from fastapi import APIRouter

from . import domain
from .core.app import create_app
from .core.service import Service
from .generated import api, events, readmodels


class TODOList(Service):
    """Its aggregates, read models and policies, over one log."""

    name = "todo_list"
    aggregates = (
        domain.User,
        domain.Todo,
    )
    events_of = (*events.EVENTS,)
    readmodels = (*readmodels.READMODELS,)


router = APIRouter()
router.include_router(api.router)

app = create_app(TODOList, router, Path(__file__).parents[1] / "specs")
