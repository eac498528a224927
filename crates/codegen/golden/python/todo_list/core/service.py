"""The service: an event-sourced application that carries out commands and follows its own log with its policies.

All contexts share one log, so events have one order and a policy in one context sees those of another. Within a
process one command is carried out at a time, with all that follows from it; processes that share a database meet in
the versions of streams, and whoever comes too late reads again and decides again.
"""

from __future__ import annotations

import contextlib
import dataclasses
import logging
import os
import threading
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Final, cast
from uuid import NAMESPACE_URL, uuid5

from eventsourcing.application import NotificationLog, ProcessingEvent
from eventsourcing.domain import DomainEventProtocol
from eventsourcing.persistence import IntegrityError, JSONTranscoder, Notification, ProcessRecorder, Tracking
from eventsourcing.system import NotificationLogReader, ProcessApplication, SingleThreadedRunner, System
from eventsourcing.utils import EnvType, get_topic

from .aggregates import Aggregate
from .mapping import EventMapper, MetadataAsDict
from .messages import Command, Event, Metadata, new_id, said_of
from .policies import Policy
from .privacy import KeyRing
from .readmodels import PAGE, Projector, Readmodel
from .rules import Refused, check
from .settings import Settings
from .stores import Store, open_store
from .values import ERASED, Kind, Unfit

log = logging.getLogger(__name__)

TRIES: Final = 5
MOST_POLICIES: Final = 1_000
"""So many policies are carried out for one command."""
MOST_TURNS: Final = 10
"""So often a policy may be among its own causes."""


class WrongVersion(Exception):
    """The stream is at another version than the request expects."""

    def __init__(self, expected: int, actual: int) -> None:
        super().__init__(f"The stream is at version {actual}, not {expected}.")


class Conflict(Exception):
    """Others wrote to the stream each time it was tried."""


class KeyReused(Exception):
    """The `Idempotency-Key` belongs to another request."""


@dataclass(frozen=True)
class Envelope:
    """What comes with a command."""

    correlation_id: str = dataclasses.field(default_factory=new_id)
    expected_version: int | None = None
    key: str | None = None
    """Stands for the `Idempotency-Key`."""
    digest: str = ""
    """Of what the request said. Both are kept with the events."""


@dataclass(frozen=True)
class Accepted:
    version: int
    """Of the command's stream, after its own events."""
    correlation_id: str


class Service(ProcessApplication[str]):
    aggregates: ClassVar[Sequence[type[Aggregate]]] = ()
    events_of: ClassVar[Sequence[type[Event]]] = ()
    readmodels: ClassVar[Sequence[Readmodel]] = ()
    policies: ClassVar[Sequence[Policy]] = ()

    def __init__(self, env: EnvType | None = None) -> None:
        self.settings = Settings.of({**os.environ, **(env or {})}, self.name)
        self._read_store = open_store(self.settings.readmodels, self.settings.env)
        self._event_store = self._open_event_store()
        self.keys = KeyRing(self._event_store.keys)
        super().__init__(self.settings.env)
        self.projector = Projector(
            self.recorder,
            cast(EventMapper, self.mapper),
            self._read_store.documents,
            self.keys,
            self.readmodels,
            self.events_of,
        )
        self._aggregates = {aggregate.category: aggregate for aggregate in self.aggregates}
        self._readmodels = {readmodel.name: readmodel for readmodel in self.readmodels}
        self._event_types = {get_topic(event): event for event in self.events_of}
        self._policies: defaultdict[type[Event], list[Policy]] = defaultdict(list)
        for policy in self.policies:
            self._policies[policy.event].append(policy)
        self._heard: int | None = None
        self._left = MOST_POLICIES
        self._done: set[tuple[str, str]] = set()
        self._turn = threading.RLock()

    def _open_event_store(self) -> Store:
        """The keys of personal data lie beside the events; KurrentDB has no place for them."""
        if self.settings.store in ("kurrentdb", self.settings.readmodels):
            return self._read_store
        return open_store(self.settings.store, self.settings.env)

    # What the library lets an application choose.

    def construct_mapper(self) -> EventMapper:
        return EventMapper(self.construct_transcoder(), self.keys, self.factory.compressor(), self.factory.cipher())

    def register_transcodings(self, transcoder: JSONTranscoder) -> None:
        super().register_transcodings(transcoder)
        transcoder.register(MetadataAsDict())

    def construct_recorder(self) -> ProcessRecorder:
        if self.settings.store == "kurrentdb":
            from .stores.kurrentdb import process_recorder

            return process_recorder(cast(Any, self.factory), self._read_store.documents)
        return self.factory.process_recorder()

    def follow(self, name: str, log: NotificationLog) -> None:
        """It follows itself, so the events are mapped as its own are."""
        self.readers[name] = NotificationLogReader(log, section_size=self.pull_section_size)
        self.mappers[name] = self.mapper

    def close(self) -> None:
        if self.closing.is_set():
            return
        # A command that is under way is carried out first.
        with self._turn:
            self._settle()
            super().close()
        self._read_store.close()
        self._event_store.close()

    # Commands.

    def handle(self, command: Command, envelope: Envelope | None = None) -> Accepted:
        """Carries out a command with all that follows from it.

        Raises `Refused`, `WrongVersion`, `KeyReused`, and `Conflict` when others were always quicker.
        """
        envelope = envelope or Envelope()
        request = {"key": envelope.key, "digest": envelope.digest} if envelope.key is not None else None
        about = Metadata(id="", correlation_id=envelope.correlation_id, causation_id=new_id(), request=request)
        with self._turn:
            for _ in range(TRIES):
                if (known := self._answered(envelope)) is not None:
                    return known
                aggregate = self.decide(command, about, envelope.expected_version)
                self._left = MOST_POLICIES
                version = aggregate.version
                try:
                    self.save(aggregate)
                except IntegrityError:
                    continue
                self.projector.catch_up()
                return Accepted(version, envelope.correlation_id)
        raise Conflict(f"Others wrote to the stream each of {TRIES} times.")

    def _answered(self, envelope: Envelope) -> Accepted | None:
        """What came of the same request before."""
        self.projector.catch_up()
        answer = None if envelope.key is None else self.projector.answer(envelope.key)
        if answer is None:
            return None
        if answer["digest"] != envelope.digest:
            raise KeyReused("This Idempotency-Key was used for another request.")
        return Accepted(answer["version"], answer["correlation_id"])

    def decide(self, command: Command, about: Metadata, expected_version: int | None = None) -> Aggregate:
        """The aggregate, with the events that the command leads to still to be saved."""
        key = None if command.ID_FIELD is None else getattr(command, command.ID_FIELD)
        named = key is not None and not isinstance(key, Unfit)
        aggregate = self.load(self._aggregates[command.CATEGORY], key if named else None)
        check(
            command,
            lambda event: named and aggregate.has(event),
            lambda name, value: name in self._readmodels and self.projector.exists(self._readmodels[name], value),
        )
        if expected_version is not None and expected_version != aggregate.version:
            raise WrongVersion(expected_version, aggregate.version)
        aggregate.handle(command, about)
        return aggregate

    def load(self, of: type[Aggregate], key: Any) -> Aggregate:
        """The aggregate as its events tell it; an empty one where there are none.

        It comes from the events each time, past the library's cache: that would go on knowing what was erased.
        """
        aggregate = of(of.stream_of(key))
        for event in self.events.get(aggregate.id):
            aggregate.evolve(cast(Event, event))
        return aggregate

    def erase(self, of: type[Aggregate], key: str) -> bool:
        """Destroys the key of a stream's personal data. Says whether there is such a stream."""
        with self._turn:
            aggregate = self.load(of, key)
            if aggregate.version > 0:
                self.projector.catch_up()
                self.keys.erase(aggregate.id)
                self.projector.forget()
            return aggregate.version > 0

    # The log.

    def event_of(self, notification: Notification) -> Event | None:
        """`None`: it is none of this service."""
        if notification.topic not in self._event_types:
            return None
        return cast(Event, self.mapper.to_domain_event(notification))

    def events_after(self, position: int, limit: int) -> list[tuple[int, Event]]:
        """Events with their positions in the log."""
        found: list[tuple[int, Event]] = []
        while len(found) < limit:
            page = self.recorder.select_notifications(position, limit - len(found), inclusive_of_start=False)
            if not page:
                break
            position = page[-1].id
            events = ((notification.id, self.event_of(notification)) for notification in page)
            found += [(at, event) for at, event in events if event is not None]
        return found

    # Policies.

    def recover(self) -> None:
        """Goes on where an earlier process stopped, maybe in the middle of what followed from a command.

        Policies are about what happens from now on: where there is no checkpoint yet, it is set to the end of the log.
        """
        if self.recorder.max_tracking_id(self.name) is None:
            end = self.recorder.max_notification_id() or 0
            # Another process may start at the same time.
            with contextlib.suppress(IntegrityError):
                self.recorder.insert_tracking(Tracking(self.name, end))
        if self.settings.store == "kurrentdb":
            checkpoint = self.recorder.max_tracking_id(self.name) or 0
            for _, event in self._events_since(checkpoint):
                if event.metadata.policies:
                    self._done.add((event.metadata.policies[-1], event.metadata.causation_id))
        with self._turn:
            self.pull_and_process(self.name)
        self._settle()
        self._done.clear()
        self.projector.catch_up()

    def _settle(self) -> None:
        """The checkpoint moves past events that no policy is about, so that one that is added later finds none."""
        if not self.policies:
            self.pass_over()
        checkpoint = self.recorder.max_tracking_id(self.name)
        if self._heard is not None and checkpoint is not None and self._heard > checkpoint:
            with contextlib.suppress(IntegrityError):
                self.recorder.insert_tracking(Tracking(self.name, self._heard))

    def pass_over(self) -> None:
        """What has happened until now leads to nothing any more."""
        self._heard = self.recorder.max_notification_id()

    def _events_since(self, position: int) -> Any:
        while page := self.events_after(position, PAGE):
            yield from page
            position = page[-1][0]

    def pull_and_process(self, leader_name: str, start: int | None = None, stop: int | None = None) -> None:
        """Goes through the log in its order, so what follows from an event comes breadth first.

        What is recorded is accepted, whatever becomes of it: a policy that fails is none of the client's business. It
        is tried again with the next command or start, and nothing that comes later overtakes it.
        """
        if not self.policies:
            return
        known = (start, self._heard, self.recorder.max_tracking_id(leader_name))
        start = max((position for position in known if position is not None), default=None)
        while page := self.recorder.select_notifications(start, PAGE, stop, inclusive_of_start=False):
            for notification in page:
                event_type = self._event_types.get(notification.topic)
                if event_type in self._policies:
                    try:
                        event = self.mapper.to_domain_event(notification)
                        self.process_event(event, Tracking(leader_name, notification.id))
                    except Exception:
                        log.exception("What follows from %s (position %s) failed", notification.topic, notification.id)
                        return
                start = self._heard = notification.id

    def process_event(self, domain_event: DomainEventProtocol[str], tracking: Tracking) -> None:
        """Each policy is recorded together with its own checkpoint; the last one moves that of the service."""
        event = cast(Event, domain_event)
        *others, last = self._policies[type(event)]
        for policy in others:
            if not self.recorder.has_tracking_id(policy.name, tracking.notification_id):
                self._carry_out(policy, event, Tracking(policy.name, tracking.notification_id))
        self._carry_out(last, event, tracking)

    def _carry_out(self, policy: Policy, event: Event, checkpoint: Tracking) -> None:
        while True:
            processing = ProcessingEvent[str](tracking=checkpoint)
            aggregate = self._reaction(policy, event)
            processing.collect_events(aggregate)
            try:
                recordings = self._record(processing)
            except IntegrityError:
                if self.recorder.has_tracking_id(checkpoint.application_name, checkpoint.notification_id):
                    # Another process was quicker.
                    return
                # Somebody wrote to the stream: decide again on what is there now.
                continue
            self._notify(recordings)
            return

    def _reaction(self, policy: Policy, event: Event) -> Aggregate | None:
        """What a policy leads to, if its condition holds and its command is accepted."""
        policies = event.metadata.policies
        if (policy.name, event.metadata.id) in self._done:
            return None
        command = policy.react(event)
        if command is None:
            return None
        if policies.count(policy.name) >= MOST_TURNS:
            log.warning("Policies lead back to themselves: %s", " -> ".join([*policies, policy.name]))
            return None
        if self._left == 0:
            log.warning("%s: more than %s policies follow from one command.", policy.name, MOST_POLICIES)
            return None
        self._left -= 1
        self.projector.catch_up()
        about = Metadata(
            id="",
            correlation_id=event.metadata.correlation_id,
            causation_id=event.metadata.id,
            policies=[*policies, policy.name],
        )
        erased = {field: None for field, value in vars(command).items() if value is ERASED}
        command = dataclasses.replace(command, **erased)
        try:
            return self.decide(self._with_id(command, policy, event), about)
        except Refused as refused:
            log.info("%s: %s", policy.name, refused)
            return None

    def _with_id(self, command: Command, policy: Policy, event: Event) -> Command:
        """A stream that a policy begins gets an id: the same one, if the policy has to be carried out again."""
        field = command.ID_FIELD
        if not command.CREATES or field is None or getattr(command, field) is not None:
            return command
        key: Any = str(uuid5(NAMESPACE_URL, f"{policy.name}/{event.metadata.id}"))
        if said_of(type(command))[field].type.kind is Kind.INTEGER:
            key = self.projector.streams(command.CATEGORY) + 1
            while self.load(self._aggregates[command.CATEGORY], key).version > 0:
                key += 1
        return dataclasses.replace(command, **{field: key})


def start(service: type[Service], env: EnvType | None = None) -> SingleThreadedRunner[str]:
    """Runs the system of a service in one thread: what follows from a command is done when the command is."""
    runner = SingleThreadedRunner[str](System(pipes=[[service, service]]), env)
    runner.start()
    runner.get(service).recover()
    return runner
