"""Types of properties: which JSON is a value of a type, and which words are.

Reading is strict, so that what the OpenAPI document says of a type is all that the service takes. What is no value of
its type becomes an `Unfit` with the reason; a command that holds one is refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import Enum
from typing import Any, Final

Json = Any
"""What `json.loads` returns."""

MAX_TEXT: Final = 100_000
MAX_ID: Final = 255
MAX_ITEMS: Final = 1_000
MAX_INTEGER: Final = 9_007_199_254_740_991
MAX_DIGITS: Final = 18

# What Unicode calls white space: `str.strip` takes four control characters besides.
SPACES: Final = (
    "\t\n\v\f\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f"
    "\u205f\u3000"
)


@dataclass(frozen=True)
class Unfit:
    """Why something is no value of a type. Said after the name of the parameter."""

    why: str


class Erased(Enum):
    """In the place of a personal value whose key was destroyed."""

    ERASED = None


ERASED: Final = Erased.ERASED


class Kind(Enum):
    TEXT = "is not a text"
    INTEGER = "is not a whole number"
    DECIMAL = "is not a number of at most 18 digits"
    BOOLEAN = "is neither true nor false"
    DATE = "is not a date like 2026-02-28"
    DATETIME = "is not a date and time like 2026-02-28T11:05"
    UUID = "is not a UUID"
    EMAIL = "is not an email address"


@dataclass(frozen=True)
class Type:
    """One value of a kind, or a list of them. `short`: it names a stream or a row."""

    kind: Kind
    many: bool = False
    short: bool = False

    def read(self, json: Json) -> Any:
        """The value that JSON is, or why it is none. Nothing is converted."""
        if not self.many:
            return self._item(json)
        if not isinstance(json, list):
            return Unfit("is not a list")
        if len(json) > MAX_ITEMS:
            return Unfit("has more than 1,000 items")
        items = [self._item(item) for item in json]
        return next((item for item in items if isinstance(item, Unfit)), items)

    def _item(self, json: Json) -> Any:
        unfit = Unfit(self.kind.value)
        match self.kind, json:
            case Kind.BOOLEAN, bool():
                return json
            case (Kind.BOOLEAN, _) | (_, bool()):
                return unfit
            case Kind.INTEGER, int() | float():
                return int(json) if float(json).is_integer() and abs(json) <= MAX_INTEGER else unfit
            case Kind.DECIMAL, int() | float():
                # What a double makes of it: elsewhere numbers are nothing else.
                number = read_decimal(repr(float(json)))
                return unfit if number is None else number
            case (Kind.INTEGER, _) | (Kind.DECIMAL, _):
                return unfit
            case _, str() if "\0" in json:
                return unfit
            case Kind.TEXT, str() if len(json) > MAX_TEXT:
                return Unfit("is longer than 100,000 characters")
            case _, str() if self.short and len(json) > MAX_ID:
                return Unfit("is longer than 255 characters")
            case Kind.TEXT, str():
                return json
            case _, str() if json and json.strip(SPACES) == json:
                return _READERS[self.kind](json)
            case _:
                return unfit

    def fit(self, value: Any) -> Any:
        """Makes a value of another type one of this type by its words: what policies pass on."""
        if value is None or value is ERASED:
            return None
        text = words(value)
        if len(text) > MAX_TEXT:
            return Unfit("is longer than 100,000 characters")
        if not self.many:
            return self._of_words(text)
        items = [self._of_words(item) for item in split_list(text)]
        if len(items) > MAX_ITEMS:
            return Unfit("has more than 1,000 items")
        return next((item for item in items if isinstance(item, Unfit)), items)

    def _of_words(self, text: str) -> Any:
        if self.kind is Kind.TEXT:
            return text
        text = text.strip(SPACES)
        return _READERS[self.kind](text) if text else None


TEXT: Final = Type(Kind.TEXT)
INTEGER: Final = Type(Kind.INTEGER)
DECIMAL: Final = Type(Kind.DECIMAL)
BOOLEAN: Final = Type(Kind.BOOLEAN)
DATE: Final = Type(Kind.DATE)
DATETIME: Final = Type(Kind.DATETIME)
UUID: Final = Type(Kind.UUID)
EMAIL: Final = Type(Kind.EMAIL)


def many(of: Type) -> Type:
    """A list of them."""
    return replace(of, many=True)


def short(of: Type) -> Type:
    """One that names a stream or a row."""
    return replace(of, short=True)


def words(value: Any) -> str:
    """A value as people read it; nothing and what was erased are empty."""
    match value:
        case None | Erased.ERASED:
            return ""
        case bool():
            return "true" if value else "false"
        case Decimal():
            return f"{value:f}"
        case list():
            return ", ".join(_quoted(words(item)) for item in value)
        case _:
            return str(value)


def to_json(value: Any) -> Json:
    """A value in an answer: nothing is `""`, what was erased is `null`, a decimal is a number."""
    match value:
        case None:
            return ""
        case Erased.ERASED:
            return None
        case Decimal():
            number = float(value)
            return int(number) if number.is_integer() and abs(number) <= MAX_INTEGER else number
        case list():
            return [to_json(item) for item in value]
        case _:
            return value


def is_empty(value: Any) -> bool:
    """What `IsRequired` refuses: spaces are something."""
    return value is None or value is ERASED or value in ("", [])


def is_blank(value: Any) -> bool:
    """What names nothing: spaces do not."""
    return is_empty(value) or (isinstance(value, str) and not value.strip(SPACES))


def holds(value: Any, operator: str, wanted: str) -> bool:
    """The condition of a policy: `amount < 100`. What cannot be compared does not hold."""
    order = _compare(value, wanted)
    match operator:
        case "=":
            return order == 0
        case "!=":
            return order != 0
        case ">":
            return order is not None and order > 0
        case "<":
            return order is not None and order < 0
        case ">=":
            return order is not None and order >= 0
        case "<=":
            return order is not None and order <= 0
        case _:
            raise ValueError(f"There is no operator {operator}.")


def _compare(value: Any, wanted: str) -> int | None:
    if isinstance(value, bool):
        truth = _TRUTHS.get(ascii_lower(wanted))
        return None if truth is None else int(value) - int(truth)
    if value is ERASED:
        value = ""
    elif is_blank(value):
        return None
    number = value if isinstance(value, int | Decimal) else read_decimal(words(value))
    other = read_decimal(wanted)
    if number is not None and other is not None and not isinstance(value, list):
        return (number > other) - (number < other)
    said = words(value)
    return 0 if ascii_lower(said) == ascii_lower(wanted) else (said > wanted) - (said < wanted)


def read_decimal(text: str) -> Decimal | None:
    """`12.50`, `-.5`, `3.`, `1e-7`: at most 18 digits, without zeros at the end behind the point."""
    text = text.strip(SPACES)
    if not _DECIMAL.fullmatch(text):
        return None
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    if number == 0:
        return Decimal(0)
    _, digits, exponent = number.as_tuple()
    significant = "".join(map(str, digits)).rstrip("0")
    places = -(int(exponent) + len(digits) - len(significant))
    if len(significant) > MAX_DIGITS or places > MAX_DIGITS or abs(number) >= 10**MAX_DIGITS:
        return None
    return Decimal(f"{number:f}".rstrip("0").rstrip(".")) if "." in f"{number:f}" else Decimal(f"{number:f}")


def split_list(text: str) -> list[str]:
    """What stands between commas. An item in quotes may hold commas, and quotes written twice."""
    items, rest = [], text.strip(SPACES)
    while rest:
        item = ""
        if quoted := _QUOTED.match(rest):
            item, rest = quoted[1].replace('""', '"'), rest[quoted.end() :]
        plain, _, rest = rest.partition(",")
        items.append(item + plain.strip(SPACES))
        rest = rest.lstrip(SPACES)
    return items


def _quoted(item: str) -> str:
    plain = item and item.strip(SPACES) == item and "," not in item and '"' not in item
    return item if plain else '"' + item.replace('"', '""') + '"'


def ascii_lower(text: str) -> str:
    return text.translate(_LOWER)


def _read_integer(text: str) -> Any:
    fits = _INTEGER.fullmatch(text) and len(text) < 30 and -(2**63) <= int(text) < 2**63
    return int(text) if fits else Unfit(Kind.INTEGER.value)


def _read_decimal(text: str) -> Any:
    number = read_decimal(text)
    return Unfit(Kind.DECIMAL.value) if number is None else number


def _read_truth(text: str) -> Any:
    return _TRUTHS.get(ascii_lower(text), Unfit(Kind.BOOLEAN.value))


def _is_date(text: str) -> bool:
    if not _DATE.fullmatch(text):
        return False
    year, month, day = int(text[:4]), int(text[5:7]), int(text[8:])
    try:
        # Python has no year 0; 2000 has the same days.
        date(year or 2000, month, day)
    except ValueError:
        return False
    return True


def _is_moment(text: str) -> bool:
    return _MOMENT.fullmatch(text) is not None and _is_date(text[:10])


def _form(kind: Kind, fits: Callable[[str], object]) -> Callable[[str], Any]:
    return lambda text: text if fits(text) else Unfit(kind.value)


_LOWER: Final = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}
_TRUTHS: Final = {"true": True, "yes": True, "false": False, "no": False}
_INTEGER: Final = re.compile(r"[+-]?[0-9]+")
_DECIMAL: Final = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{1,3})?")
_QUOTED: Final = re.compile(r'"((?:[^"]|"")*)(?:"|$)')
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_CLOCK: Final = r"([01][0-9]|2[0-3]):[0-5][0-9]"
_SECONDS: Final = r"(:[0-5][0-9](\.[0-9]{1,9})?)?"
_MOMENT: Final = re.compile(rf"[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}[T ]{_CLOCK}{_SECONDS}([+-]{_CLOCK})?Z?")
_UUID: Final = re.compile(r"[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")
_EMAIL: Final = re.compile(rf"[^@{SPACES}]+@[^@{SPACES}]+")

_READERS: Final[dict[Kind, Callable[[str], Any]]] = {
    Kind.TEXT: lambda text: text,
    Kind.INTEGER: _read_integer,
    Kind.DECIMAL: _read_decimal,
    Kind.BOOLEAN: _read_truth,
    Kind.DATE: _form(Kind.DATE, _is_date),
    Kind.DATETIME: _form(Kind.DATETIME, _is_moment),
    Kind.UUID: _form(Kind.UUID, _UUID.fullmatch),
    Kind.EMAIL: _form(Kind.EMAIL, _EMAIL.fullmatch),
}
