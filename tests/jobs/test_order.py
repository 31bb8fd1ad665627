"""Which job a worker takes: urgent ones first, matters in turn, the smallest first, none before its time."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from reviewapp.documents.models import Document
from reviewapp.frame.actor import Actor
from reviewapp.jobs import kinds as registry
from reviewapp.jobs import lifecycle
from reviewapp.jobs.errors import WorkError
from reviewapp.jobs.kinds import KindError, Priority, kind_named, register
from reviewapp.jobs.models import Job, Status
from reviewapp.jobs.sweeping import sweep
from reviewapp.jobs.work import running
from reviewapp.matters.actions import create_matter
from reviewapp.matters.models import Matter
from reviewapp.questions.actions import ask_question
from reviewapp.questions.jobs import ANSWER
from reviewapp.questions.models import Question
from reviewapp.states.actions import request_consolidation
from reviewapp.states.jobs import CONSOLIDATE
from tests.jobs.conftest import store_document
from tests.jobs.test_lifecycle import fail


def wanted(matter: Matter, admin: User, name: str, words: int) -> Job:
    """A waiting consolidation of a document of so many words."""
    job = request_consolidation(store_document(matter, name, "word " * words), Actor(admin))
    assert job is not None
    return job


def next_name(message: Job) -> str | None:
    """The document that a worker takes when this job's message arrives."""
    job = lifecycle.claim_next(str(message.pk), "worker")
    return Document.objects.get(pk=job.subject_id).name if job else None


def test_a_short_document_is_not_held_up_behind_a_long_one(matter: Matter, admin: User) -> None:
    jobs = [wanted(matter, admin, name, words) for name, words in (("long", 9000), ("mid", 90), ("short", 9))]
    assert [next_name(jobs[0]) for _ in range(4)] == ["short", "mid", "long", None]


def test_what_has_waited_long_goes_before_what_is_small(matter: Matter, admin: User) -> None:
    long, short = wanted(matter, admin, "long", 9000), wanted(matter, admin, "short", 9)
    Job.objects.filter(pk=long.pk).update(created_at=timezone.now() - lifecycle.PATIENCE * 2)
    assert [next_name(short), next_name(short)] == ["long", "short"]


def test_matters_are_served_in_turn(matter: Matter, admin: User) -> None:
    other = create_matter("Other", actor=Actor(admin))
    jobs = [wanted(matter, admin, f"a{n}", n) for n in (1, 2, 3)]
    wanted(other, admin, "b9", 9000)
    wanted(other, admin, "b8", 8000)
    assert [next_name(jobs[0]) for _ in range(5)] == ["a1", "b8", "a2", "b9", "a3"]


def test_urgent_work_goes_first_whoever_was_served_last(matter: Matter, admin: User) -> None:
    questions = [Question.objects.create(matter=matter, asked_by=admin, text=str(n)) for n in range(2)]
    other = create_matter("Other", actor=Actor(admin))
    column = Question.objects.create(matter=other, asked_by=admin, text="column")
    made = lifecycle.create_job(ANSWER, column, matter=other, actor=Actor(admin), priority=Priority.GRID)
    urgent = lifecycle.create_jobs(ANSWER, questions, matter=matter, actor=Actor(admin))
    Job.objects.update(started_at=None)
    taken = [lifecycle._best([ANSWER.name])]
    for _ in urgent:
        job = taken[-1]
        assert job is not None
        Job.objects.filter(pk=job.pk).update(status=Status.RUNNING, started_at=timezone.now())
        taken.append(lifecycle._best([ANSWER.name]))
    assert taken == [*urgent, made]


def test_a_message_is_spent_on_work_of_its_own_task_only(matter: Matter, admin: User) -> None:
    question = ask_question(matter, "Who?", actor=Actor(admin))
    assert question.job is not None
    wanted(matter, admin, "a", 5)
    job = lifecycle.claim_next(str(question.job.pk), "worker")
    assert job == question.job
    assert lifecycle.claim_next(str(question.job.pk), "worker") is None


def test_a_message_spent_on_another_job_is_sent_again(matter: Matter, admin: User) -> None:
    long, short = wanted(matter, admin, "long", 9000), wanted(matter, admin, "short", 9)
    sent = timezone.now()
    Job.objects.filter(pk=long.pk).update(sent_at=sent)
    assert next_name(long) == "short"
    assert Job.objects.get(pk=long.pk).sent_at is None
    Job.objects.filter(pk=short.pk).update(status=Status.WAITING, sent_at=sent)
    Job.objects.filter(pk=long.pk).update(sent_at=sent)
    assert next_name(long) == "short"
    assert Job.objects.get(pk=long.pk).sent_at == sent


def test_nothing_begins_before_its_time(matter: Matter, admin: User) -> None:
    document = store_document(matter, "a", "text")
    later = timezone.now() + timedelta(hours=1)
    job = lifecycle.create_job(CONSOLIDATE, document, matter=matter, actor=Actor(admin), not_before=later)
    assert next_name(job) is None
    Job.objects.update(not_before=timezone.now())
    assert next_name(job) == "a"


@pytest.fixture
def patient() -> Iterator[None]:
    """Consolidation with a pause between attempts."""
    registry._kinds[CONSOLIDATE.name] = replace(CONSOLIDATE, pause_seconds=60.0)
    yield
    registry._kinds[CONSOLIDATE.name] = CONSOLIDATE


def test_the_next_attempt_waits_longer_each_time(patient: None, matter: Matter, admin: User) -> None:
    job = wanted(matter, admin, "a", 5)
    for pause in (60, 120):
        before = timezone.now()
        with running(str(job.pk)) as run:
            assert run is not None
            fail(WorkError("The other side does not answer."))
        job.refresh_from_db()
        assert job.not_before is not None and job.status == Status.WAITING
        assert pause <= (job.not_before - before).total_seconds() < pause + 20
        assert next_name(job) is None
        Job.objects.update(not_before=timezone.now())


def test_who_follows_a_kind_hears_of_every_change(matter: Matter, admin: User) -> None:
    heard: list[str] = []
    registry._kinds[CONSOLIDATE.name] = replace(CONSOLIDATE, on_change=lambda job: heard.append(job.status))
    try:
        job = wanted(matter, admin, "a", 5)
        for error in (WorkError("Not yet."), None):
            with running(str(job.pk)) as run:
                assert run is not None
                if error:
                    fail(error)
                run.finish()
    finally:
        registry._kinds[CONSOLIDATE.name] = CONSOLIDATE
    assert heard == ["running", "waiting", "running", "succeeded"]


def test_a_job_is_about_a_record_of_its_kind(matter: Matter, admin: User) -> None:
    question = Question.objects.create(matter=matter, asked_by=admin, text="Who?")
    with pytest.raises(TypeError, match="about a Document"):
        lifecycle.create_job(CONSOLIDATE, question, matter=matter, actor=Actor(admin))


def test_jobs_of_a_kind_that_nobody_knows_are_left_alone(matter: Matter, admin: User) -> None:
    running_job, waiting = wanted(matter, admin, "a", 5), wanted(matter, admin, "b", 5)
    long_ago = timezone.now() - timedelta(days=1)
    Job.objects.filter(pk=running_job.pk).update(status=Status.RUNNING, heartbeat_at=long_ago)
    Job.objects.update(kind="of a later version", created_at=long_ago)
    assert sweep() == 0
    statuses = Job.objects.order_by("status").values_list("pk", "status")
    assert list(statuses) == [(running_job.pk, Status.RUNNING), (waiting.pk, Status.WAITING)]


def test_a_kind_is_registered_once() -> None:
    assert register(CONSOLIDATE) is CONSOLIDATE is kind_named("consolidate")
    with pytest.raises(KindError):
        register(replace(CONSOLIDATE, words="Something else"))
    with pytest.raises(KindError):
        kind_named("no such kind")


def test_thousands_of_jobs_are_written_together(
    matter: Matter,
    admin: User,
    django_assert_max_num_queries: Callable[[int], AbstractContextManager[object]],
) -> None:
    questions = [Question(matter=matter, asked_by=admin, text=str(n)) for n in range(1000)]
    Question.objects.bulk_create(questions)
    with django_assert_max_num_queries(40):
        lifecycle.create_jobs(ANSWER, questions, matter=matter, actor=Actor(admin))
    assert Job.objects.count() == 1000
