"""The page of the briefs that could not be made."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from reviewapp.briefs import actions
from reviewapp.briefs.policy import visible_failed_briefs
from reviewapp.documents.policy import access_document_by_id
from reviewapp.frame.access import SignedInRequest, signed_in
from reviewapp.frame.paging import page_of
from reviewapp.frame.words_numbers import count_words
from reviewapp.matters.frame import matter_frame
from reviewapp.matters.models import Matter
from reviewapp.matters.policy import access_matter_by_id
from reviewapp.states.policy import may_consolidate


@require_GET
@signed_in
def failed(request: SignedInRequest, matter_id: UUID) -> HttpResponse:
    """The documents whose briefs could not be made, and why not, with what an admin can do about it."""
    matter = access_matter_by_id(request.actor, matter_id)
    context = matter_frame(request, matter, "consolidation") | {
        "part": page_of(request, visible_failed_briefs(request.actor, matter)),
        "may_try": may_consolidate(request.actor, matter),
    }
    return render(request, "briefs/failed.html", context)


@require_POST
@signed_in
def try_all_again(request: SignedInRequest, matter_id: UUID) -> HttpResponse:
    """Have all briefs of the matter made anew that could not be."""
    matter = access_matter_by_id(request.actor, matter_id, may=may_consolidate)
    return _back(request, matter, actions.try_again(matter, actor=request.actor))


@require_POST
@signed_in
def try_one_again(request: SignedInRequest, document_id: UUID) -> HttpResponse:
    """Have the brief of one document made anew."""
    document = access_document_by_id(request.actor, document_id, may=may_consolidate)
    return _back(
        request, document.matter, actions.try_again(document.matter, [document], actor=request.actor)
    )


def _back(request: SignedInRequest, matter: Matter, number: int) -> HttpResponse:
    messages.info(request, f"The briefs of {count_words(number, 'document')} will be made again.")
    return redirect("failed_briefs", matter.pk)
