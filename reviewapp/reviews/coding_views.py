"""Pages of coding: the matter's documents with their codes, and coding many of them."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from reviewapp.briefs.selectors import listed
from reviewapp.documents.policy import access_current_document, visible_documents
from reviewapp.frame.access import SignedInRequest, signed_in
from reviewapp.frame.live import live_part, version_of
from reviewapp.frame.paging import back_to, page_of
from reviewapp.jobs.selectors import newest_job
from reviewapp.matters.frame import matter_frame
from reviewapp.matters.models import Matter
from reviewapp.matters.policy import access_matter_by_id, may_view
from reviewapp.reviews import coding as codings
from reviewapp.reviews.codes import CodingError, coded_as, options_with
from reviewapp.reviews.models import Coding
from reviewapp.reviews.policy import may_review, visible_codings, visible_issues

RECENT = 5


@require_http_methods(["GET", "POST"])
@signed_in
def coding(request: SignedInRequest, matter_id: UUID) -> HttpResponse:
    """The documents with their codes; a POST codes those that are ticked, or all that are listed."""
    may = may_review if request.method == "POST" else may_view
    matter = access_matter_by_id(request.actor, matter_id, may=may)
    if request.method == "POST":
        return _code_many(request, matter)
    documents, kept = _listed(request, matter)
    context = matter_frame(request, matter, "grids") | _under_way(request, matter)
    context |= {
        "part": page_of(request, documents.prefetch_related("codes__issue")),
        "options": options_with(list(visible_issues(request.actor, matter))),
        "find": kept["find"],
        "coded": kept["coded"],
        "query": _query(kept),
        "may_review": may_review(request.actor, matter),
    }
    return render(request, "reviews/coding.html", context)


@require_GET
@signed_in
def under_way(request: SignedInRequest, matter_id: UUID) -> HttpResponse:
    """How far the coding of many documents is; refreshes itself."""
    matter = access_matter_by_id(request.actor, matter_id)
    return live_part(request, "reviews/under_way.html", {"matter": matter} | _under_way(request, matter))


def _under_way(request: SignedInRequest, matter: Matter) -> dict[str, Any]:
    recent = visible_codings(request.actor, matter).select_related("by").prefetch_related("jobs")[:RECENT]
    names = {
        option.name: option.words for option in options_with(list(visible_issues(request.actor, matter)))
    }
    rows = [_row(each, names) for each in recent]
    is_live = any(row["is_live"] for row in rows)
    return {"codings": rows, "is_live": is_live, "version": version_of([list(row.values()) for row in rows])}


def _row(coding: Coding, names: dict[str, str]) -> dict[str, Any]:
    job = newest_job(coding)
    return {
        "words": names.get(coding.code, "a code that is no more"),
        "off": coding.off,
        "by": coding.by.get_full_name() or coding.by.get_username(),
        "total": len(coding.documents),
        "done": coding.done,
        "status": job.status if job else "",
        "is_live": job is not None and job.is_under_way,
        "reason": job.reason if job else "",
    }


def _listed(request: SignedInRequest, matter: Matter) -> tuple[Any, dict[str, str]]:
    """The documents that `find` and `coded` narrow the list to, and these two."""
    sent = request.POST if request.method == "POST" else request.GET
    kept = {"find": sent.get("find", "").strip(), "coded": sent.get("coded", "")}
    documents = listed(visible_documents(request.actor, matter), "name", kept["find"])
    options = options_with(list(visible_issues(request.actor, matter)))
    documents = coded_as(documents, kept["coded"], options)
    return documents, kept


def _query(kept: dict[str, str]) -> str:
    """What the addresses of other parts of the list begin with."""
    said = urlencode({name: value for name, value in kept.items() if value})
    return f"{said}&" if said else ""


def _code_many(request: SignedInRequest, matter: Matter) -> HttpResponse:
    documents, _ = _listed(request, matter)
    if "every" not in request.POST:
        ticked = set(request.POST.getlist("document"))
        documents = [document for document in documents if str(document.pk) in ticked] if ticked else []
    off = request.POST.get("off") == "on"
    try:
        codings.code_many(matter, list(documents), request.POST.get("code", ""), actor=request.actor, off=off)
    except CodingError as error:
        messages.error(request, str(error))
    return redirect(back_to(reverse("coding", args=[matter.pk]), request.POST))


@require_POST
@signed_in
def define_issue(request: SignedInRequest, matter_id: UUID) -> HttpResponse:
    """Add an issue tag to the matter."""
    matter = access_matter_by_id(request.actor, matter_id, may=may_review)
    try:
        codings.define_issue(matter, request.POST.get("name", ""), actor=request.actor)
    except CodingError as error:
        messages.error(request, str(error))
    return redirect(back_to(reverse("coding", args=[matter.pk]), request.POST))


@require_POST
@signed_in
def code_document(request: SignedInRequest, document_id: UUID) -> HttpResponse:
    """Set a code on one document, or take it off when it has it; then back to where it was done."""
    document = access_current_document(request.actor, document_id, may=may_review)
    off = request.POST.get("off") == "on"
    try:
        codings.code_document(document, request.POST.get("code", ""), actor=request.actor, off=off)
    except CodingError as error:
        messages.error(request, str(error))
    back = request.POST.get("back", "")
    if not back.startswith("/") or not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = reverse("document", args=[document.pk])
    return redirect(back)
