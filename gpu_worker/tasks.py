"""The tasks that need the model. A message carries a job id; everything else comes from the database."""

import time
from collections.abc import Sequence
from dataclasses import replace

from celery import shared_task
from django.db import InterfaceError, OperationalError

from consolidation import Engine, Event, hurried
from consolidation.answers.in_full import in_full
from consolidation.asking.in_words import InWords
from consolidation.asking.understand import Understanding, understand
from gpu_worker.asked import asked_by, day_of
from gpu_worker.briefs import brief_version
from gpu_worker.choosing import Line, choose_documents
from gpu_worker.counted import count
from gpu_worker.engine import current_engine, memory_name, readable
from gpu_worker.following import line_of
from gpu_worker.forgetting import forget_document
from gpu_worker.hypotheses import judge_statement
from gpu_worker.lab import compare_next
from gpu_worker.rounds import is_newest, next_round
from gpu_worker.sharing import room_for_documents, work_on
from gpu_worker.sleeping import engine_errors, sleep_on, sleep_on_beginning
from gpu_worker.standing import answer_standing, renew_briefs
from gpu_worker.summary import refusal, summarise, unmentioned
from gpu_worker.translate import (
    answer_each,
    answer_facts,
    gather_sources,
    unusable_states,
    waiting_note,
)
from reviewapp.briefs.selectors import documents_wanting_briefs
from reviewapp.briefs.standing import STANDING
from reviewapp.briefs.statements import STATEMENTS
from reviewapp.documents.models import Document
from reviewapp.documents.policy import withdrawal_for_job
from reviewapp.intake.jobs import CONSOLIDATE_BEGINNING
from reviewapp.intake.policy import item_for_job
from reviewapp.jobs.errors import Stopped, WorkError
from reviewapp.jobs.kinds import Priority, queue_of
from reviewapp.jobs.models import Job
from reviewapp.jobs.work import Run, running
from reviewapp.lab.policy import comparison_for_job
from reviewapp.questions.models import Answer, Question
from reviewapp.questions.policy import question_for_job
from reviewapp.questions.results import (
    AnswerFacts,
    current_cells,
    finish_question,
    note_stage,
    note_understood,
    plan_cells,
    store_cells,
    store_summary,
)
from reviewapp.states.actions import rebuild_damaged_states
from reviewapp.states.policy import document_for_job

DRAFT_SECONDS = 0.2
#: Documents of a question that are asked and written together: what a killed worker has to do again.
CHUNK_DOCUMENTS = 16
#: The same where nobody reads them, because briefs hold the answers.
CHUNK_CELLS_OF_BRIEFS = 50
#: Briefs made in one task, so that other work has its turn.
BRIEFS_AT_ONCE = 4
#: Seconds after which briefs are gone on with where the database was away.
DATABASE_AWAY_SECONDS = 60


@shared_task(name="gpu_worker.consolidate")
def consolidate_document(job_id: str) -> None:
    """Build the state of the job's document, or of what is read of its file; or take up where that was left."""
    room_for_documents.work_on(job_id, _sleep)


@shared_task(name="gpu_worker.answer")
def answer(job_id: str) -> None:
    """Ask the job's question of its documents, or go on where an earlier attempt stopped."""
    work_on(job_id, _answer)


@shared_task(name="gpu_worker.forget")
def forget(job_id: str) -> None:
    """Remove what is left of a withdrawn document, and fold the questions anew that it answered."""
    with running(job_id) as run:
        if run is not None:
            forget_document(run, withdrawal_for_job(run.job))


@shared_task(name="gpu_worker.compare_ways")
def compare_ways(job_id: str) -> None:
    """Measure the next document of the job's comparison through each way to keep it."""
    room_for_documents.work_on(job_id, _compare)


@shared_task(
    name="gpu_worker.make_briefs",
    autoretry_for=(OperationalError, InterfaceError),
    max_retries=None,
    default_retry_delay=DATABASE_AWAY_SECONDS,
)
def make_briefs(name: str = "") -> None:
    """Make the briefs that consolidated documents lack or have of other rules, some at a time.

    `name` is this round's among those that follow one another; without one they begin anew. One that fails is passed
    over and tried again later, a few times; where the process is at fault the clock begins again.
    """
    memory = memory_name()
    name = name or next_round(memory)
    if not is_newest(memory, name):
        return
    engine = current_engine()
    documents = documents_wanting_briefs(brief_version(engine), BRIEFS_AT_ONCE, **readable(engine))
    with hurried(Priority.BULK):
        for document in documents:
            try:
                renew_briefs(engine, document.matter, [document])
            except WorkError:
                return
    if len(documents) == BRIEFS_AT_ONCE and is_newest(memory, name):
        make_briefs.apply_async(args=(next_round(memory),), queue=queue_of("consolidate", memory))


def _sleep(run: Run) -> None:
    if run.job.kind == CONSOLIDATE_BEGINNING.name:
        sleep_on_beginning(run, item_for_job(run.job))
    else:
        sleep_on(run, document_for_job(run.job))


def _compare(run: Run) -> None:
    compare_next(run, comparison_for_job(run.job))


def _answer(run: Run) -> None:
    question = question_for_job(run.job)
    line = line_of(question)
    if line is not None and not question.in_full:
        with run.writing():
            note_understood(question, line.text)
    asked = asked_by(question)
    if asked.refused:
        with run.completing():
            finish_question(question, refusal(asked))
            run.finish({"documents": 0, "refused": asked.refused})
        return
    with engine_errors():
        engine = current_engine()
    said = question.whole
    if not question.planned and not _plan(run, engine, question, asked, line):
        return
    _ask_cells(run, engine, question, asked if question.whole == said else asked_by(question))


def _plan(run: Run, engine: Engine, question: Question, asked: Understanding, line: Line | None) -> bool:
    """Write down which documents are asked; False where the question names what is nowhere, and so is over.

    Where these are several and none is named but by its kind, the question is kept in the words in which all of them
    are asked.
    """
    chosen = choose_documents(engine, question, asked, line)
    of_all = InWords(question.whole)
    if len(chosen.documents) > 1 and not chosen.of_any:
        of_all = _in_words_of_all(engine, question, question.whole)
    elif len(chosen.documents) > 1 and chosen.of_these:
        of_these = _in_words_of_all(engine, question, chosen.of_these)
        of_all = of_these if understand(of_these.words).over != "document" else of_all
    with run.writing():
        if of_all.words != question.whole:
            note_understood(question, of_all.words, of_all.aside)
        plan_cells(question, chosen.documents, chosen.because, chosen.of_any, chosen.left_out)
    if chosen.unknown:
        with run.completing():
            finish_question(question, unmentioned(chosen.unknown))
            run.finish({"documents": 0, "unknown": len(chosen.unknown)})
    return not chosen.unknown


def _in_words_of_all(engine: Engine, question: Question, words: str) -> InWords:
    """A question of many documents, or such words of it; columns of tables and questions of lists as they stand."""
    as_it_stands = (
        question.standing
        or question.value_type
        or (question.reach == Question.Reach.ALL and not question.scope.exists())
    )
    if as_it_stands:
        return InWords(question.whole)
    return in_full(engine, words, day_of(question))


def _ask_cells(run: Run, engine: Engine, question: Question, asked: Understanding) -> None:
    """Ask the documents whose cells wait, some at a time, and complete the job."""
    cells = current_cells(question)
    waiting = [cell for cell in cells if cell.state == Answer.State.WAITING]
    done = [cell for cell in cells if cell.state != Answer.State.WAITING]
    tell = DraftWriter(run.job, drafts=len(cells) == 1)
    step = CHUNK_CELLS_OF_BRIEFS if question.standing in STANDING else CHUNK_DOCUMENTS
    told = 0
    for first in range(0, len(waiting), step):
        run.progress(len(done), len(cells))
        chunk = [cell.document for cell in waiting[first : first + step]]
        facts = _ask(run, engine, question, asked, chunk, tell)
        with run.writing():
            done += store_cells(question, facts)
            # NB: telling what all say together takes as long as there are many; so each time there are twice as many.
            if len(done) >= 2 * told:
                store_summary(question, summarise(asked, done))
                told = len(done)
        if len(facts) < len(chunk):
            raise Stopped
    run.progress(len(done), len(cells))
    summary = summarise(asked, done)
    with run.completing():
        briefless = [cell for cell in done if cell.state == Answer.State.NOT_EXAMINED and cell.note]
        finish_question(question, summary, waiting_note(summary["not_examined"], len(cells), len(briefless)))
        run.finish({"documents": len(cells), "not_found": summary["not_found"]})


def _ask(
    run: Run,
    engine: Engine,
    question: Question,
    asked: Understanding,
    documents: Sequence[Document],
    tell: "DraftWriter",
) -> list[AnswerFacts]:
    """What a chunk of documents answers, its first ones where the worker shuts down meanwhile.

    States that cannot be used are built anew.
    """
    with engine_errors():
        if question.standing in STANDING:
            return answer_standing(engine, question.standing, question.matter, documents, run.should_stop)
        if question.standing in STATEMENTS:
            return judge_statement(engine, question.standing, documents, run.should_stop)
        sources = gather_sources(run.job.matter, documents)
        findings = answer_each(engine, asked, sources, tell, run)
    sources = sources[: len(findings)]
    count(cells=len(findings), answered_tokens=sum(one.cost.tokens_forward for one in findings))
    rebuild_damaged_states(run.job.matter, unusable_states(sources, findings))
    facts = [answer_facts(asked, *pair) for pair in zip(sources, findings, strict=True)]
    # NB: what leaves out a part of the question proves no answer to it.
    return [replace(one, supported=False) for one in facts] if question.left_aside else facts


class DraftWriter:
    """Writes the engine's events to the question: each new stage, and drafts some times a second.

    Where many documents are asked, only the first stage is written: what counts then is how many are done.
    """

    def __init__(self, job: Job, *, drafts: bool) -> None:
        self._job = job
        self._drafts = drafts
        self._stage = ""
        self._written = 0.0

    def __call__(self, event: Event) -> None:
        now = time.monotonic()
        if event.stage == self._stage and now - self._written < DRAFT_SECONDS:
            return
        if not self._drafts and self._stage:
            return
        self._stage, self._written = event.stage, now
        note_stage(self._job, event.stage if self._drafts else "finding", event.draft)
