"""Matters with everything a page can show, written through the actions."""

import base64
import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from consolidation.asking.understand import understand
from gpu_worker.briefs import make_brief
from gpu_worker.summary import summarise
from readers.read import read_file
from readers.result import Limits
from reviewapp.briefs.models import Brief
from reviewapp.briefs.results import HeldFacts, MarkedFacts, store_brief
from reviewapp.documents import storage
from reviewapp.documents.models import PAGE_SEPARATOR, Document, Note, Page, PageBoxes
from reviewapp.exports.actions import request_export
from reviewapp.exports.content import content_of
from reviewapp.exports.making import WRITERS, keep
from reviewapp.exports.storage import exports_vault, measure, name_of
from reviewapp.frame.actor import SYSTEM, Actor
from reviewapp.grids import actions as grids
from reviewapp.grids.models import Grid
from reviewapp.grids.sets import Asked, save_set
from reviewapp.intake.actions import Incoming, create_batch
from reviewapp.intake.models import Batch, Disposition, Source
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
from reviewapp.reviews.quality import draw_sample
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


DISPOSITIONS = (
    ("Lease 14 Harbour Street.pdf", Disposition.ACCEPTED, ""),
    (
        "Lease 14 Harbour Street (copy).pdf",
        Disposition.DUPLICATE,
        "The same file is in this matter already, as “Lease 14 Harbour Street.pdf”.",
    ),
    (
        "Guarantee.pdf",
        Disposition.ENCRYPTED,
        "The file is protected by a password. Save it without one and upload it again.",
    ),
    (
        "Floor plan scan.pdf",
        Disposition.NO_TEXT,
        "The pages are images without text. Run text recognition (OCR) and upload the result.",
    ),
    (
        "Model.dwg",
        Disposition.UNSUPPORTED,
        "Files of this kind are not read. Save it as PDF or DOCX and upload that.",
    ),
    (
        "Amendment 2.docx",
        Disposition.DAMAGED,
        "The file is cut short. Open it in the program that made it and save it again.",
    ),
    ("Closing binder.zip", Disposition.EXPANDED, ""),
    ("Side letter.pdf", Disposition.PENDING, ""),
)


def briefed(document: Document) -> Brief:
    """The document with its brief, and clauses that were found in it."""
    place = document.text().index("The Tenant pays"), document.text().index(" a month, due")
    proof = MarkedFacts(*place, [(place[1] - 7, place[1])], "3. Rent")
    holds = {"shown": "USD 12,500"}
    held = [
        HeldFacts(
            "clause:Minimum Commitment", "supported", "Yes", None, "tagger", 0.97, [proof], holds=holds
        ),
        HeldFacts("clause:Governing Law", "check", "Yes", None, "tagger", 0.7, [proof]),
        HeldFacts("clause:Audit Rights", "not_found", passages=[proof]),
    ]
    return store_brief(document, replace(make_brief(document), held=held))


def full_world() -> World:
    """Documents in every state, files of every disposition, questions of every outcome."""
    world = people_and_matter()
    names = {
        "ready": "Lease 14 Harbour Street.pdf",
        "consolidating": "Master Services Agreement, Northgate Properties LLC and Ashworth & Sons, Inc.pdf",
        "waiting": "Amendment No. 1 to Lease.docx",
        "failed": "Environmental report 2019.pdf",
        "cancelled": "Draft sublease.docx",
        "": "E-mail of 4 May 2021.eml",
    }
    for number, (status, name) in enumerate(names.items()):
        document = add_document(world.matter, name, LEASE * (1 + 2 * number % 7))
        consolidate(document, status, done=63, actor=Actor(world.admin))
        world.documents[status] = document
    briefed(world.documents["ready"])
    Note.objects.create(
        document=world.documents["ready"], kind=Note.Kind.COVERED, page=2, text="On page 2, text is covered."
    )
    for number in range(3):
        extra = add_document(world.matter, f"Estoppel certificate {number + 1}.pdf", LEASE * (2 + number))
        consolidate(extra, "ready", actor=Actor(world.admin))
    world.batch = upload(world, [(name, name.encode()) for name, _, _ in DISPOSITIONS])
    for item, (_, disposition, reason) in zip(world.batch.items.order_by("place"), DISPOSITIONS, strict=True):
        item.disposition, item.reason = disposition, reason
        if disposition in (Disposition.ACCEPTED, Disposition.DUPLICATE):
            item.document = world.documents["ready"]
        item.save()
        if disposition != Disposition.PENDING:
            item.jobs.update(
                status=Status.SUCCEEDED, started_at=timezone.now(), finished_at=timezone.now(), attempts=1
            )
    _questions(world)
    world.grid = _grid(world)
    return world


def _grid(world: World) -> Grid:
    """A grid of a question that every document was asked, and one that was asked of none."""
    asked = [Asked("Law", "Which law governs?"), Asked("End", "When does the term end?", "date")]
    actor = Actor(world.reviewer)
    version = save_set(world.matter, "Leases", asked, actor=actor, instructions="Main lease first.")
    grid = grids.create_grid(world.matter, "Leases of Harbour Street", version, actor=actor)
    column = grid.columns.get(order=1)
    column.question = world.questions["table"]
    column.save()
    grids.save_view(grid, "To check", "show=check", actor=actor)
    draw_sample(world.matter, 3, actor=actor, seed=7)
    grids.assign(grid, world.reviewer, actor=actor, column=column)
    _exports(world.matter, grid, actor)
    return grid


def _exports(matter: Matter, grid: Grid, actor: Actor) -> None:
    """A file that was made, and one that is to be."""
    made = request_export(grid, "csv", actor=actor)
    content, name = content_of(made), name_of(made, 1)
    with exports_vault().write(name) as file:
        WRITERS["csv"](content, file, lambda: None)
    keep(made, content, name, measure(name))
    made.jobs.update(status=Status.SUCCEEDED, finished_at=timezone.now())
    request_export(matter, "docx", actor=actor)


def nothing(document: Document, **changes: Any) -> AnswerFacts:
    """A document that does not say what was asked."""
    facts: dict[str, Any] = {"outcome": "not_found", "confidence": 0.2}
    return AnswerFacts(document=str(document.pk), **(facts | changes))


def _column(world: World) -> list[AnswerFacts]:
    """An answer of every kind, one a document."""
    documents = list(Document.objects.filter(matter=world.matter).order_by("name"))
    return [
        finding(documents[0], GOVERNED),
        finding(documents[1], GOVERNED, supported=True),
        finding(documents[2], GOVERNED, text="Delaware", verification="unverified"),
        nothing(documents[3], outcome="not_examined"),
        *(nothing(document) for document in documents[4:]),
    ]


def _questions(world: World) -> None:
    lease = world.documents["ready"]
    world.questions["answered"] = ask(world, "Which law governs the lease?", finding(lease, GOVERNED))
    world.questions["read"] = ask(
        world,
        "How much is the rent?",
        finding(lease, "$12,500 a month", text="$12,500 a month", verification="read", found_by="reading"),
        note="5 of 9 documents were not ready yet when this was answered; ask again later to include "
        "every document.",
    )
    world.questions["unverified"] = ask(
        world,
        "Who pays the taxes?",
        finding(lease, "Rent", text="the Tenant", confidence=0.3, verification="unverified"),
    )
    passages = [QuoteFacts(q.start, q.end, q.quote, "read", 0.4, kind="passage", heading="3. Rent")
                for q in finding(lease, "The Tenant pays $12,500 a month").quotes]  # fmt: skip
    world.questions["not_found"] = ask(
        world, "What is the cap on liability?", nothing(lease, quotes=passages)
    )
    world.questions["table"] = ask(world, "Which law governs?", *_column(world))
    world.questions["failed"] = ask(world, "When does the term end?")
    job = world.questions["failed"].job
    assert job is not None
    give_up(job, Status.FAILED, GAVE_UP)
    world.questions["waiting"] = ask(world, "When do notices take effect?")
