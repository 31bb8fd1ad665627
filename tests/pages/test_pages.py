"""What the pages say and do."""

import csv
import io

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from reviewapp.frame.actor import Actor
from reviewapp.intake.models import Batch
from reviewapp.jobs.models import Job, Status
from reviewapp.matters.actions import archive_matter, create_matter
from reviewapp.matters.models import Membership
from reviewapp.questions.models import Question
from reviewapp.states.actions import start_consolidation
from reviewapp.states.models import State
from tests.pages.conftest import Enter, text_of
from tests.pages.world import World, add_document, consolidate

#: What refreshes itself on every page.
BELL = 1

# A matter's home.


def test_an_empty_matter_says_what_to_do(empty: World, enter: Enter) -> None:
    assert "Add the first documents" in text_of(enter(empty.admin), "matter", empty.matter.pk)
    reviewer = text_of(enter(empty.reviewer), "matter", empty.matter.pk)
    assert "No documents yet" in reviewer
    assert "Upload" not in reviewer


def test_the_list_shows_the_state_of_every_document(world: World, enter: Enter) -> None:
    client = enter(world.admin)
    body = text_of(client, "documents", world.matter.pk)
    for words in (
        "Waiting its turn",
        "Being prepared",
        "63 %",
        "Ready",
        "Failed",
        "Cancelled",
        "not requested",
    ):
        assert words in body
    assert "The worker stopped without a word." in body
    assert 'hx-trigger="every 4s"' in body
    home = text_of(client, "matter", world.matter.pk)
    assert "1 document could not be prepared" in home
    assert 'hx-trigger="every 3s"' in home and "63 %" not in home


def test_home_rests_when_nothing_is_under_way(empty: World, enter: Enter) -> None:
    consolidate(add_document(empty.matter, "Lease.pdf"), "ready")
    body = text_of(enter(empty.reviewer), "matter", empty.matter.pk)
    assert body.count('hx-trigger="every') == BELL
    assert "all ready" in body and "<rect" not in body


def test_consolidation_is_shown_memory_by_memory(world: World, enter: Enter, settings: LazySettings) -> None:
    client = enter(world.admin)
    assert ">Memory embedded" not in text_of(client, "consolidation", world.matter.pk)
    settings.MEMORIES = [settings.MEMORY, "other"]
    own = text_of(client, "consolidation", world.matter.pk)
    other = text_of(client, "consolidation", world.matter.pk, memory="other")
    assert '"?memory=other"' in own and "63 %" in own
    assert "63 %" not in other and "?memory=other&amp;part" not in own
    start_consolidation(world.matter, actor=Actor(world.admin))
    assert "?memory=other&amp;part=1" in text_of(client, "consolidation", world.matter.pk, memory="other")
    assert own.count("63 %") == text_of(client, "consolidation", world.matter.pk, memory="no").count("63 %")


def test_a_closed_matter_is_read_only(world: World, enter: Enter) -> None:
    archive_matter(world.matter, actor=Actor(world.admin))
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
    assert "Read 4 files again" in body
    assert body.count("hx-trigger") > BELL
    world.batch.items.filter(disposition="pending").update(disposition="accepted")
    assert text_of(enter(world.admin), "batch", world.batch.pk).count("hx-trigger") == BELL


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
    rows = list(csv.DictReader(io.StringIO(response.getvalue().decode())))
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
    foreign = add_document(create_matter("Other", actor=Actor(world.staff)), "Secret.pdf")
    data = {"text": "What?", "scope": [str(foreign.pk)]}
    response = enter(world.reviewer).post(reverse("questions", args=[world.matter.pk]), data)
    assert response.status_code == 422
    assert not Question.objects.filter(text="What?").exists()


@pytest.mark.parametrize(
    ("key", "words"),
    [
        (
            "answered",
            ["Massachusetts", "Check this", "word for word", "page 2", "4f4f4f", "d1d1d1", "282 tokens"],
        ),
        ("read", ["$12,500 a month", "by reading passages", "were not ready yet"]),
        ("unverified", ["the Tenant", "Check this", "Whether it answers the question"]),
        ("not_found", ["Not found", "Closest passages", "3. Rent", "page 2"]),
        (
            "table",
            [
                "Massachusetts: 2 documents; Delaware: 1 document.",
                "to be checked.",
                "Nothing was found in 5 documents.",
                "9 documents",
                "because the question names none",
                "Supported",
                "Check this",
                "Draft sublease.docx",
                "Ask again",
            ],
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


def test_jobs_can_be_narrowed(world: World, enter: Enter) -> None:
    client = enter(world.admin)
    body = text_of(client, "jobs", world.matter.pk, status="failed", kind="answer")
    assert "When does the term end?" in body
    assert "Environmental report" not in body
    assert "No jobs" in text_of(client, "jobs", world.matter.pk, status="cancelled", kind="answer")
    assert Job.objects.filter(status=Status.CANCELLED).exists()
