"""Business changes: what they write, what they refuse, what they leave in the audit record."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.contrib.auth.models import User
from django.utils import timezone

from reviewapp.documents.models import Document
from reviewapp.events.models import Event, EventFinalError
from reviewapp.frame.actor import Actor
from reviewapp.jobs.models import Job, Status
from reviewapp.matters import actions as matters
from reviewapp.matters.actions import MatterError
from reviewapp.matters.models import Matter, Membership, Role
from reviewapp.questions import actions as review
from reviewapp.questions.actions import QuestionError
from reviewapp.questions.jobs import ANSWER
from reviewapp.questions.models import Question
from reviewapp.states import actions as memory
from reviewapp.states import progress
from reviewapp.states.models import State
from reviewapp.states.nights import allow_nights
from reviewapp.states.results import BuiltFacts, store_state
from reviewapp.states.selectors import ready_state_names
from tests.jobs.conftest import store_document

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin() -> User:
    return User.objects.create(username="admin", is_staff=True)


@pytest.fixture
def matter(admin: User) -> Matter:
    return matters.create_matter("  Trial \n of the year ", actor=Actor(admin))


def actions_of(matter: Matter) -> list[str]:
    return sorted(Event.objects.filter(matter=matter).values_list("action", flat=True))


def built(name: str) -> BuiltFacts:
    return BuiltFacts(name, "embedded", "m" * 64, "t" * 64, 1, 128, 8, "int4", 10, 1, 1, 100, 1.0)


def test_who_creates_a_matter_administers_it(matter: Matter, admin: User) -> None:
    assert matter.name == "Trial of the year"
    assert Membership.objects.get(matter=matter).role == Role.ADMIN
    assert actions_of(matter) == ["matter.created", "member.added"]


@pytest.mark.parametrize("name", ["", "  ", "x" * 201])
def test_a_matter_needs_a_name_of_sensible_length(name: str, admin: User) -> None:
    with pytest.raises(MatterError):
        matters.create_matter(name, actor=Actor(admin))
    assert not Matter.objects.exists() and not Event.objects.exists()


def test_members_are_added_changed_and_removed(matter: Matter, admin: User) -> None:
    other = User.objects.create(username="other")
    membership = matters.add_member(matter, other, "reviewer", actor=Actor(admin))
    with pytest.raises(MatterError, match="already"):
        matters.add_member(matter, other, "admin", actor=Actor(admin))
    with pytest.raises(MatterError, match="role"):
        matters.change_role(membership, "owner", actor=Actor(admin))
    assert matters.change_role(membership, "admin", actor=Actor(admin)).role == Role.ADMIN
    matters.remove_member(membership, actor=Actor(admin))
    assert not Membership.objects.filter(user=other).exists()
    entry = Event.objects.get(action="member.role_changed")
    assert (entry.detail["before"], entry.detail["after"]) == ("reviewer", "admin")
    assert "member.removed" in actions_of(matter)


def test_a_matter_keeps_an_admin(matter: Matter, admin: User) -> None:
    own = Membership.objects.get(user=admin)
    with pytest.raises(MatterError, match="at least one admin"):
        matters.remove_member(own, actor=Actor(admin))
    with pytest.raises(MatterError, match="at least one admin"):
        matters.change_role(own, "reviewer", actor=Actor(admin))
    assert Membership.objects.get(user=admin).role == Role.ADMIN


def test_audit_entries_are_final(matter: Matter) -> None:
    entry = Event.objects.filter(matter=matter)[0]
    for change in (
        entry.save,
        entry.delete,
        Event.objects.all().delete,
        lambda: Event.objects.update(action="x"),
    ):
        with pytest.raises(EventFinalError):
            change()
    assert len(actions_of(matter)) == 2


def test_a_question_comes_with_its_answer_job_and_audit_entry(matter: Matter, admin: User) -> None:
    document = store_document(matter, "a.txt", "text")
    question = review.ask_question(matter, "  Who signs? ", actor=Actor(admin), scope=[document])
    assert (question.text, list(question.scope.all())) == ("Who signs?", [document])
    assert question.job is not None and question.job.kind == ANSWER.name
    assert question.status == Question.Status.WAITING and not question.answers.exists()
    entry = Event.objects.get(action="question.asked")
    assert entry.user == admin and "Who signs" not in str(entry.detail)


def test_questions_that_cannot_be_asked_leave_nothing(matter: Matter, admin: User) -> None:
    foreign = store_document(matters.create_matter("Other", actor=Actor(admin)), "b.txt", "text")
    for text, scope in ((" ", []), ("x" * 2001, []), ("Who signs?", [foreign])):
        with pytest.raises(QuestionError):
            review.ask_question(matter, text, actor=Actor(admin), scope=scope)
    assert not Question.objects.exists() and not Job.objects.exists()


def test_a_withdrawn_question_can_be_asked_again(matter: Matter, admin: User) -> None:
    question = review.ask_question(matter, "Who signs?", actor=Actor(admin))
    with pytest.raises(QuestionError):
        review.retry_question(question, actor=Actor(admin))
    review.withdraw_question(question, actor=Actor(admin))
    question.refresh_from_db()
    assert question.status == Question.Status.CANCELLED
    review.retry_question(question, actor=Actor(admin))
    question.refresh_from_db()
    assert question.status == Question.Status.WAITING
    assert list(question.jobs.order_by("created_at").values_list("status", flat=True)) == [
        Status.CANCELLED,
        Status.WAITING,
    ]


def test_consolidation_is_asked_for_once(matter: Matter, admin: User) -> None:
    documents = [store_document(matter, f"{n}.txt", "text " * n) for n in (3, 1, 2)]
    jobs = memory.start_consolidation(matter, actor=Actor(admin))
    assert [job.subject for job in jobs] == [documents[1], documents[2], documents[0]]
    assert memory.start_consolidation(matter, actor=Actor(admin)) == []
    assert State.objects.count() == Job.objects.count() == 3


def test_ready_documents_are_left_alone(matter: Matter, admin: User) -> None:
    ready, other = (store_document(matter, name, name) for name in ("a", "b"))
    store_state(ready, built("a" * 64))
    assert [job.subject for job in memory.start_consolidation(matter, actor=Actor(admin))] == [other]


def test_cancelled_documents_can_be_asked_for_again(matter: Matter, admin: User) -> None:
    documents = [store_document(matter, name, name) for name in ("a", "b")]
    memory.start_consolidation(matter, actor=Actor(admin))
    assert memory.cancel_consolidation(matter, documents[:1], actor=Actor(admin)) == 1
    assert memory.cancel_consolidation(matter, actor=Actor(admin)) == 1
    assert set(State.objects.values_list("status", flat=True)) == {State.Status.CANCELLED}
    assert len(memory.start_consolidation(matter, actor=Actor(admin))) == 2
    assert State.objects.filter(status=State.Status.WAITING).count() == State.objects.count() == 2


def test_a_successor_takes_its_place_when_it_is_built(matter: Matter) -> None:
    document = store_document(matter, "a", "a")
    first = store_state(document, built("a" * 64))
    second = store_state(document, built("b" * 64))
    first.refresh_from_db()
    assert (first.status, second.status) == (State.Status.STALE, State.Status.READY)


def test_states_of_another_model_are_built_again(matter: Matter) -> None:
    document = store_document(matter, "a", "a")
    old = store_state(document, built("a" * 64))
    assert memory.retire_states_of_other_models("embedded", "m" * 64, "t" * 64) == 0
    assert memory.retire_states_of_other_models("embedded", "n" * 64, "t" * 64) == 1
    old.refresh_from_db()
    assert old.status == State.Status.STALE
    assert Job.objects.get().trigger == "model"


def test_a_memory_that_is_new_here_is_given_what_others_have(
    matter: Matter, admin: User, settings: LazySettings
) -> None:
    """What nobody has had consolidated is left alone, and nights are waited for."""
    hour = timezone.localtime().hour
    settings.NIGHT = ((hour + 2) % 24, (hour + 4) % 24)
    document = store_document(matter, "a", "a")
    store_document(matter, "b", "b")
    store_state(document, built("a" * 64))
    night = allow_nights(matter, actor=Actor(admin))
    assert memory.request_states_of_new_memory("other") == 0
    night.delete()
    assert [memory.request_states_of_new_memory(name) for name in ("other", "other", "embedded")] == [1, 0, 0]
    job = Job.objects.get()
    assert (job.subject_id, job.memory, job.trigger) == (document.pk, "other", "model")
    assert document.states.get(memory="embedded").status == State.Status.READY


def test_a_document_has_a_state_for_each_memory(matter: Matter) -> None:
    document = store_document(matter, "a", "a")
    first = store_state(document, built("a" * 64))
    second = store_state(document, replace(built("b" * 64), memory="other"))
    assert memory.retire_states_of_other_models("other", "m" * 64, "t" * 64) == 0
    assert memory.retire_states_of_other_models("other", "n" * 64, "t" * 64) == 1
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.status, second.status) == (State.Status.READY, State.Status.STALE)
    assert document.states.get(status=State.Status.WAITING).memory == "other"
    names = ready_state_names([document], memory="embedded", model_sha256="m" * 64, tokenizer_sha256="t" * 64)
    assert names == {document.pk: "a" * 64}


def test_progress_counts_text_not_files(matter: Matter, admin: User) -> None:
    store_state(store_document(matter, "ready", "x" * 100), built("a" * 64))
    running = store_document(matter, "running", "x" * 200)
    waiting = store_document(matter, "waiting", "x" * 100)
    memory.start_consolidation(matter, [running, waiting], actor=Actor(admin))
    Job.objects.filter(document=running).update(status=Status.RUNNING, progress_done=1, progress_total=2)
    State.objects.filter(document=running).update(status=State.Status.CONSOLIDATING)
    store_document(matter, "new", "x" * 100)
    seen = progress.of_matter(matter)
    assert (seen.documents, seen.ready, seen.consolidating, seen.waiting, seen.not_requested) == (
        4,
        1,
        1,
        1,
        1,
    )
    assert seen.percent == 40 and seen.is_under_way


def test_time_left_follows_the_rate_of_finished_work(matter: Matter, admin: User) -> None:
    documents = [store_document(matter, f"{n}", "x" * 1000) for n in range(4)]
    jobs = memory.start_consolidation(matter, actor=Actor(admin))
    assert progress.of_matter(matter).seconds_left is None
    now = timezone.now()
    Job.objects.filter(pk=jobs[0].pk).update(
        status=Status.SUCCEEDED, started_at=now - timedelta(seconds=10), finished_at=now
    )
    store_state(documents[0], built("a" * 64))
    left = progress.of_matter(matter).seconds_left
    assert left == pytest.approx(30, rel=0.01)
    slow = {"status": Status.RUNNING, "progress_done": 1, "progress_total": 10}
    Job.objects.filter(pk=jobs[1].pk).update(started_at=now - timedelta(seconds=60), **slow)
    documents[1].states.update(status="consolidating")
    alone = progress.of_documents([documents[1]])[0].seconds_left
    together = progress.of_matter(matter).seconds_left
    assert alone and together and together >= alone - 1 > 500, (
        "a matter takes no less than its slowest document"
    )
    for number, document in enumerate(documents):
        store_state(document, built(str(number) * 64))
    assert progress.of_matter(matter).seconds_left == 0


def test_a_large_matter_is_requested_in_few_queries_and_one_event(
    matter: Matter,
    admin: User,
    django_assert_max_num_queries: Callable[[int], AbstractContextManager[object]],
) -> None:
    documents = [
        Document(
            matter=matter, sha256=f"{n:064}", name=f"{n}", blob="none", media_type="text/plain", size_bytes=1,
            text_version="test", text_sha256="", page_count=0, char_count=n,
        )
        for n in range(600)
    ]  # fmt: skip
    Document.objects.bulk_create(documents)
    with django_assert_max_num_queries(60):
        jobs = memory.start_consolidation(matter, actor=Actor(admin))
    assert [job.size for job in jobs] == list(range(600))
    assert State.objects.filter(status=State.Status.WAITING).count() == 600
    event = Event.objects.get(action="consolidation.requested")
    assert (event.object_id, event.detail) == (str(matter.pk), {"documents": 600, "trigger": "user"})
    Job.objects.filter(pk=jobs[0].pk).update(status=Status.RUNNING)
    assert memory.cancel_consolidation(matter, actor=Actor(admin)) == 600
    assert State.objects.filter(status=State.Status.CANCELLED).count() == 599
    assert Job.objects.filter(cancel_requested=True).count() == 600
    assert Event.objects.get(action="jobs.cancelled").detail == {"jobs": 600}
    assert memory.cancel_consolidation(matter, actor=Actor(admin)) == 0
