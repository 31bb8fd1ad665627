"""The worker's side of the memory lab: a real process measures, in between lets questions go first, and stops."""

import os

import pytest
from django.contrib.auth.models import User

from consolidation.evaluation import apart
from consolidation.evaluation.comparing import steps_of
from gpu_worker import tasks
from reviewapp.frame.actor import Actor
from reviewapp.jobs import lifecycle
from reviewapp.jobs.models import Job, Status
from reviewapp.jobs.work import shutting_down
from reviewapp.lab.actions import QuestionFile, begin_comparison, prepare_comparison
from reviewapp.lab.models import Comparison
from reviewapp.lab.results import TIME_OVER
from reviewapp.matters.models import Matter
from tests.jobs.conftest import store_document

TEXT = "Supply Agreement\n\n9. Governing Law. This Agreement is governed by the laws of the State of {}.\n"
ASKED = b"""document,question,answer
one.txt,What is the governing law?,the laws of the State of Oregon
two.txt,Who pays the rent?,
"""


@pytest.fixture
def comparison(matter: Matter, admin: User, monkeypatch: pytest.MonkeyPatch) -> Comparison:
    monkeypatch.setattr(lifecycle, "send_all", lambda jobs: 0)
    store_document(matter, "one.txt", TEXT.format("Oregon"))
    store_document(matter, "two.txt", TEXT.format("Nevada"))
    file = QuestionFile("ours.csv", ASKED)
    prepared = prepare_comparison(matter, "own", 15, actor=Actor(admin), file=file)
    return begin_comparison(prepared, actor=Actor(admin))


def work(comparison: Comparison) -> Job:
    """Do the job that waits."""
    job = Job.objects.get(comparison=comparison, status=Status.WAITING)
    tasks.compare_ways(str(job.pk))
    job.refresh_from_db()
    comparison.refresh_from_db()
    return job


def test_a_stopped_worker_gives_the_document_back_and_one_without_time_leaves_it_out(
    comparison: Comparison,
) -> None:
    shutting_down.set()
    job = work(comparison)
    shutting_down.clear()
    assert (job.status, job.attempts, comparison.figures) == (Status.WAITING, 0, {})
    Comparison.objects.update(most_minutes=0)
    work(comparison)
    assert [part.reason for part in comparison.parts.all()] == [TIME_OVER, ""]
    assert comparison.status == "done"


@pytest.mark.slow
def test_a_document_whose_process_dies_is_tried_again_and_then_left_out(
    comparison: Comparison, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apart, "_measure", os._exit)
    assert [work(comparison).status for _ in range(3)] == [Status.WAITING, Status.WAITING, Status.SUCCEEDED]
    part = comparison.parts.all()[0]
    assert part.reason == "The process that measures has ended." and comparison.status == "running"


@pytest.mark.slow
def test_every_document_goes_through_every_way(comparison: Comparison) -> None:
    for _ in range(2):
        job = work(comparison)
        assert job.status == Status.SUCCEEDED and job.progress_done == len(steps_of(1))
    assert comparison.status == "done" and comparison.figures["questions"] == 2
    right = {way: comparison.figures[f"{way}_values_right"] for way in ("product", "attention", "no_context")}
    assert right == {"product": 100.0, "attention": 100.0, "no_context": 0.0}
    assert comparison.figures["shuffled_state_values_right"] == 0.0
    assert all(part.seconds > 0 and not part.reason for part in comparison.parts.all())
