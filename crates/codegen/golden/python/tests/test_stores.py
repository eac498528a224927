"""What a service promises on every store. Generated: written again each time.

A little service of its own is run on memory and SQLite; also on PostgreSQL where `TEST_DATABASE_URL` says which, and
on KurrentDB where `TEST_KURRENTDB_URL` does. Give it an empty database.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import uuid4

import pytest
from eventsourcing.persistence import OperationalError

from todo_list.core.aggregates import Aggregate
from todo_list.core.messages import Command, Event, event_property, must_have, parameter
from todo_list.core.policies import whenever
from todo_list.core.privacy import Key
from todo_list.core.queries import Column, Filter
from todo_list.core.readmodels import Heard, Readmodel
from todo_list.core.rules import Refused
from todo_list.core.service import Envelope, KeyReused, Service, WrongVersion, start
from todo_list.core.settings import BadSetting
from todo_list.core.stores import schema, sqlite
from todo_list.core.values import INTEGER, TEXT, short


@dataclass(frozen=True, kw_only=True)
class GuestArrived(Event):
    TOPIC = "GuestArrived"
    CATEGORY = "Guest"
    ID_FIELD = "guest_id"

    guest_id: str | None = event_property("guestId", short(TEXT))
    name: str | None = event_property("name", TEXT, personal=True)


@dataclass(frozen=True, kw_only=True)
class GuestGreeted(Event):
    TOPIC = "GuestGreeted"
    CATEGORY = "Guest"
    ID_FIELD = "guest_id"

    guest_id: str | None = event_property("guestId", short(TEXT))
    times: int | None = event_property("times", INTEGER)


@dataclass(frozen=True, kw_only=True)
class Arrive(Command):
    NAME = "Arrive"
    CATEGORY = "Guest"
    ID_FIELD = "guest_id"
    CREATES = True

    guest_id: str | None = parameter("guestId", short(TEXT), required=True)
    name: str | None = parameter("name", TEXT)


@dataclass(frozen=True, kw_only=True)
class Greet(Command):
    NAME = "Greet"
    CATEGORY = "Guest"
    ID_FIELD = "guest_id"
    PRECONDITIONS = (must_have(GuestArrived, "GuestArrived"),)

    guest_id: str | None = parameter("guestId", short(TEXT), required=True)


class Guest(Aggregate):
    category = "Guest"

    def decide(self, command: Arrive | Greet) -> Iterator[Event]:
        match command:
            case Arrive():
                yield GuestArrived(guest_id=command.guest_id, name=command.name)
            case Greet():
                yield GuestGreeted(guest_id=command.guest_id, times=(self.known("times") or 0) + 1)


GUESTS = Readmodel(
    name="Guests",
    key="guestId",
    columns=(Column("guestId"), Column("name"), Column("times")),
    hears=(
        Heard(GuestArrived, key="guest_id", cells={"guestId": "guest_id", "name": "name"}),
        Heard(GuestGreeted, key="guest_id", cells={"guestId": "guest_id", "times": "times"}),
    ),
)


NAMES = Readmodel(
    name="Names",
    key="name",
    columns=(Column("name"), Column("guestId")),
    hears=(Heard(GuestArrived, key="name", cells={"name": "name", "guestId": "guest_id"}),),
    private=True,
)


@whenever("Whenever Guest Arrived, Greet", GuestArrived, Greet)
def greet(event: GuestArrived) -> Greet:
    return Greet(guest_id=event.guest_id)


class House(Service):
    name = "house"
    aggregates = (Guest,)
    events_of = (GuestArrived, GuestGreeted)
    readmodels = (GUESTS, NAMES)
    policies = (greet,)


class Crashing(House):
    """The process ends between a command and its policies."""

    name = "house"

    def pull_and_process(self, leader_name: str, start: int | None = None, stop: int | None = None) -> None:
        pass


class Rebuilt(House):
    """The model has changed: guests are not greeted any more."""

    name = "house"
    readmodels = (replace(GUESTS, hears=GUESTS.hears[:1]),)
    policies = ()


class Shorter(House):
    """Before the model showed names."""

    name = "house"
    readmodels = (
        replace(GUESTS, columns=GUESTS.columns[:1], hears=(replace(GUESTS.hears[0], cells={"guestId": "guest_id"}),)),
    )
    policies = ()


@pytest.fixture(params=["memory", "sqlite", "postgres", "kurrentdb"])
def env(request: pytest.FixtureRequest, tmp_path: Path) -> dict[str, str]:
    urls = {"postgres": "TEST_DATABASE_URL", "kurrentdb": "TEST_KURRENTDB_URL"}
    store: str = request.param
    url = os.environ.get(urls.get(store, ""), "")
    if store in urls and not url:
        pytest.skip(f"{urls[store]} does not say where it is")
    path = str(tmp_path / "house.db")
    return {"STORE": store, "SQLITE_PATH": path, "DATABASE_URL": url, "KURRENTDB_URL": url}


@pytest.fixture
def house(env: dict[str, str]) -> Iterator[House]:
    runner = start(House, env)
    yield runner.get(House)
    runner.stop()


@pytest.fixture
def guest() -> str:
    return str(uuid4())


def failing(*_: object) -> None:
    raise RuntimeError("Not today.")


def row(house: House, guest: str) -> dict[str, object]:
    return next(row for row in house.projector.rows(GUESTS) if row["guestId"] == guest)


def test_what_follows_from_a_command_has_happened_when_it_is_answered(house: House, guest: str) -> None:
    envelope = Envelope(correlation_id="story")
    assert house.handle(Arrive(guest_id=guest, name="Ann"), envelope).version == 1
    assert row(house, guest) == {"guestId": guest, "name": "Ann", "times": 1}
    arrived, greeted = [event for _, event in house.events_after(0, 1000) if event.originator_id == f"Guest-{guest}"]
    assert greeted.metadata.causation_id == arrived.metadata.id
    assert greeted.metadata.correlation_id == arrived.metadata.correlation_id == "story"


def test_a_refused_command_changes_nothing(house: House, guest: str) -> None:
    with pytest.raises(Refused, match=r"Cannot Greet\. GuestArrived must have occurred\."):
        house.handle(Greet(guest_id=guest))
    assert house.load(Guest, guest).version == 0


def test_writers_at_once_are_all_served(house: House, env: dict[str, str], guest: str) -> None:
    house.handle(Arrive(guest_id=guest))
    runners = [] if env["STORE"] == "memory" else [start(House, env)]
    houses = [house, *(runner.get(House) for runner in runners)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda at: houses[at % len(houses)].handle(Greet(guest_id=guest)), range(4)))
    for runner in runners:
        runner.stop()
    house.projector.catch_up()
    assert row(house, guest)["times"] == 5


def test_an_expected_version_is_met_or_nothing_happens(house: House, guest: str) -> None:
    house.handle(Arrive(guest_id=guest), Envelope(expected_version=0))
    with pytest.raises(WrongVersion, match="The stream is at version 2, not 1"):
        house.handle(Greet(guest_id=guest), Envelope(expected_version=1))


def test_the_same_request_happens_once(house: House, guest: str) -> None:
    key = str(uuid4())
    first = house.handle(Arrive(guest_id=guest), Envelope(key=key, digest="a"))
    assert house.handle(Arrive(guest_id=guest), Envelope(key=key, digest="a")) == first
    with pytest.raises(KeyReused):
        house.handle(Arrive(guest_id=guest), Envelope(key=key, digest="b"))
    assert house.load(Guest, guest).version == 2


def test_erased_data_is_gone_everywhere_and_new_data_has_a_new_key(house: House, guest: str) -> None:
    house.handle(Arrive(guest_id=guest, name="Ann"))
    assert house.erase(Guest, guest)
    assert row(house, guest)["name"] is None
    assert "Ann" not in str([event for _, event in house.events_after(0, 1000) if guest in event.originator_id])
    house.handle(Arrive(guest_id=guest, name="Bob"))
    assert row(house, guest)["name"] == "Bob"
    assert not house.erase(Guest, str(uuid4()))


def test_rows_are_found_by_their_key_and_by_anything_else(house: House, guest: str) -> None:
    other = str(uuid4())
    house.handle(Arrive(guest_id=guest, name="Ann"))
    house.handle(Arrive(guest_id=other, name="Bob"))
    for where, found in [
        ({"guestId": guest}, [guest]),
        ({"guestId": guest, "name": "Bob"}, []),
        ({"guestId": f"{guest}\0"}, []),
        ({"guestId": {"inq": [guest, other]}}, [guest, other]),
        ({"or": [{"guestId": other}, {"guestId": guest}], "times": 1}, [guest, other]),
        ({"name": {"like": "A%"}, "guestId": {"inq": [guest, other]}}, [guest]),
    ]:
        asked = Filter.read(json.dumps({"where": where}), GUESTS.columns)
        assert [row["guestId"] for row in house.projector.find(GUESTS, asked)] == found, where


def test_rows_come_in_their_order_however_few_are_read_at_once(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    store = sys.modules[type(house._read_store.documents).__module__]
    monkeypatch.setattr(store, "PAGE", 1, raising=False)
    guests = [str(uuid4()) for _ in range(3)]
    for guest in guests:
        house.handle(Arrive(guest_id=guest))
    assert [row["guestId"] for row in house.projector.rows(GUESTS)][-3:] == guests


def test_a_policy_that_fails_is_carried_out_with_the_next_command(
    house: House, guest: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(house, "process_event", failing)
        assert house.handle(Arrive(guest_id=guest)).version == 1
    assert row(house, guest)["times"] == ""
    house.handle(Arrive(guest_id=str(uuid4())))
    assert row(house, guest)["times"] == 1


def test_read_models_are_made_anew_when_they_change(env: dict[str, str], guest: str) -> None:
    if env["STORE"] == "memory":
        pytest.skip("Memory forgets.")
    first = start(House, env)
    first.get(House).handle(Arrive(guest_id=guest, name="Ann"))
    first.stop()
    second = start(Rebuilt, env)
    assert row(second.get(Rebuilt), guest) == {"guestId": guest, "name": "Ann", "times": ""}
    second.stop()


def test_a_new_column_is_filled_from_what_happened_before(env: dict[str, str], guest: str) -> None:
    if env["STORE"] == "memory":
        pytest.skip("Memory forgets.")
    first = start(Shorter, env)
    first.get(Shorter).handle(Arrive(guest_id=guest, name="Ann"))
    first.stop()
    second = start(House, env)
    assert row(second.get(House), guest) == {"guestId": guest, "name": "Ann", "times": ""}
    second.stop()


def key_of(env: dict[str, str], key: Key | None = None) -> Key | None:
    """Of a database that is opened for it."""
    store = sqlite.open_store(env)
    if key is not None:
        store.keys.add("Guest-1", key)
    kept = store.keys.of("Guest-1")
    store.close()
    return kept


def test_older_databases_are_brought_up_to_date_and_newer_ones_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    env, kept = {"SQLITE_DBNAME": str(tmp_path / "old.db")}, Key("key", b"secret")
    add = "ALTER TABLE personal_data_keys ADD COLUMN note TEXT"
    key_of(env, kept)
    for statements in ([add, "ALTER TABLE nowhere ADD COLUMN note TEXT"], [add]):
        with monkeypatch.context() as later:
            later.setattr(schema, "STEPS", (*schema.STEPS, schema.Step(sqlite=statements, postgres=())))
            if len(statements) > 1:
                # All or none: the first statement is taken back.
                with pytest.raises(OperationalError, match="nowhere"):
                    sqlite.open_store(env)
            else:
                assert key_of(env) == kept
    with pytest.raises(BadSetting, match=f"schema version {len(schema.STEPS) + 1}, and this service knows"):
        sqlite.open_store(env)


def test_a_row_whose_key_is_erased_has_never_been(house: House, guest: str) -> None:
    name, other = f"Ann of {guest}", str(uuid4())
    house.handle(Arrive(guest_id=guest, name=name))
    assert house.projector.exists(NAMES, name)
    house.erase(Guest, guest)
    assert not house.projector.exists(NAMES, name)
    house.handle(Arrive(guest_id=other, name=name))
    asked = Filter.read(json.dumps({"where": {"name": name}}), NAMES.columns)
    assert house.projector.find(NAMES, asked) == [{"name": name, "guestId": other}]


def test_it_goes_on_after_a_restart(env: dict[str, str], guest: str) -> None:
    if env["STORE"] == "memory":
        pytest.skip("Memory forgets.")
    first = start(House, env)
    first.get(House).handle(Arrive(guest_id=guest, name="Ann"))
    first.stop()
    second = start(House, env)
    assert row(second.get(House), guest) == {"guestId": guest, "name": "Ann", "times": 1}
    second.get(House).handle(Greet(guest_id=guest))
    assert row(second.get(House), guest)["times"] == 2
    second.stop()


def test_what_a_crash_left_open_is_done_once(env: dict[str, str], guest: str) -> None:
    if env["STORE"] == "memory":
        pytest.skip("Memory forgets.")
    start(House, env).stop()
    crashing = start(Crashing, env)
    crashing.get(Crashing).handle(Arrive(guest_id=guest))
    crashing.stop()
    for _ in range(2):
        again = start(House, env)
        assert row(again.get(House), guest)["times"] == 1
        again.stop()
