"""Views of grids, and whose part of a grid is which."""

from typing import Any

from django.http import HttpResponse
from ninja import Status

from reviewapp.api.conditions import require_match
from reviewapp.api.paging import Cursor, Limit, PageOf, listed
from reviewapp.api.problems import wrong_field
from reviewapp.api.resources.matters import person_of
from reviewapp.api.service import ApiRequest, Resource
from reviewapp.api.shapes_loads import AssignmentList, AssignmentShape, NewAssignment, NewView, ViewShape
from reviewapp.documents.policy import access_current_document
from reviewapp.frame.actor import Scope
from reviewapp.grids import actions
from reviewapp.grids.models import Assignment, View
from reviewapp.grids.policy import (
    access_column_by_id,
    access_grid_by_id,
    access_view_by_id,
    may_run_grids,
    visible_assignments,
    visible_views,
)
from reviewapp.matters.policy import NotAvailable, access_colleague_by_id, may_view

resource = Resource("Grids")


def _view(view: View) -> ViewShape:
    return ViewShape(
        id=str(view.pk),
        grid_id=str(view.grid_id),
        name=view.name,
        query=view.query,
        made_by=person_of(view.made_by),
        created_at=view.created_at,
    )


@resource.get("/grids/{grid_id}/views", PageOf[ViewShape])
def list_views(
    request: ApiRequest, response: HttpResponse, grid_id: str, cursor: Cursor, limit: Limit
) -> PageOf[ViewShape]:
    """The views of a grid that were kept, by name."""
    rows = visible_views(request.actor, access_grid_by_id(request.actor, grid_id))
    return listed(request, response, rows, ("name", "id"), cursor, limit, lambda found: [*map(_view, found)])


@resource.post("/grids/{grid_id}/views", {201: ViewShape}, scope=Scope.ASK)
def save_view(request: ApiRequest, response: HttpResponse, grid_id: str, payload: NewView) -> Status[Any]:
    """Keep a view, in the place of an earlier one of this name."""
    grid = access_grid_by_id(request.actor, grid_id, may=may_run_grids)
    view = actions.save_view(grid, payload.name, payload.query, actor=request.actor)
    response.headers["Location"] = f"/v1/views/{view.pk}"
    return Status(201, _view(view))


@resource.get("/views/{view_id}", ViewShape)
def get_view(request: ApiRequest, view_id: str) -> ViewShape:
    """One view."""
    return _view(access_view_by_id(request.actor, view_id))


@resource.delete("/views/{view_id}", scope=Scope.ASK)
def delete_view(request: ApiRequest, view_id: str) -> Status[None]:
    """Forget a view; the grid stays as it is. Needs If-Match."""
    view = access_view_by_id(request.actor, view_id, may=may_run_grids)
    require_match(request, _view(view))
    actions.delete_view(view, actor=request.actor)
    return Status(204, None)


def _assignment(assignment: Assignment) -> AssignmentShape:
    return AssignmentShape(
        id=str(assignment.pk),
        grid_id=str(assignment.grid_id),
        member=person_of(assignment.member),
        column_id=str(assignment.column_id) if assignment.column_id else None,
        document_id=str(assignment.document_id) if assignment.document_id else None,
    )


def _assignments(request: ApiRequest, grid_id: str) -> AssignmentList:
    rows = visible_assignments(request.actor, access_grid_by_id(request.actor, grid_id)).order_by("pk")
    return AssignmentList(items=[_assignment(row) for row in rows])


@resource.get("/grids/{grid_id}/assignments", AssignmentList)
def list_assignments(request: ApiRequest, grid_id: str) -> AssignmentList:
    """Whose part of a grid is which."""
    return _assignments(request, grid_id)


@resource.post("/grids/{grid_id}/assignments", AssignmentList, scope=Scope.ASK)
def assign_part(request: ApiRequest, grid_id: str, payload: NewAssignment) -> AssignmentList:
    """Give a column or a row to a member, in the place of another; to nobody with null. Answers with all parts."""
    grid = access_grid_by_id(request.actor, grid_id, may=may_run_grids)
    if (payload.column_id is None) is (payload.document_id is None):
        raise wrong_field("/column_id", "give a column or a document, and not both")
    name, column, document, member = "", None, None, None
    try:
        if payload.column_id is not None:
            name = "column"
            column = access_column_by_id(request.actor, payload.column_id)
        if payload.document_id is not None:
            name = "document"
            document = access_current_document(request.actor, payload.document_id, may=may_view)
        if payload.person_id is not None:
            name = "person"
            member = access_colleague_by_id(request.actor, payload.person_id)
    except NotAvailable:
        raise wrong_field(f"/{name}_id", f"the grid has no {name} of this id") from None
    actions.assign(grid, member, actor=request.actor, column=column, document=document)
    return _assignments(request, grid_id)
