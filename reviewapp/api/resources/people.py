"""The people of the matters that a caller reaches."""

from django.http import HttpResponse

from reviewapp.api.paging import Cursor, Limit, PageOf, listed
from reviewapp.api.resources.matters import person_of
from reviewapp.api.service import ApiRequest, Resource
from reviewapp.api.shapes import Person
from reviewapp.matters.policy import access_colleague_by_id, visible_colleagues

resource = Resource("People")


@resource.get("/people", PageOf[Person])
def list_people(request: ApiRequest, response: HttpResponse, cursor: Cursor, limit: Limit) -> PageOf[Person]:
    """The people of all matters that the caller reaches, each once; accounts are managed on the pages alone."""
    rows = visible_colleagues(request.actor)
    return listed(request, response, rows, ("id",), cursor, limit, lambda found: [*map(person_of, found)])


@resource.get("/people/{person_id}", Person)
def get_person(request: ApiRequest, person_id: str) -> Person:
    """One person of a matter that the caller reaches."""
    return person_of(access_colleague_by_id(request.actor, person_id))
