"""A stand-in for KurrentDB, in memory, over its published gRPC contract.

It knows what the clients of generated services use: Append and BatchAppend with expected versions, Read of a stream,
of a category (`$ce-Todo`) and of `$all`, in both directions, with filters, and subscriptions to them. It does not know
TLS, users, persistent subscriptions, projections, deletion, scavenging and clusters. The messages are those that ship
with the client `kurrentdbclient`.

    pip install -r requirements.txt
    python fake_kurrentdb.py --port 2113

`--port 0` takes a free one; the first line that is printed is the address, as in
`kurrentdb://127.0.0.1:2113?tls=false`.
"""

from __future__ import annotations

import argparse
import re
import signal
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import grpc
from google.protobuf import any_pb2, empty_pb2
from kurrentdbclient.protos.v1 import (
    gossip_pb2,
    gossip_pb2_grpc,
    shared_pb2,
    status_pb2,
    streams_pb2,
    streams_pb2_grpc,
)

MOST_CALLS = 64
TICK = 0.2
"""A subscription looks so often, in seconds, whether its client is still there."""
INT64 = 1 << 63
STEP = 100
"""Positions grow by more than one, as the real ones do."""


@dataclass(frozen=True)
class Recorded:
    id: str
    stream: str
    revision: int
    position: int
    metadata: dict[str, str]
    custom_metadata: bytes
    data: bytes

    def message(self) -> streams_pb2.ReadResp:
        event = streams_pb2.ReadResp.ReadEvent.RecordedEvent(
            id=shared_pb2.UUID(string=self.id),
            stream_identifier=_name(self.stream),
            stream_revision=self.revision,
            prepare_position=self.position,
            commit_position=self.position,
            metadata=self.metadata,
            custom_metadata=self.custom_metadata,
            data=self.data,
        )
        read = streams_pb2.ReadResp.ReadEvent(event=event, commit_position=self.position)
        return streams_pb2.ReadResp(event=read)


class WrongVersion(Exception):
    def __init__(self, actual: int | None) -> None:
        super().__init__(f"The stream is at {actual}.")
        self.actual = actual


class Log:
    def __init__(self) -> None:
        self._events: list[Recorded] = []
        self._streams: dict[str, list[Recorded]] = {}
        self.changed = threading.Condition()

    def append(self, stream: str, fits: Callable[[int | None], bool], proposed: list[Any]) -> Recorded | None:
        """Appends all or nothing, and returns the last event. `fits` judges the revision of the stream's last one."""
        with self.changed:
            known = self._streams.setdefault(stream, [])
            ids = [_id(one.id) for one in proposed]
            if known and ids and [event.id for event in known[-len(ids) :]] == ids:
                return known[-1]
            actual = known[-1].revision if known else None
            if not fits(actual):
                raise WrongVersion(actual)
            for one in proposed:
                created = str(time.time_ns() // 100)
                recorded = Recorded(
                    id=_id(one.id),
                    stream=stream,
                    revision=len(known),
                    position=(len(self._events) + 1) * STEP,
                    metadata={**one.metadata, "created": created},
                    custom_metadata=one.custom_metadata,
                    data=one.data,
                )
                known.append(recorded)
                self._events.append(recorded)
            self.changed.notify_all()
            return known[-1] if known else None

    def stream(self, name: str) -> list[Recorded]:
        with self.changed:
            if name.startswith("$ce-"):
                category = name.removeprefix("$ce-")
                return [event for event in self._events if event.stream.partition("-")[0] == category]
            return list(self._streams.get(name, []))

    def all(self) -> list[Recorded]:
        with self.changed:
            return list(self._events)


class Streams(streams_pb2_grpc.StreamsServicer):
    def __init__(self, log: Log) -> None:
        self._log = log

    def Append(self, request_iterator: Any, context: Any) -> streams_pb2.AppendResp:  # noqa: N802
        first = next(request_iterator).options
        stream = first.stream_identifier.stream_name.decode()
        proposed = [request.proposed_message for request in request_iterator]
        expected = first.WhichOneof("expected_stream_revision")
        try:
            last = self._log.append(stream, _judge(expected, first.revision), proposed)
        except WrongVersion as wrong:
            refusal = streams_pb2.AppendResp.WrongExpectedVersion()
            if wrong.actual is None:
                refusal.current_no_stream.CopyFrom(shared_pb2.Empty())
            else:
                refusal.current_revision = wrong.actual
            if expected == "revision":
                refusal.expected_revision = first.revision
            else:
                getattr(refusal, f"expected_{expected.removeprefix('expected_')}").CopyFrom(shared_pb2.Empty())
            return streams_pb2.AppendResp(wrong_expected_version=refusal)
        success = streams_pb2.AppendResp.Success()
        if last is None:
            success.no_stream.CopyFrom(shared_pb2.Empty())
            success.no_position.CopyFrom(shared_pb2.Empty())
        else:
            success.current_revision = last.revision
            success.position.commit_position = success.position.prepare_position = last.position
        return streams_pb2.AppendResp(success=success)

    def BatchAppend(self, request_iterator: Any, context: Any) -> Iterator[streams_pb2.BatchAppendResp]:  # noqa: N802
        begun: dict[str, tuple[Any, list[Any]]] = {}
        for request in request_iterator:
            key = _id(request.correlation_id)
            options, proposed = begun.setdefault(key, (request.options, []))
            proposed.extend(request.proposed_messages)
            if request.is_final:
                del begun[key]
                yield self._batch(request.correlation_id, options, proposed)

    def _batch(self, correlation_id: Any, options: Any, proposed: list[Any]) -> streams_pb2.BatchAppendResp:
        response = streams_pb2.BatchAppendResp(
            correlation_id=correlation_id, stream_identifier=options.stream_identifier
        )
        stream = options.stream_identifier.stream_name.decode()
        expected = options.WhichOneof("expected_stream_position")
        try:
            last = self._log.append(stream, _judge(expected, options.stream_position), proposed)
        except WrongVersion as wrong:
            refusal = shared_pb2.WrongExpectedVersion()
            if wrong.actual is None:
                refusal.current_no_stream.CopyFrom(empty_pb2.Empty())
            else:
                refusal.current_stream_revision = wrong.actual
            details = any_pb2.Any()
            details.Pack(refusal)
            response.error.CopyFrom(status_pb2.Status(message="Wrong expected version", details=details))
            return response
        if last is None:
            response.success.no_stream.CopyFrom(empty_pb2.Empty())
            response.success.no_position.CopyFrom(empty_pb2.Empty())
        else:
            response.success.current_revision = last.revision
            response.success.position.commit_position = last.position
            response.success.position.prepare_position = last.position
        return response

    def Read(self, request: Any, context: Any) -> Iterator[streams_pb2.ReadResp]:  # noqa: N802
        options = request.options
        if options.WhichOneof("count_option") == "subscription":
            yield from self._subscribe(options, context)
            return
        events = self._matching(options)
        if events is None:
            missing = streams_pb2.ReadResp.StreamNotFound(stream_identifier=options.stream.stream_identifier)
            yield streams_pb2.ReadResp(stream_not_found=missing)
            return
        for event in events[: options.count]:
            yield event.message()

    def _matching(self, options: Any) -> list[Recorded] | None:
        """The events that are asked for, in their direction. `None`: there is no such stream."""
        events, place, at = self._source(options)
        if not events and options.HasField("stream"):
            return None
        backwards = options.read_direction == streams_pb2.ReadReq.Options.Backwards
        if place == "end":
            events = events if backwards else []
        elif place == "start":
            events = events[:1] if backwards else events
        else:
            key = _key_of(options)
            events = [event for event in events if (key(event) <= at if backwards else key(event) >= at)]
        events = [event for event in events if _passes(options, event)]
        return events[::-1] if backwards else events

    def _source(self, options: Any) -> tuple[list[Recorded], str, int]:
        if options.HasField("stream"):
            place = options.stream.WhichOneof("revision_option")
            name = options.stream.stream_identifier.stream_name.decode()
            return self._log.stream(name), place, options.stream.revision
        place = options.all.WhichOneof("all_option")
        return self._log.all(), place, min(options.all.position.commit_position, INT64)

    def _subscribe(self, options: Any, context: Any) -> Iterator[streams_pb2.ReadResp]:
        """What comes after a place, and then what happens."""
        confirmation = streams_pb2.ReadResp.SubscriptionConfirmation(subscription_id=str(uuid4()))
        yield streams_pb2.ReadResp(confirmation=confirmation)
        events, place, at = self._source(options)
        seen = {"start": 0, "end": len(events)}.get(place)
        if seen is None:
            key = _key_of(options)
            seen = sum(key(event) <= at for event in events)
        told = False
        while context.is_active():
            events = self._source(options)[0]
            yield from (event.message() for event in events[seen:] if _passes(options, event))
            seen = len(events)
            if not told:
                yield streams_pb2.ReadResp(caught_up=streams_pb2.ReadResp.CaughtUp())
                told = True
            with self._log.changed:
                if len(self._source(options)[0]) == seen:
                    self._log.changed.wait(TICK)


class Gossip(gossip_pb2_grpc.GossipServicer):
    """One node, which leads."""

    def __init__(self, port: int) -> None:
        self._port = port

    def Read(self, request: Any, context: Any) -> gossip_pb2.ClusterInfo:  # noqa: N802
        member = gossip_pb2.MemberInfo(
            instance_id=shared_pb2.UUID(string=str(uuid4())),
            state=gossip_pb2.MemberInfo.VNodeState.Leader,
            is_alive=True,
            http_end_point=gossip_pb2.EndPoint(address="127.0.0.1", port=self._port),
        )
        return gossip_pb2.ClusterInfo(members=[member])


def _judge(expected: str, revision: int) -> Callable[[int | None], bool]:
    """Whether a stream is as the writer expects it; `None` is a stream that there is not."""
    match expected:
        case "any":
            return lambda actual: True
        case "no_stream":
            return lambda actual: actual is None
        case "stream_exists":
            return lambda actual: actual is not None
        case _:
            return lambda actual: actual == revision


def _key_of(options: Any) -> Callable[[Recorded], int]:
    if not options.HasField("stream"):
        return lambda event: event.position
    return lambda event: event.revision


def _passes(options: Any, event: Recorded) -> bool:
    if options.WhichOneof("filter_option") != "filter":
        return True
    filtered = options.filter.WhichOneof("filter")
    said = event.stream if filtered == "stream_identifier" else event.metadata.get("type", "")
    expression = getattr(options.filter, filtered)
    if expression.prefix:
        return any(said.startswith(prefix) for prefix in expression.prefix)
    return re.search(expression.regex, said) is not None


def _id(uuid: Any) -> str:
    if uuid.WhichOneof("value") == "structured":
        high, low = uuid.structured.most_significant_bits, uuid.structured.least_significant_bits
        return str(UUID(int=(high % (2 * INT64)) << 64 | low % (2 * INT64)))
    return str(uuid.string)


def _name(stream: str) -> shared_pb2.StreamIdentifier:
    return shared_pb2.StreamIdentifier(stream_name=stream.encode())


def serve(port: int) -> tuple[grpc.Server, int]:
    """A server that runs, and its port."""
    server = grpc.server(ThreadPoolExecutor(MOST_CALLS))
    streams_pb2_grpc.add_StreamsServicer_to_server(Streams(Log()), server)
    port = server.add_insecure_port(f"127.0.0.1:{port}")
    gossip_pb2_grpc.add_GossipServicer_to_server(Gossip(port), server)
    server.start()
    return server, port


def main() -> None:
    parser = argparse.ArgumentParser(description="A stand-in for KurrentDB, in memory.")
    parser.add_argument("--port", type=int, default=2113)
    server, port = serve(parser.parse_args().port)
    print(f"kurrentdb://127.0.0.1:{port}?tls=false", flush=True)
    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())
    ended.wait()
    server.stop(grace=None)


if __name__ == "__main__":
    main()
