"""The HTTP face: from requests to commands and queries, and from what came of them to answers."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable, Sequence
from http import HTTPStatus
from typing import Any, Final, TypeVar, TypeVarTuple
from urllib.parse import unquote_to_bytes

from anyio import to_thread
from fastapi import Request, Response
from starlette.concurrency import run_in_threadpool

from . import strict_json
from .aggregates import Aggregate
from .messages import Command, Event, said_of
from .queries import BadFilter, Filter
from .readmodels import Readmodel
from .rules import Failure, Refused
from .service import Accepted, Conflict, Envelope, KeyReused, Service, WrongVersion
from .values import to_json

T = TypeVar("T")
Given = TypeVarTuple("Given")

JSON: Final = "application/json"
PROBLEM: Final = "application/problem+json"
MAX_BODY: Final = 1_048_576
MAX_WORD: Final = 255
MAX_EVENTS: Final = 1_000

TITLES: Final = {413: "Content Too Large", 422: "Unprocessable Content"}


class Problem(Exception):
    """A failure that LES has no body for: it is answered as RFC 9457 says."""

    def __init__(self, status: int, detail: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.headers = headers

    def response(self, errors: Sequence[dict[str, str]] | None = None) -> Response:
        body: dict[str, Any] = {
            "type": "about:blank",
            "title": TITLES.get(self.status) or HTTPStatus(self.status).phrase,
            "status": self.status,
            "detail": self.detail,
        }
        if errors is not None:
            body["errors"] = list(errors)
        return answer(self.status, body, self.headers, media_type=PROBLEM)


def answer(status: int, body: Any, headers: dict[str, str] | None = None, media_type: str = JSON) -> Response:
    content = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return Response(content, status, headers, media_type)


def service_of(request: Request) -> Service:
    service: Service = request.app.state.service
    return service


# Commands.


async def send(request: Request, of: type[Command]) -> Response:
    """Carries out the command in the body."""
    body = await _body(request)
    said = _object(body)
    names = {one.name for one in said_of(of).values()}
    for name in said:
        if name not in names:
            raise Problem(400, f"{of.NAME} has no {name}.")
    command = of.of_json(said)
    key = _key(request.headers.get("idempotency-key"))
    envelope = Envelope(
        correlation_id=request.state.correlation_id,
        expected_version=_version(request.headers.get("if-match")),
        key=None if key is None else hashlib.sha256(key.encode()).hexdigest(),
        digest="" if key is None else _digest(key, request, body),
    )
    try:
        accepted = await _in_turn(request, service_of(request).handle, command, envelope)
    except Refused as refused:
        return _refused(request, refused.failures)
    except WrongVersion as wrong:
        raise Problem(412, str(wrong)) from wrong
    except Conflict as conflict:
        raise Problem(409, str(conflict)) from conflict
    except KeyReused as reused:
        raise Problem(422, str(reused)) from reused
    return _accepted(command, accepted)


async def _in_turn(request: Request, function: Callable[[*Given], T], *given: *Given) -> T:
    """One after the other, as the service works anyway: whoever waits here takes no thread from those who read."""
    return await to_thread.run_sync(function, *given, limiter=request.app.state.turns)


def _accepted(command: Command, accepted: Accepted) -> Response:
    given = {said.name: to_json(value) for _, said, value in command.given() if not said.hashed}
    headers = {"Stream-Version": str(accepted.version), "Correlation-Id": accepted.correlation_id}
    return answer(202, given, headers)


def _refused(request: Request, failures: Sequence[Failure]) -> Response:
    errors = [{"field": failure.field, "msg": failure.message} for failure in failures]
    ranges = ",".join(request.headers.getlist("accept")).split(",")
    if any(one.partition(";")[0].strip().lower() == PROBLEM for one in ranges):
        return Problem(400, "The command was refused.").response(errors)
    return answer(400, {"message": errors})


async def _body(request: Request) -> bytes:
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type != JSON:
        raise Problem(415, "A command comes as application/json.")
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BODY:
            raise Problem(413, "A command has at most 1,048,576 bytes.")
    return bytes(body)


def _object(body: bytes) -> dict[str, Any]:
    try:
        said = strict_json.loads(body.decode())
    except ValueError as error:
        raise Problem(400, f"The body is no JSON: {error}") from error
    if not isinstance(said, dict):
        raise Problem(400, "A command is a JSON object.")
    return said


def _version(header: str | None) -> int | None:
    if header is None:
        return None
    header = header.strip()
    digits = header[1:-1]
    if len(header) > 2 and header[0] == header[-1] == '"' and _is_whole(digits):
        return int(digits)
    raise Problem(400, 'If-Match is no version in quotes, like "3".')


def _is_whole(digits: str) -> bool:
    return digits.isascii() and digits.isdigit() and len(digits) <= 15


def _key(header: str | None) -> str | None:
    if header is None or is_word(header):
        return header
    raise Problem(400, "Idempotency-Key is not 1 to 255 printable ASCII characters without spaces.")


def is_word(text: str) -> bool:
    return 1 <= len(text) <= MAX_WORD and all("!" <= character <= "~" for character in text)


def _digest(key: str, request: Request, body: bytes) -> str:
    """Of what was sent with a key, which is kept as a hash only: nobody can try passwords against this."""
    return hmac.new(key.encode(), request.scope["raw_path"] + b"\0" + body, hashlib.sha256).hexdigest()


async def erase(request: Request, of: type[Aggregate], part: str) -> Response:
    """Destroys the key of a stream's personal data. `part` is of the path, still encoded."""
    key = unquote_to_bytes(part).decode()
    # No id holds a NUL, and PostgreSQL takes none.
    if "\0" in key or not await _in_turn(request, service_of(request).erase, of, key):
        raise Problem(404, "There is no such stream.")
    return Response(status_code=204)


# Read models.


async def rows(request: Request, of: Readmodel) -> Response:
    return answer(200, await run_in_threadpool(_found, request, of))


async def first(request: Request, of: Readmodel) -> Response:
    found = await run_in_threadpool(_found, request, of)
    if not found:
        raise Problem(404, "There is no such row.")
    return answer(200, found[0])


def _found(request: Request, of: Readmodel) -> list[dict[str, Any]]:
    filters = _parameters(request, "filter")
    if len(filters) > 1:
        raise Problem(400, "filter is given twice.")
    try:
        asked = Filter.read(filters[0] if filters else None, of.columns)
    except BadFilter as bad:
        raise Problem(400, str(bad)) from bad
    projector = service_of(request).projector
    projector.catch_up()
    return projector.find(of, asked)


def _parameters(request: Request, name: str) -> list[str]:
    """The values of a parameter of the query. What is encoded badly stands for itself."""
    pairs = request.scope["query_string"].decode("latin-1").split("&")
    split = (pair.partition("=") for pair in pairs)
    return [_plain(value) for key, _, value in split if _plain(key) == name]


def _plain(part: str) -> str:
    spaced = part.replace("+", " ")
    decoded = decoded_part(spaced)
    return spaced if decoded is None else decoded


def decoded_part(part: str) -> str | None:
    """The text that a percent-encoded part stands for, or `None` where it stands for none."""
    pieces = part.split("%")[1:]
    if any(len(piece) < 2 or not set(piece[:2]) <= HEX for piece in pieces):
        return None
    try:
        return unquote_to_bytes(part).decode()
    except UnicodeDecodeError:
        return None


HEX: Final = set("0123456789abcdefABCDEF")


# Events.


async def events(request: Request) -> Response:
    """The log, for tests and for those who look after the service."""
    after = _number(request, "after", 0)
    limit = _number(request, "limit", 100)
    if not 1 <= limit <= MAX_EVENTS:
        raise Problem(400, "limit is not from 1 to 1,000.")
    found = await run_in_threadpool(service_of(request).events_after, after, limit)
    return answer(200, [_recorded(position, event) for position, event in found])


def _number(request: Request, name: str, otherwise: int) -> int:
    said = _parameters(request, name)
    if not said:
        return otherwise
    if len(said) > 1 or not _is_whole(said[0]):
        raise Problem(400, f"{name} is not a whole number from 0 on.")
    return int(said[0])


def _recorded(position: int, event: Event) -> dict[str, Any]:
    said = said_of(type(event)).items()
    values = ((one, getattr(event, attribute)) for attribute, one in said if not one.hashed)
    return {
        "position": position,
        "stream": event.originator_id,
        "version": event.originator_version + 1,
        "type": event.TOPIC,
        "data": {one.name: to_json(value) for one, value in values if value is not None},
        "metadata": {
            "id": event.metadata.id,
            "time": event.timestamp.strftime("%Y-%m-%dT%H:%M:%S.") + f"{event.timestamp.microsecond // 1000:03}Z",
            "correlationId": event.metadata.correlation_id,
            "causationId": event.metadata.causation_id,
        },
    }
