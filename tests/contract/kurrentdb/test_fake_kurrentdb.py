"""That the stand-in does what the client expects of a KurrentDB. The same passes on a real one: `KURRENTDB_URL`."""

from __future__ import annotations

import os
from collections.abc import Iterator
from uuid import uuid4

import pytest
from fake_kurrentdb import serve
from kurrentdbclient import KurrentDBClient, NewEvent, StreamState
from kurrentdbclient.exceptions import NotFoundError, WrongCurrentVersionError


@pytest.fixture
def client() -> Iterator[KurrentDBClient]:
    if url := os.environ.get("KURRENTDB_URL"):
        yield KurrentDBClient(url)
        return
    server, port = serve(0)
    client = KurrentDBClient(f"kurrentdb://127.0.0.1:{port}?tls=false")
    yield client
    client.close()
    server.stop(grace=None)


def event(name: str) -> NewEvent:
    return NewEvent(type=name, data=b"{}")


def test_events_are_appended_to_the_version_that_is_expected(client: KurrentDBClient) -> None:
    stream = f"todo-{uuid4()}"
    client.append_events(stream, current_version=StreamState.NO_STREAM, events=[event("A"), event("B")])
    client.append_events(stream, current_version=1, events=[event("C")])
    for wrong in (StreamState.NO_STREAM, 1, 7):
        with pytest.raises(WrongCurrentVersionError):
            client.append_events(stream, current_version=wrong, events=[event("D")])
    assert [(one.type, one.stream_position) for one in client.get_stream(stream)] == [("A", 0), ("B", 1), ("C", 2)]
    assert [one.type for one in client.get_stream(stream, backwards=True, limit=2)] == ["C", "B"]
    assert [one.type for one in client.get_stream(stream, stream_position=1)] == ["B", "C"]


def test_a_stream_that_there_is_not_is_not_found(client: KurrentDBClient) -> None:
    with pytest.raises(NotFoundError):
        client.get_stream(f"todo-{uuid4()}")


def test_the_log_is_read_from_a_position_and_filtered(client: KurrentDBClient) -> None:
    name = f"N{uuid4().hex}"
    for number in range(3):
        client.append_events(f"todo-{uuid4()}", current_version=StreamState.NO_STREAM, events=[event(f"{name}{number}")])
    read = list(client.read_all(filter_include=[f"{name}.*"]))
    assert [one.type for one in read] == [f"{name}0", f"{name}1", f"{name}2"]
    later = client.read_all(commit_position=read[1].commit_position, filter_include=[f"{name}.*"])
    assert [one.type for one in later] == [f"{name}1", f"{name}2"]


def test_subscribers_hear_of_what_was_and_of_what_happens(client: KurrentDBClient) -> None:
    stream = f"todo-{uuid4()}"
    client.append_events(stream, current_version=StreamState.NO_STREAM, events=[event("A")])
    subscription = client.subscribe_to_stream(stream)
    assert next(subscription).type == "A"
    client.append_events(stream, current_version=0, events=[event("B")])
    assert next(subscription).type == "B"
    subscription.stop()
