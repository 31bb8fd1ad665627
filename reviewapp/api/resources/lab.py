"""Comparisons of ways to keep documents (the memory lab): prepared, begun, read."""

from collections.abc import Sequence
from typing import Annotated, Any

from django.http import HttpResponse
from ninja import File, Form, Status, UploadedFile

from reviewapp.api.conditions import require_match
from reviewapp.api.models import Operation
from reviewapp.api.operations import begun, shape_of_operation, tell_of
from reviewapp.api.paging import Cursor, Limit, PageOf, listed
from reviewapp.api.resources.matters import person_of
from reviewapp.api.service import ApiRequest, Resource, prepares, require_form
from reviewapp.api.shapes_lab import ComparedShape, ComparisonBegun, ComparisonShape, LeftOutShape
from reviewapp.frame.actor import Scope
from reviewapp.frame.tables import InParts, csv_file
from reviewapp.lab import actions
from reviewapp.lab.files import table_rows
from reviewapp.lab.models import Compared, Comparison
from reviewapp.lab.policy import access_comparison_by_id, may_compare, visible_comparisons
from reviewapp.lab.questions import MOST_BYTES
from reviewapp.matters.policy import access_matter_by_id

resource = Resource("Memory lab")

ROUTE = "/matters/{matter_id}/comparisons"
ONE = "/comparisons/{comparison_id}"


def _comparison(comparison: Comparison) -> ComparisonShape:
    return ComparisonShape(
        id=str(comparison.pk),
        matter_id=str(comparison.matter_id),
        title=comparison.title,
        source=comparison.source,  # type: ignore[arg-type]
        status=comparison.status,  # type: ignore[arg-type]
        made_by=person_of(comparison.made_by),
        most_minutes=comparison.most_minutes,
        expected_seconds=comparison.expected_seconds,
        created_at=comparison.created_at,
        finished_at=comparison.finished_at,
    )


def _whole(comparison: Comparison) -> ComparisonShape:
    """A comparison with its documents and figures."""
    shape = _comparison(comparison)
    shape.documents = _documents(list(comparison.parts.select_related("document")))
    shape.left_out = [LeftOutShape(where=where, reason=reason) for where, reason, *_ in comparison.left_out]
    shape.figures = comparison.figures
    return shape


def _documents(parts: Sequence[Compared]) -> list[ComparedShape]:
    return [
        ComparedShape(
            document_id=str(part.document_id),
            document_name=part.document.name,
            questions=len(part.asked),
            seconds=part.seconds,
            measured=bool(part.rows),
            reason=part.reason,
        )
        for part in parts
    ]


@resource.get(ROUTE, PageOf[ComparisonShape])
def list_comparisons(
    request: ApiRequest, response: HttpResponse, matter_id: str, cursor: Cursor, limit: Limit
) -> PageOf[ComparisonShape]:
    """The comparisons of a matter, the newest first; those that are not begun for who may begin them."""
    rows = visible_comparisons(request.actor, access_matter_by_id(request.actor, matter_id))
    order = ("-created_at", "-id")
    return listed(request, response, rows, order, cursor, limit, lambda found: [*map(_comparison, found)])


@prepares("POST", ROUTE)
def look_at_questions(request: ApiRequest, matter_id: str) -> None:
    """Refuse what is no form before it is read."""
    said = "Send `source` and `minutes` as a form, your own questions as its file `questions`."
    require_form(request, said, "application/x-www-form-urlencoded")


@resource.post(ROUTE, {201: ComparisonShape}, scope=Scope.MANAGE)
def prepare_comparison(
    request: ApiRequest,
    response: HttpResponse,
    matter_id: str,
    source: Annotated[str, Form(..., max_length=20, description="own, reviewed or shipped.")],
    minutes: Annotated[int, Form(15, description="How long it may take: 5, 15, 30 or 60.")],
    questions: Annotated[UploadedFile | None, File(None, description="A CSV of your own questions.")],
) -> Status[Any]:
    """Prepare a comparison (admins): it says what it would ask and how long that takes; nothing is begun."""
    matter = access_matter_by_id(request.actor, matter_id, may=may_compare)
    file = None
    if questions is not None:
        # NB: one byte more than is taken, so that what is too large is told so
        name = (questions.name or "questions.csv").replace("\x00", "")
        file = actions.QuestionFile(name, questions.read(MOST_BYTES + 1))
    made = actions.prepare_comparison(matter, source, minutes, actor=request.actor, file=file)
    response.headers["Location"] = f"/v1/comparisons/{made.pk}"
    return Status(201, _whole(made))


@resource.get(ONE, ComparisonShape)
def get_comparison(request: ApiRequest, comparison_id: str) -> ComparisonShape:
    """One comparison, with its documents and figures."""
    return _whole(access_comparison_by_id(request.actor, comparison_id))


@resource.post(f"{ONE}/begin", {202: ComparisonBegun}, scope=Scope.MANAGE)
def begin_comparison(request: ApiRequest, response: HttpResponse, comparison_id: str) -> Status[Any]:
    """Have it measured (admins). The operation's items are its documents."""
    found = access_comparison_by_id(request.actor, comparison_id, may=may_compare)
    comparison = actions.begin_comparison(found, actor=request.actor)
    operation = begun(Operation.Kind.COMPARISON, found.matter, request.actor, subjects=[str(comparison.pk)])
    tell_of(operation, response)
    shown = _whole(access_comparison_by_id(request.actor, comparison.pk))
    return Status(202, ComparisonBegun(comparison=shown, operation=shape_of_operation(operation)))


@resource.post(f"{ONE}/cancel", ComparisonShape, scope=Scope.MANAGE)
def cancel_comparison(request: ApiRequest, comparison_id: str) -> ComparisonShape:
    """Stop a comparison at its next look (admins); what is measured stays."""
    actions.cancel_comparison(
        access_comparison_by_id(request.actor, comparison_id, may=may_compare), actor=request.actor
    )
    return _whole(access_comparison_by_id(request.actor, comparison_id))


@resource.delete(ONE, scope=Scope.MANAGE)
def remove_comparison(request: ApiRequest, comparison_id: str) -> Status[Any]:
    """Remove a comparison with its questions and figures (admins). Needs If-Match."""
    found = access_comparison_by_id(request.actor, comparison_id, may=may_compare)
    require_match(request, _whole(found))
    actions.remove_comparison(found, actor=request.actor)
    return Status(204, None)


@resource.get(
    f"{ONE}/table",
    {200: None},
    openapi_extra={
        "responses": {
            200: {
                "description": "A row for each question and way.",
                "content": {"text/csv": {"schema": {"type": "string"}}},
            }
        }
    },
)
def get_comparison_table(request: ApiRequest, comparison_id: str) -> InParts:
    """What each question gave through each way, as CSV."""
    found = access_comparison_by_id(request.actor, comparison_id)
    return csv_file(f"{found.title}.csv", table_rows(found))
