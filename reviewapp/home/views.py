"""A matter's front page."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from reviewapp.briefs import selectors as briefs
from reviewapp.documents.policy import visible_documents
from reviewapp.frame.access import SignedInRequest, signed_in
from reviewapp.frame.live import live_part, version_of
from reviewapp.frame.paging import page_of
from reviewapp.frame.words import step_words
from reviewapp.home import overview as overviews
from reviewapp.home.columns import columns_of, query_of
from reviewapp.intake.problems import count_problems
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
    questions = visible_questions(request.actor, found).select_related("asked_by")
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
    return live_part(request, "home/overview.html", _overview(request, found))


def _overview(request: SignedInRequest, matter: Matter) -> dict[str, Any]:
    frame = matter_frame(request, matter, "home")
    sort, find = request.GET.get("sort", ""), request.GET.get("find", "").strip()
    part = page_of(request, briefs.listed(visible_documents(request.actor, matter), sort, find))
    rows = progresses.of_documents(list(part))
    progress = progresses.of_matter(matter)
    being_read = overviews.files_being_read(matter)
    problems = count_problems(matter)
    step = overviews.next_step(progress, being_read=being_read, is_admin=frame["is_admin"])
    shown = (part.number, progress.shown(), being_read, problems, [row.shown() for row in rows])
    return frame | {
        "part": part,
        "columns": columns_of(sort, find),
        "sort": sort,
        "find": find,
        "query": query_of(sort=sort, find=find),
        "rows": rows,
        "progress": progress,
        "strip": overviews.strip_of(progress, rows),
        "is_strip_of_documents": progress.documents == len(rows),
        "figures": overviews.figures_of(progress, being_read),
        "step": step,
        "problems": problems,
        "said": step_words(
            step,
            documents=progress.documents,
            ready=progress.ready,
            failed=progress.failed,
            being_read=being_read,
        ),
        "version": version_of(shown),
        "is_live": progress.is_under_way or being_read > 0,
    }
