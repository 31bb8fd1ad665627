"""Pages of the audit list."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from readers.cells import inert
from reviewapp.audit.policy import may_read_audit, visible_events
from reviewapp.audit.subjects import Subject, subjects_of
from reviewapp.events.models import Event
from reviewapp.events.names import Happened
from reviewapp.events.record import member_names
from reviewapp.frame.access import SignedInRequest, signed_in
from reviewapp.frame.paging import page_of
from reviewapp.matters.frame import matter_frame
from reviewapp.matters.policy import access_matter_by_id

WORDS = dict(Happened.choices)
ROWS_AT_ONCE = 500
CSV_COLUMNS = ("time", "user", "client", "event", "what", "object", "object_type", "object_id", "details")


@require_GET
@signed_in
def audit(request: SignedInRequest, matter_id: UUID) -> HttpResponse:
    """Who did what in the matter, newest first (admins)."""
    matter = access_matter_by_id(request.actor, matter_id, may=may_read_audit)
    part = page_of(request, visible_events(request.actor, matter))
    rows = list(_rows(list(part)))
    context = matter_frame(request, matter, "audit") | {"part": part, "rows": rows}
    return render(request, "audit/audit.html", context)


@require_GET
@signed_in
def audit_csv(request: SignedInRequest, matter_id: UUID) -> HttpResponse:
    """The whole list as a CSV file that a spreadsheet shows without running anything in it, oldest first (admins)."""
    matter = access_matter_by_id(request.actor, matter_id, may=may_read_audit)
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(CSV_COLUMNS)
    for events in batched(visible_events(request.actor, matter).order_by("at", "pk"), ROWS_AT_ONCE):
        for row in _rows(events):
            entry, subject = row.entry, row.subject
            who = entry.user.get_username() if entry.user else ""
            details = "; ".join(f"{key} {value}" for key, value in row.details)
            done = [entry.at.isoformat(), who, entry.client, entry.action, row.words]
            about = [subject.name if subject else "", entry.object_type, entry.object_id, details]
            writer.writerow([inert(cell) for cell in (*done, *about)])
    response = HttpResponse(file.getvalue(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="audit-{matter.pk}.csv"'
    return response


@dataclass(frozen=True)
class Row:
    """An entry as people read it."""

    entry: Event
    words: str
    subject: Subject | None
    details: list[tuple[str, object]]


def _rows(events: Sequence[Event]) -> Iterator[Row]:
    names, subjects = member_names(events), subjects_of(events)
    for entry in events:
        subject = subjects.get((entry.object_type, entry.object_id))
        yield Row(entry, WORDS.get(entry.action, entry.action), subject, _details(entry, names))


def batched(events: QuerySet[Event], size: int) -> Iterator[list[Event]]:
    """The events in parts, so that a long list is never in memory as a whole."""
    found = events.iterator(chunk_size=size)
    while part := list(islice(found, size)):
        yield part


def _details(entry: Event, names: dict[object, str]) -> list[tuple[str, object]]:
    """An entry's details as people read them: users by name, hashes shortened, ids of jobs and noughts left out."""
    details: list[tuple[str, object]] = []
    for key, value in entry.detail.items():
        if key == "user_id":
            details.append(("member", names.get(value, value)))
        elif key != "job_id" and value not in (0, ""):
            is_hash = isinstance(value, str) and len(value) == 64 and value.isalnum()
            details.append((key.replace("_", " "), f"{value[:12]}…" if is_hash else value))
    return details
