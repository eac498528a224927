"""JSON as RFC 8259 has it: no `NaN`, no number that no double holds, no half of a surrogate pair, and a floor."""

from __future__ import annotations

import json
import math
from typing import Any, Final, NoReturn

MAX_DEPTH: Final = 127


def loads(text: str) -> Any:
    """Raises `ValueError` for what is no JSON."""
    try:
        value = json.loads(text, parse_constant=_no_constant, parse_float=_double, parse_int=_whole)
        depth = _depth(value)
    except RecursionError:
        # How deep the parser goes differs from one Python to the next, and may be deeper than we go.
        depth = MAX_DEPTH + 1
    if depth > MAX_DEPTH:
        raise ValueError("It is nested too deeply.")
    if "\\u" in text:
        json.dumps(value, ensure_ascii=False).encode()
    return value


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON.")


def _double(digits: str) -> float:
    number = float(digits)
    if math.isinf(number):
        raise ValueError("No double holds this number.")
    return number


def _whole(digits: str) -> int:
    number = int(digits)
    _double(digits)
    return number


def _depth(value: Any) -> int:
    match value:
        case dict():
            return 1 + max(map(_depth, value.values()), default=0)
        case list():
            return 1 + max(map(_depth, value), default=0)
        case _:
            return 0
