"""One process with a hybrid for all work: rows of several matters in one batch, questions before consolidation."""

import os
from collections.abc import Iterator
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
from reviewapp.questions.models import Answer
from reviewapp.site import processes
from reviewapp.states.actions import request_consolidation
from tests.engine import hybrids
from tests.jobs.conftest import Installation, store_document, wait_until

pytestmark = [pytest.mark.faults, pytest.mark.timeout(600)]
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


def start_worker(installation: Installation, checkpoint: Path) -> None:
    """A worker for documents and questions in one process, as the product starts it."""
    installation.without("model")
    program = processes.model()
    environment = {**os.environ, **program.environment, "NIGHTBRIEF_MEMORY": f"hybrid:{checkpoint}"}
    installation.launch(program.name, program.command, environment)


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
