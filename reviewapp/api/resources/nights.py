"""Nights: whether a matter's documents are consolidated in them, and what the next one would do."""

from django.conf import settings

from reviewapp.api.resources.matters import person_of
from reviewapp.api.service import ApiRequest, Resource
from reviewapp.api.shapes_lab import NightHours, NightsShape
from reviewapp.frame.actor import Scope
from reviewapp.grids.nights import planned
from reviewapp.matters.models import Matter
from reviewapp.matters.policy import access_matter_by_id
from reviewapp.states.actions import end_nights as end
from reviewapp.states.models import Night
from reviewapp.states.nights import allow_nights as allow
from reviewapp.states.policy import may_consolidate

resource = Resource("Nights")

ROUTE = "/matters/{matter_id}/nights"


def _nights(matter: Matter) -> NightsShape:
    night = Night.objects.filter(matter=matter).select_related("allowed_by").first()
    work = planned(matter)
    return NightsShape(
        matter_id=str(matter.pk),
        hours=NightHours(first=settings.NIGHT[0], last=settings.NIGHT[1]) if settings.NIGHT else None,
        allowed=night is not None,
        allowed_by=person_of(night.allowed_by) if night else None,
        allowed_at=night.allowed_at if night else None,
        documents=len(work.documents),
        seconds=work.seconds,
        left=work.left,
    )


@resource.get(ROUTE, NightsShape)
def get_nights(request: ApiRequest, matter_id: str) -> NightsShape:
    """Whether the matter's documents are consolidated at night, and what the next night would do."""
    return _nights(access_matter_by_id(request.actor, matter_id))


@resource.post(f"{ROUTE}/allow", NightsShape, scope=Scope.CONSOLIDATE)
def allow_nights(request: ApiRequest, matter_id: str) -> NightsShape:
    """Have the matter's documents consolidated at night, and not as they arrive (admins)."""
    matter = access_matter_by_id(request.actor, matter_id, may=may_consolidate)
    allow(matter, actor=request.actor)
    return _nights(matter)


@resource.post(f"{ROUTE}/end", NightsShape, scope=Scope.CONSOLIDATE)
def end_nights(request: ApiRequest, matter_id: str) -> NightsShape:
    """Have what arrives consolidated at once again, and what waits for the night now (admins)."""
    matter = access_matter_by_id(request.actor, matter_id, may=may_consolidate)
    end(matter, actor=request.actor)
    return _nights(matter)
