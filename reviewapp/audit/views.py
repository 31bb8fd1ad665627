"""Pages of the audit list."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from reviewapp.audit.policy import (
    may_read_audit,
    visible_events,
    visible_events_elsewhere,
    visible_pages_read,
)
from reviewapp.audit.reading import COMPARED, names_of, shown, sittings
from reviewapp.audit.subjects import Subject, subjects_of
from reviewapp.events.models import Event, PageRead
from reviewapp.events.names import Happened
from reviewapp.events.reading import WHOLE_TEXT
from reviewapp.events.record import member_names
from reviewapp.frame.access import SignedInRequest, signed_in
from reviewapp.frame.paging import page_of
from reviewapp.frame.tables import InParts, csv_file
from reviewapp.matters.frame import matter_frame
from reviewapp.matters.policy import access_matter_by_id

Record = TypeVar("Record", bound=Model)
WORDS = dict(Happened.choices)
ROWS_AT_ONCE = 500
CSV_COLUMNS = ("time", "user", "client", "event", "what", "object", "object_type", "object_id", "details")
READING_COLUMNS = ("time", "user", "client", "document", "document_id", "page")


@require_GET
@signed_in
def audit(request: SignedInRequest, matter_id: UUID) -> HttpResponse:
    """Who did what in the matter, newest first (admins)."""
    matter = access_matter_by_id(request.actor, matter_id, may=may_read_audit)
    part = page_of(request, visible_events(request.actor, matter))
    rows = list(_rows(list(part)))
    came = visible_events_elsewhere(request.actor, matter).exists()
    context = matter_frame(request, matter, "audit") | {"part": part, "rows": rows, "came": came}
    return render(request, "audit/audit.html", context)


@require_GET
@signed_in
def audit_csv(request: SignedInRequest, matter_id: UUID) -> InParts:
    """The whole list as a CSV file that a spreadsheet shows without running anything in it, oldest first (admins)."""
    matter = access_matter_by_id(request.actor, matter_id, may=may_read_audit)
    lines = _lines(visible_events(request.actor, matter))
    return csv_file(f"audit-{matter.pk}.csv", chain([CSV_COLUMNS], lines))


@require_GET
@signed_in
def reading(request: SignedInRequest, matter_id: UUID) -> HttpResponse:
    """Who read which pages of what, by document and day, the latest first (admins)."""
    matter = access_matter_by_id(request.actor, matter_id, may=may_read_audit)
    read = visible_pages_read(request.actor, matter)
    part = page_of(request, sittings(read))
    came = visible_events_elsewhere(request.actor, matter).exists()
    context = matter_frame(request, matter, "audit") | {"part": part, "came": came}
    context["rows"] = shown(read, list(part))
    return render(request, "audit/reading.html", context)


@require_GET
@signed_in
def reading_csv(request: SignedInRequest, matter_id: UUID) -> InParts:
    """All pages that were read as a CSV file, a row a page, reader and day, oldest first (admins)."""
    matter = access_matter_by_id(request.actor, matter_id, may=may_read_audit)
    lines = _lines_read(visible_pages_read(request.actor, matter).select_related("user"))
    return csv_file(f"reading-{matter.pk}.csv", chain([READING_COLUMNS], lines))


def _lines(found: QuerySet[Event]) -> Iterator[list[str]]:
    for events in batched(found.order_by("at", "pk"), ROWS_AT_ONCE):
        for row in _rows(events):
            entry, subject = row.entry, row.subject
            who = entry.user.get_username() if entry.user else ""
            details = "; ".join(f"{key} {value}" for key, value in row.details)
            done = [entry.at.isoformat(), who, entry.client, entry.action, row.words]
            yield [*done, subject.name if subject else "", entry.object_type, entry.object_id, details]


def _lines_read(found: QuerySet[PageRead]) -> Iterator[list[str]]:
    for rows in batched(found.order_by("at", "pk"), ROWS_AT_ONCE):
        names = names_of(row.document for row in rows)
        for row in rows:
            subject = names.get(row.document)
            page = COMPARED if row.number == WHOLE_TEXT else str(row.number)
            about = [subject.name if subject else "", str(row.document), page]
            yield [row.at.isoformat(), row.user.get_username(), row.client, *about]


@dataclass(frozen=True)
class Row:
    """An entry as people read it."""

    entry: Event
    words: str
    subject: Subject | None
    details: list[tuple[str, object]]


def _rows(events: Sequence[Event]) -> Iterator[Row]:
    names, subjects = member_names(events), subjects_of(events)
    documents = {str(key): about.name for key, about in names_of(_documents_in(events)).items()}
    for entry in events:
        subject = subjects.get((entry.object_type, entry.object_id))
        details = details_of(entry.detail, names, documents)
        yield Row(entry, words_of(entry.action), subject, details)


def words_of(action: str) -> str:
    """What people call an event; its name where nothing is known of it."""
    return WORDS.get(action, action)


def _documents_in(events: Sequence[Event]) -> Iterator[UUID]:
    """The documents that details of the events name by their ids."""
    for entry in events:
        key = entry.detail.get("document")
        if isinstance(key, str):
            with suppress(ValueError):
                yield UUID(key)


def batched(rows: QuerySet[Record], size: int) -> Iterator[list[Record]]:
    """The rows in parts, so that a long list is never in memory as a whole."""
    found = rows.iterator(chunk_size=size)
    while part := list(islice(found, size)):
        yield part


def details_of(
    detail: dict[str, Any], names: dict[object, str], documents: dict[str, str]
) -> list[tuple[str, object]]:
    """An entry's details as people read them: users and documents by name, hashes shortened.

    Ids of jobs, of questions, which are what such entries are about, and noughts are left out.
    """
    details: list[tuple[str, object]] = []
    for key, value in detail.items():
        if key == "user_id":
            details.append(("member", names.get(value, value)))
        elif key == "document" and value in documents:
            details.append((key, documents[value]))
        elif key not in ("job_id", "question") and value not in (0, "", None):
            is_hash = isinstance(value, str) and len(value) == 64 and value.isalnum()
            details.append((key.replace("_", " "), f"{value[:12]}…" if is_hash else value))
    return details
