"""A matter's front page."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from reviewapp.documents.policy import visible_documents
from reviewapp.frame.access import SignedInRequest, signed_in
from reviewapp.frame.paging import page_of
from reviewapp.home import overview as overviews
from reviewapp.matters.frame import matter_frame
from reviewapp.matters.models import Matter
from reviewapp.matters.policy import access_matter_by_id
from reviewapp.questions.forms import AskForm
from reviewapp.questions.policy import may_ask, visible_questions
from reviewapp.states import progress as progresses

RECENT_QUESTIONS = 3


@require_GET
@signed_in
def matter(request: SignedInRequest, matter_id: UUID) -> HttpResponse:
    """A matter's home: ask, what state its documents are in, what to do next."""
    found = access_matter_by_id(request.actor, matter_id)
    context = _overview(request, found)
    questions = visible_questions(request.actor, found).select_related("answer", "asked_by")
    documents = visible_documents(request.actor, found)
    context |= {
        "form": AskForm(documents),
        "questions": questions[:RECENT_QUESTIONS],
        "may_ask": may_ask(request.actor, found),
    }
    return render(request, "home/matter.html", context)


@require_GET
@signed_in
def overview(request: SignedInRequest, matter_id: UUID) -> HttpResponse:
    """The part of the home that refreshes itself while work is under way."""
    found = access_matter_by_id(request.actor, matter_id)
    return render(request, "home/overview.html", _overview(request, found))


def _overview(request: SignedInRequest, matter: Matter) -> dict[str, Any]:
    parts = progresses.of_documents(visible_documents(request.actor, matter))
    progress = progresses.of_matter(matter)
    frame = matter_frame(request, matter, "home")
    being_read = overviews.files_being_read(matter)
    to_mend = overviews.files_to_mend(matter)
    step = overviews.next_step(progress, being_read=being_read, to_mend=to_mend, is_admin=frame["is_admin"])
    return frame | {
        "part": page_of(request, parts),
        "progress": progress,
        "strip": overviews.strip_of(parts),
        "step": step,
        "being_read": being_read,
        "to_mend": to_mend,
        "is_live": progress.is_under_way or being_read > 0,
    }
