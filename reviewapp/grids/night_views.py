"""Allowing and ending the consolidation of a matter at night."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from reviewapp.frame.access import SignedInRequest, signed_in
from reviewapp.frame.words_grids import NIGHTS_ALLOWED, NIGHTS_ENDED, NIGHTS_ENDED_EMPTY, night_words
from reviewapp.frame.words_numbers import count_words
from reviewapp.matters.policy import access_matter_by_id
from reviewapp.states.actions import end_nights
from reviewapp.states.nights import NightError, allow_nights
from reviewapp.states.policy import may_consolidate


@require_POST
@signed_in
def allow(request: SignedInRequest, matter_id: UUID) -> HttpResponse:
    """Have the matter's documents consolidated at night."""
    matter = access_matter_by_id(request.actor, matter_id, may=may_consolidate)
    try:
        allow_nights(matter, actor=request.actor)
    except NightError as error:
        messages.error(request, str(error))
    else:
        hours = night_words(*settings.NIGHT) if settings.NIGHT else ""
        messages.success(request, NIGHTS_ALLOWED.format(hours=hours))
    return redirect("planner", matter.pk)


@require_POST
@signed_in
def end(request: SignedInRequest, matter_id: UUID) -> HttpResponse:
    """Have what arrives consolidated at once again, and what waits for the night now."""
    matter = access_matter_by_id(request.actor, matter_id, may=may_consolidate)
    waited = len({job.subject_id for job in end_nights(matter, actor=request.actor)})
    documents = count_words(waited, "document that waited is,documents that waited are")
    messages.success(request, NIGHTS_ENDED.format(documents=documents) if waited else NIGHTS_ENDED_EMPTY)
    return redirect("planner", matter.pk)
