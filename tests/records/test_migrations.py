"""Records of installations that there are, brought up to date without loss."""

import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from reviewapp.documents.models import Document
from reviewapp.events.models import Event
from reviewapp.events.record import events_after
from reviewapp.frame.actor import Actor
from reviewapp.intake.models import Batch, BatchItem
from reviewapp.jobs.kinds import Priority
from reviewapp.jobs.models import Job
from reviewapp.matters.actions import create_matter
from reviewapp.questions.models import Question
from tests.jobs.conftest import store_document

Apps = Any


def migrate(app: str, name: str) -> Apps:
    """The models as they were right after this migration, the tables with them."""
    executor = MigrationExecutor(connection)
    executor.migrate([(app, name)])
    return executor.loader.project_state([(app, name)]).apps


def migrate_to_newest() -> None:
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


@pytest.fixture
def newest(transactional_db: None) -> Iterator[None]:
    """The tables are left as the code wants them."""
    yield
    migrate_to_newest()


@pytest.mark.slow
def test_jobs_keep_what_they_are_about(newest: None) -> None:
    admin = User.objects.create(username="admin")
    matter = create_matter("Trial", actor=Actor(admin))
    document = store_document(matter, "a.txt", "x" * 77)
    question = Question.objects.create(matter=matter, asked_by=admin, text="Who?")
    old = migrate("jobs", "0001_initial").get_model("jobs", "Job")
    keys = [uuid.uuid4() for _ in range(3)]
    common = {"matter_id": matter.pk, "acting_user_id": admin.pk, "trigger": "user"}
    old.objects.create(pk=keys[0], kind="consolidate", document_id=document.pk, status="failed", **common)
    old.objects.create(pk=keys[1], kind="consolidate", document_id=document.pk, attempts=2, **common)
    old.objects.create(pk=keys[2], kind="answer", question_id=question.pk, reason="Why not.", **common)
    migrate_to_newest()
    jobs = [Job.objects.get(pk=key) for key in keys]
    assert [job.subject for job in jobs] == [document, document, question]
    assert [(job.priority, job.size) for job in jobs] == [
        (Priority.BULK, 77),
        (Priority.BULK, 77),
        (Priority.INTERACTIVE, 0),
    ]
    assert [(job.status, job.attempts, job.reason) for job in jobs] == [
        ("failed", 0, ""),
        ("waiting", 2, ""),
        ("waiting", 0, "Why not."),
    ]
    assert list(Job.objects.filter(document=document, status="waiting")) == [jobs[1]]


@pytest.mark.slow
def test_what_happened_is_kept(newest: None) -> None:
    admin = User.objects.create(username="admin")
    matter = create_matter("Trial", actor=Actor(admin))
    old = migrate("audit", "0001_initial").get_model("audit", "AuditEntry")
    keys = [uuid.uuid4() for _ in range(2)]
    common = {"object_type": "matters.Matter", "object_id": str(matter.pk), "detail": {"files": 3}}
    old.objects.create(pk=keys[0], action="batch.created", matter_id=matter.pk, user_id=admin.pk, **common)
    old.objects.create(pk=keys[1], action="state.built", **common)
    migrate_to_newest()
    events = [Event.objects.get(pk=key) for key in keys]
    assert [(event.action, event.matter, event.user) for event in events] == [
        ("batch.created", matter, admin),
        ("state.built", None, None),
    ]
    assert all(event.detail == {"files": 3} and event.client == "" for event in events)
    assert [event.pk for event in events_after(0)][-2:] == keys


@pytest.mark.slow
def test_names_that_were_sent_encoded_are_read(newest: None) -> None:
    admin = User.objects.create(username="admin")
    matter = create_matter("Trial", actor=Actor(admin))
    for name in ("Lease%20B.txt", "b.txt", "100%.txt"):
        store_document(matter, name, name)
    batch = Batch.objects.create(matter=matter, created_by=admin, source="browser")
    item = BatchItem.objects.create(batch=batch, name="Lease%20B.txt")
    migrate("documents", "0015_by_name")
    migrate_to_newest()
    assert [one.name for one in Document.objects.all()] == ["100%.txt", "b.txt", "Lease B.txt"]
    item.refresh_from_db()
    assert (item.name, item.sent_as) == ("Lease B.txt", "Lease%20B.txt")
