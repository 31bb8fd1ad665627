"""What the pages say and do."""

import asyncio
import csv
import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from reviewapp.documents.models import Batch, Disposition
from reviewapp.jobs.models import Job, Status
from reviewapp.matters.actions import archive_matter
from reviewapp.matters.models import Membership
from reviewapp.memory.models import State
from reviewapp.review.models import Answer, Question
from tests.pages.conftest import Enter
from tests.pages.world import World, add_document, ask, consolidate, finding, upload

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'&{{ 7|add:7 }}</mark></textarea>"
RAW = ("<script>alert", "<img src=x")


def text_of(client: Client, name: str, *args: object, **query: str) -> str:
    response = client.get(reverse(name, args=args), query)
    assert response.status_code == 200
    return response.content.decode()


# Headers and errors.


@pytest.mark.parametrize("name", ["login", "matters"])
def test_pages_forbid_scripts_that_are_not_ours(empty: World, enter: Enter, name: str) -> None:
    response = enter(empty.admin if name == "matters" else None).get(reverse(name))
    rules = dict(rule.split(" ", 1) for rule in response.headers["Content-Security-Policy"].split("; "))
    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == rules["style-src"] == rules["form-action"] == "'self'"
    assert rules["base-uri"] == rules["frame-ancestors"] == "'none'"
    assert "no-store" in response.headers["Cache-Control"]
    body = response.content.decode()
    assert " style=" not in body
    assert " onclick=" not in body
    assert "<script>" not in body


def test_a_fault_has_a_page_of_its_own(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object) -> None:
        raise ZeroDivisionError("secret detail")

    monkeypatch.setattr("reviewapp.matters.overview.strip_of", fail)
    client = Client(raise_request_exception=False)
    client.force_login(world.admin)
    response = client.get(reverse("matter", args=[world.matter.pk]))
    assert response.status_code == 500
    assert "Something went wrong on the server" in response.content.decode()
    assert "secret detail" not in response.content.decode()


def test_an_unknown_address(empty: World, enter: Enter) -> None:
    for user in (None, empty.admin):
        response = enter(user).get("/no/such/page/")
        assert response.status_code == 404
        assert "This page is not available" in response.content.decode()


# Hostile names and texts.


def test_nothing_in_a_document_can_act(empty: World, enter: Enter) -> None:
    document = add_document(empty.matter, HOSTILE, [HOSTILE, HOSTILE])
    job = consolidate(document, "failed", acting_user=empty.admin)
    assert job
    Job.objects.filter(pk=job.pk).update(reason=HOSTILE)
    batch = upload(empty, [("note.txt", b"x")])
    batch.items.update(name=HOSTILE, disposition=Disposition.DAMAGED, reason=HOSTILE)
    Batch.objects.update(label=HOSTILE)
    facts = finding(
        document,
        HOSTILE,
        text=HOSTILE,
        note=HOSTILE,
        examined=[{"document": str(document.pk), "name": HOSTILE, "how": HOSTILE}],
        provenance={"model_sha256": HOSTILE, "states": [HOSTILE]},
    )
    question = ask(empty, HOSTILE, facts)
    waiting = ask(empty, HOSTILE)
    Answer.objects.filter(question=waiting).update(status="answering", draft=HOSTILE)
    client = enter(empty.admin)
    matter = empty.matter.pk
    citation = Answer.objects.get(question=question).citations.get()
    for body in [
        *(text_of(client, name, matter) for name in ("matter", "questions", "consolidation", "upload")),
        *(text_of(client, name, matter) for name in ("members", "jobs", "audit")),
        text_of(client, "question", question.pk),
        text_of(client, "question", waiting.pk),
        text_of(client, "batch", batch.pk),
        text_of(client, "page", document.pk, 1),
        text_of(client, "page", document.pk, 1, citation=str(citation.pk), q=HOSTILE),
        text_of(client, "search", matter, q="alert"),
        text_of(client, "search", matter, q=HOSTILE),
    ]:
        assert not any(raw in body for raw in RAW)
        assert "14</mark>" not in body


# A matter's home.


def test_an_empty_matter_says_what_to_do(empty: World, enter: Enter) -> None:
    assert "Add the first documents" in text_of(enter(empty.admin), "matter", empty.matter.pk)
    reviewer = text_of(enter(empty.reviewer), "matter", empty.matter.pk)
    assert "No documents yet" in reviewer
    assert "Upload" not in reviewer


def test_home_shows_the_state_of_every_document(world: World, enter: Enter) -> None:
    body = text_of(enter(world.admin), "matter", world.matter.pk)
    for words in (
        "Waiting its turn",
        "Consolidating",
        "63 %",
        "Ready",
        "Failed",
        "Cancelled",
        "not requested",
    ):
        assert words in body
    assert "The worker stopped without a word." in body
    assert "1 document could not be consolidated" in body
    assert 'hx-trigger="every 3s"' in body


def test_home_rests_when_nothing_is_under_way(empty: World, enter: Enter) -> None:
    consolidate(add_document(empty.matter, "Lease.pdf"), "ready")
    body = text_of(enter(empty.reviewer), "matter", empty.matter.pk)
    assert "hx-trigger" not in body
    assert "1 of 1 document ready" in body


def test_a_closed_matter_is_read_only(world: World, enter: Enter) -> None:
    archive_matter(world.matter, acting_user=world.admin)
    client = enter(world.admin)
    body = text_of(client, "matter", world.matter.pk)
    assert "This matter is closed" in body
    assert "<textarea" not in body
    assert client.post(reverse("questions", args=[world.matter.pk]), {"text": "Why?"}).status_code == 404
    assert "<form" not in text_of(client, "upload", world.matter.pk).split("Sign out")[1].split("<dialog")[0]


# Members.


def test_adding_changing_and_removing_members(empty: World, enter: Enter) -> None:
    client, where = enter(empty.admin), reverse("members", args=[empty.matter.pk])
    unknown = client.post(where, {"username": "nobody", "role": "admin"})
    assert unknown.status_code == 422
    assert "no account of this name" in unknown.content.decode()
    twice = client.post(where, {"username": "rhea", "role": "admin"})
    assert "is a member already" in twice.content.decode()
    assert client.post(where, {"username": "OSCAR", "role": "reviewer"}).status_code == 302
    member = Membership.objects.get(matter=empty.matter, user=empty.outsider)
    client.post(reverse("change_role", args=[member.pk]), {"role": "owner"})
    member.refresh_from_db()
    assert member.role == "reviewer"
    client.post(reverse("change_role", args=[member.pk]), {"role": "admin"})
    member.refresh_from_db()
    assert member.role == "admin"
    client.post(reverse("remove_member", args=[member.pk]))
    assert not Membership.objects.filter(pk=member.pk).exists()


def test_the_last_admin_stays(empty: World, enter: Enter) -> None:
    client = enter(empty.admin)
    own = Membership.objects.get(matter=empty.matter, user=empty.admin)
    response = client.post(reverse("remove_member", args=[own.pk]), follow=True)
    assert "A matter needs at least one admin." in response.content.decode()
    assert Membership.objects.filter(pk=own.pk).exists()


# Uploads.


def test_files_of_every_kind_become_one_batch(empty: World, enter: Enter) -> None:
    files = [
        SimpleUploadedFile(name, body) for name, body in [("a.txt", b"one"), ("b.pdf", b"%PDF"), ("c", b"")]
    ]
    response = enter(empty.admin).post(reverse("upload", args=[empty.matter.pk]), {"chosen": files})
    batch = Batch.objects.get()
    assert response.headers["Location"] == reverse("batch", args=[batch.pk])
    assert sorted(batch.items.values_list("name", flat=True)) == ["a.txt", "b.pdf", "c"]


def test_an_upload_without_files(empty: World, enter: Enter) -> None:
    response = enter(empty.admin).post(reverse("upload", args=[empty.matter.pk]), {})
    assert response.status_code == 422
    assert "Choose at least one file." in response.content.decode()
    assert not Batch.objects.exists()


def test_each_file_says_what_became_of_it(world: World, enter: Enter) -> None:
    assert world.batch
    body = text_of(enter(world.admin), "batch", world.batch.pk)
    for words in ("Accepted", "Duplicate", "Encrypted", "No text", "Unsupported", "Damaged", "Opened"):
        assert words in body
    assert "7 of 8 files read" in body
    assert "Read 4 failed files again" in body
    assert "hx-trigger" in body
    world.batch.items.filter(disposition="pending").update(disposition="accepted")
    assert "hx-trigger" not in text_of(enter(world.admin), "batch", world.batch.pk)


def test_retry_touches_only_what_failed(world: World, enter: Enter) -> None:
    assert world.batch
    response = enter(world.admin).post(reverse("retry_batch", args=[world.batch.pk]), follow=True)
    assert "4 files will be read again." in response.content.decode()
    kept = world.batch.items.exclude(disposition="pending").values_list("disposition", flat=True)
    assert sorted(kept) == ["accepted", "duplicate", "expanded"]


def test_the_manifest_is_a_csv_file(world: World, enter: Enter) -> None:
    assert world.batch
    response = enter(world.admin).get(reverse("manifest", args=[world.batch.pk]))
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert "attachment" in response.headers["Content-Disposition"]
    rows = list(csv.DictReader(io.StringIO(response.content.decode())))
    assert len(rows) == 8
    assert {row["disposition"] for row in rows} >= {"accepted", "encrypted", "damaged"}


# Consolidation.


def test_cancelling_and_starting_again(world: World, enter: Enter) -> None:
    client, busy = enter(world.admin), world.documents["waiting"]
    client.post(reverse("cancel_document", args=[busy.pk]))
    assert State.objects.get(document=busy).status == "cancelled"
    client.post(reverse("start_document", args=[busy.pk]))
    assert State.objects.get(document=busy).status == "waiting"
    client.post(reverse("cancel_consolidation", args=[world.matter.pk]))
    assert State.objects.get(document=busy).status == "cancelled"
    assert "Stopping" in text_of(client, "consolidation", world.matter.pk)
    client.post(reverse("retry_consolidation", args=[world.matter.pk]))
    assert State.objects.get(document=world.documents["failed"]).status == "waiting"


def test_a_reviewer_sees_progress_without_buttons(world: World, enter: Enter) -> None:
    body = text_of(enter(world.reviewer), "consolidation", world.matter.pk)
    assert "63 of 100 windows" in body
    assert "Cancel" not in body.replace("Cancelled", "")


# Questions.


def test_asking_leads_to_the_question(world: World, enter: Enter) -> None:
    lease = world.documents["ready"]
    data = {"text": "Who is the tenant?", "scope": [str(lease.pk)]}
    response = enter(world.reviewer).post(reverse("questions", args=[world.matter.pk]), data)
    question = Question.objects.get(text="Who is the tenant?")
    assert response.headers["Location"] == reverse("question", args=[question.pk])
    assert list(question.scope.all()) == [lease]
    assert "of 1 chosen document" in text_of(enter(world.reviewer), "question", question.pk)


@pytest.mark.parametrize(
    ("text", "words"), [("", "Write a question first."), ("x" * 2001, "2,000 characters")]
)
def test_a_question_that_cannot_be_asked(empty: World, enter: Enter, text: str, words: str) -> None:
    response = enter(empty.reviewer).post(reverse("questions", args=[empty.matter.pk]), {"text": text})
    assert response.status_code == 422
    assert words in response.content.decode()
    assert not Question.objects.exists()


def test_documents_of_another_matter_cannot_be_asked(world: World, enter: Enter) -> None:
    from reviewapp.matters.actions import create_matter

    foreign = add_document(create_matter("Other", acting_user=world.staff), "Secret.pdf")
    data = {"text": "What?", "scope": [str(foreign.pk)]}
    response = enter(world.reviewer).post(reverse("questions", args=[world.matter.pk]), data)
    assert response.status_code == 422
    assert not Question.objects.filter(text="What?").exists()


@pytest.mark.parametrize(
    ("key", "words"),
    [
        (
            "answered",
            ["Massachusetts", "high", "91 %", "Exact quote", "page 2", "4f4f4f", "d1d1d1", "282 tokens"],
        ),
        ("read", ["$12,500 a month", "Found by reading", "low", "were not consolidated yet"]),
        ("unverified", ["the Tenant", "Not verified", "very low"]),
        (
            "not_found",
            ["Not found", "What was examined: 6 documents", "Draft sublease.docx", "asked from memory"],
        ),
        ("failed", ["could not be answered", "The worker stopped without a word.", "Try again"]),
        ("waiting", ["Waiting for a worker", "data-stream", 'http-equiv="refresh"', "Stop"]),
    ],
)
def test_an_answer_says_how_good_it_is(world: World, enter: Enter, key: str, words: list[str]) -> None:
    body = text_of(enter(world.reviewer), "question", world.questions[key].pk)
    for word in words:
        assert word in body


def test_stopping_and_trying_again(world: World, enter: Enter) -> None:
    client, question = enter(world.reviewer), world.questions["waiting"]
    client.post(reverse("stop_question", args=[question.pk]))
    assert "Stopped before there was an answer." in text_of(client, "question", question.pk)
    client.post(reverse("retry_question", args=[question.pk]))
    assert "Waiting for a worker" in text_of(client, "question", question.pk)


# Queries: their number does not grow with what is listed.


@pytest.mark.parametrize(
    "name", ["matters", "matter", "consolidation", "questions", "upload", "members", "jobs", "audit", "batch"]
)
def test_pages_ask_the_database_as_often_for_much_as_for_little(
    world: World, enter: Enter, name: str
) -> None:
    client, batch = enter(world.admin), world.batch
    assert batch
    args = [] if name == "matters" else [batch.pk if name == "batch" else world.matter.pk]

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            text_of(client, name, *args)
        return len(captured)

    queries()
    before = queries()
    _more_of_everything(world, batch)
    assert queries() == before
    assert before <= 30


def _more_of_everything(world: World, batch: Batch) -> None:
    from django.contrib.auth.models import User

    from reviewapp.documents.models import BatchItem
    from reviewapp.matters.actions import add_member, create_matter

    for number in range(5):
        document = add_document(world.matter, f"More {number}.pdf")
        consolidate(
            document, ["ready", "failed", "waiting", "cancelled", ""][number], acting_user=world.admin
        )
        ask(world, f"Question {number}?", finding(document, "Landlord"))
        upload(world, [(f"more {number}.txt", b"text")])
        BatchItem.objects.create(batch=batch, name=f"m{number}", document=document, disposition="accepted")
        add_member(
            world.matter, User.objects.create_user(f"user{number}"), "reviewer", acting_user=world.admin
        )
        create_matter(f"Matter {number}", acting_user=world.admin)


# The stream of an answer.


def stream_of(world: World, question: Question) -> list[str]:
    from asgiref.sync import async_to_sync
    from django.test import AsyncClient

    async def collect() -> list[str]:
        client = AsyncClient()
        await client.aforce_login(world.reviewer)
        response = await client.get(reverse("events", args=[question.pk]))
        assert response.status_code == 200
        assert response.headers["Content-Type"] == "text/event-stream"
        return [part.decode() async for part in response.streaming_content]

    return async_to_sync(collect)()


def at_each_look(monkeypatch: pytest.MonkeyPatch, changes: list[object]) -> None:
    from asgiref.sync import sync_to_async

    waiting = list(changes)

    async def change_instead_of_sleeping(seconds: float) -> None:
        change = waiting.pop(0)
        await sync_to_async(change)()  # type: ignore[arg-type]

    monkeypatch.setattr(
        "reviewapp.review.stream.asyncio", type("A", (), {"sleep": change_instead_of_sleeping})
    )
    assert asyncio.sleep is not change_instead_of_sleeping


def test_the_stream_tells_each_stage_once_and_ends(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    question = world.questions["waiting"]
    answers = Answer.objects.filter(question=question)
    at_each_look(
        monkeypatch,
        [
            lambda: answers.update(status="routing"),
            lambda: None,
            lambda: answers.update(status="answering", draft="five\nbusiness days\n\nevent: done"),
            lambda: answers.update(status="done", draft="", finished_at=timezone.now() + timedelta(0)),
        ],
    )
    parts = stream_of(world, question)
    assert parts[0] == "retry: 2000\n\n"
    assert [part.split("\n")[0] for part in parts[1:]] == ["event: progress"] * 4 + ["event: done"]
    assert '"draft": "five\\nbusiness days\\n\\nevent: done"' in parts[3]
    assert all(part.count("\n") == 3 for part in parts[1:])


def test_the_stream_ends_for_who_leaves_the_matter(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    question = world.questions["waiting"]

    def leave() -> None:
        Membership.objects.filter(user=world.reviewer).delete()
        Answer.objects.filter(question=question).update(status="answering", draft="a secret")

    at_each_look(monkeypatch, [leave])
    parts = stream_of(world, question)
    assert "a secret" not in "".join(parts)
    assert parts[-1].startswith("event: done")


def test_jobs_can_be_narrowed(world: World, enter: Enter) -> None:
    client = enter(world.admin)
    body = text_of(client, "jobs", world.matter.pk, status="failed", kind="answer")
    assert "When does the term end?" in body
    assert "Environmental report" not in body
    assert "No jobs" in text_of(client, "jobs", world.matter.pk, status="cancelled", kind="answer")
    assert Job.objects.filter(status=Status.CANCELLED).exists()
