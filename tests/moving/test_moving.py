"""Whole matters: what goes out comes in elsewhere, whole or not at all, and only by those who may."""

import hashlib
import io
import json
import zipfile
from itertools import starmap
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from reviewapp.catalogue.actions import withdraw_document
from reviewapp.documents import storage
from reviewapp.documents.models import Document, Withdrawal
from reviewapp.documents.signals import document_forgotten
from reviewapp.events.models import Event, EventElsewhere
from reviewapp.events.reading import pages_read
from reviewapp.frame.actor import Actor
from reviewapp.frame.errors import ActionError
from reviewapp.intake.actions import Incoming, create_batch
from reviewapp.intake.models import Source
from reviewapp.jobs import lifecycle, work
from reviewapp.jobs.models import Job, Status
from reviewapp.kin.models import Signature
from reviewapp.loads.actions import Sent, create_load, map_columns, start_load
from reviewapp.loads.producing import request_production
from reviewapp.loads.tasks import write_production
from reviewapp.matters.identity import identify_matter
from reviewapp.matters.models import Matter, Membership
from reviewapp.moving import actions, reading
from reviewapp.moving.models import Archive, Arrival, PersonElsewhere
from reviewapp.moving.policy import may_bring_in, may_take_out
from reviewapp.moving.storage import archives_vault, name_of
from reviewapp.moving.tables import TABLES
from reviewapp.moving.tasks import take_in_matter, undo_arrival, write_archive
from reviewapp.questions.actions import ask_question
from reviewapp.questions.models import Answer, Citation
from reviewapp.reviews.actions import Said, comment, decide, set_rules
from reviewapp.reviews.coding import code_document, define_issue
from reviewapp.reviews.models import Comment, Decision
from reviewapp.states.models import State
from tests.api.conftest import program_of
from tests.intake.conftest import run_jobs
from tests.loads.conftest import FILES, MAIL, TABLE, read_all, work_on
from tests.pages.comparisons import prepared
from tests.pages.full_world import full_world
from tests.pages.world import World
from tests.readers.samples import pdf

pytestmark = pytest.mark.django_db
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


def test_what_comes_in_is_what_went_out(world: World, tmp_path: Path) -> None:
    pages_read(world.matter.pk, world.documents["ready"].pk, [2, 2], actor=Actor(world.reviewer))
    identify_matter(world.matter, "CMS-7", actor=Actor(world.admin))
    data = taken_out(world.matter, Actor(world.admin))
    held = files_of(data)
    told = map(json.loads, held["audit/1.ndjson"].splitlines())
    (read,) = [line for line in told if line["type"] == "page.read"]
    assert (read["by"], read["object_id"]) == ("rhea", str(world.documents["ready"].pk))
    assert read["detail"] == {"page": 2}
    assert {f"records/{table.name}.ndjson" for table in TABLES} <= set(held)
    empty = {table.name for table in TABLES if not held[f"records/{table.name}.ndjson"]}
    assert empty <= {"withdrawals", "question_withdrawn", "grid_documents"}, empty
    assert held[f"originals/{hashlib.sha256(MAIL).hexdigest()}"] == MAIL
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for line in archive.read("matter/manifest-sha256.txt").decode().splitlines():
            digest, name = line.split("  ")
            assert hashlib.sha256(archive.read(f"matter/{name}")).hexdigest() == digest
    arrival = brought_in(data, Actor(world.staff), "Elsewhere")
    assert arrival.finished_at and arrival.counts["left_out"] == 0, arrival.reason
    again = files_of(taken_out(arrival.matter, Actor(world.staff)))
    matter = json.loads(again.pop("matter.json"))
    assert (matter["name"], matter["external_id"]) == ("Elsewhere", "CMS-7") and held.pop("matter.json")
    since = [json.loads(line)["type"] for line in again.pop("audit/2.ndjson").splitlines()]
    assert "matter.arrived" in since and "question.asked" not in since
    assert set(held.pop("people.ndjson").splitlines()) < set(again.pop("people.ndjson").splitlines())
    assert {each for each in held if held[each] != again.get(each)} == set() and set(again) == set(held)
    # What happened there stands beside what happens here, for admins of the matter.
    happened = EventElsewhere.objects.filter(matter=arrival.matter)
    assert happened.count() == len(held["audit/1.ndjson"].splitlines()) > 20
    shown = Client()
    shown.force_login(world.staff)
    assert "Before it came here" in shown.get(reverse("audit", args=[arrival.matter_id])).content.decode()
    page = shown.get(reverse("elsewhere", args=[arrival.matter_id])).content.decode()
    lease = Document.objects.get(matter=arrival.matter, name=world.documents["ready"].name)
    assert reverse("document", args=[lease.pk]) in page and "Page read" in page and "<td" in page
    table = b"".join(shown.get(reverse("elsewhere_csv", args=[arrival.matter_id]))).decode()
    assert len(table.splitlines()) > happened.count() and str(lease.pk) in table
    listed = program_of(world.staff).get(f"/v1/matters/{arrival.matter_id}/events/elsewhere?limit=500").json()
    assert [row["at"] for row in listed["items"]] == sorted(row["at"] for row in listed["items"])
    assert {row["person"] for row in listed["items"]} == {"", "ada", "rhea"}
    read = next(row for row in listed["items"] if row["type"] == "page.read")
    assert (read["object_id"], read["installation"]) == (str(lease.pk), 1)
    member = next(row for row in listed["items"] if row["type"] == "member.added")
    assert member["detail"]["member"] in {"ada", "rhea"} and "user_id" not in member["detail"]
    # What came in is a matter like any other; the people whom the archive names are nobody here.
    assert Membership.objects.get(matter=arrival.matter).user == world.staff
    quote = Citation.objects.filter(document__matter=arrival.matter, kind="quote").select_related("document")[
        0
    ]
    assert quote.document.text_between(quote.start, quote.end) == quote.quote
    strangers = PersonElsewhere.objects.filter(matter=arrival.matter).select_related("user")
    assert {one.name for one in strangers} == {"ada", "rhea"} and not any(
        one.user.is_active for one in strangers
    )
    assert Decision.objects.get(answer__question__matter=arrival.matter).by.username.startswith("ada+")
    waiting = Job.objects.filter(matter=arrival.matter, kind="consolidate", status=Status.WAITING).count()
    assert waiting == Document.objects.filter(matter=arrival.matter).count() > 10
    assert storage.vault_of("bank").exists(f"{arrival.matter_id}/{states_in(held)[0]}")


def states_in(held: dict[str, bytes]) -> list[str]:
    return [name.removeprefix("states/") for name in held if name.startswith("states/")]


def test_an_interrupted_arrival_goes_on_and_a_broken_archive_leaves_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    data, staff = taken_out(world.matter, Actor(world.admin)), Actor(world.staff)
    whole, calls = reading._insert, 0

    def killed(*args: object) -> None:
        nonlocal calls
        calls += 1
        if calls in (5, 20):
            raise MemoryError
        whole(*args)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(reading, "_insert", killed)
        arrival = brought_in(data, staff)
    assert arrival.finished_at and arrival.jobs.get().attempts == 3
    assert {
        key: len(rows.splitlines()) for key, rows in tables_of(taken_out(arrival.matter, staff)).items()
    } == {key: len(rows.splitlines()) for key, rows in tables_of(data).items()}
    there = {model: model._base_manager.count() for model in LEFT}
    rows = files_of(data)["records/answers.ndjson"]
    answer = json.loads(rows.splitlines()[0])
    foreign = json.dumps(answer | {"id": str(Answer.objects.latest("created_at").pk)}).encode()
    for name, content, why in (
        ("records/answers.ndjson", b"{}\n", "other fields"),
        ("records/answers.ndjson", rows + b"\n" + rows, "contradict"),
        ("records/answers.ndjson", json.dumps(answer | {"state": "certain"}).encode(), "state is not"),
        (
            "records/answers.ndjson",
            json.dumps(answer | {"of_later": 1}).encode(),
            "Row 1 of answers: the row has",
        ),
        (
            "records/answers.ndjson",
            json.dumps(answer | {"parts": {"a": 1}}).encode(),
            "Row 1 of answers: parts",
        ),
        (
            "records/answers.ndjson",
            json.dumps(answer | {"parts": [{"state": []}]}).encode(),
            "answers: parts",
        ),
        ("records/answers.ndjson", json.dumps(answer | {"cost": [1]}).encode(), "Row 1 of answers: cost"),
        (
            "text/" + json.loads(files_of(data)["records/pages.ndjson"].splitlines()[0])["document"] + ".txt",
            b"x",
            "text",
        ),
        (f"originals/{'0' * 64}", b"other bytes", "not what its name says"),
        ("states/../../x.safetensors", b"x", "name that states do not have"),
    ):
        arrival = brought_in(changed(data, name, content), staff)
        assert arrival.undone_at and why in arrival.reason, (why, arrival.reason)
        assert not list(storage.vault_of("blobs").names(str(arrival.matter_id)))
        assert not Membership.objects.filter(matter=arrival.matter).exists()
    assert {model: model._base_manager.count() for model in LEFT} == there
    # A row of the id of another matter's record is another record here; one of nothing is left out, and told.
    arrival = brought_in(changed(data, "records/answers.ndjson", foreign), staff)
    assert arrival.counts["answers"] == 1 and arrival.counts["left_out"] > 1
    for wrong, code in (
        (b"no zip", "archive-broken"),
        (data[:-200], "archive-broken"),
        (FILES, "archive-broken"),
    ):
        with pytest.raises(ActionError) as refused:
            actions.bring_in(actions.keep_arrival([wrong]), "x.zip", actor=staff)
        assert refused.value.code == code
    bent = data.replace(MAIL[:40], MAIL[:39] + b"!", 1)
    assert bent != data and "cannot be unpacked" in brought_in(bent, staff).reason


#: What an archive of the same format did not have when it was first written.
NEWER = {
    "answers": ("parts", "condition"),
    "citations": ("left_out",),
    "questions": ("of_any", "in_full", "thread", "scope_withdrawn"),
}


def test_an_older_archive_is_taken_with_the_defaults_of_what_it_lacks(world: World) -> None:
    data = taken_out(world.matter, Actor(world.admin))
    held = files_of(data)
    for table, lacking in NEWER.items():
        rows = [json.loads(line) for line in held[f"records/{table}.ndjson"].splitlines()]
        older = [{name: value for name, value in row.items() if name not in lacking} for row in rows]
        data = changed(data, f"records/{table}.ndjson", b"\n".join(json.dumps(row).encode() for row in older))
    arrival = brought_in(data, Actor(world.staff))
    assert arrival.finished_at and arrival.counts["left_out"] == 0, arrival.reason
    cells = Answer.objects.filter(question__matter=arrival.matter)
    assert cells.count() == len(held["records/answers.ndjson"].splitlines()) > 1
    assert [(cell.parts, cell.condition) for cell in cells] == [([], "")] * cells.count()
    # An id has no default: what would be another record each time is none.
    rows = [json.loads(line) for line in held["records/answers.ndjson"].splitlines()]
    del rows[1]["id"]
    nameless = changed(data, "records/answers.ndjson", b"\n".join(json.dumps(row).encode() for row in rows))
    assert "Row 2 of answers: the row has" in brought_in(nameless, Actor(world.staff)).reason


def tables_of(data: bytes) -> dict[str, bytes]:
    return {name: rows for name, rows in files_of(data).items() if name.startswith("records/")}


def test_only_admins_take_out_and_only_who_may_make_matters_brings_in(
    world: World, client: Client, settings: Settings
) -> None:
    assert [may_take_out(Actor(one), world.matter) for one in (world.admin, world.reviewer, world.staff)] == [
        True, False, False,
    ]  # fmt: skip
    assert [may_bring_in(Actor(one)) for one in (world.staff, world.admin, world.outsider)] == [
        True,
        False,
        False,
    ]
    page = reverse("archives", args=[world.matter.pk])
    client.force_login(world.admin)
    assert client.post(page, {"with_states": "on"}).status_code == 302
    worked()
    archive = Archive.objects.get()
    assert archive.file_name in client.get(page).content.decode()
    response = client.get(reverse("archive_file", args=[archive.pk]))
    assert response.streaming and int(response["Content-Length"]) == archive.size_bytes
    told = Event.objects.filter(matter=world.matter, action__startswith="archive.").values_list(
        "action", flat=True
    )
    assert sorted(told) == ["archive.downloaded", "archive.made", "archive.requested"]
    assert client.get(reverse("arrivals")).status_code == 404
    client.force_login(world.staff)
    assert client.get(reverse("arrivals")).status_code == 200
    with archives_vault().open(name_of(archive)) as sent:
        assert client.post(reverse("arrivals"), {"archive": sent, "name": "Copy"}).status_code == 302
    arrival = Arrival.objects.get()
    assert "Copy" not in client.get(reverse("matters")).content.decode()
    assert client.post(reverse("give_up_arrival", args=[arrival.pk])).status_code == 302
    worked()
    assert "Nothing of it was kept" in client.get(reverse("arrivals")).content.decode()
    # A document that is withdrawn takes the archives with it that hold it.
    withdraw_document(world.documents["ready"], reason="Privileged.", actor=Actor(world.admin))
    document_forgotten.send(Withdrawal, withdrawal=Withdrawal.objects.get())
    archive.refresh_from_db()
    assert archive.gone and not archives_vault().exists(name_of(archive))
    settings.ARCHIVE_MIB = 0
    with pytest.raises(ActionError, match="larger"):
        actions.keep_arrival([b"x"])


def test_the_command_takes_out_and_brings_in(
    world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "matter.zip"
    call_command("archive", "out", str(world.matter.pk), str(file), "--user", "ada", "--without-states")
    with zipfile.ZipFile(file) as archive:
        assert not [name for name in archive.namelist() if "/states/" in name]
    call_command("archive", "in", str(file), "--user", "stella", "--name", "Copy")
    assert "Copy: " in capsys.readouterr().out and Matter.objects.get(name="Copy").arrival.finished_at
