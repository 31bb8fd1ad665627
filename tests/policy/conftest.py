"""A matter with one of everything, and every kind of user around it."""

from dataclasses import dataclass, field

import pytest
from django.contrib.auth.models import AnonymousUser, User

from reviewapp.documents.models import Document, Page
from reviewapp.exports.jobs import MAKE_EXPORT
from reviewapp.exports.models import Export
from reviewapp.frame.actor import Actor
from reviewapp.grids.actions import assign, create_grid, save_view
from reviewapp.grids.models import Column, Grid
from reviewapp.grids.sets import Asked, save_set
from reviewapp.intake.jobs import INGEST_ITEM
from reviewapp.intake.models import Batch, BatchItem
from reviewapp.jobs.models import Job
from reviewapp.lab.jobs import COMPARE_WAYS
from reviewapp.lab.models import Comparison
from reviewapp.loads.jobs import CHECK_LOAD, WRITE_PRODUCTION
from reviewapp.loads.models import Load, LoadedFields, LoadProblem, Production
from reviewapp.matters.actions import add_member, create_matter
from reviewapp.matters.models import Matter
from reviewapp.questions.jobs import ANSWER
from reviewapp.questions.models import Answer, Citation, Question
from reviewapp.reviews.coding import code_document, define_issue
from reviewapp.reviews.jobs import CODE_DOCUMENTS
from reviewapp.reviews.models import Coding, Review, Sample
from reviewapp.states.jobs import CONSOLIDATE
from reviewapp.states.models import State

ACTORS = (
    "anonymous",
    "outsider",
    "staff outsider",
    "superuser",
    "admin of another matter",
    "inactive admin",
    "reviewer",
    "second reviewer",
    "admin",
)
MEMBERS = {"reviewer", "second reviewer", "admin"}
ADMINS = {"admin"}


@dataclass
class World:
    """A matter with one of everything, and the actors around it."""

    matter: Matter
    other: Matter
    actors: dict[str, Actor]
    batch: Batch
    item: BatchItem
    document: Document
    page: Page
    state: State
    question: Question
    citation: Citation
    grid: Grid
    sample: Sample
    coding: Coding
    export: Export
    comparison: Comparison
    load: Load
    production: Production
    jobs: dict[str, Job] = field(default_factory=dict)

    def user(self, name: str) -> User:
        """An actor's account."""
        user = self.actors[name].user
        assert isinstance(user, User)
        return user


def new_matter(name: str, admin: User) -> Matter:
    return create_matter(name, actor=Actor(admin))


@pytest.fixture
def world(db: None) -> World:
    """Everything in one matter, and a second matter with its own admin."""
    people = {name: User.objects.create(username=name) for name in ACTORS[1:]}
    people["staff outsider"].is_staff = True
    people["superuser"].is_superuser = people["superuser"].is_staff = True
    admin = people["admin"]
    matter, other = new_matter("First", admin), new_matter("Second", people["admin of another matter"])
    add_member(matter, people["reviewer"], "reviewer", actor=Actor(admin))
    add_member(matter, people["second reviewer"], "reviewer", actor=Actor(admin))
    add_member(matter, people["inactive admin"], "admin", actor=Actor(admin))
    people["inactive admin"].is_active = False
    for person in people.values():
        person.save()
    batch = Batch.objects.create(matter=matter, created_by=admin, label="batch", source="browser")
    document = Document.objects.create(
        matter=matter, sha256="a" * 64, name="a.txt", media_type="text/plain", size_bytes=3, blob="a",
        text_version="1", text_sha256="b" * 64, page_count=1, char_count=3,
    )  # fmt: skip
    item = BatchItem.objects.create(batch=batch, name="a.txt", document=document)
    page = Page.objects.create(document=document, number=1, text="abc", start=0, end=3)
    state = State.objects.create(document=document, status="ready", name="c" * 64)
    question = Question.objects.create(matter=matter, asked_by=people["reviewer"], text="?")
    answer = Answer.objects.create(question=question, document=document)
    citation = Citation.objects.create(
        answer=answer,
        document=document,
        page=page,
        order=0,
        quote="abc",
        start=0,
        end=3,
        verification="exact",
    )
    reviewer = Actor(people["reviewer"])
    version = save_set(matter, "Ours", [Asked("Law", "Which law?")], actor=reviewer)
    grid = create_grid(matter, "Grid", version, actor=reviewer)
    Column.objects.update(question=question)
    save_view(grid, "All", "", actor=reviewer)
    assign(grid, people["reviewer"], actor=reviewer, document=document)
    sample = Sample.objects.create(matter=matter, drawn_by=people["reviewer"], seed=1, drawn_from=1)
    define_issue(matter, "Pricing", actor=reviewer)
    code_document(document, "privileged:yes", actor=reviewer)
    Review.objects.create(answer=answer)
    coding = Coding.objects.create(matter=matter, by=people["reviewer"], code="privileged:yes")
    export = Export.objects.create(matter=matter, made_by=people["reviewer"], grid=grid, format="csv")
    comparison = Comparison.objects.create(
        matter=matter, made_by=admin, source="own", most_minutes=5, status="running"
    )
    load = Load.objects.create(matter=matter, table_name="VOL001.dat", table_blob="t")
    LoadProblem.objects.create(
        load=load, dry=True, row=1, code="file-missing", sentence="It is not there.", rejected=False
    )
    LoadedFields.objects.create(
        load=load, matter=matter, row=1, item=item, begin="A1", prefix="A", first=1, last=1
    )
    production = Production.objects.create(matter=matter, prefix="NB-")
    jobs = {
        kind.name: Job.objects.create(matter=matter, kind=kind.name, subject=subject)
        for kind, subject in (
            (INGEST_ITEM, item),
            (CONSOLIDATE, document),
            (ANSWER, question),
            (CODE_DOCUMENTS, coding),
            (MAKE_EXPORT, export),
            (COMPARE_WAYS, comparison),
            (CHECK_LOAD, load),
            (WRITE_PRODUCTION, production),
        )
    }
    actors = {"anonymous": Actor(AnonymousUser())} | {name: Actor(user) for name, user in people.items()}
    return World(
        matter,
        other,
        actors,
        batch,
        item,
        document,
        page,
        state,
        question,
        citation,
        grid,
        sample,
        coding,
        export,
        comparison,
        load,
        production,
        jobs,
    )
