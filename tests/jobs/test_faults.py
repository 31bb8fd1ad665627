"""Real workers, killed in the middle of their work and started again: nothing is lost, nothing is done twice."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.utils import timezone
from redis import Redis

from reviewapp.documents.models import Document, Page
from reviewapp.events.models import Event
from reviewapp.frame.actor import Actor
from reviewapp.intake.actions import Incoming, create_batch, retry_items
from reviewapp.intake.jobs import INGEST_ITEM
from reviewapp.intake.models import BatchItem, Disposition, Source
from reviewapp.jobs import lifecycle
from reviewapp.jobs.models import Job, Status
from reviewapp.jobs.sweeping import sweep
from reviewapp.matters.actions import create_matter
from reviewapp.matters.models import Matter
from reviewapp.questions.actions import ask_question, retry_question
from reviewapp.questions.jobs import ANSWER
from reviewapp.questions.models import Answer, Citation, Question
from reviewapp.states.actions import request_consolidation, retry_failed
from reviewapp.states.jobs import CONSOLIDATE
from reviewapp.states.models import State
from tests.jobs.conftest import QUICK, Installation, empty_queues, store_document, wait_until

pytestmark = [pytest.mark.faults, pytest.mark.timeout(900)]

CLAUSE = (
    "This Agreement shall be governed by the laws of the State of Delaware. Section {n}. Party {n} shall "
    "deliver the goods of lot {n} to the buyer within {n} days of the order and keep records of it. "
)
LONG = "".join(CLAUSE.format(n=n) for n in range(1, 300))
SHORT = "".join(CLAUSE.format(n=n) for n in range(1, 4))
QUESTION = "Which law governs this Agreement?"


def newest(kind: str) -> Job:
    return Job.objects.filter(kind=kind).latest("created_at")


def gone(job: Job) -> None:
    """Nobody has heard of the job's worker for a minute."""
    Job.objects.filter(pk=job.pk).update(heartbeat_at=timezone.now() - timedelta(minutes=1))


def is_running(kind: str, attempt: int = 1) -> bool:
    return Job.objects.filter(kind=kind, status=Status.RUNNING, attempts=attempt).exists()


def kill_when(installation: Installation, name: str, true: Callable[[], object], what: str) -> bool:
    """Kill the worker while `true()`; False when the moment was over before it could be held."""
    wait_until(true, what=what)
    installation.freeze(name)
    if not true():
        installation.thaw(name)
        return False
    installation.kill(name)
    return True


def ended(*kinds: str) -> bool:
    return not Job.objects.filter(kind__in=kinds, status__in=("waiting", "running")).exists()


def upload(matter: Matter, user: User, texts: dict[str, str]) -> None:
    files = [Incoming(name, [text.encode()]) for name, text in texts.items()]
    create_batch(actor=Actor(user), matter=matter, files=files, source=Source.BROWSER)


def assert_ingested_once(names: set[str]) -> None:
    """Every file has one document with its pages and one consolidation job."""
    assert set(Document.objects.values_list("name", flat=True)) == names
    assert Document.objects.count() == len(names)
    for document in Document.objects.all():
        assert document.pages.count() == document.page_count > 0
        assert len(document.text()) == document.char_count
        accepted = Event.objects.filter(action="document.accepted", object_id=str(document.pk))
        assert accepted.count() == 1
        assert Job.objects.filter(document=document, kind=CONSOLIDATE.name).count() == 1
        assert State.objects.filter(document=document).count() == 1
    assert set(BatchItem.objects.values_list("disposition", flat=True)) == {Disposition.ACCEPTED}
    assert Page.objects.count() == sum(Document.objects.values_list("page_count", flat=True))


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


def bank_path(state: State) -> Path:
    return Path(settings.DATA) / "bank" / str(state.document.matter_id) / f"{state.name}.safetensors"


def bank_file(state: State) -> bytes:
    return bank_path(state).read_bytes()


def assert_one_ready_state(document: Document) -> State:
    state = State.objects.get(document=document)
    assert (state.status, state.bytes) == (State.Status.READY, len(bank_file(state)))
    assert Event.objects.filter(action="state.built", matter=document.matter).count() == 1
    left = bank_path(state).parent.iterdir()
    assert [path for path in left if path.suffix not in (".index", ".lock")] == [bank_path(state)]
    return state


def test_a_worker_that_hangs_is_replaced_and_its_late_result_refused(
    installation: Installation, matter: Matter, admin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The only worker of this test is frozen: sweep here, as an idle one would.
    monkeypatch.setattr(settings, "JOB_STALE_SECONDS", float(QUICK["NIGHTBRIEF_STALE_SECONDS"]))
    document = store_document(matter, "long.txt", LONG)
    request_consolidation(document, Actor(admin))
    installation.start("beat", "consolidate")
    wait_until(lambda: is_running(CONSOLIDATE.name), what="it runs")
    installation.freeze("consolidate")
    wait_until(lambda: sweep() or not is_running(CONSOLIDATE.name), what="it is put back")
    assert (newest(CONSOLIDATE.name).status, newest(CONSOLIDATE.name).attempts) == (Status.WAITING, 1)
    installation.thaw("consolidate")
    wait_until(lambda: ended(CONSOLIDATE.name), what="a second attempt")
    job = newest(CONSOLIDATE.name)
    assert (job.status, job.attempts) == (Status.SUCCEEDED, 2)
    assert_one_ready_state(document)


def test_consolidation_survives_the_death_of_its_worker(
    installation: Installation, matter: Matter, admin: User
) -> None:
    document = store_document(matter, "long.txt", LONG, SHORT)
    request_consolidation(document, Actor(admin))
    installation.start("beat", "consolidate")
    under_way = lambda: Job.objects.filter(status=Status.RUNNING, progress_done__gt=0).exists()  # noqa: E731
    assert kill_when(installation, "consolidate", under_way, "some windows are read")
    assert State.objects.get().status == State.Status.CONSOLIDATING

    installation.start("consolidate")
    wait_until(lambda: ended(CONSOLIDATE.name), what="the state is built")
    job = newest(CONSOLIDATE.name)
    assert (job.status, job.attempts, job.progress_done) == (Status.SUCCEEDED, 2, job.progress_total)
    state = assert_one_ready_state(document)

    other = create_matter("Other", actor=Actor(admin))
    undisturbed = store_document(other, "long.txt", LONG, SHORT)
    request_consolidation(undisturbed, Actor(admin))
    wait_until(lambda: ended(CONSOLIDATE.name), what="the same state in another matter")
    twin = assert_one_ready_state(undisturbed)
    assert (twin.name, bank_file(twin)) == (state.name, bank_file(state))


def test_consolidation_goes_on_where_a_stopped_worker_left_it(
    installation: Installation, matter: Matter, admin: User
) -> None:
    document = store_document(matter, "long.txt", LONG)
    request_consolidation(document, Actor(admin))
    installation.start("beat", "consolidate")
    under_way = Job.objects.filter(status=Status.RUNNING, progress_done__gt=16)
    wait_until(under_way.exists, what="some windows are read")
    assert installation.stop("consolidate") == 0
    job = newest(CONSOLIDATE.name)
    assert (job.status, job.attempts) == (Status.WAITING, 0)
    assert State.objects.get().status == State.Status.WAITING
    bank = Path(settings.DATA) / "bank" / str(matter.pk)
    assert [path.suffix for path in bank.iterdir()] == [".partial"]
    done_before = job.progress_done

    installation.start("consolidate")
    wait_until(
        lambda: Job.objects.filter(progress_done__gt=0, status=Status.RUNNING).exists(), what="it goes on"
    )
    assert newest(CONSOLIDATE.name).progress_done > done_before
    wait_until(lambda: ended(CONSOLIDATE.name), what="the state is built")
    assert_one_ready_state(document)


def test_ingestion_survives_the_death_of_its_worker(
    installation: Installation, matter: Matter, admin: User
) -> None:
    installation.start("beat", "ingest")
    files = {f"{n}.txt": f"Contract number {n}. " + LONG * 10 for n in range(6)}
    upload(matter, admin, files)
    first_attempt = Job.objects.filter(status=Status.RUNNING, attempts=1, kind=INGEST_ITEM.name)
    caught = None
    while caught is None:
        wait_until(lambda: first_attempt.exists() or ended(INGEST_ITEM.name), what="a file is read")
        installation.freeze("ingest")
        caught = first_attempt.first()
        assert caught or not ended(INGEST_ITEM.name), "never caught at work"
        if caught is None:
            installation.thaw("ingest")
    installation.kill("ingest")
    installation.start("ingest")
    wait_until(lambda: ended(INGEST_ITEM.name), what="all files are read")
    assert_ingested_once(set(files))
    for job in Job.objects.filter(kind=INGEST_ITEM.name):
        assert (job.status, job.attempts) == (Status.SUCCEEDED, 2 if job.pk == caught.pk else 1)


@pytest.mark.slow
def test_an_ingestion_that_kills_its_worker_every_time_stops_and_can_be_retried(
    installation: Installation, matter: Matter, admin: User
) -> None:
    installation.without("ingest")
    installation.start("beat")
    upload(matter, admin, {"heavy.txt": LONG * 70})
    for attempt in (1, 2, 3):
        installation.start("ingest")
        under_way = partial(is_running, INGEST_ITEM.name, attempt)
        assert kill_when(installation, "ingest", under_way, f"attempt {attempt}")
    installation.start("ingest")
    wait_until(lambda: ended(INGEST_ITEM.name), what="the job is given up")
    job, item = newest(INGEST_ITEM.name), BatchItem.objects.get()
    assert (job.status, job.attempts) == (Status.FAILED, 3)
    assert job.reason.startswith("Tried 3 times without success.") and job.reason in item.reason
    assert not Document.objects.exists()

    retry_items(actor=Actor(admin), batch=item.batch)
    wait_until(lambda: ended(INGEST_ITEM.name), what="the retry")
    assert_ingested_once({"heavy.txt"})
