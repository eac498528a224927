"""Routes. Generated: written again each time."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from ..core import http
from . import commands, readmodels

router = APIRouter()


@router.post("/api/v1/User/Register")
async def register(request: Request) -> Response:
    return await http.send(request, commands.Register)


@router.post("/api/v1/Todo/AddTODOListItem")
async def add_todo_list_item(request: Request) -> Response:
    return await http.send(request, commands.AddTODOListItem)


@router.post("/api/v1/Todo/MarkComplete")
async def mark_complete(request: Request) -> Response:
    return await http.send(request, commands.MarkComplete)


@router.post("/api/v1/Todo/DeleteItem")
async def delete_item(request: Request) -> Response:
    return await http.send(request, commands.DeleteItem)


@router.get("/api/v1/r/UserLookup")
async def find_user_lookup(request: Request) -> Response:
    return await http.rows(request, readmodels.USER_LOOKUP)


@router.get("/api/v1/r/UserLookup/findOne")
async def find_one_user_lookup(request: Request) -> Response:
    return await http.first(request, readmodels.USER_LOOKUP)


@router.get("/api/v1/r/TODOList")
async def find_todo_list(request: Request) -> Response:
    return await http.rows(request, readmodels.TODO_LIST)


@router.get("/api/v1/r/TODOList/findOne")
async def find_one_todo_list(request: Request) -> Response:
    return await http.first(request, readmodels.TODO_LIST)
