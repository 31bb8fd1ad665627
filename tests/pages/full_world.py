"""A matter with everything in it, as pages and programs are shown."""

from dataclasses import replace

from django.utils import timezone

from gpu_worker.briefs import make_brief
from reviewapp.briefs.models import Brief
from reviewapp.briefs.results import HeldFacts, MarkedFacts, store_brief
from reviewapp.documents.models import Document, Note
from reviewapp.exports.actions import request_export
from reviewapp.exports.content import content_of
from reviewapp.exports.making import WRITERS, keep
from reviewapp.exports.storage import exports_vault, measure, name_of
from reviewapp.frame.actor import Actor
from reviewapp.grids import actions as grids
from reviewapp.grids.models import Grid
from reviewapp.grids.sets import Asked, save_set
from reviewapp.intake.models import Disposition
from reviewapp.jobs.models import Status
from reviewapp.matters.models import Matter
from reviewapp.questions.quotes import QuoteFacts
from reviewapp.questions.results import (
    AnswerFacts,
)
from reviewapp.reviews.quality import draw_sample
from tests.pages.world import (
    GAVE_UP,
    GOVERNED,
    LEASE,
    World,
    add_document,
    ask,
    consolidate,
    finding,
    give_up,
    nothing,
    people_and_matter,
    upload,
)

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
