"""The heart of a job goes on beating whatever goes wrong in it, and says what did."""

import logging
import threading
from typing import Any, cast

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.db import InterfaceError
from django.utils import timezone

from reviewapp.frame.actor import Actor
from reviewapp.jobs.errors import Stopped
from reviewapp.jobs.models import Job, Status
from reviewapp.jobs.work import Run, running
from reviewapp.matters.models import Matter
from reviewapp.states.actions import request_consolidation
from tests.jobs.conftest import store_document, wait_until

SECRET = "the parties agree on a secret price"
#: What no heart can write.
WRONG = cast("int", SECRET)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "JOB_HEARTBEAT_SECONDS", 0.05)


@pytest.fixture
def job(matter: Matter, admin: User) -> Job:
    made = request_consolidation(store_document(matter, "a.txt", SECRET), Actor(admin))
    assert made is not None
    return made


def beats(run: Run) -> None:
    """Wait until the heart has written something."""
    run.progress(7, 9)
    wait_until(lambda: Job.objects.get(pk=run.job.pk).progress_done == 7, what="a heartbeat", seconds=60)


def test_a_defect_is_told_once_without_its_message_and_the_heart_goes_on(
    job: Job, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR), running(str(job.pk)) as run:
        assert run is not None
        run.progress(WRONG, 9)
        wait_until(lambda: "heartbeat-defect" in caplog.text, what="the defect is told", seconds=60)
        beats(run)
        assert not run.should_stop()
        run.finish()
    told = [record.getMessage() for record in caplog.records if "heartbeat-defect" in record.getMessage()]
    assert len(told) == 1 and "ValueError" in told[0] and SECRET not in caplog.text
    assert Job.objects.get(pk=job.pk).status == Status.SUCCEEDED


def test_work_whose_heart_never_gets_through_stops_when_it_is_given_up(
    job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "JOB_STALE_SECONDS", 0.5)
    with running(str(job.pk)) as run:
        assert run is not None
        run.progress(WRONG, 9)
        wait_until(run.should_stop, what="the work is asked to stop", seconds=60)
        with pytest.raises(Stopped):
            run.stop_if_asked()
    assert Job.objects.get(pk=job.pk).status == Status.WAITING


def test_a_lost_connection_is_no_end_either(job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    now, lost = timezone.now, threading.Event()

    def once(*given: Any) -> Any:
        if threading.current_thread().name.startswith("heart-") and not lost.is_set():
            lost.set()
            raise InterfaceError("connection already closed")
        return now(*given)

    with running(str(job.pk)) as run:
        assert run is not None
        monkeypatch.setattr(timezone, "now", once)
        assert lost.wait(60)
        beats(run)
        run.finish()
