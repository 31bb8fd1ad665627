"""A brief that cannot be made is told and tried again a few times; those of other documents do not wait for it."""

import errno
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import torch
from django.contrib.auth.models import User
from django.db import OperationalError
from django.utils import timezone

from consolidation import ConsolidationError
from consolidation.errors import DeviceFull
from gpu_worker import engine as engines
from gpu_worker import rounds, standing, tasks
from gpu_worker.briefs import brief_version, make_brief
from gpu_worker.counted import counts
from reviewapp.briefs.actions import try_again
from reviewapp.briefs.models import Brief, FailedBrief
from reviewapp.briefs.results import note_failure
from reviewapp.documents.models import Document
from reviewapp.events.models import Event
from reviewapp.frame.actor import Actor
from reviewapp.jobs import lifecycle, queue
from reviewapp.jobs.errors import WorkError
from reviewapp.matters.models import Matter
from reviewapp.questions.actions import ask_many
from reviewapp.questions.models import Answer, Question
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
        tasks.make_briefs(*sent.pop()["args"])
    assert set(Brief.objects.filter(version=version).values_list("document", flat=True)) == {
        document.pk for document in documents[3:]
    }
    failed = {one.document_id: one for one in FailedBrief.objects.all()}
    assert {code: failed[document.pk].code for code, document in bad.items()} == {code: code for code in bad}
    told = caplog.text + "".join(one.reason for one in failed.values())
    assert SECRET not in told and "IndexError" in told and all(code in caplog.text for code in bad)
    assert counts()["briefs_failed"] == before + 3
    tasks.make_briefs()
    assert counts()["briefs_failed"] == before + 3, "its time has not come"
    for _ in range(5):
        FailedBrief.objects.update(retry_at=timezone.now())
        tasks.make_briefs()
    assert counts()["briefs_failed"] == before + 9
    assert set(FailedBrief.objects.values_list("attempts", flat=True)) == {3}
    assert not sent, "with nothing left to do, no round follows"
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


def asked(matter: Matter, admin: User) -> tuple[Question, dict[Any, Answer]]:
    """A standing question that was worked on, and its cells by document."""
    question = ask_many(matter, ["?"], actor=Actor(admin), standing=["field:governing_law"])[0]
    assert question.job
    tasks.answer(str(question.job.pk))
    question = Question.objects.get(pk=question.pk)
    return question, {cell.document_id: cell for cell in question.answers.all()}


def test_a_document_without_a_brief_does_not_fail_the_question_of_the_others(
    sent: list[dict[str, Any]], matter: Matter, admin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad, *others = built(matter, admin, 3)
    failing(monkeypatch, {bad.pk: IndexError(SECRET)})
    question, cells = asked(matter, admin)
    assert question.status == Question.Status.DONE
    assert question.note == "The brief of 1 document could not be made; each says why."
    assert cells[bad.pk].state == Answer.State.NOT_EXAMINED
    assert cells[bad.pk].note.startswith("Its brief could not be made. A fault of the program")
    assert {cells[one.pk].state for one in others} <= {"supported", "check", "not_found"}
    # another question finds it put off, and costs it no attempt
    _, again = asked(matter, admin)
    assert again[bad.pk].note == cells[bad.pk].note and FailedBrief.objects.get().attempts == 1


@pytest.mark.parametrize(
    "error",
    [
        OSError(errno.ENOSPC, "No space left on device", SECRET),
        DeviceFull(),
        MemoryError(),
        torch.OutOfMemoryError(SECRET),
        RuntimeError(f"CUDA error: {SECRET}"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_what_is_the_fault_of_the_process_costs_documents_no_attempt(
    sent: list[dict[str, Any]], matter: Matter, admin: User, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    documents = built(matter, admin, 2)
    failing(monkeypatch, {document.pk: error for document in documents})
    for _ in range(4):
        FailedBrief.objects.update(retry_at=timezone.now())
        tasks.make_briefs()
    assert not sent and set(FailedBrief.objects.values_list("attempts", flat=True)) == {0}
    assert not any(SECRET in one.reason for one in FailedBrief.objects.all())
    with pytest.raises(WorkError):
        FailedBrief.objects.update(retry_at=timezone.now())
        standing.renew_briefs(engines.current_engine(), matter, documents)
    FailedBrief.objects.update(retry_at=timezone.now())
    failing(monkeypatch, {})
    tasks.make_briefs()
    assert not FailedBrief.objects.exists()


def test_a_fault_of_the_process_costs_a_standing_question_an_attempt_and_then_one_cell(
    sent: list[dict[str, Any]], matter: Matter, admin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad, good = built(matter, admin, 2)
    failing(monkeypatch, {bad.pk: DeviceFull()})
    question, cells = asked(matter, admin)
    assert question.job and question.job.attempts == 2, "the process tries it again at once"
    assert question.status == Question.Status.DONE
    assert cells[bad.pk].note == "Its brief could not be made. There was not enough memory."
    assert cells[good.pk].state != Answer.State.NOT_EXAMINED


def test_a_brief_that_failed_without_a_ready_state_does_not_make_rounds_go_on(
    sent: list[dict[str, Any]], matter: Matter, admin: User
) -> None:
    document = store_document(matter, "awake.txt", TEXT)
    note_failure(document, brief_version(engines.current_engine()), "brief-defect", "No.")
    FailedBrief.objects.update(retry_at=timezone.now())
    tasks.make_briefs()
    assert not sent


def test_of_rounds_that_are_begun_anew_only_the_newest_goes_on(
    sent: list[dict[str, Any]], matter: Matter, admin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    known: dict[str, bytes] = {}

    class Broker:
        def set(self, key: str, value: str) -> None:
            known[key] = value.encode()

        def get(self, key: str) -> bytes | None:
            return known.get(key)

        def close(self) -> None: ...

    monkeypatch.setattr(rounds, "_broker", Broker)
    built(matter, admin, 9)
    tasks.make_briefs()  # as a worker begins
    tasks.make_briefs()  # as another one does
    old, new = sent
    sent.clear()
    tasks.make_briefs(*old["args"])
    assert not sent and Brief.objects.filter(version="rules-0").count() == 1
    tasks.make_briefs(*new["args"])
    assert not Brief.objects.filter(version="rules-0").exists()


def test_two_that_try_one_document_use_up_one_attempt(matter: Matter) -> None:
    document = store_document(matter, "one.txt", TEXT)
    for _ in range(2):
        note_failure(document, "rules-1", "brief-defect", "No.")
    assert FailedBrief.objects.get().attempts == 1


def test_what_is_tried_again_has_all_its_attempts_before_it(
    sent: list[dict[str, Any]], matter: Matter, admin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = built(matter, admin, 2)
    begun: list[str] = []
    monkeypatch.setattr(queue.app, "send_task", lambda task, **given: begun.append(given["queue"]))
    failing(monkeypatch, {first.pk: IndexError(), second.pk: IndexError()})
    tasks.make_briefs()
    FailedBrief.objects.update(attempts=3)
    assert try_again(matter, [first], actor=Actor(admin)) == 1
    assert [one.document for one in FailedBrief.objects.all()] == [second] and begun == ["consolidate"]
    failing(monkeypatch, {})
    tasks.make_briefs()
    assert set(Brief.objects.exclude(version="rules-0").values_list("document", flat=True)) == {first.pk}
    assert try_again(matter, actor=Actor(admin)) == 1 and try_again(matter, actor=Actor(admin)) == 0
    assert Event.objects.filter(action="briefs.retried").count() == 2
