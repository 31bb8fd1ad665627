"""Real workers, killed in the middle of their work and started again: nothing is lost, nothing is done twice."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from redis import Redis

from reviewapp.documents.models import Document
from reviewapp.events.models import Event
from reviewapp.frame.actor import Actor
from reviewapp.jobs import lifecycle
from reviewapp.jobs.models import Job, Status
from reviewapp.jobs.sweeping import sweep
from reviewapp.matters.models import Matter
from reviewapp.questions.actions import ask_question, retry_question
from reviewapp.questions.jobs import ANSWER
from reviewapp.questions.models import Answer, Citation, Question
from reviewapp.states.actions import request_consolidation, retry_failed
from reviewapp.states.jobs import CONSOLIDATE
from reviewapp.states.models import State
from tests.jobs.conftest import Installation, empty_queues, store_document, wait_until
from tests.jobs.killing import (
    LONG,
    QUESTION,
    SHORT,
    bank_file,
    bank_path,
    ended,
    gone,
    is_running,
    kill_when,
    newest,
)

pytestmark = [pytest.mark.faults, pytest.mark.timeout(900)]


@pytest.mark.slow
def test_messages_hold_no_text_and_may_be_lost_and_repeated(
    installation: Installation, matter: Matter, admin: User
) -> None:
    installation.without("consolidate", "answer")
    secret = "Zanzibar Widgets Ltd pays ninety-one thousand ducats."
    documents = [store_document(matter, f"{n}.txt", f"Agreement {n}.", secret * 20) for n in range(3)]
    jobs = [request_consolidation(document, Actor(admin)) for document in documents]
    ask_question(matter, "How many ducats does Zanzibar pay?", actor=Actor(admin))
    broker: Any = Redis.from_url(installation.redis_url, decode_responses=True)
    sent = "".join(part for queue in ("consolidate", "answer") for part in broker.lrange(queue, 0, -1))
    assert "gpu_worker.consolidate" in sent and "gpu_worker.answer" in sent

    empty_queues(installation.redis_url)
    assert jobs[0] is not None
    for _ in range(3):
        lifecycle.send(jobs[0])
    installation.start("beat", "consolidate", "answer")
    wait_until(lambda: ended(CONSOLIDATE.name, ANSWER.name), what="all is done")
    assert set(Job.objects.values_list("status", "attempts")) == {(Status.SUCCEEDED, 1)}
    assert set(State.objects.values_list("status", flat=True)) == {State.Status.READY}
    logs = installation.log("consolidate") + installation.log("answer")
    assert "attempt 1 of 3" in logs
    for text in (sent, logs):
        assert "Zanzibar" not in text and "ducats" not in text


@pytest.mark.slow
def test_a_text_the_engine_refuses_stops_with_its_reason(
    installation: Installation, matter: Matter, admin: User
) -> None:
    request_consolidation(store_document(matter, "blank.txt", " \n "), Actor(admin))
    request_consolidation(store_document(matter, "good.txt", SHORT), Actor(admin))
    installation.start("beat", "consolidate")
    wait_until(lambda: ended(CONSOLIDATE.name), what="both documents end")
    refused = Job.objects.get(document__name="blank.txt")
    assert (refused.status, refused.attempts) == (Status.FAILED, 3)
    assert refused.reason.startswith("Tried 3 times without success. The last time: ")
    assert "no tokens" in refused.reason
    assert State.objects.get(document__name="blank.txt").status == State.Status.FAILED
    assert State.objects.get(document__name="good.txt").status == State.Status.READY
    assert [job.subject for job in retry_failed(matter, actor=Actor(admin))] == [refused.subject]


def test_running_consolidation_is_cancelled(installation: Installation, matter: Matter, admin: User) -> None:
    request_consolidation(store_document(matter, "long.txt", LONG), Actor(admin))
    installation.start("consolidate")
    wait_until(lambda: is_running(CONSOLIDATE.name), what="it runs")
    lifecycle.cancel(newest(CONSOLIDATE.name), actor=Actor(admin))
    wait_until(lambda: ended(CONSOLIDATE.name), what="it stops")
    assert newest(CONSOLIDATE.name).status == Status.CANCELLED
    assert State.objects.get().status == State.Status.CANCELLED


@pytest.fixture
def consolidated(installation: Installation, matter: Matter, admin: User) -> list[Document]:
    """Documents with ready states, and one that nobody has consolidated."""
    documents = [store_document(matter, f"{n}.txt", f"Agreement {n}.", SHORT) for n in range(3)]
    for document in documents:
        request_consolidation(document, Actor(admin))
    installation.start("beat", "consolidate")
    wait_until(lambda: ended(CONSOLIDATE.name), what="all states are built")
    assert set(State.objects.values_list("status", flat=True)) == {State.Status.READY}
    store_document(matter, "late.txt", "Agreement nine.", SHORT)
    return documents


def assert_one_answer_each(question: Question) -> list[Answer]:
    """Every document has one cell; what was found stands in its text."""
    question.refresh_from_db()
    assert question.status == Question.Status.DONE, question.note
    assert question.draft == "" and question.finished_at is not None
    assert question.note.startswith("1 of 4 documents was not ready yet")
    cells = list(Answer.objects.filter(question=question).select_related("document"))
    assert len({cell.document_id for cell in cells}) == len(cells) == 4
    assert question.summary["asked"] == 4 and question.summary["not_examined"] == 1
    for cell in cells:
        assert (cell.state == Answer.State.NOT_EXAMINED) is (cell.document.name == "late.txt")
        assert cell.provenance["model_sha256"] == State.objects.values_list("model_sha256", flat=True)[0]
        assert set(cell.provenance["states"]) <= set(
            State.objects.filter(document=cell.document).values_list("name", flat=True)
        )
        assert (cell.cost["tokens_forward"] > 0) is (cell.state != Answer.State.NOT_EXAMINED)
        assert cell.citations.filter(kind=Citation.Kind.QUOTE).exists() is cell.is_found
        for citation in cell.citations.select_related("document", "page"):
            assert citation.document == cell.document
            assert citation.document.text()[citation.start : citation.end] == citation.quote
            assert citation.page.start <= citation.start <= citation.page.end
    entries = Event.objects.filter(action="question.answered", object_id=str(question.pk))
    assert entries.count() == 1
    return cells


@pytest.mark.slow
def test_a_damaged_state_is_noticed_and_built_again(
    installation: Installation, matter: Matter, admin: User, consolidated: list[Document]
) -> None:
    state = State.objects.get(document=consolidated[0])
    whole = bank_file(state)
    path = bank_path(state)
    path.write_bytes(whole[:100] + bytes([whole[100] ^ 1]) + whole[101:])
    question = ask_question(matter, QUESTION, actor=Actor(admin))
    installation.start("answer")
    wait_until(lambda: ended(ANSWER.name), what="the question is answered")
    question.refresh_from_db()
    assert question.note.startswith("2 of 4 documents were")
    installation.start("consolidate")
    wait_until(lambda: ended(CONSOLIDATE.name), what="the state is built again")
    again = State.objects.get(document=consolidated[0])
    assert (again.status, again.name, bank_file(again)) == (State.Status.READY, state.name, whole)


@pytest.mark.slow
def test_a_question_that_kills_its_worker_every_time_fails_with_its_reason_and_can_be_retried(
    installation: Installation, matter: Matter, admin: User, consolidated: list[Document]
) -> None:
    installation.start("answer")
    killed = None
    for _ in range(10):
        killed = ask_question(matter, QUESTION, actor=Actor(admin))
        seen = lambda: is_running(ANSWER.name) or ended(ANSWER.name)  # noqa: E731
        wait_until(seen, what="the question is worked on")
        installation.freeze("answer")
        if is_running(ANSWER.name):
            break
        installation.thaw("answer")
    assert killed is not None and is_running(ANSWER.name), "never caught at work"
    installation.kill("answer")
    killed.refresh_from_db()
    assert not killed.is_final
    assert not Citation.objects.filter(answer__question=killed).exists()

    for attempt in (2, 3):
        gone(newest(ANSWER.name))
        sweep()
        claimed = lifecycle.claim(str(newest(ANSWER.name).pk), "a worker that dies at once")
        assert claimed is not None and claimed.attempts == attempt
    gone(newest(ANSWER.name))
    wait_until(lambda: sweep() or ended(ANSWER.name), what="it is given up")
    killed.refresh_from_db()
    assert (killed.status, newest(ANSWER.name).status) == (Question.Status.FAILED, Status.FAILED)
    assert killed.note.startswith("Tried 3 times without success.")

    installation.start("answer")
    retry_question(killed, actor=Actor(admin))
    wait_until(lambda: ended(ANSWER.name), what="the retry")
    assert_one_answer_each(killed)


@pytest.mark.slow
def test_questions_beside_one_that_kills_its_worker_are_not_counted_as_tried(
    installation: Installation, matter: Matter, admin: User, consolidated: list[Document]
) -> None:
    asked = Job.objects.filter(kind=ANSWER.name)
    at_work = asked.filter(status=Status.RUNNING)
    alone = at_work.filter(apart=True)
    caught = lambda: at_work.count() > 1 or ended(ANSWER.name)  # noqa: E731
    alone_caught = lambda: alone.exists() or ended(ANSWER.name)  # noqa: E731
    for number in range(10):
        for part in range(3):
            ask_question(matter, f"{QUESTION} ({number}.{part})", actor=Actor(admin))
        installation.start("answer")
        if not kill_when(installation, "answer", caught, "several are worked on") or ended(ANSWER.name):
            continue
        several = asked.filter(pk__in=list(at_work.values_list("pk", flat=True)))
        wait_until(lambda: not at_work.exists(), what="they are put back")
        assert set(several.values_list("status", "attempts", "apart")) == {(Status.WAITING, 0, True)}
        installation.start("answer")
        if kill_when(installation, "answer", alone_caught, "one is tried alone") and alone.exists():
            break
    killer = at_work.get()
    wait_until(lambda: not at_work.exists(), what="it is put back")
    assert asked.filter(attempts=1, apart=True, status=Status.WAITING).get() == killer

    installation.start("answer")
    wait_until(lambda: ended(ANSWER.name), what="all are answered")
    assert set(asked.values_list("status", flat=True)) == {Status.SUCCEEDED}
    assert {job.pk: job.attempts for job in asked} == {job.pk: 1 + (job == killer) for job in asked}


@pytest.mark.slow
def test_answers_of_chunks_that_are_done_outlive_their_worker(
    installation: Installation, matter: Matter, admin: User
) -> None:
    documents = [store_document(matter, f"{n}.txt", f"Agreement {n}.", SHORT) for n in range(20)]
    for document in documents:
        request_consolidation(document, Actor(admin))
    installation.start("beat", "consolidate")
    wait_until(lambda: ended(CONSOLIDATE.name), what="all states are built")
    question = ask_question(matter, QUESTION, actor=Actor(admin))
    installation.start("answer")
    answered = Answer.objects.filter(question=question).exclude(state=Answer.State.WAITING)
    between = lambda: answered.exists() and is_running(ANSWER.name)  # noqa: E731
    assert kill_when(installation, "answer", between, "the first chunk is written")
    before = dict(answered.values_list("pk", "finished_at"))
    assert 0 < len(before) < len(documents)
    question.refresh_from_db()
    assert question.summary["asked"] == len(before)

    installation.start("answer")
    wait_until(lambda: ended(ANSWER.name), what="the rest is asked")
    assert (newest(ANSWER.name).status, newest(ANSWER.name).attempts) == (Status.SUCCEEDED, 2)
    after = dict(answered.values_list("pk", "finished_at"))
    assert len(after) == len(documents) and before.items() <= after.items()
    question.refresh_from_db()
    assert question.summary["asked"] == len(documents)
