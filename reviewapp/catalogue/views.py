"""Pages of the list of documents and of what is done with one of them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from reviewapp.catalogue import columns, listing
from reviewapp.catalogue.actions import withdraw_document
from reviewapp.catalogue.beside import beside
from reviewapp.catalogue.forms import NameForm, VersionForm, WithdrawalForm
from reviewapp.documents.actions import DocumentError, rename_document
from reviewapp.documents.models import Document
from reviewapp.documents.policy import (
    access_current_document,
    access_document_by_id,
    may_rename,
    may_replace,
    may_withdraw,
    visible_documents,
    visible_withdrawals,
)
from reviewapp.events.reading import WHOLE_TEXT, pages_read
from reviewapp.frame import words_documents
from reviewapp.frame.access import SignedInRequest, signed_in
from reviewapp.frame.live import live_part, version_of
from reviewapp.frame.paging import back_to, page_of
from reviewapp.intake.actions import BatchError, Incoming, send_new_version
from reviewapp.intake.policy import visible_family
from reviewapp.intake.problems import files_being_read
from reviewapp.kin.policy import visible_likenesses
from reviewapp.matters.frame import matter_frame
from reviewapp.matters.models import Matter
from reviewapp.matters.policy import NotAvailable, access_matter_by_id
from reviewapp.questions.policy import visible_questions_of
from reviewapp.states import progress as progresses

COLUMNS_KEPT = "documents.columns"
BLOCKS_SHOWN = 60


@require_GET
@signed_in
def documents(request: SignedInRequest, matter_id: UUID) -> HttpResponse:
    """The documents of a matter with what their briefs say: sorted, filtered, a hundred at a time."""
    matter = access_matter_by_id(request.actor, matter_id)
    return render(request, "catalogue/documents.html", _list(request, matter))


@require_GET
@signed_in
def documents_list(request: SignedInRequest, matter_id: UUID) -> HttpResponse:
    """The part of the list that refreshes itself while work is under way."""
    matter = access_matter_by_id(request.actor, matter_id)
    return live_part(request, "catalogue/list.html", _list(request, matter))


@require_POST
@signed_in
def choose_columns(request: SignedInRequest, matter_id: UUID) -> HttpResponse:
    """Keep which columns this person sees, while signed in; without any, the usual ones."""
    matter = access_matter_by_id(request.actor, matter_id)
    names = columns.chosen_columns(request.POST.getlist("columns"))
    request.session[COLUMNS_KEPT] = list(names) or None
    return redirect(back_to(reverse("documents", args=[matter.pk]), request.POST))


def _list(request: SignedInRequest, matter: Matter) -> dict[str, Any]:
    asked = listing.Asked.of(request.GET)
    every = visible_documents(request.actor, matter)
    part = page_of(request, listing.asked_for(every, asked))
    rows = progresses.of_documents(list(part))
    progress = progresses.of_matter(matter)
    chosen = columns.chosen_columns(request.session.get(COLUMNS_KEPT))
    being_read = files_being_read(matter)
    beside_each = [(document.open_notes, document.copies, document.name) for document in part]
    above = (part.paginator.count, progress.documents, progress.ready, progress.is_under_way)
    return matter_frame(request, matter, "documents") | {
        "asked": asked,
        "part": part,
        "rows": rows,
        "progress": progress,
        "columns": columns.columns_of(chosen, asked),
        "choices": [(name, words_documents.COLUMNS[name], name in chosen) for name in columns.CHOICES],
        "laws": listing.laws_of(every),
        "kinds": [(name, kind.words) for name, kind in words_documents.FILE_KINDS.items()],
        "marks": [(mark, words_documents.MARKS[mark]) for mark in listing.MARKS],
        "query": asked.query(),
        "being_read": being_read,
        "is_live": progress.is_under_way or being_read > 0,
        "version": version_of(part.number, being_read, above, beside_each, [row.shown() for row in rows]),
        "withdrawn": visible_withdrawals(request.actor, matter).count(),
    }


@require_http_methods(["GET", "POST"])
@signed_in
def rename(request: SignedInRequest, document_id: UUID) -> HttpResponse:
    """Give a document another name (admins)."""
    document = access_current_document(request.actor, document_id, may=may_rename)
    form = NameForm(request.POST or None, initial={"name": document.name})
    if form.is_bound and form.is_valid():
        try:
            rename_document(document, form.cleaned_data["name"], actor=request.actor)
        except DocumentError as error:
            form.add_error("name", str(error))
        else:
            return redirect("document", document.pk)
    return _about(request, "catalogue/rename.html", document, form)


@require_http_methods(["GET", "POST"])
@signed_in
def replace(request: SignedInRequest, document_id: UUID) -> HttpResponse:
    """Have a new version take the place of a document's text (admins)."""
    document = access_current_document(request.actor, document_id, may=may_replace)
    form = VersionForm(request.POST, request.FILES) if request.method == "POST" else VersionForm()
    if form.is_bound and form.is_valid():
        file = Incoming.from_upload(form.cleaned_data["file"])
        try:
            batch = send_new_version(actor=request.actor, document=document, file=file)
        except BatchError as error:
            form.add_error("file", str(error))
        else:
            return redirect("batch", batch.pk)
    return _about(request, "catalogue/replace.html", document, form)


@require_http_methods(["GET", "POST"])
@signed_in
def withdraw(request: SignedInRequest, document_id: UUID) -> HttpResponse:
    """Take a document out of its matter, after a look at what goes with it (admins)."""
    document = access_current_document(request.actor, document_id, may=may_withdraw)
    form = WithdrawalForm(request.POST) if request.method == "POST" else WithdrawalForm()
    if form.is_bound and form.is_valid():
        withdraw_document(document, actor=request.actor, reason=form.cleaned_data["reason"])
        messages.success(request, f"“{document.name}” is withdrawn.")
        return redirect("withdrawals", document.matter_id)
    questions = visible_questions_of(request.actor, document)
    return _about(
        request,
        "catalogue/withdraw.html",
        document,
        form,
        questions=page_of(request, questions, 20),
        family=visible_family(request.actor, document),
    )


def _about(
    request: SignedInRequest, template: str, document: Document, form: Any, **more: object
) -> HttpResponse:
    context = (
        matter_frame(request, document.matter, "documents") | {"document": document, "form": form} | more
    )
    return render(request, template, context, status=422 if form.errors else 200)


@require_GET
@signed_in
def withdrawals(request: SignedInRequest, matter_id: UUID) -> HttpResponse:
    """What was taken out of a matter, and the questions that it had answered."""
    matter = access_matter_by_id(request.actor, matter_id)
    found = visible_withdrawals(request.actor, matter).select_related("withdrawn_by")
    part = page_of(request, found.prefetch_related("questions"), 20)
    context = matter_frame(request, matter, "documents") | {"part": part}
    return render(request, "catalogue/withdrawals.html", context)


@require_GET
@signed_in
def side_by_side(request: SignedInRequest, document_id: UUID, other_id: UUID) -> HttpResponse:
    """Two documents, or versions of one, beside each other with what differs marked."""
    left = access_document_by_id(request.actor, document_id)
    right = access_document_by_id(request.actor, other_id)
    if left.matter_id != right.matter_id:
        raise NotAvailable
    for shown in (left, right):
        pages_read(shown.matter_id, shown.pk, [WHOLE_TEXT], actor=request.actor)
    only = request.GET.get("show") != "all"
    compared = beside(left, right)
    part = page_of(request, compared.changed_blocks() if only else list(compared.blocks), BLOCKS_SHOWN)
    context = matter_frame(request, left.matter, "documents") | {
        "left": left,
        "right": right,
        "compared": compared,
        "rows": [block.marked() for block in part],
        "part": part,
        "only": only,
        "likeness": visible_likenesses(request.actor, left).filter(other=right).first(),
        "query": "" if only else "show=all&",
    }
    return render(request, "catalogue/beside.html", context)
