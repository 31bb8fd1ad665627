"""Pages of uploads and of what became of each file."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from reviewapp.frame.access import SignedInRequest, signed_in
from reviewapp.frame.live import live_part, version_of
from reviewapp.frame.paging import page_of
from reviewapp.frame.words import count_words, too_many_files
from reviewapp.intake import actions
from reviewapp.intake.forms import UploadForm
from reviewapp.intake.manifest import manifest_csv
from reviewapp.intake.models import Batch, Disposition, Source
from reviewapp.intake.policy import (
    access_batch_by_id,
    access_item_by_id,
    access_note_by_id,
    may_dismiss,
    may_download_manifest,
    may_retry,
    may_upload,
    problems_by_key,
    visible_batches,
    visible_items,
    visible_problems,
)
from reviewapp.matters.frame import matter_frame
from reviewapp.matters.policy import access_matter_by_id, may_administer


@require_http_methods(["GET", "POST"])
@signed_in
def upload(request: SignedInRequest, matter_id: UUID) -> HttpResponse:
    """Add files to a matter, and the uploads so far (admins)."""
    may = may_upload if request.method == "POST" else may_administer
    matter = access_matter_by_id(request.actor, matter_id, may=may)
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if form.is_bound and form.is_valid():
        incoming = [actions.Incoming.from_upload(file) for file in form.cleaned_data["chosen"]]
        made = actions.create_batch(actor=request.actor, matter=matter, files=incoming, source=Source.BROWSER)
        return redirect("batch", made.pk)
    context = matter_frame(request, matter, "upload")
    batches = visible_batches(request.actor, matter).annotate(
        file_count=Count("items"),
        accepted_count=Count("items", filter=Q(items__disposition=Disposition.ACCEPTED)),
        pending_count=Count("items", filter=Q(items__disposition=Disposition.PENDING)),
        problem_count=Count("items", filter=Q(items__disposition__in=actions.RETRYABLE)),
    )
    context |= {
        "form": form,
        "part": page_of(request, batches.select_related("created_by").order_by("-created_at"), 20),
        "may_upload": may_upload(request.actor, matter),
        "most_files": settings.DATA_UPLOAD_MAX_NUMBER_FILES,
        "too_many": too_many_files(settings.DATA_UPLOAD_MAX_NUMBER_FILES),
    }
    return render(request, "intake/upload.html", context, status=422 if form.errors else 200)


@require_GET
@signed_in
def batch(request: SignedInRequest, batch_id: UUID) -> HttpResponse:
    """What became of each file of an upload, and why (admins)."""
    found = access_batch_by_id(request.actor, batch_id, may=may_administer)
    return render(request, "intake/batch.html", _files(request, found))


@require_GET
@signed_in
def files(request: SignedInRequest, batch_id: UUID) -> HttpResponse:
    """The part of the page that refreshes itself while files are being read."""
    found = access_batch_by_id(request.actor, batch_id, may=may_administer)
    return live_part(request, "intake/files.html", _files(request, found))


def _files(request: SignedInRequest, batch: Batch) -> dict[str, Any]:
    items = visible_items(request.actor, batch).order_by("place", "created_at")
    part = page_of(request, items.select_related("document"))
    failed = actions.retryable_items(batch)
    retryable = set(failed.filter(pk__in=[item.pk for item in part]).values_list("pk", flat=True))
    counts = actions.count_items(batch)
    shown = [(item.pk, item.disposition, item.reason, item.pk in retryable) for item in part]
    return matter_frame(request, batch.matter, "upload") | {
        "batch": batch,
        "part": part,
        "counts": counts,
        "retryable": retryable,
        "version": version_of(part.number, counts, shown),
        "may_retry": may_retry(request.actor, batch.matter),
    }


@require_POST
@signed_in
def retry_batch(request: SignedInRequest, batch_id: UUID) -> HttpResponse:
    """Read again the files of a batch that did not succeed."""
    found = access_batch_by_id(request.actor, batch_id, may=may_retry)
    number = actions.retry_items(actor=request.actor, batch=found)
    messages.success(request, f"{count_words(number, 'file')} will be read again.")
    return redirect("batch", found.pk)


@require_POST
@signed_in
def retry_item(request: SignedInRequest, item_id: UUID) -> HttpResponse:
    """Read one file of a batch again."""
    item = access_item_by_id(request.actor, item_id, may=may_retry)
    actions.retry_items(actor=request.actor, batch=item.batch, items=[item])
    return redirect("batch", item.batch_id)


@require_GET
@signed_in
def problems(request: SignedInRequest, matter_id: UUID) -> HttpResponse:
    """What of a matter's files is not in what people search and ask."""
    matter = access_matter_by_id(request.actor, matter_id)
    part = page_of(request, visible_problems(request.actor, matter))
    context = matter_frame(request, matter, "home") | {
        "part": part,
        "problems": problems_by_key(part),
        "may_dismiss": may_dismiss(request.actor, matter),
    }
    return render(request, "intake/problems.html", context)


@require_POST
@signed_in
def dismiss_item(request: SignedInRequest, item_id: UUID) -> HttpResponse:
    """Take a file that could not be used from the open problems."""
    item = access_item_by_id(request.actor, item_id, may=may_dismiss)
    actions.dismiss(actor=request.actor, matter=item.batch.matter, problem=item)
    return redirect("problems", item.batch.matter_id)


@require_POST
@signed_in
def dismiss_note(request: SignedInRequest, note_id: UUID) -> HttpResponse:
    """Take a note of a document from the open problems."""
    note = access_note_by_id(request.actor, note_id, may=may_dismiss)
    actions.dismiss(actor=request.actor, matter=note.document.matter, problem=note)
    return redirect("problems", note.document.matter_id)


@require_GET
@signed_in
def manifest(request: SignedInRequest, batch_id: UUID) -> HttpResponse:
    """The batch's manifest as a CSV file."""
    found = access_batch_by_id(request.actor, batch_id, may=may_download_manifest)
    response = HttpResponse(manifest_csv(found), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="manifest-{found.pk}.csv"'
    return response
