"""The cells of grids: page by page, and all at once as lines."""

from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from typing import Annotated, Literal

from asgiref.sync import sync_to_async
from django.db.models import Q, QuerySet
from django.http import HttpResponse, StreamingHttpResponse
from django.utils import timezone
from ninja import Query

from reviewapp.api.conditions import written
from reviewapp.api.paging import OVERLAP, Cursor, Limit, Since, linked, moment, page_rows
from reviewapp.api.resources.operations import NDJSON
from reviewapp.api.resources.questions import Boxes
from reviewapp.api.resources.reviews import shape_of_review, with_people
from reviewapp.api.service import ApiRequest, Resource
from reviewapp.api.shapes_grids import CellPage, CellShape
from reviewapp.claims import claims_of
from reviewapp.frame.actor import Actor
from reviewapp.frame.errors import ActionError
from reviewapp.grids.models import Column, Grid
from reviewapp.grids.policy import access_grid_by_id, visible_grid_cells
from reviewapp.grids.table import cells_that
from reviewapp.questions.models import Answer
from reviewapp.questions.standing import changed_since
from reviewapp.reviews.policy import visible_reviews

resource = Resource("Grids")

#: By document, so that a row's cells come together.
ORDER = ("document_id", "question_id", "id")
CELLS_AT_ONCE = 200
Show = Annotated[
    Literal[
        "", "unreviewed", "second", "check", "supported", "not_found", "conditional", "disagreement", "ocr",
        "changed", "stale", "corrected", "rejected", "failed",
    ],
    Query("", description="Only the cells that the filter of this name keeps."),
]  # fmt: skip


def _cells(actor: Actor, grid: Grid, show: str, since: datetime | None) -> QuerySet[Answer]:
    rows = visible_grid_cells(actor, grid)
    condition = cells_that(show)
    if condition is not None:
        rows = rows.filter(condition)
    if since is not None:
        rows = rows.filter(changed_since(since) | Q(review__changed_at__gte=since))
    return rows


def _shapes(
    actor: Actor, grid: Grid, columns: Sequence[Column], found: Sequence[Answer], *, boxes: bool
) -> list[CellShape]:
    """The cells of these answers, in their order: a bounded number of queries."""
    keys = [answer.pk for answer in found]
    claims = {
        claim.id: claim
        for claim in claims_of(visible_grid_cells(actor, grid).filter(pk__in=keys), boxes=boxes)
    }
    reviews = with_people(visible_reviews(actor, grid.matter).filter(answer__in=keys))
    reviewed = {review.answer_id: shape_of_review(review) for review in reviews}
    of_question = {column.question_id: column for column in columns}
    return [
        CellShape(
            id=str(answer.pk),
            column_id=str(of_question[answer.question_id].pk),
            column=of_question[answer.question_id].order,
            document_id=str(answer.document_id),
            claim=claims[str(answer.pk)],
            review=reviewed.get(answer.pk),
        )
        for answer in found
        if str(answer.pk) in claims and answer.question_id in of_question
    ]


@resource.get("/grids/{grid_id}/cells", CellPage)
def list_cells(
    request: ApiRequest,
    response: HttpResponse,
    grid_id: str,
    cursor: Cursor,
    limit: Limit,
    boxes: Boxes,
    show: Show,
    updated_since: Since,
) -> CellPage:
    """The cells of a grid, by document.

    To mirror a grid, follow the pages to the end, then ask again with `updated_since`; a cell that was asked again
    comes with another id for the same column and document. Rows of documents that are gone have their tombstones.
    """
    until = timezone.now() - OVERLAP
    grid = access_grid_by_id(request.actor, grid_id)
    rows = _cells(request.actor, grid, show, moment(updated_since) if updated_since else None)
    found, following = page_rows(rows, ORDER, cursor, limit)
    linked(request, response, following)
    items = _shapes(request.actor, grid, list(grid.columns.all()), found, boxes=boxes)
    return CellPage(items=items, next_cursor=following, until=until)


@resource.get(
    "/grids/{grid_id}/cells.ndjson",
    {200: None},
    openapi_extra={
        "responses": {
            200: {
                "description": "A cell a line (NDJSON), by document.",
                "content": {NDJSON: {"schema": {"$ref": "#/components/schemas/Cell"}}},
            }
        }
    },
)
def stream_cells(request: ApiRequest, grid_id: str, boxes: Boxes, show: Show) -> StreamingHttpResponse:
    """All cells of a grid as they are now, one JSON object a line, however many there are."""
    grid = access_grid_by_id(request.actor, grid_id)
    return StreamingHttpResponse(_lines(request, grid, show, boxes), content_type=NDJSON)


async def _lines(request: ApiRequest, grid: Grid, show: str, boxes: bool) -> AsyncIterator[str]:
    """A line a cell; it ends early when the caller may no longer read them."""
    cursor: str | None = ""
    while cursor is not None:
        try:
            cells, cursor = await _next(request, grid, show, boxes, cursor)
        except ActionError:
            return
        for cell in cells:
            yield written(cell.model_dump(exclude_unset=True)) + "\n"


@sync_to_async
def _next(
    request: ApiRequest, grid: Grid, show: str, boxes: bool, cursor: str
) -> tuple[list[CellShape], str | None]:
    """The cells after the cursor. Raises ActionError when the caller may no longer read them."""
    actor = request.caller.now()
    grid = access_grid_by_id(actor, grid.pk)
    found, following = page_rows(_cells(actor, grid, show, None), ORDER, cursor, CELLS_AT_ONCE)
    return _shapes(actor, grid, list(grid.columns.all()), found, boxes=boxes), following
