"""Documents in the order of their names as people expect it: whatever the case, and 2 before 10."""

import re
from functools import lru_cache
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import F
from django.db.models.expressions import OrderBy
from django.db.models.functions import Collate

#: What both databases call this order.
COLLATION = "by_name"
_NUMBER = re.compile(r"(\d+)")
_ICU = "SELECT 1 FROM pg_collation WHERE collprovider = 'i' LIMIT 1"


def by_name(field: str = "name", *, descending: bool = False) -> OrderBy:
    """To order a queryset by a text, perhaps of a record that is related to it."""
    return OrderBy(Collate(F(field), COLLATION), descending=descending)


def compared(one: str, other: str) -> int:
    """Below, at or above 0, as one name comes before another, is the same, or comes after it."""
    first, second = _key(one), _key(other)
    return (first > second) - (first < second)


@lru_cache(maxsize=20_000)
def _key(name: str) -> tuple[list[str | int], str]:
    # NB: words and numbers take turns, so that like is compared with like.
    parts = _NUMBER.split(name.casefold())
    return [int(part) if place % 2 else part for place, part in enumerate(parts)], name


def teach_sqlite(connection: Any, **_: object) -> None:
    """Have a new connection know the order; for the signal that tells of one."""
    if connection.vendor == "sqlite":
        connection.connection.create_collation(COLLATION, compared)


def install(_: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Have PostgreSQL know the order, where it was built with ICU; else names are in the order of their bytes."""
    if schema_editor.connection.vendor == "postgresql":
        with schema_editor.connection.cursor() as cursor:
            cursor.execute(_ICU)
            known = "provider = icu, locale = 'und-u-kn-true'" if cursor.fetchone() else "locale = 'C'"
        schema_editor.execute(f"CREATE COLLATION IF NOT EXISTS {COLLATION} ({known})")


def remove(_: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Have PostgreSQL forget the order."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP COLLATION IF EXISTS {COLLATION}")
