"""What happened in a matter before it came here, by the archive that it was made of."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from reviewapp.audit.policy import may_read_audit, visible_events_elsewhere
from reviewapp.audit.subjects import Subject, subjects_of
from reviewapp.audit.views import ROWS_AT_ONCE, batched, details_of, words_of
from reviewapp.events.models import PAGE_READ, EventElsewhere
from reviewapp.frame.access import SignedInRequest, signed_in
from reviewapp.frame.paging import page_of
from reviewapp.frame.tables import InParts, csv_file
from reviewapp.matters.frame import matter_frame
from reviewapp.matters.policy import access_matter_by_id

COLUMNS = (
    "installation",
    "time",
    "user",
    "client",
    "event",
    "what",
    "object",
    "object_type",
    "object_id",
    "details",
)
#: Ids of here, which no archive can foresee; numbers would name records of other matters.
_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True)
class Row:
    """An entry as people read it."""

    entry: EventElsewhere
    words: str
    subject: Subject | None
    details: list[tuple[str, object]]


@require_GET
@signed_in
def elsewhere(request: SignedInRequest, matter_id: UUID) -> HttpResponse:
    """What happened before the matter came here, newest first (admins)."""
    matter = access_matter_by_id(request.actor, matter_id, may=may_read_audit)
    part = page_of(request, visible_events_elsewhere(request.actor, matter).order_by("-at", "-pk"))
    context = matter_frame(request, matter, "audit") | {"part": part, "rows": list(_rows(list(part)))}
    return render(request, "audit/elsewhere.html", context)


@require_GET
@signed_in
def elsewhere_csv(request: SignedInRequest, matter_id: UUID) -> InParts:
    """The same as a CSV file that a spreadsheet shows without running anything in it, oldest first (admins)."""
    matter = access_matter_by_id(request.actor, matter_id, may=may_read_audit)
    found = visible_events_elsewhere(request.actor, matter).order_by("at", "pk")
    lines = (_line(row) for events in batched(found, ROWS_AT_ONCE) for row in _rows(events))
    return csv_file(f"elsewhere-{matter.pk}.csv", chain([COLUMNS], lines))


def _line(row: Row) -> list[str]:
    entry, details = row.entry, "; ".join(f"{key} {value}" for key, value in row.details)
    done = [str(entry.installation), entry.at.isoformat(), entry.by, entry.client, entry.action, row.words]
    return [*done, row.subject.name if row.subject else "", entry.object_type, entry.object_id, details]


def _rows(events: Sequence[EventElsewhere]) -> Iterator[Row]:
    subjects = subjects_of(event for event in events if _ID.fullmatch(event.object_id))
    for entry in events:
        words = "Page read" if entry.action == PAGE_READ else words_of(entry.action)
        subject = subjects.get((entry.object_type, entry.object_id))
        yield Row(entry, words, subject, details_of(entry.detail, {}, {}))
