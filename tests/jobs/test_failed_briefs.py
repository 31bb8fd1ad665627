"""A brief that cannot be made is told and tried again a few times; those of other documents do not wait for it."""

import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import OperationalError
from django.utils import timezone

from consolidation import ConsolidationError
from gpu_worker import engine as engines
from gpu_worker import standing, tasks
from gpu_worker.briefs import brief_version, make_brief
from gpu_worker.counted import counts
from reviewapp.briefs.models import Brief, FailedBrief
from reviewapp.documents.models import Document
from reviewapp.frame.actor import Actor
from reviewapp.jobs import lifecycle
from reviewapp.matters.models import Matter
from reviewapp.states.actions import request_consolidation
from tests.engine.tiny import tiny_engine
from tests.jobs.conftest import store_document

pytestmark = pytest.mark.django_db(transaction=True)
TEXT = "This Agreement is governed by the law of the State of Oregon. The Supplier is Orvelane. "
SECRET = "the secret price is ten"
ERRORS = {
    "brief-defect": IndexError(SECRET),
    "brief-refused": ConsolidationError("The state cannot be used."),
    "brief-unreadable": PermissionError(13, "Permission denied", SECRET),
}


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[dict[str, Any]]]:
    """The tiny memory in this process; what is sent to be done later."""
    found: list[dict[str, Any]] = []
    monkeypatch.setattr(lifecycle, "send_all", lambda jobs: 0)
    monkeypatch.setattr(engines, "_loaded", {engines.memory_name(): tiny_engine()})
    monkeypatch.setattr(engines, "_banks", {})
    monkeypatch.setattr(tasks.make_briefs, "apply_async", lambda **given: found.append(given))
    yield found


def built(matter: Matter, admin: User, number: int) -> list[Document]:
    """Documents with states and briefs of other rules, as they are asked for."""
    for each in range(number):
        document = store_document(matter, f"{each}.txt", TEXT * (2 + each))
        job = request_consolidation(document, Actor(admin))
        assert job is not None
        tasks.consolidate_document(str(job.pk))
    Brief.objects.update(version="rules-0")
    return list(Document.objects.filter(matter=matter).order_by("pk"))


def failing(monkeypatch: pytest.MonkeyPatch, errors: dict[Any, Exception]) -> None:
    def made(document: Document, *given: Any) -> Any:
        if document.pk in errors:
            raise errors[document.pk]
        return make_brief(document, *given)

    monkeypatch.setattr(standing, "make_brief", made)


def test_a_brief_that_fails_is_told_and_passed_over_and_tried_again_a_few_times(
    sent: list[dict[str, Any]], matter: Matter, admin: User, monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    documents, version = built(matter, admin, 6), brief_version(engines.current_engine())
    bad, before = dict(zip(ERRORS, documents, strict=False)), counts()["briefs_failed"]
    failing(monkeypatch, {document.pk: ERRORS[code] for code, document in bad.items()})
    with caplog.at_level(logging.ERROR):
        tasks.make_briefs()
        assert sent.pop()["countdown"] == 0.0
        tasks.make_briefs()
    assert set(Brief.objects.filter(version=version).values_list("document", flat=True)) == {
        document.pk for document in documents[3:]
    }
    failed = {one.document_id: one for one in FailedBrief.objects.all()}
    assert {code: failed[document.pk].code for code, document in bad.items()} == {code: code for code in bad}
    told = caplog.text + "".join(one.reason for one in failed.values())
    assert SECRET not in told and "IndexError" in told and all(code in caplog.text for code in bad)
    assert counts()["briefs_failed"] == before + 3
    assert 500 < sent.pop()["countdown"] <= 600
    tasks.make_briefs()
    assert counts()["briefs_failed"] == before + 3, "its time has not come"
    sent.clear()
    for _ in range(5):
        FailedBrief.objects.update(retry_at=timezone.now())
        tasks.make_briefs()
    assert counts()["briefs_failed"] == before + 9
    assert set(FailedBrief.objects.values_list("attempts", flat=True)) == {3}
    assert len(sent) == 1, "after the last attempt nothing is sent"
    # other rules are tried anew, and what succeeds is no failure any more
    FailedBrief.objects.update(version="rules-0")
    failing(monkeypatch, {})
    tasks.make_briefs()
    assert not FailedBrief.objects.exists() and not Brief.objects.exclude(version=version).exists()


def test_a_database_that_is_away_is_no_fault_of_a_document(
    sent: list[dict[str, Any]], matter: Matter, admin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    (document,) = built(matter, admin, 1)
    failing(monkeypatch, {document.pk: OperationalError("away")})
    with pytest.raises(OperationalError):  # so that the task is tried again
        tasks.make_briefs()
    assert not FailedBrief.objects.exists()
