"""The web application: routes, what surrounds every request, health, and the documentation of the API."""

from __future__ import annotations

import json
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final

import fastapi_offline
from anyio import CapacityLimiter
from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.responses import HTMLResponse
from fastapi.staticfiles import StaticFiles
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from .http import Problem, answer, decoded_part, events, is_word
from .messages import new_id
from .service import Service, start

log = logging.getLogger(__name__)

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Asgi = Callable[[Scope, Receive, Send], Awaitable[None]]

# The files of Swagger UI, as that package brings them: nothing is loaded from another host.
SWAGGER: Final = Path(fastapi_offline.__file__).parent / "static"


class Surroundings:
    """A correlation id around every request, its path taken as it was sent, and an answer whatever happens."""

    def __init__(self, app: Asgi) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        given = dict(scope["headers"]).get(b"correlation-id", b"").decode("latin-1")
        correlation_id = given if is_word(given) else new_id()
        scope.setdefault("state", {})["correlation_id"] = correlation_id
        scope["path"] = _path(scope["raw_path"])
        begun = False

        async def surrounded(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                names = {name for name, _ in message["headers"]}
                if b"correlation-id" not in names:
                    message["headers"].append((b"correlation-id", correlation_id.encode()))
            await send(message)

        try:
            await self._app(scope, receive, surrounded)
        except ClientDisconnect:
            # There is nobody left to be answered.
            return
        except Exception:
            # The path as it was sent: decoded, it could forge a line of the log.
            log.exception("%s %s", scope["method"], scope["raw_path"].decode("latin-1"))
            if not begun:
                problem = Problem(500, "Something went wrong in the service.").response()
                await problem(scope, receive, surrounded)


def _path(raw: bytes) -> str:
    """Each part decoded on its own, so that an encoded slash stays within its part. Routes are written alike.

    What is encoded badly becomes an empty part, which no route has.
    """
    parts = [decoded_part(part) for part in raw.decode("latin-1").split("/")]
    return "/".join("" if part is None else escaped(part) for part in parts)


def escaped(part: str) -> str:
    """What would mean something else within a route."""
    for character in "%/{}":
        part = part.replace(character, f"%{ord(character):02X}")
    return part


def create_app(service: type[Service], router: APIRouter, specs: Path, env: dict[str, str] | None = None) -> FastAPI:
    """The application around a service, which runs from the start of the application to its end."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        runner = await run_in_threadpool(start, service, env)
        app.state.service = runner.get(service)
        app.state.turns = CapacityLimiter(1)
        if app.state.service.settings.exposes_events:
            app.add_api_route("/events", events, methods=["GET"])
        try:
            yield
        finally:
            await run_in_threadpool(runner.stop)

    app = FastAPI(lifespan=lifespan, openapi_url=None, docs_url=None, redoc_url=None, redirect_slashes=False)
    app.include_router(router)
    app.include_router(_about(specs))
    app.mount("/api-docs/swagger", StaticFiles(directory=SWAGGER))
    app.add_middleware(Surroundings)
    app.add_exception_handler(Problem, _problem)
    app.add_exception_handler(HTTPException, _http_exception)
    return app


async def _problem(_: Request, problem: Exception) -> Response:
    assert isinstance(problem, Problem)
    return problem.response()


async def _http_exception(_: Request, exception: Exception) -> Response:
    """What the framework refuses: unknown paths, and wrong methods with `Allow`."""
    assert isinstance(exception, HTTPException)
    headers = dict(exception.headers or {})
    return Problem(exception.status_code, DETAILS.get(exception.status_code, exception.detail), headers).response()


DETAILS: Final = {404: "There is nothing here.", 405: "This cannot be done here."}


def _about(specs: Path) -> APIRouter:
    router = APIRouter()
    openapi = json.loads((specs / "openapi.json").read_text(encoding="utf-8"))

    @router.get("/health/live")
    async def live() -> Response:
        return answer(200, {"status": "up"})

    @router.get("/health/ready")
    async def ready(request: Request) -> Response:
        service: Service = request.app.state.service
        try:
            await run_in_threadpool(service.projector.catch_up)
        except Exception as error:
            log.exception("not ready")
            raise Problem(503, "The store does not answer.") from error
        return answer(200, {"status": "up"})

    @router.get("/api-docs/json")
    async def document() -> Response:
        return answer(200, openapi)

    @router.get("/api-docs")
    async def docs() -> Response:
        return HTMLResponse(PAGE)

    return router


PAGE: Final = """<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <title>API</title>
    <link rel="icon" href="/api-docs/swagger/favicon.png">
    <link rel="stylesheet" href="/api-docs/swagger/swagger-ui.css">
  </head>
  <body>
    <div id="swagger-ui"></div>
    <script src="/api-docs/swagger/swagger-ui-bundle.js"></script>
    <script>SwaggerUIBundle({ url: "/api-docs/json", dom_id: "#swagger-ui" })</script>
  </body>
</html>
"""
