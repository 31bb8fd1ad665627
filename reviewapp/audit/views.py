"""Pages of the audit list."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from reviewapp.audit.policy import may_read_audit, visible_events
from reviewapp.events.models import Event
from reviewapp.events.names import Happened
from reviewapp.events.record import member_names
from reviewapp.frame.access import SignedInRequest, signed_in
from reviewapp.frame.paging import page_of
from reviewapp.matters.frame import matter_frame
from reviewapp.matters.policy import access_matter_by_id

WORDS = dict(Happened.choices)


@require_GET
@signed_in
def audit(request: SignedInRequest, matter_id: UUID) -> HttpResponse:
    """Who did what in the matter, newest first (admins)."""
    matter = access_matter_by_id(request.actor, matter_id, may=may_read_audit)
    part = page_of(request, visible_events(request.actor, matter))
    names = member_names(list(part))
    rows = [(entry, WORDS.get(entry.action, entry.action), _details(entry, names)) for entry in part]
    context = matter_frame(request, matter, "audit") | {"part": part, "rows": rows}
    return render(request, "audit/audit.html", context)


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
