"""Questions that share a worker: grids leave room for people who wait, and a worker that shuts down ends its step."""

import time
from collections.abc import Iterator
from threading import BoundedSemaphore

import pytest
from django.contrib.auth.models import User

from consolidation import Bank
from gpu_worker import engine as engines
from gpu_worker import sharing, tasks
from gpu_worker.sharing import Room, giving_way, work_on
from reviewapp.frame.actor import Actor
from reviewapp.jobs import lifecycle
from reviewapp.jobs.kinds import Priority
from reviewapp.jobs.models import Job, Status
from reviewapp.jobs.work import Run, running, shutting_down
from reviewapp.matters.models import Matter
from reviewapp.questions.actions import ask_many, ask_question
from reviewapp.questions.models import Answer
from reviewapp.questions.selectors import is_waited_for
from reviewapp.states.actions import request_consolidation
from tests.engine.tiny import tiny_engine
from tests.jobs.conftest import store_document

pytestmark = pytest.mark.django_db(transaction=True)
TEXT = "This Agreement is governed by the law of the State of {}. The Supplier is Orvelane. "


@pytest.fixture(autouse=True)
def tiny(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The tiny memory in this process, and room for one grid."""
    monkeypatch.setattr(lifecycle, "send_all", lambda jobs: 0)
    monkeypatch.setattr(engines, "_loaded", {engines.memory_name(): tiny_engine()})
    monkeypatch.setattr(sharing, "_grids", BoundedSemaphore(1))
    yield
    shutting_down.clear()


def test_grids_leave_room_for_questions_that_somebody_waits_for(matter: Matter, admin: User) -> None:
    store_document(matter, "a", TEXT.format("Oregon"))
    grids = ask_many(matter, ["First?", "Second?"], actor=Actor(admin))
    order, jobs = list[int](), [question.job for question in grids]
    assert jobs[0] is not None

    def work(run: Run) -> None:
        order.append(run.job.priority)
        if len(order) == 1:
            # beside the first grid, the message of the second finds no room for it, but for a question
            urgent = ask_question(matter, "Urgent?", actor=Actor(admin))
            assert urgent.job is not None
            work_on(str(jobs[1].pk), work)  # type: ignore[union-attr]
            assert order == [Priority.GRID, Priority.INTERACTIVE]
            urgent.job.refresh_from_db()
            assert urgent.job.status == Status.SUCCEEDED and not is_waited_for(urgent.job.memory)
        if run.job.priority == Priority.INTERACTIVE:
            assert is_waited_for(run.job.memory)
        run.finish()

    work_on(str(jobs[0].pk), work)
    assert order == [Priority.GRID, Priority.INTERACTIVE, Priority.GRID]
    assert set(Job.objects.filter(kind="answer").values_list("status", flat=True)) == {Status.SUCCEEDED}


def test_documents_leave_threads_to_questions_and_none_is_left_over(matter: Matter, admin: User) -> None:
    documents = [store_document(matter, f"{n}", TEXT.format("Oregon") + f"Number {n}.") for n in range(4)]
    jobs = [request_consolidation(document, Actor(admin)) for document in documents]
    room, began, done = Room(1), list[int](), list[int]()

    def work(run: Run) -> None:
        number = len(began)
        began.append(number)
        for job in jobs[1:] if not number else ():
            assert job is not None
            room.work_on(str(job.pk), work)
        assert len(began) == number + 1
        run.finish()
        done.append(number)

    assert jobs[0] is not None
    room.work_on(str(jobs[0].pk), work)
    assert began == done == [0, 1, 2, 3]
    room.work_on(str(jobs[0].pk), work)
    more = request_consolidation(store_document(matter, "more", TEXT.format("Texas")), Actor(admin))
    assert more is not None and len(began) == 4
    room.work_on(str(more.pk), work)
    assert set(Job.objects.filter(kind="consolidate").values_list("status", flat=True)) == {Status.SUCCEEDED}


def test_a_worker_that_shuts_down_keeps_what_it_has_and_gives_the_rest_back(
    matter: Matter, admin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    documents = [
        store_document(matter, f"{n}", TEXT.format("Oregon") + f"It is number {n}.") for n in range(6)
    ]
    for document in documents:
        made = request_consolidation(document, Actor(admin))
        assert made is not None
        tasks.consolidate_document(str(made.pk))
    (question,) = ask_many(matter, ["What is the governing law?"], actor=Actor(admin))
    job, asked = question.job, list[str]()
    assert job is not None
    ask = Bank.ask

    def stopped_at_the_third(bank: Bank, name: str) -> object:
        asked.append(name)
        if len(asked) == 3:
            shutting_down.set()
        return ask(bank, name)

    monkeypatch.setattr(Bank, "ask", stopped_at_the_third)
    tasks.answer(str(job.pk))
    job.refresh_from_db()
    assert (job.status, job.attempts, len(asked)) == (Status.WAITING, 0, 3)
    states = list(Answer.objects.filter(question=question).order_by("order").values_list("state", flat=True))
    assert states == ["check"] * 3 + ["waiting"] * 3
    shutting_down.clear()
    tasks.answer(str(job.pk))
    job.refresh_from_db()
    assert (job.status, len(asked), len(set(asked))) == (Status.SUCCEEDED, 6, 6)
    assert not Answer.objects.filter(question=question, state="waiting").exists()


def test_consolidation_lets_questions_go_first(
    matter: Matter, admin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sharing, "LOOK_SECONDS", 0.01)
    made = request_consolidation(store_document(matter, "a", TEXT.format("Oregon")), Actor(admin))
    question = ask_question(matter, "Urgent?", actor=Actor(admin))
    assert made is not None and question.job is not None
    looks = list[bool]()

    def waited_for(memory: str) -> bool:
        looks.append(is_waited_for(memory))
        if len(looks) == 3:
            Job.objects.filter(question=question).update(status=Status.SUCCEEDED)
        return looks[-1]

    monkeypatch.setattr(sharing, "is_waited_for", waited_for)
    with running(str(made.pk)) as run, running(str(question.job.pk)):
        assert run is not None
        with giving_way(run) as give_way:
            time.sleep(0.02)
            give_way()
        run.finish()
    assert looks == [True, True, True, False]
