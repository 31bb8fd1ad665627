"""Workers at a document that is withdrawn or gets another text meanwhile: nothing of the old one is left or told."""

from collections.abc import Callable, Iterator
from hashlib import sha256
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import transaction

from consolidation import consolidate
from gpu_worker import engine as engines
from gpu_worker import sleeping, standing, tasks
from gpu_worker.briefs import make_brief
from reviewapp.briefs.models import Brief
from reviewapp.catalogue.actions import withdraw_document
from reviewapp.documents.models import Document, Page
from reviewapp.documents.signals import document_replaced
from reviewapp.documents.storage import vault_of
from reviewapp.documents.versions import set_aside
from reviewapp.frame.actor import Actor
from reviewapp.jobs import lifecycle
from reviewapp.jobs.models import Job, Status
from reviewapp.matters.models import Matter
from reviewapp.states.actions import request_consolidation
from tests.engine.tiny import tiny_engine
from tests.jobs.conftest import store_document

pytestmark = pytest.mark.django_db(transaction=True)
TEXT = "This Agreement is governed by the law of the State of Oregon. The Supplier is Orvelane. "


@pytest.fixture(autouse=True)
def tiny(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The tiny memory in this process."""
    monkeypatch.setattr(lifecycle, "send_all", lambda jobs: 0)
    monkeypatch.setattr(engines, "_loaded", {engines.memory_name(): tiny_engine()})
    monkeypatch.setattr(engines, "_banks", {})
    yield


@pytest.fixture
def document(matter: Matter) -> Document:
    document = store_document(matter, "lease.txt", TEXT * 3)
    document.blob = f"blobs/{matter.pk}/{document.sha256}"
    document.save()
    return document


def left(matter: Matter) -> list[str]:
    """What the bank keeps of documents."""
    names = vault_of("bank").names(str(matter.pk))
    return [name for name in names if name.endswith((".safetensors", ".partial"))]


def withdraw(document: Document, admin: User) -> None:
    """Take it out, and have a worker remove what is left of it."""
    withdrawal = withdraw_document(Document.objects.get(pk=document.pk), actor=Actor(admin))
    job = Job.objects.get(withdrawal=withdrawal)
    tasks.forget(str(job.pk))
    job.refresh_from_db()
    assert job.status == Status.SUCCEEDED, job.reason


def build(document: Document, admin: User) -> None:
    job = request_consolidation(document, Actor(admin))
    assert job is not None
    tasks.consolidate_document(str(job.pk))


def before(name: str, happens: Callable[[], None], monkeypatch: pytest.MonkeyPatch) -> None:
    """Something happens while a worker sleeps on a document, before it does this."""
    do = getattr(sleeping, name)

    def done(*given: Any) -> Any:
        happens()
        return do(*given)

    monkeypatch.setattr(sleeping, name, done)


@pytest.mark.parametrize("step", ["consolidate", "make_brief"])
def test_a_document_that_is_withdrawn_while_it_is_built_leaves_no_state(
    step: str, document: Document, matter: Matter, admin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def withdrawn() -> None:
        assert len(left(matter)) == (step == "make_brief")
        withdraw(document, admin)

    before(step, withdrawn, monkeypatch)
    build(document, admin)
    assert left(matter) == []


def test_a_state_that_nobody_wrote_down_goes_with_its_document_and_no_other(
    document: Document, matter: Matter, admin: User
) -> None:
    """As a worker leaves it that was killed between the two."""
    engine, other = tiny_engine(), store_document(matter, "other.txt", TEXT * 4)
    for one in (document, other):
        key = engine.state_key(
            document_sha256=one.sha256, text_version=one.text_version, text_sha256=one.text_sha256
        )
        consolidate(engine, one.text(), key, engines.fresh_bank_of(matter))
    kept = f"{matter.pk}/{key.name()}.safetensors"
    withdraw(document, admin)
    assert left(matter) == [kept]


@transaction.atomic
def replaced(document: Document, text: str) -> None:
    """Another text takes its place, as a new version of the file brings it."""
    now = Document.objects.get(pk=document.pk)
    before = set_aside(now)
    now.sha256 = now.text_sha256 = sha256(text.encode()).hexdigest()
    now.save()
    Page.objects.create(document=now, number=1, text=text, start=0, end=len(text))
    document_replaced.send(Document, document=now, before=before)


def test_a_brief_of_a_text_that_is_replaced_while_it_is_made_is_not_kept(
    document: Document, matter: Matter, admin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(document, admin)
    Brief.objects.update(version="rules-0")

    def made(*given: Any) -> Any:
        facts = make_brief(*given)
        replaced(document, "Nothing of the kind is said here.")
        return facts

    monkeypatch.setattr(standing, "make_brief", made)
    tasks.make_briefs()
    assert not Brief.objects.filter(document=document).exists()


def test_a_text_that_comes_while_a_worker_begins_gets_no_state_of_the_one_before(
    document: Document, matter: Matter, admin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = Document.text

    def late(one: Document) -> str:
        monkeypatch.setattr(Document, "text", read)
        replaced(document, "Nothing of the kind is said here.")
        return one.text()

    job = request_consolidation(document, Actor(admin))
    monkeypatch.setattr(Document, "text", late)
    tasks.consolidate_document(str(job.pk))  # type: ignore[union-attr]
    assert left(matter) == []
