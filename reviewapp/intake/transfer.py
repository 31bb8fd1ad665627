"""What a browser says while it sends an upload in many requests; every answer is JSON."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from reviewapp.frame.access import SignedInRequest, signed_in
from reviewapp.frame.errors import ActionError
from reviewapp.intake import receiving
from reviewapp.intake.actions import BatchError, Incoming
from reviewapp.intake.forms import BeginForm, SentForm
from reviewapp.intake.policy import access_batch_by_id, may_upload
from reviewapp.matters.policy import NotAvailable, access_matter_by_id


def told(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Refusals as JSON with their code; what does not exist stays what it is elsewhere."""

    @wraps(view)
    def guarded(request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except NotAvailable:
            raise
        except ActionError as error:
            return JsonResponse({"code": error.code, "message": error.message}, status=error.status)

    return guarded


@require_POST
@signed_in
@told
def begin(request: SignedInRequest, matter_id: UUID) -> HttpResponse:
    """Begin an upload; tells where its files go."""
    matter = access_matter_by_id(request.actor, matter_id, may=may_upload)
    given = _valid(BeginForm(request.POST))
    batch = receiving.begin_batch(
        actor=request.actor, matter=matter, expected=given["expected"], label=given["label"]
    )
    return JsonResponse({"batch": reverse("batch", args=[batch.pk])})


@require_POST
@signed_in
@told
def missing(request: SignedInRequest, batch_id: UUID) -> HttpResponse:
    """Which of these files the upload does not have."""
    batch = access_batch_by_id(request.actor, batch_id, may=may_upload)
    return JsonResponse({"missing": receiving.missing_of(batch, _valid(SentForm(request.POST))["told"])})


@require_POST
@signed_in
@told
def add(request: SignedInRequest, batch_id: UUID) -> HttpResponse:
    """Take files; tells which are kept and which did not come as they were sent."""
    batch = access_batch_by_id(request.actor, batch_id, may=may_upload)
    sent = _valid(SentForm(request.POST))["told"]
    files = request.FILES.getlist("files")
    if len(files) != len(sent):
        raise BatchError("request-unfit", "There are not as many files as in the list.", 400)
    incoming = [Incoming.from_upload(file, one.name) for one, file in zip(sent, files, strict=True)]
    added = receiving.add_files(actor=request.actor, batch=batch, sent=sent, files=incoming)
    return JsonResponse({"kept": added.kept, "damaged": added.damaged})


@require_POST
@signed_in
def complete(request: SignedInRequest, batch_id: UUID) -> HttpResponse:
    """Say that no more files come, and go to the upload's page."""
    batch = access_batch_by_id(request.actor, batch_id, may=may_upload)
    try:
        receiving.complete_batch(actor=request.actor, batch=batch)
    except BatchError:
        return redirect("upload", batch.matter_id)
    return redirect("batch", batch.pk)


def _valid(form: forms.Form) -> dict[str, Any]:
    if not form.is_valid():
        raise BatchError("request-unfit", "The request does not hold what it must.", 400)
    return form.cleaned_data
