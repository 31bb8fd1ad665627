"""Between values of records and what stands for them in an archive: ids, people, moments, bytes."""

import base64
import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import models
from django.utils.dateparse import parse_datetime

from reviewapp.events.models import EventElsewhere
from reviewapp.grids.models import View
from reviewapp.moving.forms import has_its_form
from reviewapp.moving.tables import Row, Table, is_person
from reviewapp.questions.models import Question

_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_ISSUE = re.compile(r"(?<=issue)(:|%3A)([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})")
_HASH = re.compile(r"[0-9a-f]{64}")
#: Where ids of documents stand in `Question.summary`.
_OF_DOCUMENTS = {
    "documents",
    "document",
    "meets",
    "fails",
    "unread",
    "not_found",
    "not_examined",
    "check",
    "conditional",
    "untold",
}
_JSON = {(Question, "summary")}
#: Addresses of lists; they may name an issue.
_ADDRESSES = {(View, "query")}
_NOTHING = UUID(int=0)


class RowError(ValueError):
    """A row of an archive that cannot be one of its table; the message says why, without the value."""


class Names:
    """What ids and people are called in the archive, and here."""

    def __init__(
        self, mask: UUID | None, person_name: Callable[[int], str], person_key: Callable[[str], int]
    ) -> None:
        # NB: the bits that say which version of UUID it is stay as they are, so that ids stay such.
        self._mask = (mask or _NOTHING).int & ~(0xF << 76) & ~(0x3 << 62)
        self.person_name, self.person_key = person_name, person_key

    def other(self, key: UUID) -> UUID:
        """The id of the archive for an id of here, and the other way round."""
        return UUID(int=key.int ^ self._mask)

    def in_documents(self, value: Any, *, here: bool = False) -> Any:
        """A summary of a question with the ids of its documents replaced."""
        if isinstance(value, dict):
            return {name: self.in_documents(each, here=name in _OF_DOCUMENTS) for name, each in value.items()}
        if isinstance(value, list):
            return [self.in_documents(each, here=here) for each in value]
        return self.in_text(value) if here else value

    def in_all(self, value: Any) -> Any:
        """What an event tells, with all ids replaced."""
        if isinstance(value, dict):
            return {name: self.in_all(each) for name, each in value.items()}
        return [self.in_all(each) for each in value] if isinstance(value, list) else self.in_text(value)

    def in_text(self, value: Any) -> Any:
        """A text that is an id or names an issue, replaced; anything else as it is."""
        if not isinstance(value, str):
            return value
        if _ID.fullmatch(value):
            return str(self.other(UUID(value)))
        return _ISSUE.sub(lambda found: f"{found[1]}{self.other(UUID(found[2]))}", value)


def row_of(table: Table, record: models.Model, names: Names) -> Row:
    """The record as a row of the archive."""
    row = {field.name: _told(field, getattr(record, field.attname), table, names) for field in table.fields}
    return table.settle(row)


def _told(field: "models.Field[Any, Any]", value: Any, table: Table, names: Names) -> Any:
    if value is None:
        return None
    if field.name in table.blobs:
        return str(value).rpartition("/")[2]
    if is_person(field):
        return names.person_name(value)
    if isinstance(value, UUID):
        return str(names.other(value))
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode()
    if (table.model, field.name) in _ADDRESSES:
        return names.in_text(value)
    return names.in_documents(value) if (table.model, field.name) in _JSON else value


def record_of(table: Table, row: Any, names: Names, matter_id: UUID) -> models.Model:
    """The row as a record of the matter, without what `later` sets. Raises RowError.

    A field that the row lacks has its default, as records have it that were there before the field was.
    """
    if not isinstance(row, dict) or not _fits(table, set(row)):
        raise RowError("the row has other fields than its table")
    record = table.model()
    for field in table.model._meta.concrete_fields:
        if field.remote_field and field.remote_field.model._meta.label == "matters.Matter":
            setattr(record, field.attname, matter_id)
    for field in table.fields:
        if field.name in table.later:
            setattr(record, field.attname, None)
        elif field.name in row:
            setattr(record, field.attname, _value(field, row[field.name], table, names, matter_id))
    return record


def _fits(table: Table, given: set[str]) -> bool:
    """Whether a row may have just these fields: those of its table, perhaps without some that came later."""
    lacking = {field for field in table.fields if field.name not in given}
    return given <= {field.name for field in table.fields} and all(map(_may_lack, lacking))


def _may_lack(field: "models.Field[Any, Any]") -> bool:
    # NB: the default of an id is another one each time.
    may_be_empty = field.null or (field.blank and field.empty_strings_allowed)
    return not field.primary_key and (field.has_default() or may_be_empty)


def _value(field: "models.Field[Any, Any]", value: Any, table: Table, names: Names, matter_id: UUID) -> Any:
    if value is None:
        if not field.null:
            raise RowError(f"{field.name} is missing")
        return None
    if isinstance(field, models.JSONField):
        if not has_its_form(field, value):
            raise RowError(f"{field.name} is not what such a field holds")
        return names.in_documents(value) if (table.model, field.name) in _JSON else value
    if field.name in table.blobs:
        return _blob(field.name, value, matter_id)
    if is_person(field):
        return names.person_key(_text(field.name, value, 150))
    if (table.model, field.name) in _ADDRESSES:
        value = names.in_text(value)
    try:
        return _READ.get(type(field), _plain)(field, value, names)
    except (ValueError, TypeError):
        raise RowError(f"{field.name} is not what such a field holds") from None


def event_of(line: Any, names: Names) -> EventElsewhere:
    """What happened, of a line of an archive, with the ids of here. Raises RowError."""
    told = line if isinstance(line, dict) else {}
    detail = told.get("detail")
    try:
        at = _moment(None, told.get("at"), names)
    except (ValueError, TypeError):
        raise RowError("it does not say when") from None
    if not isinstance(detail, dict):
        raise RowError("it has no details")
    return EventElsewhere(
        at=at,
        by=_text("by", told.get("by") or "", 150),
        client=_text("client", told.get("client"), 100),
        action=_text("type", told.get("type"), 60),
        object_type=_text("object_type", told.get("object_type"), 60),
        object_id=names.in_text(_text("object_id", told.get("object_id"), 64)),
        detail=names.in_all(detail),
    )


def id_here(value: Any, names: Names) -> UUID:
    """The id here of an id of the archive. Raises ValueError and TypeError."""
    if not isinstance(value, str) or not _ID.fullmatch(value):
        raise ValueError("no id")
    return names.other(UUID(value))


def _blob(name: str, value: Any, matter_id: UUID) -> str:
    if value == "":
        return ""
    if not isinstance(value, str) or not _HASH.fullmatch(value):
        raise RowError(f"{name} is no SHA-256")
    return f"blobs/{matter_id}/{value}"


def _text(name: str, value: Any, most: int | None) -> str:
    if not isinstance(value, str) or "\x00" in value or (most is not None and len(value) > most):
        raise RowError(f"{name} is no text, or longer than such a field is")
    return value


def _moment(field: Any, value: Any, names: Names) -> datetime:
    moment = parse_datetime(value)
    if moment is None or moment.tzinfo is None:
        raise ValueError("no moment")
    return moment


def _plain(field: Any, value: Any, names: Names) -> Any:
    if isinstance(field, models.CharField | models.TextField):
        value = _text(field.name, value, field.max_length)
        if field.choices and value and value not in dict(field.flatchoices):
            raise ValueError("not one of the choices")
        return value
    if isinstance(field, models.BooleanField):
        return _of_type(value, bool)
    if isinstance(field, models.FloatField):
        return float(_of_type(value, float, int))
    if isinstance(field, models.IntegerField):
        number = _of_type(value, int)
        if not -(2**63) <= number < 2**63:
            raise ValueError("too large")
        return number
    raise TypeError(type(field).__name__)


def _of_type(value: Any, *types: type) -> Any:
    # NB: True is an int to Python, and not to an archive.
    if not isinstance(value, types) or (isinstance(value, bool) and bool not in types):
        raise ValueError("another type")
    return value


_READ: dict[type, Callable[[Any, Any, Names], Any]] = {
    models.UUIDField: lambda field, value, names: id_here(value, names),
    models.ForeignKey: lambda field, value, names: id_here(value, names),
    models.OneToOneField: lambda field, value, names: id_here(value, names),
    models.DateTimeField: _moment,
    models.BinaryField: lambda field, value, names: base64.b64decode(value, validate=True),
}
