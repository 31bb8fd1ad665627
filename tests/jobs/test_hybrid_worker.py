"""One process with a hybrid for all work: rows of several matters in one batch, questions before consolidation."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.contrib.auth.models import User

from reviewapp.frame.actor import Actor
from reviewapp.jobs.models import UNDER_WAY, Job, Status
from reviewapp.jobs.workers import Told, told
from reviewapp.matters.actions import create_matter
from reviewapp.matters.models import Matter
from reviewapp.questions.actions import ask_question
from reviewapp.questions.models import Answer, Question
from reviewapp.site import processes
from reviewapp.states.actions import request_consolidation
from tests.engine import hybrids
from tests.jobs.conftest import Installation, store_document, wait_until

pytestmark = [pytest.mark.faults, pytest.mark.slow, pytest.mark.timeout(600)]
CLAUSE = "This Agreement shall be governed by the laws of the State of {}. The Supplier shall deliver. "
QUESTION = "Which law governs this Agreement?"


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A random hybrid that says as much as it may: it knows of no end."""
    folder = tmp_path_factory.mktemp("checkpoint")
    said = {"segment_windows": 64, "answer_tokens": 48}
    hybrids.random_model("GraniteMoeHybrid", sleep=said).save_pretrained(folder)
    hybrids.bytes_tokenizer().save_pretrained(folder)
    return folder


@pytest.fixture
def hybrid(settings: LazySettings, installation: Installation) -> Iterator[LazySettings]:
    """The site's memory is the hybrid; what its worker tells is heard."""
    settings.MEMORY, settings.MEMORIES = "hybrid", ["hybrid"]
    settings.REDIS_URL = installation.redis_url
    yield settings


def start_worker(
    installation: Installation,
    checkpoint: Path,
    does: Callable[[], processes.Program] = processes.model,
    name: str = "model",
) -> None:
    """A worker as the product starts it; by default one for documents and questions in one process."""
    installation.without(name)
    program = does()
    environment = {**os.environ, **program.environment, "NIGHTBRIEF_MEMORY": f"hybrid:{checkpoint}"}
    installation.launch(name, program.command, environment)


def read(matter: Matter, name: str, text: str, admin: User) -> Job:
    job = request_consolidation(store_document(matter, name, text), Actor(admin))
    assert job is not None
    return job


def said() -> Told:
    return next((one for one in told() or () if one["does"] == "model"), {})


def all_done() -> bool:
    return not Job.objects.filter(status__in=UNDER_WAY).exists()


def test_states_of_two_matters_are_answered_from_in_one_batch(
    installation: Installation, checkpoint: Path, hybrid: LazySettings, matter: Matter, admin: User
) -> None:
    matters = [matter, create_matter("Other", actor=Actor(admin))]
    start_worker(installation, checkpoint)
    for one, law in zip(matters, ("Oregon", "Nevada"), strict=True):
        read(one, "a.txt", CLAUSE.format(law), admin)
    wait_until(all_done, what="both states")
    ask_question(matter, QUESTION, actor=Actor(admin))
    wait_until(lambda: said().get("cells") == 1, what="an answer")
    # one document of one segment is one row: two together are of two matters
    assert said()["most_together"] == 1
    for _ in range(9):
        installation.freeze("model")
        asked = [ask_question(one, QUESTION, actor=Actor(admin)) for one in matters]
        before = said()["cells"]
        installation.thaw("model")
        wait_until(lambda: said()["cells"] == before + 2, what="both answers")  # noqa: B023
        cells = Answer.objects.filter(question__in=asked)
        assert {(cell.question.matter, cell.document.matter) for cell in cells} == {
            (one,) * 2 for one in matters
        }
        if said()["most_together"] == 2:
            return
    pytest.fail("no two rows met")


def test_a_question_is_answered_while_documents_are_read_by_the_same_process(
    installation: Installation, checkpoint: Path, hybrid: LazySettings, matter: Matter, admin: User
) -> None:
    start_worker(installation, checkpoint)
    read(matter, "short.txt", CLAUSE.format("Oregon"), admin)
    wait_until(all_done, what="a state")
    texts = {f"long{n}.txt": CLAUSE.format("Nevada") * (150 + n) for n in range(6)}
    long = [read(matter, name, text, admin) for name, text in texts.items()]
    running = Job.objects.filter(kind="consolidate", status=Status.RUNNING, progress_done__gt=0)
    wait_until(running.exists, what="some windows are read")
    reading = running.get()
    asked = ask_question(matter, QUESTION, actor=Actor(admin)).job
    assert asked is not None
    wait_until(all_done, what="all is done")
    asked.refresh_from_db()
    for job in (reading, *long):
        job.refresh_from_db()
        assert (job.status, job.attempts, job.worker) == (asked.status, 1, asked.worker)
    assert asked.status == Status.SUCCEEDED
    assert reading.started_at and asked.started_at and asked.finished_at and reading.finished_at
    assert reading.started_at < asked.created_at < asked.finished_at < reading.finished_at
    # one after the other: as many threads as there are documents would leave none for questions
    starts, ends = zip(*sorted((job.started_at, job.finished_at) for job in long), strict=True)
    assert all(end < start for end, start in zip(ends, starts[1:], strict=False))


def test_a_worker_that_is_asked_to_end_ends_its_question_and_leaves_the_others_to_the_next(
    installation: Installation, checkpoint: Path, hybrid: LazySettings, matter: Matter, admin: User
) -> None:
    start_worker(installation, checkpoint)
    read(matter, "a.txt", CLAUSE.format("Oregon"), admin)
    wait_until(all_done, what="a state")
    installation.without("model")
    start_worker(installation, checkpoint, processes.answer, "first")
    installation.freeze("first")
    asked = [ask_question(matter, f"{QUESTION} {n}", actor=Actor(admin)) for n in range(8)]
    installation.thaw("first")
    stages = ("finding", "reading", "judging")
    answering = Question.objects.filter(status__in=stages, jobs__status=Status.RUNNING)
    wait_until(answering.exists, what="a document is asked")
    in_hand = set(answering.values_list("pk", flat=True))
    assert installation.stop("first") == 0
    jobs = {one.pk: Job.objects.get(question=one) for one in asked}
    assert {jobs[pk].status for pk in in_hand} == {Status.SUCCEEDED}
    left = {pk for pk, job in jobs.items() if job.status == Status.WAITING}
    assert left and {(jobs[pk].attempts, jobs[pk].status) for pk in left} == {(0, Status.WAITING)}
    assert set(Answer.objects.filter(question__in=left).values_list("state", flat=True)) <= {"waiting"}

    start_worker(installation, checkpoint, processes.answer, "second")
    wait_until(all_done, what="the others")
    for pk, before in jobs.items():
        after = Job.objects.get(pk=before.pk)
        assert (after.status, after.attempts) == (Status.SUCCEEDED, 1)
        assert (after.worker == before.worker) == (pk not in left)
    assert Answer.objects.filter(question__in=asked).count() == len(asked)
