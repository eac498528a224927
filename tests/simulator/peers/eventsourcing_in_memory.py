"""The work of `../src/work.rs` on the library `eventsourcing` with its in-memory store, as its documentation writes
it: aggregates with event methods, an application that gets and saves them, a projection over the notification log."""

import json
import sys
import time
from uuid import NAMESPACE_URL, uuid5

from eventsourcing.application import AggregateNotFoundError, Application
from eventsourcing.domain import Aggregate, event


class Refused(Exception):
    pass


class User(Aggregate):
    @event("UserRegistered")
    def __init__(self, userId, name):
        self.userId = userId
        self.name = name

    @staticmethod
    def create_id(userId, **_):
        return uuid5(NAMESPACE_URL, f"User-{userId}")


class Todo(Aggregate):
    @event("TodoAdded")
    def __init__(self, todoId, userId, description, dueDate):
        self.todoId = todoId
        self.happened = ["TodoAdded"]

    @event("TodoRenamed")
    def rename(self, todoId, description):
        self.happened.append("TodoRenamed")

    @event("TodoCompleted")
    def complete(self, todoId, isComplete):
        self.happened.append("TodoCompleted")

    @staticmethod
    def create_id(todoId, **_):
        return uuid5(NAMESPACE_URL, f"Todo-{todoId}")


TABLES = {
    "UserLookup": ("userId", {"UserRegistered"}, ["userId", "name"]),
    "TODOList": (
        "todoId",
        {"TodoAdded", "TodoRenamed", "TodoCompleted"},
        ["todoId", "description", "dueDate", "isComplete"],
    ),
}


def project(tables, happened):
    kind = type(happened).__name__
    data = happened.__dict__
    for name, (key, events, columns) in TABLES.items():
        if kind not in events:
            continue
        row = tables[name].setdefault(data[key], None)
        if row is None:
            row = tables[name][data[key]] = dict.fromkeys(columns, "")
        for column in columns:
            if column in data:
                row[column] = data[column]


def empty():
    return {"UserLookup": {}, "TODOList": {}}


def required(failures, data, *fields):
    for field in fields:
        if not data.get(field):
            failures.append({"field": field, "msg": f"{field} is a required field."})


def refuse(failures):
    if failures:
        raise Refused(json.dumps({"message": failures}))


class Todos(Application):
    def __init__(self):
        super().__init__()
        self.tables = empty()

    def todo(self, data):
        try:
            return self.repository.get(Todo.create_id(data["todoId"]))
        except AggregateNotFoundError:
            return None

    def keep(self, aggregate):
        for recording in self.save(aggregate):
            project(self.tables, recording.domain_event)

    def RegisterUser(self, data):
        failures = []
        required(failures, data, "userId")
        refuse(failures)
        self.keep(User(**data))

    def AddItem(self, data):
        failures = []
        if data["userId"] not in self.tables["UserLookup"]:
            failures.append({"field": "userId", "msg": "userId does not exist."})
        required(failures, data, "todoId", "description")
        refuse(failures)
        self.keep(Todo(**data))

    def RenameItem(self, data):
        failures = []
        required(failures, data, "todoId", "description")
        todo = self.todo(data)
        if todo is None:
            failures.append({"field": "", "msg": "Cannot RenameItem. TodoAdded must have occurred."})
        refuse(failures)
        todo.rename(**data)
        self.keep(todo)

    def CompleteItem(self, data):
        failures = []
        required(failures, data, "todoId")
        todo = self.todo(data)
        if todo is None:
            failures.append({"field": "", "msg": "Cannot CompleteItem. TodoAdded must have occurred."})
        elif "TodoCompleted" in todo.happened:
            failures.append({"field": "", "msg": "Cannot CompleteItem. TodoCompleted must not have occurred."})
        refuse(failures)
        todo.complete(**data)
        self.keep(todo)


def work(items, people):
    for user in range(people):
        yield "RegisterUser", {"userId": f"{user}", "name": f"Person {user}"}
    for item in range(items):
        todo = f"{item}"
        description = f"Buy milk, bottle {item}"
        added = {"todoId": todo, "userId": f"{item % people}", "description": description, "dueDate": "2026-12-24"}
        yield "AddItem", added
        yield "RenameItem", {"todoId": todo, "description": f"Buy oat milk, bottle {item}"}
        yield "CompleteItem", {"todoId": todo, "isComplete": "true"}
        yield "CompleteItem", {"todoId": todo, "isComplete": "true"}


def pages(app):
    start = 1
    while page := app.recorder.select_notifications(start=start, limit=1000):
        yield from page
        start = page[-1].id + 1


def round(items, people):
    commands = list(work(items, people))
    app = Todos()
    accepted = rejected = 0
    started = time.perf_counter()
    for name, data in commands:
        try:
            getattr(app, name)(data)
            accepted += 1
        except Refused:
            rejected += 1
    command_seconds = time.perf_counter() - started

    started = time.perf_counter()
    again = empty()
    events = 0
    for notification in pages(app):
        project(again, app.mapper.to_domain_event(notification))
        events += 1
    project_seconds = time.perf_counter() - started
    return {
        "commands": len(commands),
        "accepted": accepted,
        "rejected": rejected,
        "events": events,
        "rows": sum(map(len, again.values())),
        "commandSeconds": command_seconds,
        "projectSeconds": project_seconds,
    }


if __name__ == "__main__":
    items, people, rounds = map(int, sys.argv[1:])
    for _ in range(rounds):
        print(json.dumps(round(items, people)), flush=True)
