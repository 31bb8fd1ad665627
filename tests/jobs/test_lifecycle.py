"""The life of a job, without workers: each rule that keeps work from being lost or done twice."""

import threading
from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from reviewapp.documents.models import Document
from reviewapp.events.models import Event
from reviewapp.frame.actor import Actor
from reviewapp.jobs import lifecycle, work
from reviewapp.jobs.errors import ClaimLost, FinalWorkError, WorkError
from reviewapp.jobs.models import Job, Status
from reviewapp.jobs.sweeping import sweep
from reviewapp.jobs.work import Run, running
from reviewapp.matters.models import Matter
from reviewapp.states.actions import request_consolidation
from reviewapp.states.jobs import CONSOLIDATE
from reviewapp.states.models import State
from tests.jobs.conftest import store_document, wait_until

SECRET = "the parties agree on a secret price"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "JOB_HEARTBEAT_SECONDS", 0.05)
    monkeypatch.setattr(settings, "JOB_STALE_SECONDS", 5.0)


@pytest.fixture
def job(matter: Matter, admin: User) -> Job:
    """A waiting job of a document's consolidation."""
    made = request_consolidation(store_document(matter, "a.txt", SECRET), Actor(admin))
    assert made is not None
    return made


def again(job: Job) -> Job:
    return Job.objects.get(pk=job.pk)


def fail(error: Exception) -> None:
    raise error


def state_status() -> str:
    return State.objects.get().status


def test_a_job_is_written_with_its_change_or_not_at_all(matter: Matter, admin: User) -> None:
    document = store_document(matter, "a.txt", "text")
    with pytest.raises(RuntimeError), transaction.atomic():
        request_consolidation(document, Actor(admin))
        raise RuntimeError
    assert not Job.objects.exists() and not State.objects.exists()


def test_without_a_broker_the_job_waits_unsent(job: Job) -> None:
    assert (again(job).status, again(job).sent_at) == (Status.WAITING, None)


def test_one_job_under_way_per_object(job: Job, admin: User) -> None:
    document = Document.objects.get()
    assert request_consolidation(document, Actor(admin)) is None
    with pytest.raises(IntegrityError), transaction.atomic():
        lifecycle.create_job(CONSOLIDATE, document, matter=job.matter, actor=Actor(admin))


def test_success_is_written_with_the_results(job: Job) -> None:
    with running(str(job.pk)) as run:
        assert run is not None
        assert (again(job).status, again(job).attempts, state_status()) == ("running", 1, "consolidating")
        run.progress(2, 3)
        with run.completing():
            State.objects.update(status="ready")
            run.finish({"windows": 3})
    done = again(job)
    assert (done.status, done.result, state_status()) == (Status.SUCCEEDED, {"windows": 3}, "ready")
    assert (done.progress_done, done.progress_total, done.reason) == (2, 3, "")
    assert done.finished_at is not None and done.run_seconds is not None


def test_results_that_cannot_be_written_leave_nothing(job: Job) -> None:
    with running(str(job.pk)) as run:
        assert run is not None
        with run.completing():
            State.objects.update(status="ready")
            fail(WorkError("The disk is full."))
    assert (again(job).status, again(job).reason) == (Status.WAITING, "The disk is full.")
    assert state_status() == "waiting"


def test_a_job_is_claimed_once(job: Job) -> None:
    claims: list[object] = []

    def claim() -> None:
        claims.append(lifecycle.claim(str(job.pk), "worker"))
        connection.close()

    threads = [threading.Thread(target=claim) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(found is not None for found in claims) == 1
    assert again(job).attempts == 1


def test_a_message_too_many_finds_nothing(job: Job) -> None:
    with running(str(job.pk)) as run:
        assert run is not None
        with running(str(job.pk)) as second:
            assert second is None
        run.finish()
    with running(str(job.pk)) as third:
        assert third is None
    assert (again(job).status, again(job).attempts) == (Status.SUCCEEDED, 1)


def test_a_job_that_keeps_failing_stops_with_its_reason(job: Job) -> None:
    for attempt in range(1, 4):
        assert again(job).status == Status.WAITING
        with running(str(job.pk)):
            fail(WorkError("The text has no words."))
        assert again(job).attempts == attempt
    failed = again(job)
    assert failed.status == Status.FAILED
    assert failed.reason == "Tried 3 times without success. The last time: The text has no words."
    assert state_status() == "failed"
    with running(str(job.pk)) as run:
        assert run is None


def test_a_final_error_is_not_tried_again(job: Job) -> None:
    with running(str(job.pk)):
        fail(FinalWorkError("The file is gone."))
    assert (again(job).status, again(job).attempts) == (Status.FAILED, 1)
    assert again(job).reason == "The file is gone."


def test_a_defect_is_shown_without_its_message(job: Job, caplog: pytest.LogCaptureFixture) -> None:
    with running(str(job.pk)):
        fail(ValueError(SECRET))
    assert again(job).status == Status.WAITING
    assert again(job).reason.startswith("Unexpected error ValueError in test_lifecycle.py line ")
    assert "ValueError" in caplog.text and SECRET not in caplog.text


def test_work_that_ends_without_a_result_counts_as_an_attempt(job: Job) -> None:
    with running(str(job.pk)):
        pass
    assert (again(job).status, again(job).attempts) == (Status.WAITING, 1)
    assert again(job).reason == "The work ended without a result."


def test_waiting_work_is_cancelled_at_once(job: Job, admin: User) -> None:
    lifecycle.cancel(job, actor=Actor(admin))
    assert (again(job).status, state_status()) == (Status.CANCELLED, "cancelled")
    assert Event.objects.filter(action="job.cancelled", user=admin, object_id=str(job.pk)).exists()
    with running(str(job.pk)) as run:
        assert run is None


def test_running_work_is_told_to_stop(job: Job, admin: User) -> None:
    with running(str(job.pk)) as run:
        assert run is not None and not run.should_stop()
        lifecycle.cancel(job, actor=Actor(admin))
        wait_until(run.should_stop, what="the heartbeat sees the wish", seconds=20)
        run.stop_if_asked()
    assert (again(job).status, state_status()) == (Status.CANCELLED, "cancelled")


def test_cancelled_work_writes_no_result(job: Job, admin: User) -> None:
    with running(str(job.pk)) as run:
        assert run is not None
        lifecycle.cancel(job, actor=Actor(admin))
        with run.completing():
            State.objects.update(status="ready")
    assert (again(job).status, state_status()) == (Status.CANCELLED, "cancelled")


def test_finished_work_cannot_be_cancelled(job: Job, admin: User) -> None:
    with running(str(job.pk)) as run:
        assert run is not None
        run.finish()
    lifecycle.cancel(job, actor=Actor(admin))
    assert again(job).status == Status.SUCCEEDED and not again(job).cancel_requested


def _go_silent(job: Job) -> None:
    Job.objects.filter(pk=job.pk).update(heartbeat_at=timezone.now() - timedelta(minutes=1))


def test_silent_work_is_put_back_and_its_late_result_refused(job: Job) -> None:
    claimed = lifecycle.claim(str(job.pk), "first")
    assert claimed is not None
    late = Run(claimed)
    _go_silent(job)
    sweep()
    assert (again(job).status, state_status()) == (Status.WAITING, "waiting")
    with pytest.raises(ClaimLost):
        late.finish()
    second = lifecycle.claim(str(job.pk), "second")
    assert second is not None and second.attempts == 2
    with pytest.raises(ClaimLost):
        late.finish({"from": "first"})
    Run(second).finish({"from": "second"})
    assert again(job).result == {"from": "second"}


def test_work_that_goes_silent_every_time_stops_with_its_reason(job: Job) -> None:
    for _ in range(3):
        assert lifecycle.claim(str(job.pk), "worker") is not None
        _go_silent(job)
        sweep()
    assert (again(job).status, state_status()) == (Status.FAILED, "failed")
    assert again(job).reason.startswith("Tried 3 times without success.")


def test_of_several_jobs_of_a_dead_worker_none_is_counted_and_each_is_tried_alone(
    matter: Matter, admin: User
) -> None:
    documents = [store_document(matter, f"{n}.txt", SECRET) for n in range(3)]
    jobs = [job for each in documents if (job := request_consolidation(each, Actor(admin)))]
    for job, worker in zip(jobs, ("one", "one", "other"), strict=True):
        assert lifecycle.claim(str(job.pk), worker) is not None
        _go_silent(job)
    half_silent = timezone.now() - timedelta(seconds=0.6 * settings.JOB_STALE_SECONDS)
    Job.objects.filter(pk=jobs[1].pk).update(heartbeat_at=half_silent)
    sweep()
    assert [(job.attempts, job.apart) for job in map(again, jobs)] == [(0, True), (0, True), (1, True)]
    assert again(jobs[0]).reason.endswith("It is tried alone next.")
    with running(str(jobs[0].pk)) as run:
        assert run is not None and run.job.apart
        with running(str(jobs[1].pk)) as beside:
            assert beside is None
        fail(WorkError("It cannot be read."))
    assert not again(run.job).apart
    with running(str(run.job.pk), alone=True) as run:
        assert run is not None
        with running(str(jobs[1].pk)) as beside:
            assert beside is None
        run.finish()
    assert Job.objects.filter(status=Status.WAITING, apart=True).count() == 2


def test_a_worker_that_wakes_up_writes_nothing_into_the_attempt_that_has_its_number(
    matter: Matter, admin: User
) -> None:
    documents = [store_document(matter, f"{n}.txt", SECRET) for n in range(2)]
    jobs = [job for each in documents if (job := request_consolidation(each, Actor(admin)))]
    claimed = [lifecycle.claim(str(job.pk), "asleep") for job in jobs]
    for job in jobs:
        _go_silent(job)
    sweep()
    assert claimed[0] is not None
    asleep = Run(claimed[0])
    second = lifecycle.claim(str(jobs[0].pk), "second")
    assert second is not None and second.attempts == claimed[0].attempts
    with pytest.raises(ClaimLost), asleep.writing():
        pass
    with pytest.raises(ClaimLost):
        asleep.finish({"from": "asleep"})
    Run(second).finish({"from": "second"})
    assert again(jobs[0]).result == {"from": "second"}


def test_silent_work_that_was_to_be_cancelled_is_cancelled(job: Job, admin: User) -> None:
    lifecycle.claim(str(job.pk), "worker")
    lifecycle.cancel(job, actor=Actor(admin))
    _go_silent(job)
    sweep()
    assert again(job).status == Status.CANCELLED


def test_the_sweep_leaves_living_work_alone(job: Job) -> None:
    with running(str(job.pk)) as run:
        assert run is not None
        before = again(job).heartbeat_at
        wait_until(lambda: again(job).heartbeat_at != before, what="a heartbeat", seconds=20)
        sweep()
        assert again(job).status == Status.RUNNING
        run.finish()


def test_work_stopped_with_its_worker_is_not_held_against_it(
    job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work, "shutting_down", threading.Event())
    for _ in range(5):
        with running(str(job.pk)) as run:
            assert run is not None
            work.shutting_down.set()
            assert run.should_stop()
            run.stop_if_asked()
        work.shutting_down.clear()
        assert (again(job).status, again(job).attempts) == (Status.WAITING, 0)
