"""Every request of version 1 passes here: who calls, how often, once only, and how it is refused."""

import re
import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.http import HttpRequest, HttpResponseBase, HttpResponseNotAllowed

from reviewapp.api import limits
from reviewapp.api.callers import caller_of
from reviewapp.api.conditions import conditional, hold, tagged
from reviewapp.api.problems import Refused, wrong_parameter
from reviewapp.api.repeats import once, whole
from reviewapp.api.service import LEAVING, NEEDS, PARAMETERS, PREPARED, ApiRequest, refuse
from reviewapp.api.waiting import waited

View = Callable[..., HttpResponseBase]
REQUEST_ID = "X-Request-Id"
_GOOD_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")


def door(view: View, route: str = "") -> View:
    """The view for callers with a token, with all refusals as problem documents."""

    @wraps(view)
    def guard(request: HttpRequest, **path: Any) -> HttpResponseBase:
        known = cast(ApiRequest, request)
        known.request_id = _request_id(request)
        try:
            response = _let_in(known, view, route, path)
        except Exception as error:  # noqa: BLE001  told to the caller and logged, see refusal_of
            response = refuse(request, error)
        response.headers[REQUEST_ID] = known.request_id
        if (leaving := LEAVING.get((request.method or "", route))) is not None:
            leaving.note_on(response)
        return response

    guard.csrf_exempt = True  # type: ignore[attr-defined]
    return guard


def no_such_address(request: HttpRequest) -> HttpResponseBase:
    """Nothing is here."""
    raise Refused(
        "not-available", "There is nothing at this address; see /v1/docs for those that there are.", 404
    )


def _request_id(request: HttpRequest) -> str:
    given = request.headers.get(REQUEST_ID, "")
    return given if _GOOD_ID.fullmatch(given) else uuid.uuid4().hex


def _let_in(request: ApiRequest, view: View, route: str, path: dict[str, Any]) -> HttpResponseBase:
    try:
        caller = caller_of(request)
    except Refused as error:
        answer = refuse(request, error)
        return _counted(request, limits.address_of(request), lambda: answer)
    request.caller, request.actor, request.prepared = caller, caller.actor, None
    return _counted(request, caller.person, lambda: _done(request, view, route, path))


def _counted(request: ApiRequest, owner: str, work: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """The answer of `work`, or the refusal where this caller made too many requests; both say how many are left."""
    standing = limits.take(owner)
    try:
        if standing.remaining < 0:
            message = f"More than {standing.limit} requests in a minute; go on in {standing.seconds} s."
            headers = {"Retry-After": str(standing.seconds)}
            raise Refused("too-many-requests", message, 429, headers=headers)
        response = work()
    except Exception as error:  # noqa: BLE001  told to the caller and logged, see refusal_of
        response = refuse(request, error)
    standing.note_on(response)
    return response


def _done(request: ApiRequest, view: View, route: str, path: dict[str, Any]) -> HttpResponseBase:
    if request.method == "HEAD":
        request.method = "GET"
    _look_at_parameters(request, route)
    if request.method == "GET":
        return conditional(request, _allowed(view(request, **path)))
    if request.method != "POST":
        # NB: an upload's part takes as long as its bytes; it changes one row, when they are on the disk.
        work = view if request.method == "PATCH" and route.startswith("uploads/") else _whole(view)
        return tagged(_allowed(work(request, **path)))
    if (needs := NEEDS.get((request.method, route))) is not None:
        # NB: a program's tokens share its keys, and what one of them was told is not for one with fewer scopes.
        needs(request)
    prepare: Callable[..., None] = PREPARED.get((request.method, route), _nothing)
    response = once(
        request,
        request.caller.owner,
        path,
        lambda: prepare(request, **path),
        lambda: _allowed(view(request, **path)),
    )
    return waited(request, response)


def _look_at_parameters(request: ApiRequest, route: str) -> None:
    """Raises Refused for one that there is not: who misspells a filter would take the whole list for an answer."""
    known = PARAMETERS.get((request.method or "", route))
    unknown = sorted(set(request.GET) - known) if known is not None else []
    if unknown:
        raise wrong_parameter(unknown[0][:50], "there is no such parameter at this address")


def _whole(view: View) -> View:
    def work(request: ApiRequest, **path: Any) -> HttpResponseBase:
        def alone() -> HttpResponseBase:
            hold(request)
            return view(request, **path)

        return whole(alone)

    return work


def _allowed(response: HttpResponseBase) -> HttpResponseBase:
    if isinstance(response, HttpResponseNotAllowed):
        allow = response.headers["Allow"]
        message = f"This address takes {allow} only."
        raise Refused("method-not-allowed", message, 405, headers={"Allow": allow})
    return response


def _nothing(request: ApiRequest, **path: Any) -> None:
    return None
