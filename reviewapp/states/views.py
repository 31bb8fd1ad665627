"""Pages of consolidation."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from reviewapp.documents.policy import access_document_by_id, visible_documents
from reviewapp.frame.access import SignedInRequest, signed_in
from reviewapp.frame.live import live_part, version_of
from reviewapp.frame.paging import page_of
from reviewapp.frame.words import CONSOLIDATION
from reviewapp.frame.words_numbers import count_words
from reviewapp.jobs.models import Job
from reviewapp.jobs.policy import may_cancel
from reviewapp.matters.frame import matter_frame
from reviewapp.matters.models import Matter
from reviewapp.matters.policy import access_matter_by_id
from reviewapp.states import actions, progress
from reviewapp.states.policy import may_consolidate


@require_GET
@signed_in
def consolidation(request: SignedInRequest, matter_id: UUID) -> HttpResponse:
    """How far each document is, with what an admin can do about it."""
    matter = access_matter_by_id(request.actor, matter_id)
    return render(request, "states/consolidation.html", _rows(request, matter))


@require_GET
@signed_in
def rows(request: SignedInRequest, matter_id: UUID) -> HttpResponse:
    """The part of the page that refreshes itself while work is under way."""
    matter = access_matter_by_id(request.actor, matter_id)
    return live_part(request, "states/rows.html", _rows(request, matter))


def _rows(request: SignedInRequest, matter: Matter) -> dict[str, Any]:
    asked = request.GET.get("memory", "")
    memory = asked if asked in settings.MEMORIES else settings.MEMORY
    part = page_of(request, progress.in_turn(visible_documents(request.actor, matter), memory))
    rows = progress.of_documents(list(part), memory)
    whole = progress.of_matter(matter, memory)
    return matter_frame(request, matter, "consolidation") | {
        "memory": memory,
        "memories": settings.MEMORIES,
        "query": "" if memory == settings.MEMORY else urlencode({"memory": memory}) + "&",
        "part": part,
        "rows": rows,
        "progress": whole,
        "version": version_of(memory, part.number, whole.shown(), [row.shown() for row in rows]),
        "may_consolidate": may_consolidate(request.actor, matter),
        "may_cancel": may_cancel(request.actor, matter),
    }


@require_POST
@signed_in
def start(request: SignedInRequest, matter_id: UUID) -> HttpResponse:
    """Have every document that has no state, and none under way, consolidated."""
    matter = access_matter_by_id(request.actor, matter_id, may=may_consolidate)
    jobs = actions.start_consolidation(matter, actor=request.actor)
    return _back(request, matter, "started", _documents_of(jobs))


@require_POST
@signed_in
def retry(request: SignedInRequest, matter_id: UUID) -> HttpResponse:
    """Try the failed documents again."""
    matter = access_matter_by_id(request.actor, matter_id, may=may_consolidate)
    return _back(request, matter, "retried", _documents_of(actions.retry_failed(matter, actor=request.actor)))


@require_POST
@signed_in
def cancel_all(request: SignedInRequest, matter_id: UUID) -> HttpResponse:
    """Cancel everything that waits or runs in the matter."""
    matter = access_matter_by_id(request.actor, matter_id, may=may_cancel)
    return _back(request, matter, "cancelled", actions.cancel_consolidation(matter, actor=request.actor))


@require_POST
@signed_in
def start_one(request: SignedInRequest, document_id: UUID) -> HttpResponse:
    """Have one document consolidated."""
    document = access_document_by_id(request.actor, document_id, may=may_consolidate)
    jobs = actions.start_consolidation(document.matter, [document], actor=request.actor)
    return _back(request, document.matter, "started", _documents_of(jobs))


@require_POST
@signed_in
def cancel_one(request: SignedInRequest, document_id: UUID) -> HttpResponse:
    """Cancel the consolidation of one document."""
    document = access_document_by_id(request.actor, document_id, may=may_cancel)
    number = actions.cancel_consolidation(document.matter, [document], actor=request.actor)
    return _back(request, document.matter, "cancelled", number)


def _documents_of(jobs: Iterable[Job]) -> int:
    """How many documents the jobs are about: each may be consolidated for several memories."""
    return len({job.subject_id for job in jobs})


def _back(request: SignedInRequest, matter: Matter, done: str, number: int) -> HttpResponse:
    """The page of the matter's consolidation, which says what was done and with how many documents."""
    messages.success(request, CONSOLIDATION[done].format(documents=count_words(number, "document")))
    return redirect("consolidation", matter.pk)
