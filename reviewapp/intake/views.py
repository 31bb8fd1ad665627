"""Pages of uploads and of what became of each file."""

from typing import Any
from urllib.parse import urlencode
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
from reviewapp.frame.tables import InParts, csv_file
from reviewapp.frame.words import part_words
from reviewapp.frame.words_grids import night_words
from reviewapp.frame.words_numbers import count_words, time_left_words
from reviewapp.intake import actions, pace, tallies
from reviewapp.intake.beginning import consolidated_pages
from reviewapp.intake.forms import ReplacementForm, UploadForm
from reviewapp.intake.manifest import manifest_rows
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
from reviewapp.matters.models import Matter
from reviewapp.matters.policy import access_matter_by_id, may_administer
from reviewapp.states.nights import are_allowed


@require_http_methods(["GET", "POST"])
@signed_in
def upload(request: SignedInRequest, matter_id: UUID) -> HttpResponse:
    """Add files to a matter, and the uploads so far (admins)."""
    may = may_upload if request.method == "POST" else may_administer
    matter = access_matter_by_id(request.actor, matter_id, may=may)
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if form.is_bound and form.is_valid():
        incoming = [actions.Incoming.from_upload(file) for file in form.cleaned_data["chosen"]]
        try:
            made = actions.create_batch(
                actor=request.actor, matter=matter, files=incoming, source=Source.BROWSER
            )
        except actions.BatchError as error:
            form.add_error("chosen", str(error))
        else:
            return redirect("batch", made.pk)
    context = matter_frame(request, matter, "upload")
    batches = visible_batches(request.actor, matter).annotate(
        file_count=Count("items", filter=Q(items__replaced_by=None)),
        accepted_count=_counted(Disposition.ACCEPTED),
        pending_count=_counted(Disposition.PENDING),
    )
    part = page_of(request, batches.select_related("created_by").order_by("-created_at"), 20)
    problems = tallies.problems_by_batch(matter, part)
    context |= {
        "form": form,
        "part": part,
        "rows": [(batch, problems.get(batch.pk, 0)) for batch in part],
        "resumed": _resumed(request, matter),
        "may_upload": may_upload(request.actor, matter),
        "night_hours": night_words(*settings.NIGHT) if settings.NIGHT else "",
        "nights_allowed": are_allowed(matter),
    }
    return render(request, "intake/upload.html", context, status=422 if form.errors else 200)


def _resumed(request: SignedInRequest, matter: Matter) -> Batch | None:
    """The unfinished upload that `?resume=` goes on with. Raises NotAvailable."""
    key = request.GET.get("resume")
    if not key:
        return None
    found = access_batch_by_id(request.actor, key, may=may_upload)
    return found if found.receiving and found.matter_id == matter.pk else None


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


def _counted(disposition: Disposition) -> Count:
    return Count("items", filter=Q(items__disposition=disposition, items__replaced_by=None))


def _files(request: SignedInRequest, batch: Batch) -> dict[str, Any]:
    show, find = request.GET.get("show", ""), request.GET.get("find", "").strip()
    items = tallies.listed(batch, visible_items(request.actor, batch).filter(replaced_by=None), show, find)
    items = items.annotate(consolidated_pages=consolidated_pages())
    part = page_of(request, items.select_related("document", "parent").prefetch_related("replaces"))
    again = tallies.retryable_items(batch).filter(pk__in=[item.pk for item in part])
    retryable = set(again.values_list("pk", flat=True))
    counts = tallies.count_items(batch)
    left = time_left_words(pace.seconds_left(batch.matter)) if counts.pending and not batch.receiving else ""
    shown = [
        (item.pk, item.disposition, item.reason, item.consolidated_pages, item.pk in retryable)
        for item in part
    ]
    kept = {name: given for name, given in (("show", show), ("find", find)) if given}
    return matter_frame(request, batch.matter, "upload") | {
        "batch": batch,
        "part": part,
        "counts": counts,
        "time_left": left,
        "parts": [(name, part_words(name), number) for name, number in counts.parts()],
        "show": show or tallies.ALL,
        "find": find,
        "query": f"{urlencode(kept)}&" if kept else "",
        "retryable": retryable,
        "version": version_of(part.number, counts, left, batch.receiving, shown),
        "may_retry": may_retry(request.actor, batch.matter),
        "may_replace": may_upload(request.actor, batch.matter),
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


@require_http_methods(["GET", "POST"])
@signed_in
def replace_file(request: SignedInRequest, item_id: UUID) -> HttpResponse:
    """Take another file in the place of one that could not be used."""
    item = access_item_by_id(request.actor, item_id, may=may_upload)
    form = ReplacementForm(request.POST, request.FILES) if request.method == "POST" else ReplacementForm()
    if form.is_bound and form.is_valid():
        file = actions.Incoming.from_upload(form.cleaned_data["file"])
        try:
            actions.replace_file(actor=request.actor, item=item, file=file)
        except actions.BatchError as error:
            form.add_error("file", str(error))
        else:
            messages.success(request, "The new file takes its place and is being read.")
            return redirect("batch", item.batch_id)
    context = matter_frame(request, item.batch.matter, "upload") | {"item": item, "form": form}
    return render(request, "intake/replace.html", context, status=422 if form.errors else 200)


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
        "may_replace": may_upload(request.actor, matter),
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
def manifest(request: SignedInRequest, batch_id: UUID) -> InParts:
    """The batch's manifest as a CSV file."""
    found = access_batch_by_id(request.actor, batch_id, may=may_download_manifest)
    return csv_file(f"manifest-{found.pk}.csv", manifest_rows(found))
