"""The tasks that need the model. A message carries a job id; everything else comes from the database."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from celery import shared_task

from consolidation import Bank, Cancelled, ConsolidationError, Event, answer_question, consolidate
from gpu_worker.engine import bank_folder, current_engine
from gpu_worker.translate import answer_facts, built_facts, gather_sources, unusable_states
from reviewapp.jobs.errors import Stopped, WorkError
from reviewapp.jobs.models import Job
from reviewapp.jobs.work import Run, running
from reviewapp.questions.policy import question_for_job
from reviewapp.questions.results import QuoteError, note_stage, store_answer
from reviewapp.states.actions import rebuild_damaged_states
from reviewapp.states.policy import document_for_job
from reviewapp.states.results import store_state

DRAFT_SECONDS = 0.2


@shared_task(name="gpu_worker.consolidate")
def consolidate_document(job_id: str) -> None:
    """Build the state of the job's document, or take up where an earlier attempt stopped."""
    with running(job_id) as run:
        if run is not None:
            _consolidate(run)


@shared_task(name="gpu_worker.answer")
def answer(job_id: str) -> None:
    """Answer the job's question from the states of its matter."""
    with running(job_id) as run:
        if run is not None:
            _answer(run)


@contextmanager
def engine_errors() -> Iterator[None]:
    """The engine's errors as those of the job system. Raises Stopped and WorkError."""
    try:
        yield
    except Cancelled:
        raise Stopped from None
    except ConsolidationError as error:
        raise WorkError(str(error)) from None
    except OSError as error:
        raise WorkError(f"The state could not be read or written: {error.strerror}.") from None


def _consolidate(run: Run) -> None:
    document = document_for_job(run.job)
    with engine_errors():
        engine = current_engine()
        key = engine.state_key(
            document_sha256=document.sha256,
            text_version=document.text_version,
            text_sha256=document.text_sha256,
        )
        # NB: a fresh bank looks at the disk, not at what this process remembers of it.
        bank = Bank(bank_folder(document.matter))
        built = consolidate(
            engine, document.text(), key, bank, on_progress=run.progress, should_stop=run.should_stop
        )
    with run.completing():
        state = store_state(document, built_facts(engine, built))
        run.finish({"state": state.name, "tokens": state.tokens, "windows": state.windows})


def _answer(run: Run) -> None:
    question = question_for_job(run.job)
    with engine_errors():
        engine, sources = current_engine(), gather_sources(question)
        finding = answer_question(
            engine, question.text, sources, on_event=DraftWriter(run.job), should_stop=run.should_stop
        )
    rebuild_damaged_states(question.matter, unusable_states(finding, sources))
    try:
        with run.completing():
            stored = store_answer(question, answer_facts(finding, sources))
            run.finish({"outcome": stored.outcome})
    except QuoteError as error:
        raise WorkError(str(error)) from None


class DraftWriter:
    """Writes the engine's events to the answer: each new stage, and drafts some times a second."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._stage = ""
        self._written = 0.0

    def __call__(self, event: Event) -> None:
        now = time.monotonic()
        if event.stage == self._stage and now - self._written < DRAFT_SECONDS:
            return
        self._stage, self._written = event.stage, now
        note_stage(self._job, event.stage, event.draft)
