"""Answers to those who prefer to wait for the end of what they begin."""

import json
import re
import time
from collections.abc import Callable
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from pydantic import BaseModel

from reviewapp.api.conditions import body_of, written
from reviewapp.api.models import Operation
from reviewapp.api.operations import ENDED, shape_of_operation, wait_for
from reviewapp.api.policy import access_operation_by_id
from reviewapp.api.preferences import wait_preferred
from reviewapp.api.resources.archives import get_archive
from reviewapp.api.resources.batches import get_batch
from reviewapp.api.resources.exports import get_export
from reviewapp.api.resources.grids import get_grid
from reviewapp.api.resources.lab import get_comparison
from reviewapp.api.resources.loads import get_load, get_production
from reviewapp.api.resources.questions import shape_of_question
from reviewapp.api.service import ApiRequest
from reviewapp.api.shapes_work import Asked, OperationShape
from reviewapp.questions.policy import access_question_by_id

_OPERATION = re.compile(r"/v1/operations/([0-9a-f-]{36})")
#: What is told anew of what was begun, by the name that it has beside its operation.
_BESIDE: dict[str, Callable[[ApiRequest, str], BaseModel]] = {
    "archive": get_archive,
    "batch": get_batch,
    "comparison": get_comparison,
    "export": get_export,
    "grid": get_grid,
    "load": get_load,
    "production": get_production,
}


def waited(request: ApiRequest, response: HttpResponseBase) -> HttpResponseBase:
    """The answer (202) to who prefers to wait: as all is at the operation's end, if that comes in time.

    A question that has ended is answered with its claims (200).
    """
    found = _OPERATION.fullmatch(response.headers.get("Location", ""))
    seconds = wait_preferred(request, response) if response.status_code == 202 else 0.0
    if not seconds or found is None or not isinstance(response, HttpResponse):
        return response
    operation = access_operation_by_id(request.caller.now(), found[1])
    shape = wait_for(lambda: shape_of_operation(operation), seconds, time.sleep)
    if shape.status not in ENDED:
        return response
    request.actor = request.caller.now()
    told, status = _told(request, json.loads(response.content), operation, shape)
    anew = HttpResponse(told, status=status, content_type="application/json; charset=utf-8")
    for name in ("Location", "Preference-Applied", "Idempotency-Replayed"):
        if name in response.headers:
            anew.headers[name] = response.headers[name]
    return anew


def _told(
    request: ApiRequest, begun: dict[str, Any], operation: Operation, shape: OperationShape
) -> tuple[bytes, int]:
    """What is answered in the place of `begun`, and the status."""
    if operation.kind == Operation.Kind.QUESTIONS and "question" in begun:
        question = access_question_by_id(request.actor, begun["question"]["id"])
        asked = Asked(question=shape_of_question(request.actor, question, claims=True), operation=shape)
        return body_of(asked), 200
    if "operation" not in begun:
        return body_of(shape), 202
    for name, tell in _BESIDE.items():
        if name in begun:
            begun[name] = tell(request, begun[name]["id"]).model_dump(exclude_unset=True)
    return written(begun | {"operation": shape.model_dump(exclude_unset=True)}).encode(), 202
