"""Allowing and ending the consolidation of a matter at night."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from reviewapp.frame.access import SignedInRequest, signed_in
from reviewapp.matters.policy import access_matter_by_id
from reviewapp.states.nights import NightError, allow_nights, end_nights
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
    return redirect("matter", matter.pk)


@require_POST
@signed_in
def end(request: SignedInRequest, matter_id: UUID) -> HttpResponse:
    """Have what arrives consolidated at once again."""
    matter = access_matter_by_id(request.actor, matter_id, may=may_consolidate)
    end_nights(matter, actor=request.actor)
    return redirect("matter", matter.pk)
