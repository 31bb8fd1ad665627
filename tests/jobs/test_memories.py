"""Two memories over one database: each worker does the work of its own memory and no other."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from reviewapp.documents.jobs import FORGET
from reviewapp.frame.actor import Actor
from reviewapp.intake.jobs import INGEST_ITEM
from reviewapp.jobs import lifecycle, queue
from reviewapp.jobs.models import UNDER_WAY, Job, Status
from reviewapp.jobs.queue import app, publish
from reviewapp.jobs.workers import told
from reviewapp.matters.models import Matter
from reviewapp.questions.actions import ask_question
from reviewapp.questions.models import Answer, Question
from reviewapp.site import processes
from reviewapp.states import progress
from reviewapp.states.actions import cancel_consolidation, retry_failed, start_consolidation
from reviewapp.states.jobs import CONSOLIDATE
from reviewapp.states.models import State
from tests.jobs.conftest import Installation, store_document, wait_until

CLAUSE = "This Agreement shall be governed by the laws of the State of Oregon. The Supplier shall deliver. "


@pytest.fixture
def memories(settings: LazySettings) -> LazySettings:
    """The site asks `tiny`, and has documents consolidated for `other` as well."""
    settings.MEMORY, settings.MEMORIES = "tiny", ["tiny", "other"]
    return settings


def start_worker(installation: Installation, memory: str, settings: LazySettings) -> None:
    """A real worker of a memory, for documents and questions, by the command lines of the product."""
    asked, settings.MEMORY = settings.MEMORY, memory
    command = [*processes.consolidate().command]
    answering = processes.answer().command
    settings.MEMORY = asked
    at = command.index("-Q") + 1
    command[at] = f"{command[at]},{answering[at]}"
    command[command.index("-A") + 1] = "tests.jobs.small_memories"
    environment = {**os.environ, **processes.TORCH, "NIGHTBRIEF_MEMORY": memory}
    installation.launch(memory, command, environment)


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_two_workers_with_two_memories_stand_side_by_side(
    installation: Installation, matter: Matter, admin: User, memories: LazySettings
) -> None:
    documents = [store_document(matter, f"{n}.txt", CLAUSE * (n + 3)) for n in range(2)]
    jobs = start_consolidation(matter, actor=Actor(admin))
    assert [(job.memory, job.subject_id) for job in jobs] == [
        (memory, document.pk) for memory in ("tiny", "other") for document in documents
    ]
    assert start_consolidation(matter, actor=Actor(admin)) == []
    waiting = Job.objects.filter(status__in=UNDER_WAY)

    start_worker(installation, "other", memories)
    wait_until(lambda: not waiting.filter(memory="other").exists(), what="the other memory's states")
    memories.REDIS_URL = installation.redis_url
    said = {one["memory"]: one for one in told() or ()}
    assert (said["other"]["device"], said["other"]["process_bytes"] > 0) == ("cpu", True)
    assert set(waiting.values_list("memory", "status")) == {("tiny", Status.WAITING)}
    assert progress.of_matter(matter).ready == 0 and progress.of_matter(matter, "other").ready == 2

    start_worker(installation, "tiny", memories)
    wait_until(lambda: not waiting.exists(), what="all states")
    names = set(State.objects.filter(status=State.Status.READY).values_list("document", "memory", "name"))
    assert {(document, memory) for document, memory, _ in names} == {
        (document.pk, memory) for document in documents for memory in ("tiny", "other")
    }
    assert len({name for _, _, name in names}) == 4
    workers = {
        memory: set(Job.objects.filter(memory=memory).values_list("worker", flat=True))
        for memory in ("tiny", "other")
    }
    assert len(workers["tiny"]) == len(workers["other"]) == 1 and workers["tiny"] != workers["other"]

    for memory in ("tiny", "other"):
        memories.MEMORY = memory
        question = ask_question(matter, "Which law governs this Agreement?", actor=Actor(admin))
        wait_until(lambda: not waiting.exists(), what=f"the answer of {memory}")
        question.refresh_from_db()
        assert question.status == Question.Status.DONE, question.note
        cells = Answer.objects.filter(question=question)
        assert cells.count() == 2
        for cell in cells:
            assert [(cell.document_id, memory, name) in names for name in cell.provenance["states"]] == [True]


def test_a_message_at_the_wrong_worker_is_sent_again(
    matter: Matter, admin: User, memories: LazySettings
) -> None:
    store_document(matter, "one.txt", CLAUSE)
    mine, foreign = start_consolidation(matter, actor=Actor(admin))
    Job.objects.update(sent_at=mine.created_at)
    claimed = lifecycle.claim_next(str(foreign.pk), "worker")
    assert claimed is not None and claimed.pk == mine.pk
    assert lifecycle.claim_next(str(foreign.pk), "worker") is None
    foreign.refresh_from_db()
    assert (foreign.status, foreign.sent_at) == (Status.WAITING, None)
    assert set(State.objects.values_list("memory", "status")) == {
        ("tiny", State.Status.CONSOLIDATING),
        ("other", State.Status.WAITING),
    }


def test_each_memory_is_retried_and_cancelled_for_itself(
    matter: Matter, admin: User, memories: LazySettings
) -> None:
    document = store_document(matter, "one.txt", CLAUSE)
    _, other = start_consolidation(matter, actor=Actor(admin))
    with transaction.atomic():
        lifecycle.end(other, Status.FAILED, "The disk is full.")
    assert (progress.of_matter(matter).failed, progress.of_matter(matter, "other").failed) == (0, 1)
    assert progress.of_documents([document], "other")[0].reason == "The disk is full."
    assert [job.memory for job in retry_failed(matter, actor=Actor(admin))] == ["other"]
    with pytest.raises(IntegrityError), transaction.atomic():
        lifecycle.create_jobs(CONSOLIDATE, [document], matter=matter, actor=Actor(admin), memory="other")
    assert cancel_consolidation(matter, actor=Actor(admin)) == 1
    assert set(State.objects.values_list("status", flat=True)) == {State.Status.CANCELLED}


def test_queues_are_of_a_memory(settings: LazySettings, tmp_path: Path) -> None:
    assert "consolidate,sweep" in processes.consolidate().command
    settings.MEMORY = "other"
    assert {"consolidate.other,sweep", "consolidate@%h"} <= {*processes.consolidate().command}
    assert "ingest,sweep" in processes.ingest().command


def test_work_for_no_memory_reaches_the_worker_that_there_is(
    settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = dict[str, str]()
    monkeypatch.setattr(queue, "_broker_away_until", 0.0)  # other tests have none
    monkeypatch.setattr(app, "send_task", lambda task, args, queue, retry: sent.update({task: queue}))
    for memory in ("embedded", "other"):
        settings.MEMORY = memory
        for kind, process in ((FORGET, processes.consolidate()), (INGEST_ITEM, processes.ingest())):
            assert publish(kind, "1")
            assert f"{sent[kind.task]},sweep" in process.command


@pytest.mark.parametrize("process", [processes.consolidate, processes.answer])
def test_no_bar_of_progress_is_drawn_in_the_log_of_a_worker(process: Callable[[], processes.Program]) -> None:
    drawing = "from tqdm.auto import tqdm\nfor _ in tqdm(range(3), desc='Converting'): pass"
    environment = process().full_environment()
    done = subprocess.run([sys.executable, "-c", drawing], env=environment, capture_output=True, check=True)
    assert done.stderr == done.stdout == b""
