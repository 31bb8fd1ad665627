"""Coding documents: one at once, many in the background."""

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from django.db import transaction

from reviewapp.documents.actions import note_change
from reviewapp.documents.models import Document
from reviewapp.events.names import Happened
from reviewapp.events.record import record
from reviewapp.frame.actor import Actor
from reviewapp.frame.holding import Held, hold
from reviewapp.frame.naming import plain_name
from reviewapp.jobs import lifecycle
from reviewapp.jobs.work import Run
from reviewapp.matters.models import Matter
from reviewapp.reviews.codes import CodingError, Field, Option, option_named
from reviewapp.reviews.jobs import CODE_DOCUMENTS
from reviewapp.reviews.models import Code, Coding, Issue

#: Documents that are coded in one transaction: what a killed worker has to do again.
CHUNK = 500
MOST_ISSUES = 100


def define_issue(matter: Matter, name: str, *, actor: Actor) -> Issue:
    """A new issue tag of the matter. Raises CodingError for a name that is empty, too long or taken."""
    name = plain_name(name)
    if not name or len(name) > 60:
        raise CodingError("issue-name-wrong", "Give the issue a name of at most 60 characters.")
    with transaction.atomic():
        # NB: the lock keeps two from taking one name at the same time.
        Matter.objects.select_for_update().get(pk=matter.pk)
        if matter.issues.filter(name__iexact=name).exists():
            raise CodingError("issue-name-taken", "There is an issue of this name already.", 409)
        if matter.issues.count() >= MOST_ISSUES:
            raise CodingError("issues-too-many", f"A matter has at most {MOST_ISSUES} issues.", 409)
        issue = Issue.objects.create(matter=matter, name=name)
        record(Happened.ISSUE_DEFINED, issue, actor=actor, matter=matter)
    return issue


def code_document(document: Document, name: str, *, actor: Actor, off: bool = False) -> None:
    """Set a code on a document, in the place of another value of its field, or take it off. Raises CodingError."""
    option = option_named(name, list(document.matter.issues.all()))
    with transaction.atomic():
        _code([document.pk], option, actor, off=off)
        record(
            Happened.DOCUMENTS_CODED, document, actor=actor, matter=document.matter, code=option.name,
            off=off, documents=1,
        )  # fmt: skip


def code_many(
    matter: Matter, documents: Sequence[Document], name: str, *, actor: Actor, off: bool = False
) -> Coding:
    """Have these documents coded in the background, in the order given. Raises CodingError."""
    option = option_named(name, list(matter.issues.all()))
    if not documents:
        raise CodingError("selection-empty", "Choose the documents first.")
    if any(document.matter_id != matter.pk for document in documents):
        raise CodingError("selection-of-another-matter", "Only documents of this matter can be coded.")
    with transaction.atomic():
        coding = Coding.objects.create(
            matter=matter, by=actor.signed_in(), code=option.name, off=off,
            documents=[str(document.pk) for document in documents],
        )  # fmt: skip
        lifecycle.create_job(CODE_DOCUMENTS, coding, matter=matter, actor=actor)
    return coding


def carry_out(run: Run, coding: Coding) -> None:
    """Code the documents of a coding, going on where an earlier attempt stopped; those that went are left out.

    Raises CodingError when the code is no more.
    """
    option = option_named(coding.code, list(coding.matter.issues.all()))
    actor = run.job.actor
    total = len(coding.documents)
    while coding.done < total:
        run.stop_if_asked()
        chunk = coding.documents[coding.done : coding.done + CHUNK]
        with run.writing(partial(hold, Held.DOCUMENTS, *map(UUID, chunk))):
            there = Document.objects.filter(matter=coding.matter, pk__in=chunk)
            _code(list(there.values_list("pk", flat=True)), option, actor, off=coding.off)
            coding.done += len(chunk)
            coding.save(update_fields=["done"])
        run.progress(coding.done, total)
    with run.completing({"documents": total}):
        record(
            Happened.DOCUMENTS_CODED, coding, actor=actor, matter=coding.matter, code=option.name,
            off=coding.off, documents=total,
        )  # fmt: skip


def _code(documents: Sequence[UUID], option: Option, actor: Actor, *, off: bool) -> None:
    """Write one code of documents anew; in the caller's transaction."""
    hold(Held.DOCUMENTS, *documents)
    # NB: first, for it locks the documents: of two who code one at once, the second replaces what the first wrote.
    note_change(documents)
    field = Code.objects.filter(document__in=documents, field=option.field)
    if option.field == Field.ISSUE:
        field = field.filter(issue=option.issue)
    elif off:
        field = field.filter(value=option.value)
    field.delete()
    if off:
        return
    by = actor.account
    if by is None:
        raise CodingError("not-signed-in", "Sign in first.", 401)
    Code.objects.bulk_create(
        [
            Code(document_id=document, field=option.field, value=option.value, issue=option.issue, by=by)
            for document in documents
        ],
        batch_size=CHUNK,
    )
