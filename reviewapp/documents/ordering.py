"""Documents in the order of their names as people expect it: whatever the case and the accents, and 2 before 10."""

import re
import unicodedata
from functools import lru_cache
from typing import Any

from django.db import models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import F
from django.db.models.expressions import OrderBy
from django.db.models.functions import Collate

#: What both databases call this order.
COLLATION = "by_name"
_NUMBER = re.compile(r"([0-9]+)")
#: Bytes of a key, for how a name reads and for what it is: an index of PostgreSQL takes some 2,700.
_READ_BYTES, _NAME_BYTES = 1000, 500
_ICU = "SELECT 1 FROM pg_collation WHERE collprovider = 'i' LIMIT 1"


@lru_cache(maxsize=20_000)
def key_of(name: str) -> bytes:
    """What stands for a name in a database: bytes in whose order names are.

    Names that read alike are in the order of their characters.
    """
    letters = (each for each in unicodedata.normalize("NFKD", name) if not unicodedata.combining(each))
    parts = _NUMBER.split("".join(letters).casefold())
    read = "".join(_valued(part) if place % 2 else part for place, part in enumerate(parts)).encode()
    return read[:_READ_BYTES] + b"\0" + name.encode()[:_NAME_BYTES]


def _valued(digits: str) -> str:
    # NB: of two numbers without zeros before them, that of fewer digits is the smaller.
    number = digits.lstrip("0") or "0"
    return f"{len(number):04}{number}"


class NameKey(models.BinaryField):  # type: ignore[type-arg]
    """The key of the record's `name`, written whenever the record is."""

    def pre_save(self, model_instance: models.Model, add: bool) -> bytes:
        """The key of the name that is written."""
        key = key_of(getattr(model_instance, "name"))  # noqa: B009  of a model that is known at run time alone
        setattr(model_instance, self.attname, key)
        return key


def by_name(field: str = "name", *, descending: bool = False) -> OrderBy:
    """To order a queryset by documents' names, which are their `name_key`, or by any other text in the same order."""
    if field == "name" or field.endswith("__name"):
        return OrderBy(F(f"{field}_key"), descending=descending)
    return by_text(field, descending=descending)


def by_text(field: str, *, descending: bool = False) -> OrderBy:
    """To order a queryset, a short one, by a text that has no key."""
    return OrderBy(Collate(F(field), COLLATION), descending=descending)


def compared(one: str, other: str) -> int:
    """Below, at or above 0, as one name comes before another, is the same, or comes after it."""
    first, second = key_of(one), key_of(other)
    return (first > second) - (first < second)


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
