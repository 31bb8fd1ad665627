"""Matters that are taken out and brought in again."""

import hashlib
import io
import zipfile
from itertools import starmap

import pytest
from django.contrib.auth.models import User

from reviewapp.documents import storage
from reviewapp.documents.models import Document
from reviewapp.frame.actor import Actor
from reviewapp.intake.actions import Incoming, create_batch
from reviewapp.intake.models import Source
from reviewapp.jobs import lifecycle, work
from reviewapp.jobs.models import Job, Status
from reviewapp.kin.models import Signature
from reviewapp.loads.actions import Sent, create_load, map_columns, start_load
from reviewapp.loads.producing import request_production
from reviewapp.loads.tasks import write_production
from reviewapp.matters.models import Matter
from reviewapp.moving import actions
from reviewapp.moving.models import Arrival
from reviewapp.moving.tasks import take_in_matter, undo_arrival, write_archive
from reviewapp.questions.actions import ask_question
from reviewapp.questions.models import Answer
from reviewapp.reviews.actions import Said, comment, decide, set_rules
from reviewapp.reviews.coding import code_document, define_issue
from reviewapp.reviews.models import Comment
from reviewapp.states.models import State
from tests.intake.conftest import run_jobs
from tests.loads.conftest import FILES, MAIL, TABLE, read_all, work_on
from tests.pages.comparisons import prepared
from tests.pages.full_world import full_world
from tests.pages.world import World
from tests.readers.samples import pdf

REPLY = MAIL.replace(b"Subject", b"In-Reply-To: <1@example.com>\nMessage-ID: <2@example.com>\nSubject")
LONG = (
    b"The tenant pays the rent of this lease on the first day of each month, and keeps the premises in repair. "
    * 9
)
MORE = [
    ("a.pdf", [pdf("A page with words.")]), ("reply.eml", [REPLY]), ("b.txt", [LONG]), ("c.txt", [LONG + b"So."])
]  # fmt: skip
LEFT = (Document, Answer, User, Comment, Signature)
TASKS = {"take_in_matter": take_in_matter, "undo_arrival": undo_arrival, "write_archive": write_archive}


@pytest.fixture(autouse=True)
def no_broker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lifecycle, "send_all", lambda jobs: 0)
    # NB: a heart looks from a connection of its own, which sees nothing of a test's transaction.
    monkeypatch.setattr(work.Run, "_beat", lambda run: None)


@pytest.fixture
def world(db: None) -> World:
    """A matter with something of everything, load files and a state's file among it."""
    world = full_world()
    actor, matter = Actor(world.admin), world.matter
    load = create_load(
        matter, Sent("V.dat", [TABLE]), actor=actor, files=Sent("V.zip", [FILES]), source="Counsel"
    )
    load = map_columns(work_on(load), load.mapping, actor=actor)
    read_all(work_on(start_load(work_on(load), actor=actor)))
    run_jobs(create_batch(actor=actor, matter=matter, files=starmap(Incoming, MORE), source=Source.API))
    write_production(str(request_production(matter, actor=actor, prefix="NB-").jobs.get().pk))
    landlord = ask_question(matter, "Who is the landlord?", actor=actor, scope=[world.documents["ready"]])
    landlord.leaves_out.add(world.documents["ready"])
    set_rules(matter, second_reviewer=True, actor=actor)
    issue = define_issue(matter, "Pricing", actor=actor)
    code_document(world.documents["ready"], f"issue:{issue.pk}", actor=actor)
    code_document(world.documents["ready"], "privileged:yes", actor=actor)
    cell = Answer.objects.filter(question__matter=matter, state="supported").first()
    assert cell is not None
    decide(cell, Said("correct", 0, text="Delaware"), actor=actor)
    comment(cell, "See the guarantee.", actor=Actor(world.reviewer))
    state = State.objects.filter(document__matter=matter, status="ready").first()
    assert state is not None
    prepared(world, *Document.objects.filter(matter=matter).values_list("name", flat=True)[:2], questions=2)
    with storage.vault_of("bank").write(f"{matter.pk}/{state.name}.safetensors") as file:
        file.write(b"fast weights")
    return world


def worked(*kinds: str) -> None:
    """Do what a worker does, until no job of these kinds waits."""
    while job := Job.objects.filter(kind__in=kinds or TASKS, status=Status.WAITING).first():
        TASKS[job.kind](str(job.pk))


def taken_out(matter: Matter, actor: Actor) -> bytes:
    archive = actions.request_archive(matter, actor=actor)
    worked("write_archive")
    archive.refresh_from_db()
    with actions.open_archive(archive, actor=actor) as file:
        data = file.read()
    assert archive.sha256 == hashlib.sha256(data).hexdigest() and archive.size_bytes == len(data)
    return data


def brought_in(data: bytes, actor: Actor, name: str = "") -> Arrival:
    arrival = actions.bring_in(actions.keep_arrival([data]), "matter.zip", actor=actor, name=name)
    worked("take_in_matter", "undo_arrival")
    arrival.refresh_from_db()
    return arrival


def files_of(data: bytes) -> dict[str, bytes]:
    """The data of an archive by name; what stands in lines, without regard to their order."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        read = {name.removeprefix("matter/data/"): archive.read(name) for name in archive.namelist()}
    return {
        name: b"\n".join(sorted(content.splitlines())) if name.endswith(".ndjson") else content
        for name, content in read.items()
        if not name.startswith("matter/")
    }


def changed(data: bytes, name: str, content: bytes) -> bytes:
    """The archive with other bytes in one of its files, and a manifest that agrees."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(out, "w") as other:
        files = {each: archive.read(each) for each in archive.namelist()} | {f"matter/data/{name}": content}
        tags = {each: data for each, data in files.items() if each.startswith("matter/data/")}
        lines = (f"{hashlib.sha256(tags[each]).hexdigest()}  {each[7:]}\n" for each in tags)
        files["matter/manifest-sha256.txt"] = "".join(lines).encode()
        beside = ("bagit.txt", "bag-info.txt", "manifest-sha256.txt")
        told = (f"{hashlib.sha256(files[f'matter/{each}']).hexdigest()}  {each}\n" for each in beside)
        files["matter/tagmanifest-sha256.txt"] = "".join(told).encode()
        for each, bytes_ in files.items():
            other.writestr(each, bytes_)
    return out.getvalue()


def tables_of(data: bytes) -> dict[str, bytes]:
    return {name: rows for name, rows in files_of(data).items() if name.startswith("records/")}
