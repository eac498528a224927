"""`filter`: which rows of a read model are asked for, and in which order."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from operator import ge, gt, le, lt
from typing import Any, Final

from . import strict_json
from .values import Json

Row = dict[str, Json]
Test = Callable[[Row], bool]

DEFAULT_LIMIT: Final = 100
MAX_LIMIT: Final = 1_000
MAX_SKIP: Final = 9_007_199_254_740_991
MAX_ORDERS: Final = 16
MAX_DEPTH: Final = 10
MAX_CONDITIONS: Final = 1_000
ORDERINGS: Final = {"gt": gt, "gte": ge, "lt": lt, "lte": le}


class BadFilter(Exception):
    """Why words are no filter."""


@dataclass(frozen=True)
class Column:
    name: str
    has_lists: bool = False


@dataclass
class Filter:
    where: Test | None = None
    texts: dict[str, str] = field(default_factory=dict)
    """Columns that have to be a text, whatever else `where` says: what a store can look up."""
    order: list[tuple[str, bool]] = field(default_factory=list)
    skip: int = 0
    limit: int = DEFAULT_LIMIT

    @classmethod
    def read(cls, words: str | None, columns: Sequence[Column]) -> Filter:
        if words is None:
            return cls()
        try:
            said = strict_json.loads(words)
        except ValueError:
            raise BadFilter("filter is no JSON.") from None
        if not isinstance(said, dict):
            raise BadFilter("filter is no JSON object.")
        for key in said:
            if key not in ("where", "order", "skip", "limit"):
                raise BadFilter(f"filter has no {key}: only where, order, skip and limit.")
        known = {column.name: column for column in columns}
        result = cls()
        if "where" in said:
            result.where = _Reader(known).where(said["where"], MAX_DEPTH)
            result.texts = {name: value for name, value in said["where"].items() if isinstance(value, str)}
        if "order" in said:
            result.order = _orders(said["order"], known)
        if "skip" in said:
            result.skip = _whole(said["skip"], 0, MAX_SKIP, "skip is not a whole number from 0 on.")
        if "limit" in said:
            result.limit = _whole(said["limit"], 1, MAX_LIMIT, "limit is not a whole number from 1 to 1,000.")
        return result

    def apply(self, rows: Iterable[Row]) -> list[Row]:
        """Takes no more rows than it needs, which are all of them where there is an order."""
        found = rows if self.where is None else filter(self.where, rows)
        # Sorting is stable: from the last order to the first.
        for name, down in reversed(self.order):
            found = sorted(found, key=partial(_rank_of, name), reverse=down)
        return list(islice(found, self.skip, self.skip + self.limit))


def _whole(json: Json, least: int, most: int, otherwise: str) -> int:
    if _is_number(json) and float(json).is_integer() and least <= json <= most:
        return int(json)
    raise BadFilter(otherwise)


def _orders(json: Json, columns: dict[str, Column]) -> list[tuple[str, bool]]:
    wrong = BadFilter('order is neither like "column ASC" nor an array of at most 16 of that kind.')
    all_orders = [json] if isinstance(json, str) else json
    if not isinstance(all_orders, list) or len(all_orders) > MAX_ORDERS:
        raise wrong
    read = []
    for one in all_orders:
        parts = [part for part in one.split(" ") if part] if isinstance(one, str) else []
        if not 1 <= len(parts) <= 2 or (len(parts) == 2 and parts[1].upper() not in ("ASC", "DESC")):
            raise wrong
        column = _column(parts[0], columns)
        if column.has_lists:
            raise BadFilter(f"{column.name} holds lists, which have no order.")
        read.append((column.name, parts[-1].upper() == "DESC" and len(parts) == 2))
    return read


def _column(name: str, columns: dict[str, Column]) -> Column:
    if name not in columns:
        raise BadFilter(f"There is no column {name}.")
    return columns[name]


def _rank_of(name: str, row: Row) -> tuple[int, Any]:
    """Nothing and what was erased, then `False`, `True`, numbers, texts."""
    match row[name]:
        case None | "":
            return (0, 0)
        case bool() as truth:
            return (1, truth)
        case int() | float() as number:
            return (2, number)
        case text:
            return (3, text)


class _Reader:
    def __init__(self, columns: dict[str, Column]) -> None:
        self._columns = columns
        self._left = MAX_CONDITIONS

    def where(self, json: Json, depth: int) -> Test:
        if not isinstance(json, dict) or depth == 0:
            raise BadFilter("where is no object, or more than 10 objects deep.")
        tests: list[Test] = []
        for key, condition in json.items():
            self._count()
            match key:
                case "and":
                    tests.append(partial(_all, self._several(key, condition, depth)))
                case "or":
                    tests.append(partial(_any, self._several(key, condition, depth)))
                case _:
                    name = _column(key, self._columns).name
                    tests += [partial(_cell, name, test) for test in self._tests(name, condition)]
        return partial(_all, tests)

    def _count(self) -> None:
        self._left -= 1
        if self._left < 0:
            raise BadFilter("where has more than 1,000 conditions.")

    def _several(self, name: str, json: Json, depth: int) -> list[Test]:
        if not isinstance(json, list) or not json:
            raise BadFilter(f"{name} takes an array of at least one object.")
        return [self.where(one, depth - 1) for one in json]

    def _tests(self, column: str, json: Json) -> list[Callable[[Json], bool]]:
        if _is_scalar(json):
            return [partial(_same, json)]
        if not isinstance(json, dict) or not json:
            raise BadFilter(f"The condition of {column} is neither a value nor an operator.")
        tests = []
        for name, operand in json.items():
            self._count()
            tests.append(_test(name, operand))
        return tests


def _test(name: str, operand: Json) -> Callable[[Json], bool]:
    match name:
        case "neq":
            _takes(name, _is_scalar(operand), "a string, number, boolean or null")
            return lambda cell: not _same(operand, cell)
        case "gt" | "gte" | "lt" | "lte":
            _takes(name, isinstance(operand, str) or _is_number(operand), "a string or a number")
            return lambda cell: _comparable(cell, operand) and ORDERINGS[name](cell, operand)
        case "between":
            pair = isinstance(operand, list) and len(operand) == 2 and _comparable(*operand)
            _takes(name, pair, "an array of two strings or two numbers")
            least, most = operand
            return lambda cell: _comparable(cell, least) and least <= cell <= most
        case "inq" | "nin":
            values = isinstance(operand, list) and all(map(_is_scalar, operand))
            _takes(name, values, "an array of strings, numbers, booleans and null")
            return lambda cell: any(_same(value, cell) for value in operand) == (name == "inq")
        case "like":
            _takes(name, isinstance(operand, str), "a string")
            return partial(_like, operand)
        case _:
            raise BadFilter(f"There is no operator {name}.")


def _takes(name: str, fits: bool, wanted: str) -> None:
    if not fits:
        raise BadFilter(f"{name} takes {wanted}.")


def _all(tests: list[Test], row: Row) -> bool:
    return all(test(row) for test in tests)


def _any(tests: list[Test], row: Row) -> bool:
    return any(test(row) for test in tests)


def _cell(name: str, test: Callable[[Json], bool], row: Row) -> bool:
    return test(row[name])


def _is_number(json: Json) -> bool:
    return isinstance(json, int | float) and not isinstance(json, bool)


def _is_scalar(json: Json) -> bool:
    return not isinstance(json, list | dict)


def _comparable(cell: Json, value: Json) -> bool:
    return (isinstance(cell, str) and isinstance(value, str)) or (_is_number(cell) and _is_number(value))


def _same(value: Json, cell: Json) -> bool:
    """Numbers by their value, so that `5` is `5.0`; `True` is not `1`; a list is the same as nothing."""
    if _is_number(value) and _is_number(cell):
        return float(value) == float(cell)
    return type(value) is type(cell) and not isinstance(cell, list) and bool(value == cell)


def _like(pattern: str, cell: Json) -> bool:
    """`%` is any characters, `_` one."""
    return isinstance(cell, str) and _matches(cell, re.sub("%+", "%", pattern))


def _matches(text: str, pattern: str) -> bool:
    """Goes back to the last `%` only, so it takes no longer than pattern times text."""
    at = of = 0
    back: tuple[int, int] | None = None
    while at < len(text):
        if of < len(pattern) and pattern[of] == "%":
            back = (at, of)
            of += 1
        elif of < len(pattern) and pattern[of] in ("_", text[at]):
            at += 1
            of += 1
        elif back is None:
            return False
        else:
            back = (back[0] + 1, back[1])
            at, of = back[0], back[1] + 1
    return not pattern[of:].strip("%")
