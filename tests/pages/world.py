"""Matters with everything a page can show, written through the actions."""

import base64
import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from consolidation.asking.understand import understand
from gpu_worker.summary import summarise
from readers.read import read_file
from readers.result import Limits
from reviewapp.documents import storage
from reviewapp.documents.models import PAGE_SEPARATOR, Document, Page, PageBoxes
from reviewapp.frame.actor import SYSTEM, Actor
from reviewapp.grids.models import Grid
from reviewapp.intake.actions import Incoming, create_batch
from reviewapp.intake.models import Batch, Source
from reviewapp.jobs.lifecycle import claim, end
from reviewapp.jobs.models import Job, Status
from reviewapp.matters.actions import add_member, create_matter
from reviewapp.matters.models import Matter
from reviewapp.questions.actions import ask_question
from reviewapp.questions.models import Question
from reviewapp.questions.quotes import QuoteFacts
from reviewapp.questions.results import (
    AnswerFacts,
    current_cells,
    finish_question,
    plan_cells,
    store_cells,
)
from reviewapp.states.actions import request_consolidation
from reviewapp.states.results import BuiltFacts, store_state

PASSWORD = "a long enough password"
LEASE = (
    "LEASE AGREEMENT\n\nThis Lease Agreement is made as of March 1, 2021 between Northgate Properties LLC "
    "(the “Landlord”) and Ashworth & Sons, Inc. (the “Tenant”).\n\n1. Premises. The Landlord leases to the "
    "Tenant the premises at 14 Harbour Street, Boston, Massachusetts.",
    "2. Term. The term begins on March 1, 2021 and ends on February 28, 2026, unless terminated earlier.\n\n"
    "3. Rent. The Tenant pays $12,500 a month, due on the first day of each month.\n\n"
    "4. Governing Law. This Agreement is governed by the laws of the Commonwealth of\nMassachusetts, without "
    "regard to its rules on conflicts of law.",
    "5. Notices. Notices are in writing and take effect five business days after they are sent.",
)
GAVE_UP = "Tried 3 times without success. The last time: The worker stopped without a word."
GOVERNED = "This Agreement is governed by the laws of the Commonwealth of\nMassachusetts"


@dataclass
class World:
    """A matter with an admin and a reviewer, and a person who belongs to neither."""

    admin: User
    reviewer: User
    outsider: User
    staff: User
    matter: Matter
    documents: dict[str, Document] = field(default_factory=dict)
    batch: Batch | None = None
    questions: dict[str, Question] = field(default_factory=dict)
    grid: Grid | None = None


def people_and_matter(name: str = "Harbour Street leases") -> World:
    """The people and an empty matter."""
    users = {
        key: User.objects.create_user(key, password=PASSWORD, first_name=first, last_name=last)
        for key, first, last in [
            ("ada", "Ada", "Okafor"),
            ("rhea", "Rhea", "Lindqvist"),
            ("oscar", "Oscar", "Brandt"),
            ("stella", "Stella", "Marsh"),
        ]
    }
    User.objects.filter(pk=users["stella"].pk).update(is_staff=True)
    users["stella"].refresh_from_db()
    matter = create_matter(name, actor=Actor(users["ada"]))
    add_member(matter, users["rhea"], "reviewer", actor=Actor(users["ada"]))
    return World(users["ada"], users["rhea"], users["oscar"], users["stella"], matter)


def add_document(matter: Matter, name: str, pages: Sequence[str] = LEASE) -> Document:
    """A document with this text, as ingestion writes it."""
    text = PAGE_SEPARATOR.join(pages)
    digest = hashlib.sha256(f"{name}\n{text}".encode()).hexdigest()
    document = Document.objects.create(
        matter=matter,
        sha256=digest,
        name=name,
        media_type="application/pdf",
        size_bytes=48_213 + 977 * len(text),
        blob=f"{matter.pk}/{digest}",
        text_version="pypdf 7",
        text_sha256=hashlib.sha256(text.encode()).hexdigest(),
        page_count=len(pages),
        char_count=len(text),
    )
    start = 0
    for number, page in enumerate(pages, start=1):
        Page.objects.create(document=document, number=number, text=page, start=start, end=start + len(page))
        start += len(page) + len(PAGE_SEPARATOR)
    return document


def add_file(matter: Matter, name: str, data: bytes) -> Document:
    """A document of a file, read and stored as ingestion does it."""
    parsed = read_file(io.BytesIO(data), name, Limits(), io.BytesIO())
    document = add_document(matter, name, parsed.pages)
    document.blob = storage.store(matter.pk, [data], most_bytes=len(data)).blob
    document.media_type, document.size_bytes = parsed.media_type, len(data)
    document.save()
    labels = parsed.labels or ("",) * len(parsed.pages)
    for page, label, packed in zip(document.pages.all(), labels, parsed.boxes, strict=False):
        Page.objects.filter(pk=page.pk).update(label=label)
        PageBoxes.objects.create(page=page, packed=base64.b64decode(packed))
    return document


def consolidate(document: Document, to: str, *, done: int = 0, actor: Actor = SYSTEM) -> Job | None:
    """Bring the document's consolidation as far as `to`, a state's status; `done` of 100 windows."""
    if not to:
        return None
    job = request_consolidation(document, actor)
    assert job is not None
    if to == "waiting":
        return job
    claimed = claim(str(job.pk), "test:1")
    assert claimed is not None
    Job.objects.filter(pk=job.pk).update(
        progress_done=done, progress_total=100, started_at=timezone.now() - timedelta(seconds=40)
    )
    job.refresh_from_db()
    if to == "failed":
        give_up(job, Status.FAILED, GAVE_UP)
    elif to == "cancelled":
        give_up(job, Status.CANCELLED, "Cancelled.")
    elif to == "ready":
        with transaction.atomic():
            store_state(document, built_facts(document))
        Job.objects.filter(pk=job.pk).update(
            status=Status.SUCCEEDED, finished_at=timezone.now(), progress_done=100
        )
    return job


def built_facts(document: Document) -> BuiltFacts:
    """What a worker reports of a built state."""
    name = hashlib.sha256(str(document.pk).encode()).hexdigest()
    return BuiltFacts(
        name=name,
        memory="embedded",
        model_sha256="4f" * 32,
        tokenizer_sha256="9c" * 32,
        passes=2,
        window_tokens=128,
        segment_windows=8,
        dtype="int8",
        tokens=6900,
        windows=54,
        segments=4,
        bytes=98_304,
        seconds=31.4,
    )


def finding(document: Document, quote: str, **changes: Any) -> AnswerFacts:
    """An answer of the document with one exact quote out of it."""
    start = document.text().index(quote)
    facts: dict[str, Any] = {
        "document": str(document.pk),
        "outcome": "answered",
        "text": "Massachusetts",
        "confidence": 0.91,
        "verification": "exact",
        "found_by": "state",
        "quotes": [QuoteFacts(start, start + len(quote), quote, "exact", 0.97)],
        "provenance": {
            "model_sha256": "4f" * 32,
            "passes": 2,
            "window_tokens": 128,
            "states": ["d1" * 32],
        },
        "cost": {"tokens_forward": 282, "seconds": 1.8, "states": 1},
    }
    return AnswerFacts(**(facts | changes))


def ask(world: World, text: str, *found: AnswerFacts, note: str = "") -> Question:
    """A reviewer's question; with `found`, answered by these documents."""
    question = ask_question(world.matter, text, actor=Actor(world.reviewer))
    job = question.job
    assert job is not None
    if found:
        claim(str(job.pk), "test:2")
        finish(question, *found, note=note)
        Job.objects.filter(pk=job.pk).update(status=Status.SUCCEEDED, finished_at=timezone.now())
    return question


def plan(question: Question, *documents: Document) -> None:
    """Choose the documents to ask as a worker does."""
    with transaction.atomic():
        plan_cells(question, documents, "the question names none")


def finish(question: Question, *found: AnswerFacts, note: str = "") -> None:
    """Write the answers as a worker does."""
    if not question.planned:
        plan(question, *Document.objects.filter(pk__in=[facts.document for facts in found]))
    question.refresh_from_db()
    with transaction.atomic():
        store_cells(question, found)
        finish_question(question, summarise(understand(question.text), current_cells(question)), note)


def give_up(job: Job, status: Status, reason: str) -> None:
    """End a job that did not succeed."""
    with transaction.atomic():
        end(job, status, reason)


def upload(world: World, files: Sequence[tuple[str, bytes]]) -> Batch:
    """A batch as the browser sends it."""
    incoming = [Incoming(name, [content]) for name, content in files]
    return create_batch(actor=Actor(world.admin), matter=world.matter, files=incoming, source=Source.BROWSER)


def nothing(document: Document, **changes: Any) -> AnswerFacts:
    """A document that does not say what was asked."""
    facts: dict[str, Any] = {"outcome": "not_found", "confidence": 0.2}
    return AnswerFacts(document=str(document.pk), **(facts | changes))
