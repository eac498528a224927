"""Whether a command is accepted: everything that stands in its way is listed.

First what does not exist, then what is required, then what is of no right type, then what must have happened or must
not have.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .messages import Command, Event, said_of
from .values import Unfit, is_empty


@dataclass(frozen=True)
class Failure:
    field: str
    """Empty where the failure is about no parameter."""
    message: str


class Refused(Exception):
    """Nothing came of a command. The domain may raise it, too."""

    def __init__(self, *failures: Failure) -> None:
        super().__init__(" ".join(failure.message for failure in failures))
        self.failures = failures


def check(
    command: Command,
    happened: Callable[[type[Event]], bool],
    exists: Callable[[str, Any], bool],
) -> None:
    """Raises `Refused` where a rule of the command is not met."""
    said = [(one, getattr(command, attribute)) for attribute, one in said_of(type(command)).items()]
    failures = []
    for one, value in said:
        if one.exists_in is not None:
            known = not is_empty(value) and not isinstance(value, Unfit) and exists(one.exists_in, value)
            if not known:
                failures.append(Failure(one.name, f"{one.name} does not exist."))
    for one, value in said:
        if one.required and is_empty(value):
            failures.append(Failure(one.name, f"{one.name} is a required field."))
    failures += [Failure(name, f"{name} {unfit.why}.") for name, unfit in command.unfit()]
    for condition in command.PRECONDITIONS:
        has_happened = condition.event is not None and happened(condition.event)
        if has_happened != condition.must:
            words = "must have occurred" if condition.must else "must not have occurred"
            failures.append(Failure("", f"Cannot {command.NAME}. {condition.name} {words}."))
    if failures:
        raise Refused(*failures)
