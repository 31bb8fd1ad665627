"""Long lists, a page at a time, by a cursor that stays right while rows are added."""

import base64
import json
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Annotated, Any, Generic, TypeVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import BooleanField, F, Func, Value
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query
from pydantic import BaseModel, Field

from reviewapp.api.conditions import written
from reviewapp.api.problems import Refused, wrong_parameter

Row = TypeVar("Row", bound=models.Model)
Shape = TypeVar("Shape", bound=BaseModel)

MOST_ROWS = 500
#: A change may become visible this much later than the time that it bears.
OVERLAP = timedelta(seconds=60)
SELECTION = "application/vnd.nightbrief.selection+json"

Limit = Annotated[int, Query(50, ge=1, le=MOST_ROWS, description="How many items a page has.")]
Cursor = Annotated[
    str,
    Query(
        "", max_length=500, description="`next_cursor` of the page before; opaque, good for a day or more."
    ),
]
Since = Annotated[
    datetime | None, Query(None, description="Only what changed since: `until` of the last time.")
]
Fields = Annotated[
    str,
    Query(
        "",
        max_length=500,
        description=f"Names of the fields to give, with commas; the answer is then of the type {SELECTION}.",
    ),
]


ExternalIdQuery = Annotated[str, Query("", max_length=200, description="Only what another system calls so.")]


class PageOf(BaseModel, Generic[Shape]):
    """A part of a list. `next_cursor` asks for the next one; null at the end."""

    items: list[Shape]
    next_cursor: str | None = Field(description='Also as a link: `Link: <...>; rel="next"`.')

    @classmethod
    def model_parametrized_name(cls, params: tuple[Any, ...]) -> str:
        return f"{params[0].__name__.removesuffix('Shape')}List"


def plain(name: str, text: str) -> str:
    """The text of a parameter. Raises Refused for one that databases cannot keep."""
    if "\x00" in text:
        raise wrong_parameter(name, "it holds a NUL character")
    return text


def page_rows(
    rows: models.QuerySet[Row], order: Sequence[str], cursor: str, limit: int
) -> tuple[list[Row], str | None]:
    """The rows after the cursor, and the cursor of the next ones.

    The fields of `order` go one way, all up or all down, and the last one is unique.

    Raises Refused for a cursor that none of these lists gave.
    """
    if cursor:
        rows = rows.filter(_after(rows.model, order, _read_cursor(rows.model, order, cursor)))
    found = list(rows.order_by(*order)[: limit + 1])
    if len(found) <= limit:
        return found, None
    last = found[limit - 1]
    return found[:limit], _write_cursor([getattr(last, name.lstrip("-")) for name in order])


def linked(request: HttpRequest, response: HttpResponse, following: str | None) -> None:
    """Say in a `Link` header where the next page is."""
    if following is not None:
        query = request.GET.copy()
        query["cursor"] = following
        response.headers["Link"] = (
            f'<{request.build_absolute_uri(request.path)}?{query.urlencode()}>; rel="next"'
        )


def listed(
    request: HttpRequest,
    response: HttpResponse,
    rows: models.QuerySet[Row],
    order: Sequence[str],
    cursor: str,
    limit: int,
    shaped: Callable[[list[Row]], list[Shape]],
) -> PageOf[Shape]:
    """A page of the rows as shapes, its link noted on the response."""
    found, following = page_rows(rows, order, cursor, limit)
    linked(request, response, following)
    return PageOf(items=shaped(found), next_cursor=following)


def by_place(
    request: HttpRequest,
    response: HttpResponse,
    items: Sequence[Shape],
    cursor: str,
    limit: int,
    key: Callable[[Shape], str],
) -> PageOf[Shape]:
    """A page of items that are all there, its link noted on the response.

    The cursor names the last item by its `key`, so that none comes twice where others come in before it.
    """
    start = _place_after([key(item) for item in items], cursor)
    part = list(items[start : start + limit])
    following = None
    if start + limit < len(items):
        following = _write_cursor([start + limit, key(part[-1])])
    linked(request, response, following)
    return PageOf(items=part, next_cursor=following)


def _place_after(keys: Sequence[str], cursor: str) -> int:
    """The place behind the item that the cursor names; the one where it was, when it is gone."""
    if not cursor:
        return 0
    try:
        place, last = _decoded(cursor, 2)
        if type(place) is not int or place < 1 or not isinstance(last, str):
            raise ValueError("another list's cursor")
    except ValueError as error:
        raise _unknown_cursor() from error
    if keys[place - 1 : place] == [last] or last not in keys:
        return place
    return keys.index(last) + 1


def moment(given: datetime) -> datetime:
    """A time of the query; one without a zone is the server's. Raises Refused for one that cannot be."""
    try:
        return given if timezone.is_aware(given) else timezone.make_aware(given)
    except (OverflowError, ValueError) as error:
        raise wrong_parameter("updated_since", "it is no time that can be") from error


def chosen(shape: BaseModel, fields: str, known: type[BaseModel], headers: HttpResponse) -> Any:
    """The shape, or, where fields are named, an answer with only those. Raises Refused for unknown names."""
    names = [name.strip() for name in fields.split(",") if name.strip()]
    if not names:
        return shape
    unknown = sorted(set(names) - set(known.model_fields))
    if unknown:
        raise wrong_parameter("fields", f"there is no field called {unknown[0][:50]!r}")
    body = shape.model_dump(exclude_unset=True)
    if type(shape) is not known:
        body["items"] = [_only(item, names) for item in body["items"]]
    else:
        body = _only(body, names)
    response = HttpResponse(written(body), content_type=SELECTION)
    for name, value in headers.headers.items():
        response.headers.setdefault(name, value)
    return response


def _only(item: dict[str, Any], names: Sequence[str]) -> dict[str, Any]:
    return {name: item[name] for name in item if name in names or name == "id"}


def _after(model: type[models.Model], order: Sequence[str], values: Sequence[Any]) -> Func:
    """Past the row with these values: a comparison of rows, `(a, id) > (x, y)`, which an index of the fields serves.

    Raises ValueError for an order whose fields do not all go one way, which no comparison of rows can say.
    """
    downwards = {name.startswith("-") for name in order}
    if len(downwards) > 1:
        raise ValueError(f"the fields of {order} go different ways")
    names = [name.lstrip("-") for name in order]
    # NB: the lookups of tuples that Django has become an OR of each field on SQLite.
    columns = Func(*map(F, names), function="", output_field=BooleanField())
    fields = [model._meta.get_field(name) for name in names]
    given = [Value(value, field) for field, value in zip(fields, values, strict=True)]  # type: ignore[arg-type]
    row = Func(*given, function="", output_field=BooleanField())
    sign = " < " if downwards == {True} else " > "
    return Func(columns, row, template="%(expressions)s", arg_joiner=sign, output_field=BooleanField())


def _write_cursor(values: Sequence[Any]) -> str:
    written = [value.isoformat() if isinstance(value, datetime) else value for value in values]
    plain = [str(value) if isinstance(value, UUID) else value for value in written]
    return base64.urlsafe_b64encode(json.dumps(plain).encode()).decode().rstrip("=")


def _read_cursor(model: type[models.Model], order: Sequence[str], cursor: str) -> list[Any]:
    try:
        plain = _decoded(cursor, len(order))
        fields = [model._meta.get_field(name.lstrip("-")) for name in order]
        values = [field.to_python(value) for field, value in zip(fields, plain, strict=True)]  # type: ignore[union-attr]
        if any(value is None or "\x00" in str(value) for value in values):
            raise ValueError("not a cursor")
    except (ValueError, TypeError, OverflowError, ValidationError) as error:
        raise _unknown_cursor() from error
    return values


def _decoded(cursor: str, count: int) -> list[Any]:
    """The values of a cursor, of which there are so many. Raises ValueError for anything else."""
    plain = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    if not isinstance(plain, list) or len(plain) != count:
        raise ValueError("another list's cursor")
    return plain


def _unknown_cursor() -> Refused:
    return wrong_parameter("cursor", "it is not one that this list gave; begin without")
