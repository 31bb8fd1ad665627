"""A matter's front page."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from reviewapp.documents.ordering import by_name
from reviewapp.documents.policy import visible_documents
from reviewapp.frame.access import SignedInRequest, signed_in
from reviewapp.frame.live import live_part, version_of
from reviewapp.frame.paging import PAGE_ROWS
from reviewapp.frame.words import step_words
from reviewapp.home import overview as overviews
from reviewapp.home.planner import planner_of
from reviewapp.intake.problems import count_problems, files_being_read
from reviewapp.matters.frame import matter_frame
from reviewapp.matters.models import Matter
from reviewapp.matters.policy import access_matter_by_id
from reviewapp.questions.asking import ask_box
from reviewapp.questions.history import listed, note_sources
from reviewapp.questions.policy import visible_questions
from reviewapp.states import progress as progresses
from reviewapp.states.nights import has_nights

RECENT_QUESTIONS = 3


@require_GET
@signed_in
def matter(request: SignedInRequest, matter_id: UUID) -> HttpResponse:
    """A matter's home: ask, what state its documents are in, what to do next."""
    found = access_matter_by_id(request.actor, matter_id)
    context = _overview(request, found)
    questions = listed(visible_questions(request.actor, found))[:RECENT_QUESTIONS]
    note_sources(questions)
    context |= {
        "questions": questions,
    }
    context |= ask_box(request, found)
    return render(request, "home/matter.html", context)


@require_GET
@signed_in
def overview(request: SignedInRequest, matter_id: UUID) -> HttpResponse:
    """The part of the home that refreshes itself while work is under way."""
    found = access_matter_by_id(request.actor, matter_id)
    return live_part(request, "home/overview.html", _overview(request, found))


@require_GET
@signed_in
def planner(request: SignedInRequest, matter_id: UUID) -> HttpResponse:
    """What is best done with the documents, and the nights: a page, and the part of the home that comes after it."""
    found = access_matter_by_id(request.actor, matter_id)
    context = matter_frame(request, found, "home") | planner_of(request.actor, found)
    context["is_part"] = bool(request.htmx)
    return render(request, "home/planner.html" if request.htmx else "home/planner_page.html", context)


def _overview(request: SignedInRequest, matter: Matter) -> dict[str, Any]:
    frame = matter_frame(request, matter, "home")
    progress = progresses.of_matter(matter)
    # NB: only so many documents have a column each.
    is_few = progress.documents <= PAGE_ROWS
    documents = visible_documents(request.actor, matter).order_by(by_name(), "created_at")
    rows = progresses.of_documents(list(documents)) if is_few and not progress.is_all_ready else []
    being_read = files_being_read(matter)
    problems = count_problems(matter)
    # what is under way by day was requested, so nothing is asked of nights then
    is_idle = progress.not_requested + progress.cancelled > 0 and not progress.is_under_way
    at_night = is_idle and has_nights(matter)
    step = overviews.next_step(progress, being_read=being_read, is_admin=frame["is_admin"], at_night=at_night)
    shown = (step, progress.shown(), being_read, problems, [row.shown() for row in rows])
    return frame | {
        "rows": rows,
        "progress": progress,
        "strip": [] if progress.is_all_ready else overviews.strip_of(progress, rows),
        "is_strip_of_documents": is_few,
        "figures": overviews.figures_of(progress, being_read, at_night=at_night),
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
