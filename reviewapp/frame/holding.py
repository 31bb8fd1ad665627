"""Objects that programs change under a condition (`If-Match`): one changes them at a time, on pages too."""

from collections.abc import Iterable
from enum import StrEnum
from uuid import UUID

from django.db import connection


class Held(StrEnum):
    """What is changed under conditions, as the addresses of version 1 call it."""

    MATTERS = "matters"
    MEMBERS = "members"
    DOCUMENTS = "documents"
    COMPARISONS = "comparisons"
    COLUMNS = "columns"
    QUESTION_SETS = "question-sets"
    VIEWS = "views"
    WEBHOOKS = "webhooks"


def hold(kind: Held, *keys: UUID) -> None:
    """Wait for everybody else who holds one of these objects; until the caller's transaction ends.

    It comes before any lock on rows that others want who hold such an object, and all that a transaction holds comes
    at once or in the order of the kinds, so that no two wait for each other. (Two lock rows before, which nobody
    wants who holds what they hold: the directory its accounts and groups, and who manages people; whoever sends a
    question set under a name its matter.) Where there is one writer at a time (SQLite), there is nothing to wait for.
    """
    if keys and connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_advisory_xact_lock(hashtextextended(name, 0)) FROM unnest(%s::text[]) AS name",
                [_names(kind, keys)],
            )


def _names(kind: Held, keys: Iterable[UUID]) -> list[str]:
    # NB: in one order, so that no two who hold the same ones wait for each other.
    return [f"{kind}/{key}" for key in sorted(set(keys))]
