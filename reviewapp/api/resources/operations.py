"""Operations: what takes long, how far it is, and stopping it."""

import time
from asyncio import sleep
from collections.abc import AsyncIterator

from asgiref.sync import sync_to_async
from django.http import HttpResponse, StreamingHttpResponse

from reviewapp.api.conditions import written
from reviewapp.api.models import Operation
from reviewapp.api.operations import (
    ENDED,
    LOOK_AGAIN_SECONDS,
    items_of,
    jobs_of,
    shape_of_operation,
    wait_for,
)
from reviewapp.api.paging import Cursor, Limit, PageOf, by_place, listed
from reviewapp.api.policy import access_operation_by_id, visible_operations
from reviewapp.api.preferences import wait_preferred
from reviewapp.api.service import ApiRequest, Resource
from reviewapp.api.shapes_work import ItemShape, OperationShape
from reviewapp.claims import Claim, claims_of
from reviewapp.exports.policy import may_export
from reviewapp.frame.actor import Scope
from reviewapp.frame.errors import ActionError
from reviewapp.intake.policy import may_upload
from reviewapp.jobs import lifecycle
from reviewapp.jobs.policy import may_cancel
from reviewapp.lab.policy import may_compare
from reviewapp.loads.policy import may_load, may_produce
from reviewapp.matters.policy import MatterRule, NotAvailable, access_matter_by_id
from reviewapp.moving.policy import may_take_out
from reviewapp.questions.policy import access_question_to_withdraw, visible_answers_of_matter
from reviewapp.reviews.policy import may_review
from reviewapp.states.policy import may_consolidate

resource = Resource("Operations")

NDJSON = "application/x-ndjson"
STREAM_SECONDS = 600.0
SILENCE_SECONDS = 15.0
LOOK_SECONDS = 0.5
CLAIMS_AT_ONCE = 200
#: The last line of a stream of claims that ends before its operation.
ASK_AGAIN = written({"ask_again": True}) + "\n"
#: Who may begin an operation of a kind, and so stop it; questions have a rule of their own.
MAY_STOP: dict[str, MatterRule] = {
    Operation.Kind.BATCH: may_upload,
    Operation.Kind.CONSOLIDATION: may_consolidate,
    Operation.Kind.CODING: may_review,
    Operation.Kind.EXPORT: may_export,
    Operation.Kind.LOAD: may_load,
    Operation.Kind.PRODUCTION: may_produce,
    Operation.Kind.ARCHIVE: may_take_out,
    Operation.Kind.COMPARISON: may_compare,
}


@resource.get("/matters/{matter_id}/operations", PageOf[OperationShape])
def list_operations(
    request: ApiRequest, response: HttpResponse, matter_id: str, cursor: Cursor, limit: Limit
) -> PageOf[OperationShape]:
    """The operations of a matter, the newest first."""
    rows = visible_operations(request.actor, access_matter_by_id(request.actor, matter_id))
    return listed(
        request,
        response,
        rows,
        ("-created_at", "-id"),
        cursor,
        min(limit, 50),
        lambda found: [shape_of_operation(operation) for operation in found],
    )


@resource.get("/operations/{operation_id}", OperationShape)
def get_operation(request: ApiRequest, response: HttpResponse, operation_id: str) -> OperationShape:
    """How far an operation is. With `Prefer: wait=20` the answer comes at its end, or after so many seconds."""
    operation = access_operation_by_id(request.actor, operation_id)
    shape = wait_for(lambda: shape_of_operation(operation), wait_preferred(request, response), time.sleep)
    if shape.status not in ENDED:
        response.headers["Retry-After"] = str(LOOK_AGAIN_SECONDS)
    return shape


@resource.get("/operations/{operation_id}/items", PageOf[ItemShape])
def list_operation_items(
    request: ApiRequest, response: HttpResponse, operation_id: str, cursor: Cursor, limit: Limit
) -> PageOf[ItemShape]:
    """The files, questions or documents of an operation, and what became of each."""
    items = items_of(access_operation_by_id(request.actor, operation_id))
    return by_place(request, response, items, cursor, limit, lambda item: item.id)


@resource.post("/operations/{operation_id}/cancel", OperationShape, scope=Scope.READ)
def cancel_operation(request: ApiRequest, operation_id: str) -> OperationShape:
    """Stop what is left of an operation; what was done is kept. Who may begin such a one may stop it."""
    operation = access_operation_by_id(request.actor, operation_id)
    if operation.kind == Operation.Kind.QUESTIONS:
        for key in operation.subjects:
            access_question_to_withdraw(request.actor, key)
    else:
        may = MAY_STOP[operation.kind]
        if not (may(request.actor, operation.matter) or may_cancel(request.actor, operation.matter)):
            raise NotAvailable
    for job in jobs_of(operation):
        if job.is_under_way:
            lifecycle.cancel(job, actor=request.actor)
    return shape_of_operation(operation)


@resource.get(
    "/operations/{operation_id}/events",
    {200: None},
    openapi_extra={
        "responses": {
            200: {
                "description": "Server-sent events: `progress` with an operation each time it changes; `done` once "
                "it has ended. A stream that ends without `done` is to be asked for again.",
                "content": {"text/event-stream": {"schema": {"type": "string"}}},
            }
        }
    },
)
def stream_operation(request: ApiRequest, operation_id: str) -> StreamingHttpResponse:
    """How far an operation is, as server-sent events, until it has ended (`done`), or for ten minutes.

    They end at once when the token is revoked.
    """
    operation = access_operation_by_id(request.actor, operation_id)
    response = StreamingHttpResponse(_progress(request, operation), content_type="text/event-stream")
    response.headers["X-Accel-Buffering"] = "no"
    return response


async def _progress(request: ApiRequest, operation: Operation) -> AsyncIterator[str]:
    """`done` is said of an operation that has ended alone: whoever hears none of it asks again, as browsers do."""
    yield "retry: 2000\n\n"
    said = ""
    began = heard = time.monotonic()
    while time.monotonic() - began < STREAM_SECONDS:
        try:
            shape = await _shape_now(request, operation)
        except ActionError:
            return
        now = written(shape.model_dump(exclude_unset=True))
        if now != said:
            said, heard = now, time.monotonic()
            yield f"event: progress\ndata: {now}\n\n"
        elif time.monotonic() - heard > SILENCE_SECONDS:
            heard = time.monotonic()
            yield ": still here\n\n"
        if shape.status in ENDED:
            yield "event: done\ndata: {}\n\n"
            return
        await sleep(LOOK_SECONDS)


@sync_to_async
def _shape_now(request: ApiRequest, operation: Operation) -> OperationShape:
    """The operation as it is now. Raises ActionError when the caller may no longer see it."""
    return shape_of_operation(access_operation_by_id(request.caller.now(), operation.pk))


@resource.get(
    "/operations/{operation_id}/claims",
    {200: None},
    openapi_extra={
        "responses": {
            200: {
                "description": "A claim a line (NDJSON), in the order in which they come. Where the operation has "
                'not ended, the last line is `{"ask_again": true}`.',
                "content": {
                    NDJSON: {
                        "schema": {
                            "oneOf": [
                                {"$ref": "#/components/schemas/Claim"},
                                {
                                    "type": "object",
                                    "properties": {"ask_again": {"type": "boolean", "const": True}},
                                    "required": ["ask_again"],
                                },
                            ]
                        }
                    }
                },
            }
        }
    },
)
def stream_claims(request: ApiRequest, operation_id: str) -> StreamingHttpResponse:
    """The claims of an operation's questions as they come, until it has ended: one JSON object a line.

    What has not ended after ten minutes ends with the line `{"ask_again": true}`; asked again, all come anew.
    """
    operation = access_operation_by_id(request.actor, operation_id)
    return StreamingHttpResponse(_claims(request, operation), content_type=NDJSON)


async def _claims(request: ApiRequest, operation: Operation) -> AsyncIterator[str]:
    """A line a claim; where not all are told, as time is up or the caller may no longer read them, `ASK_AGAIN`."""
    told: set[str] = set()
    began = time.monotonic()
    while time.monotonic() - began < STREAM_SECONDS:
        try:
            claims, over = await _fresh(request, operation, told)
        except ActionError:
            break
        for claim in claims:
            told.add(claim.id)
            yield written(claim.model_dump(exclude_unset=True)) + "\n"
        if over:
            return
        if not claims:
            await sleep(LOOK_SECONDS)
    yield ASK_AGAIN


@sync_to_async
def _fresh(request: ApiRequest, operation: Operation, told: set[str]) -> tuple[list[Claim], bool]:
    """The next claims that were not told, and whether there will be no more. Raises ActionError."""
    actor = request.caller.now()
    current = access_operation_by_id(actor, operation.pk)
    if current.kind != Operation.Kind.QUESTIONS:
        return [], True
    # NB: looked at before the claims, so that none that came meanwhile is missed at the end.
    ended = shape_of_operation(current).status in ENDED
    cells = visible_answers_of_matter(actor, current.matter).filter(
        question__in=current.subjects, superseded_at=None
    )
    fresh = cells.exclude(state="waiting").exclude(pk__in=told).order_by("finished_at", "pk")
    claims = claims_of(fresh[:CLAIMS_AT_ONCE])
    return claims, ended and len(claims) < CLAIMS_AT_ONCE
