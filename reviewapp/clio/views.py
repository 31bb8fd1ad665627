"""Pages of the connection with Clio."""

import secrets
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from reviewapp.clio import actions
from reviewapp.clio.calling import ClioError, authorize_address
from reviewapp.clio.models import Connection
from reviewapp.clio.policy import (
    access_answered_by_id,
    may_connect_clio,
    may_use_clio,
    visible_answered,
    visible_connection,
    visible_sent_notes,
)
from reviewapp.frame.access import SignedInRequest, signed_in
from reviewapp.frame.paging import page_of
from reviewapp.matters.frame import matter_frame
from reviewapp.matters.models import Matter
from reviewapp.matters.policy import NotAvailable, access_matter_by_id

STATE = "clio_state"
QUESTIONS = 50


@require_GET
@signed_in
def clio(request: SignedInRequest, matter_id: UUID) -> HttpResponse:
    """The connection of a matter with Clio (admins); `?find=` looks for matters there."""
    matter = access_matter_by_id(request.actor, matter_id, may=may_connect_clio)
    connection, found, error = visible_connection(request.actor, matter), None, None
    if connection is not None and (request.GET.get("find") is not None or not connection.there):
        try:
            found = actions.matters_there(connection, request.GET.get("find", ""))
        except ClioError as refused:
            error = refused
    notes = page_of(request, visible_sent_notes(request.actor, matter).prefetch_related("jobs"), 20)
    context = matter_frame(request, matter, "settings") | {
        "connection": connection,
        "job": connection.jobs.order_by("-created_at").first() if connection else None,
        "found": found,
        "error": error,
        "part": notes,
        "questions": visible_answered(request.actor, matter)[:QUESTIONS],
        "may_use": may_use_clio(request.actor, matter),
    }
    return render(request, "clio/clio.html", context)


@require_GET
@signed_in
def connect(request: SignedInRequest, matter_id: UUID) -> HttpResponse:
    """Off to Clio, where the admin allows Nightbrief to act for their account."""
    matter = access_matter_by_id(request.actor, matter_id, may=may_use_clio)
    state = secrets.token_urlsafe(24)
    request.session[STATE] = {"state": state, "matter": str(matter.pk)}
    return redirect(authorize_address(_back(request), state))


@require_GET
@signed_in
def connected(request: SignedInRequest) -> HttpResponse:
    """Back from Clio, with a code, or a refusal."""
    begun: dict[str, Any] = request.session.pop(STATE, None) or {}
    sent = request.GET.get("state", "").encode(errors="replace")
    if not begun or not secrets.compare_digest(str(begun["state"]).encode(), sent):
        raise NotAvailable
    matter = access_matter_by_id(request.actor, begun["matter"], may=may_use_clio)
    try:
        if not (code := request.GET.get("code", "")):
            raise ClioError("clio-not-allowed", "Clio was not allowed to connect.", 409)
        actions.connect(matter, code, _back(request), actor=request.actor)
    except ClioError as error:
        messages.error(request, str(error))
    return redirect("clio", matter.pk)


def _back(request: SignedInRequest) -> str:
    return request.build_absolute_uri(reverse("clio_connected"))


@require_POST
@signed_in
def choose(request: SignedInRequest, matter_id: UUID) -> HttpResponse:
    """Say which of Clio's matters is meant, and whether answers may be sent there."""
    there, _, name = request.POST.get("there", "").partition(" ")
    gives = request.POST.get("gives_answers") == "on"
    return _done(
        request,
        matter_id,
        lambda connection: actions.choose(connection, there, name, gives_answers=gives, actor=request.actor),
    )


@require_POST
@signed_in
def fetch(request: SignedInRequest, matter_id: UUID) -> HttpResponse:
    """Fetch what is new or changed at Clio."""
    return _done(request, matter_id, lambda connection: actions.fetch(connection, actor=request.actor))


@require_POST
@signed_in
def send(request: SignedInRequest, matter_id: UUID) -> HttpResponse:
    """Send a question with its answers as a note."""
    matter = access_matter_by_id(request.actor, matter_id, may=may_use_clio)
    question = access_answered_by_id(request.actor, matter, request.POST.get("question", ""))
    return _done(
        request,
        matter_id,
        lambda connection: actions.send_answer(connection, question, actor=request.actor),
    )


@require_POST
@signed_in
def disconnect(request: SignedInRequest, matter_id: UUID) -> HttpResponse:
    """End the connection, also of a closed matter."""
    matter = access_matter_by_id(request.actor, matter_id, may=may_connect_clio)
    connection = _of(request, matter)
    actions.disconnect(connection, actor=request.actor)
    return redirect("clio", matter.pk)


def _done(request: SignedInRequest, matter_id: UUID, act: Any) -> HttpResponse:
    matter = access_matter_by_id(request.actor, matter_id, may=may_use_clio)
    try:
        act(_of(request, matter))
    except ClioError as error:
        messages.error(request, str(error))
    return redirect("clio", matter.pk)


def _of(request: SignedInRequest, matter: Matter) -> Connection:
    connection = visible_connection(request.actor, matter)
    if connection is None:
        raise NotAvailable
    return connection
