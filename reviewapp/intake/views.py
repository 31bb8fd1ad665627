"""Pages of uploads and of what became of each file."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from reviewapp import policy
from reviewapp.frame.access import SignedInRequest, signed_in
from reviewapp.frame.frame import matter_frame, page_of
from reviewapp.frame.words import count_words
from reviewapp.intake import actions
from reviewapp.intake.forms import UploadForm
from reviewapp.intake.manifest import manifest_csv
from reviewapp.intake.models import Batch, BatchItem, Disposition, Source

USED = (Disposition.ACCEPTED, Disposition.EXPANDED)


@require_http_methods(["GET", "POST"])
@signed_in
def upload(request: SignedInRequest, matter_id: UUID) -> HttpResponse:
    """Add files to a matter, and the uploads so far (admins)."""
    may = policy.may_upload if request.method == "POST" else policy.may_administer
    matter = policy.access_matter_by_id(request.user, matter_id, may=may)
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if form.is_bound and form.is_valid():
        incoming = [actions.Incoming.from_upload(file) for file in form.cleaned_data["chosen"]]
        made = actions.create_batch(
            acting_user=request.user, matter=matter, files=incoming, source=Source.BROWSER
        )
        return redirect("batch", made.pk)
    context = matter_frame(request, matter, "upload")
    batches = policy.visible_batches(request.user, matter).annotate(
        file_count=Count("items"),
        accepted_count=Count("items", filter=Q(items__disposition=Disposition.ACCEPTED)),
        pending_count=Count("items", filter=Q(items__disposition=Disposition.PENDING)),
        problem_count=Count("items", filter=Q(items__disposition__in=actions.RETRYABLE)),
    )
    context |= {
        "form": form,
        "part": page_of(request, batches.select_related("created_by").order_by("-created_at"), 20),
        "may_upload": policy.may_upload(request.user, matter),
    }
    return render(request, "intake/upload.html", context, status=422 if form.errors else 200)


@require_GET
@signed_in
def batch(request: SignedInRequest, batch_id: UUID) -> HttpResponse:
    """What became of each file of an upload, and why (admins)."""
    found = policy.access_batch_by_id(request.user, batch_id, may=policy.may_administer)
    return render(request, "intake/batch.html", _files(request, found))


@require_GET
@signed_in
def files(request: SignedInRequest, batch_id: UUID) -> HttpResponse:
    """The part of the page that refreshes itself while files are being read."""
    found = policy.access_batch_by_id(request.user, batch_id, may=policy.may_administer)
    return render(request, "intake/files.html", _files(request, found))


def _files(request: SignedInRequest, batch: Batch) -> dict[str, Any]:
    items = list(policy.visible_items(request.user, batch).select_related("document"))
    retryable = set(actions.retryable_items(batch).values_list("pk", flat=True))
    given_up = {item.pk for item in items if item.disposition == Disposition.PENDING and item.pk in retryable}
    pending = sum(item.disposition == Disposition.PENDING for item in items) - len(given_up)
    used = sum(item.disposition in USED for item in items)
    duplicates = sum(item.disposition == Disposition.DUPLICATE for item in items)
    return matter_frame(request, batch.matter, "upload") | {
        "batch": batch,
        "part": page_of(request, _in_order(items), 200),
        "total": len(items),
        "pending": pending,
        "accepted": sum(item.disposition == Disposition.ACCEPTED for item in items),
        "duplicates": duplicates,
        "problems": len(items) - pending - used - duplicates,
        "done": len(items) - pending,
        "retryable": retryable,
        "given_up": given_up,
        "may_retry": policy.may_retry(request.user, batch.matter),
    }


def _in_order(items: list[BatchItem]) -> list[BatchItem]:
    """Each file, followed by what came out of it."""
    children: dict[UUID | None, list[BatchItem]] = {}
    for item in items:
        children.setdefault(item.parent_id, []).append(item)
    ordered: list[BatchItem] = []
    waiting = list(reversed(children.get(None, [])))
    while waiting:
        item = waiting.pop()
        ordered.append(item)
        waiting.extend(reversed(children.get(item.pk, [])))
    return ordered


@require_POST
@signed_in
def retry_batch(request: SignedInRequest, batch_id: UUID) -> HttpResponse:
    """Read again the files of a batch that did not succeed."""
    found = policy.access_batch_by_id(request.user, batch_id, may=policy.may_retry)
    number = actions.retry_items(acting_user=request.user, batch=found)
    messages.success(request, f"{count_words(number, 'file')} will be read again.")
    return redirect("batch", found.pk)


@require_POST
@signed_in
def retry_item(request: SignedInRequest, item_id: UUID) -> HttpResponse:
    """Read one file of a batch again."""
    item = policy.access_item_by_id(request.user, item_id, may=policy.may_retry)
    actions.retry_items(acting_user=request.user, batch=item.batch, items=[item])
    return redirect("batch", item.batch_id)


@require_GET
@signed_in
def manifest(request: SignedInRequest, batch_id: UUID) -> HttpResponse:
    """The batch's manifest as a CSV file."""
    found = policy.access_batch_by_id(request.user, batch_id, may=policy.may_download_manifest)
    response = HttpResponse(manifest_csv(found), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="manifest-{found.pk}.csv"'
    return response
