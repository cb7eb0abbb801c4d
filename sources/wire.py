"""What all wires share: reading JSON and XML under caps, and pydantic types for values as sites really send them."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import Annotated, Any, NoReturn, TypeVar
from xml.etree import ElementTree
from xml.parsers import expat

from pydantic import AfterValidator, AwareDatetime, BaseModel, BeforeValidator, ConfigDict, ValidationError

from sources.errors import TooMuch, Unreadable

#: Metrics are stored as signed 64-bit integers.
LARGEST_COUNT = 2**63 - 1

#: No feed or listing nests deeper, or holds more elements; what does is made to hurt.
DEEPEST_XML = 64
MOST_ELEMENTS = 200_000

_YEARS = range(1990, 2101)


def _count(value: object) -> object:
    """An integer, or one written as digits: sites do both. Not a boolean, which Python would count."""
    if isinstance(value, str) and re.fullmatch(r"[0-9]{1,19}", value):
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= LARGEST_COUNT:
        raise ValueError("not a count")
    return value


def _text(value: object) -> object:
    """A string without lone surrogates, which JSON can write and nothing can store."""
    if not isinstance(value, str):
        raise ValueError("not a text")  # noqa: TRY004  pydantic gathers ValueErrors
    return value if value.isascii() else value.encode("utf-8", "ignore").decode("utf-8")


def _texts(value: object) -> object:
    """The strings of a list; what else stands in it is left out."""
    if not isinstance(value, list):
        raise ValueError("not a list")  # noqa: TRY004  pydantic gathers ValueErrors
    return [_text(entry) for entry in value if isinstance(entry, str)]


def _moment_text(value: object) -> object:
    if not isinstance(value, str) or not re.match(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T", value):
        raise ValueError("not a moment")
    return value


def _plausible(moment: datetime) -> datetime:
    if moment.tzinfo is None or moment.year not in _YEARS:
        raise ValueError("not in our time, or of no zone")
    return moment.astimezone(UTC)


def moment(text: str) -> datetime | None:
    """A moment written in ISO 8601 with its offset, as aware UTC; None when it is not one of our time."""
    try:
        return _plausible(datetime.fromisoformat(str(_moment_text(text)))).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


Count = Annotated[int, BeforeValidator(_count)]
Text = Annotated[str, BeforeValidator(_text)]
Texts = Annotated[tuple[str, ...], BeforeValidator(_texts)]
Moment = Annotated[AwareDatetime, BeforeValidator(_moment_text), AfterValidator(_plausible)]


class Wire(BaseModel):
    """A site's own words. What a site adds is ignored; what it leaves out is None; null is the same as absent."""

    model_config = ConfigDict(frozen=True, extra="ignore", populate_by_name=False, hide_input_in_errors=True)


WireT = TypeVar("WireT", bound=Wire)


def read_entry(model: type[WireT], raw: object) -> tuple[WireT | None, tuple[str, ...]]:
    """Read one entry of a list: the entry, and the names of the fields that are not in the site's form.

    A wrong field that is not required is left out; a wrong one that is required costs the entry (None).
    """
    try:
        return model.model_validate(raw), ()
    except ValidationError as error:
        wrong = tuple(dict.fromkeys(str(problem["loc"][0]) if problem["loc"] else "" for problem in _problems(error)))
    if not isinstance(raw, dict):
        return None, wrong
    try:
        return model.model_validate({key: value for key, value in raw.items() if key not in wrong}), wrong
    except ValidationError:
        return None, wrong


def _problems(error: ValidationError) -> list[Any]:
    return list(error.errors(include_url=False, include_context=False, include_input=False))


def read_json(body: bytes, site: str) -> Any:
    """The value of a JSON body. Raises Unreadable: not JSON, NaN in it, nested too deeply."""
    try:
        return json.loads(body, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise Unreadable(f"{site} sent {_looks_like(body)} instead of JSON") from None


def _no_constant(constant: str) -> NoReturn:
    raise ValueError(constant)


def _looks_like(body: bytes) -> str:
    head = body[:200].lstrip().lower()
    if not head:
        return "nothing"
    return "a web page" if head.startswith((b"<!doctype html", b"<html")) else "something else"


def read_xml(body: bytes, site: str) -> ElementTree.Element:
    """The root of an XML body. Raises Unreadable, TooMuch."""
    screen_xml(body, site)
    try:
        return ElementTree.fromstring(body)  # noqa: S314  screened for entities, depth and size just before
    except (ElementTree.ParseError, ValueError, LookupError):
        raise Unreadable(f"{site} sent {_looks_like(body)} instead of XML") from None


def screen_xml(body: bytes, site: str) -> bool:
    """Whether a document is well-formed, refusing one that is made to hurt.

    Refused are declared entities (bombs and thieves need them), deep nesting, and too many elements.
    Raises Unreadable, TooMuch.
    """
    parser = expat.ParserCreate()
    depth = elements = 0

    def declared(*_declaration: object) -> None:
        raise Unreadable(f"{site} sent XML that declares entities; such a document is not read")

    def started(_tag: str, _attributes: object) -> None:
        nonlocal depth, elements
        depth, elements = depth + 1, elements + 1
        if depth > DEEPEST_XML or elements > MOST_ELEMENTS:
            raise TooMuch(f"{site} sent XML that nests too deeply or holds too many elements")

    def ended(_tag: str) -> None:
        nonlocal depth
        depth -= 1

    parser.EntityDeclHandler = declared
    parser.StartElementHandler = started
    parser.EndElementHandler = ended
    try:
        parser.Parse(body, True)
    except (expat.ExpatError, ValueError, LookupError):
        return False
    return True
