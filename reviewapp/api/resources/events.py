"""What happened, and what it cost."""

from typing import Annotated

from django.http import HttpResponse
from ninja import Query

from reviewapp.api.paging import Cursor, Limit, PageOf, listed
from reviewapp.api.service import ApiRequest, Resource
from reviewapp.api.shapes_more import EventElsewhereShape, EventPage, EventShape, Usage
from reviewapp.api.usage import usage_of
from reviewapp.audit.policy import may_read_audit, visible_events_elsewhere
from reviewapp.events.models import EventElsewhere
from reviewapp.events.record import events_after
from reviewapp.frame.actor import Scope
from reviewapp.matters.policy import access_matter_by_id

resource = Resource("Events")


@resource.get("/matters/{matter_id}/events", EventPage, scope=Scope.AUDIT)
def list_events(
    request: ApiRequest,
    matter_id: str,
    after: Annotated[int, Query(0, ge=0, le=2**62, description="`after` of the last time; 0 to begin.")],
    limit: Limit,
) -> EventPage:
    """What happened in a matter (admins), in order: who keeps `after` misses nothing and sees nothing twice."""
    matter = access_matter_by_id(request.actor, matter_id, may=may_read_audit)
    events = events_after(after, matter=matter, most=limit)
    return EventPage(
        items=[
            EventShape(
                sequence=event.sequence or 0,
                id=str(event.pk),
                type=event.action,
                at=event.at,
                matter_id=str(event.matter_id) if event.matter_id else None,
                person_id=str(event.user_id) if event.user_id else None,
                client=event.client,
                object_type=event.object_type,
                object_id=event.object_id,
                detail=event.detail,
            )
            for event in events
        ],
        after=(events[-1].sequence or after) if events else after,
    )


@resource.get("/matters/{matter_id}/events/elsewhere", PageOf[EventElsewhereShape], scope=Scope.AUDIT)
def list_events_elsewhere(
    request: ApiRequest, response: HttpResponse, matter_id: str, cursor: Cursor, limit: Limit
) -> PageOf[EventElsewhereShape]:
    """What happened before the matter came here, by the archive that it was made of (admins), the oldest first."""
    matter = access_matter_by_id(request.actor, matter_id, may=may_read_audit)
    rows = visible_events_elsewhere(request.actor, matter)
    return listed(
        request, response, rows, ("at", "id"), cursor, limit, lambda found: [*map(_elsewhere, found)]
    )


def _elsewhere(event: EventElsewhere) -> EventElsewhereShape:
    return EventElsewhereShape(
        id=str(event.pk),
        installation=event.installation,
        type=event.action,
        at=event.at,
        person=event.by,
        client=event.client,
        object_type=event.object_type,
        object_id=event.object_id,
        detail=event.detail,
    )


@resource.get("/matters/{matter_id}/usage", Usage)
def get_usage(request: ApiRequest, matter_id: str) -> Usage:
    """What a matter holds and has cost so far."""
    return usage_of(access_matter_by_id(request.actor, matter_id))
