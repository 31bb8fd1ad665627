"""Pages of consolidation."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from reviewapp import policy
from reviewapp.frame.access import SignedInRequest, signed_in
from reviewapp.frame.frame import matter_frame, page_of
from reviewapp.frame.words import count_words
from reviewapp.matters.models import Matter
from reviewapp.states import actions, progress

ORDER = ("consolidating", "failed", "waiting", "", "cancelled", "ready")


@require_GET
@signed_in
def consolidation(request: SignedInRequest, matter_id: UUID) -> HttpResponse:
    """How far each document is, with what an admin can do about it."""
    matter = policy.access_matter_by_id(request.user, matter_id)
    return render(request, "states/consolidation.html", _rows(request, matter))


@require_GET
@signed_in
def rows(request: SignedInRequest, matter_id: UUID) -> HttpResponse:
    """The part of the page that refreshes itself while work is under way."""
    matter = policy.access_matter_by_id(request.user, matter_id)
    return render(request, "states/rows.html", _rows(request, matter))


def _rows(request: SignedInRequest, matter: Matter) -> dict[str, Any]:
    parts = progress.of_documents(policy.visible_documents(request.user, matter))
    parts.sort(key=lambda part: ORDER.index(part.status))
    return matter_frame(request, matter, "consolidation") | {
        "part": page_of(request, parts),
        "progress": progress.of_matter(matter),
        "may_consolidate": policy.may_consolidate(request.user, matter),
        "may_cancel": policy.may_cancel(request.user, matter),
    }


@require_POST
@signed_in
def start(request: SignedInRequest, matter_id: UUID) -> HttpResponse:
    """Have every document that has no state, and none under way, consolidated."""
    matter = policy.access_matter_by_id(request.user, matter_id, may=policy.may_consolidate)
    jobs = actions.start_consolidation(matter, acting_user=request.user)
    messages.success(request, f"{count_words(len(jobs), 'document')} now waiting to be consolidated.")
    return redirect("consolidation", matter.pk)


@require_POST
@signed_in
def retry(request: SignedInRequest, matter_id: UUID) -> HttpResponse:
    """Try the failed documents again."""
    matter = policy.access_matter_by_id(request.user, matter_id, may=policy.may_retry)
    jobs = actions.retry_failed(matter, acting_user=request.user)
    messages.success(request, f"{count_words(len(jobs), 'document')} will be tried again.")
    return redirect("consolidation", matter.pk)


@require_POST
@signed_in
def cancel_all(request: SignedInRequest, matter_id: UUID) -> HttpResponse:
    """Cancel everything that waits or runs in the matter."""
    matter = policy.access_matter_by_id(request.user, matter_id, may=policy.may_cancel)
    number = actions.cancel_consolidation(matter, acting_user=request.user)
    messages.success(request, f"{count_words(number, 'document')} cancelled. What is ready stays ready.")
    return redirect("consolidation", matter.pk)


@require_POST
@signed_in
def start_one(request: SignedInRequest, document_id: UUID) -> HttpResponse:
    """Have one document consolidated."""
    document = policy.access_document_by_id(request.user, document_id, may=policy.may_consolidate)
    actions.start_consolidation(document.matter, [document], acting_user=request.user)
    return redirect("consolidation", document.matter_id)


@require_POST
@signed_in
def cancel_one(request: SignedInRequest, document_id: UUID) -> HttpResponse:
    """Cancel the consolidation of one document."""
    document = policy.access_document_by_id(request.user, document_id, may=policy.may_cancel)
    actions.cancel_consolidation(document.matter, [document], acting_user=request.user)
    return redirect("consolidation", document.matter_id)
