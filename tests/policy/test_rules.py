"""The truth table of every rule, for every kind of user."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.utils import timezone

from reviewapp import policy
from reviewapp.documents.models import Document, Page
from reviewapp.intake.jobs import INGEST_ITEM
from reviewapp.intake.models import Batch, BatchItem
from reviewapp.jobs.models import Job
from reviewapp.matters.actions import add_member, archive_matter, create_matter
from reviewapp.matters.models import Matter, Membership
from reviewapp.policy import Actor, NotAvailable
from reviewapp.questions.jobs import ANSWER
from reviewapp.questions.models import Answer, Citation, Question
from reviewapp.states.jobs import CONSOLIDATE
from reviewapp.states.models import State

ACTORS = (
    "anonymous",
    "outsider",
    "staff outsider",
    "superuser",
    "admin of another matter",
    "inactive admin",
    "reviewer",
    "second reviewer",
    "admin",
)
MEMBERS = {"reviewer", "second reviewer", "admin"}
ADMINS = {"admin"}
RULES: dict[str, tuple[policy.Rule, set[str], set[str]]] = {
    # rule: (predicate, who may, who may once the matter is archived)
    "view": (policy.may_view, MEMBERS, MEMBERS),
    "administer": (policy.may_administer, ADMINS, ADMINS),
    "ask": (policy.may_ask, MEMBERS, set()),
    "upload": (policy.may_upload, ADMINS, set()),
    "retry": (policy.may_retry, ADMINS, set()),
    "consolidate": (policy.may_consolidate, ADMINS, set()),
    "cancel": (policy.may_cancel, ADMINS, ADMINS),
    "manage members": (policy.may_manage_members, ADMINS, ADMINS),
    "download manifest": (policy.may_download_manifest, ADMINS, ADMINS),
}


@dataclass
class World:
    """A matter with one of everything, and the actors around it."""

    matter: Matter
    other: Matter
    actors: dict[str, Actor]
    batch: Batch
    item: BatchItem
    document: Document
    page: Page
    state: State
    question: Question
    citation: Citation
    jobs: dict[str, Job] = field(default_factory=dict)

    def user(self, name: str) -> User:
        """An actor who is signed in."""
        actor = self.actors[name]
        assert isinstance(actor, User)
        return actor


def _matter(name: str, admin: User) -> Matter:
    return create_matter(name, acting_user=admin)


@pytest.fixture
def world(db: None) -> World:
    """Everything in one matter, and a second matter with its own admin."""
    people = {name: User.objects.create(username=name) for name in ACTORS[1:]}
    people["staff outsider"].is_staff = True
    people["superuser"].is_superuser = people["superuser"].is_staff = True
    admin = people["admin"]
    matter, other = _matter("First", admin), _matter("Second", people["admin of another matter"])
    add_member(matter, people["reviewer"], "reviewer", acting_user=admin)
    add_member(matter, people["second reviewer"], "reviewer", acting_user=admin)
    add_member(matter, people["inactive admin"], "admin", acting_user=admin)
    people["inactive admin"].is_active = False
    for person in people.values():
        person.save()
    batch = Batch.objects.create(matter=matter, created_by=admin, label="batch", source="browser")
    document = Document.objects.create(
        matter=matter, sha256="a" * 64, name="a.txt", media_type="text/plain", size_bytes=3, blob="a",
        text_version="1", text_sha256="b" * 64, page_count=1, char_count=3,
    )  # fmt: skip
    item = BatchItem.objects.create(batch=batch, name="a.txt", document=document)
    page = Page.objects.create(document=document, number=1, text="abc", start=0, end=3)
    state = State.objects.create(document=document, status="ready", name="c" * 64)
    question = Question.objects.create(matter=matter, asked_by=people["reviewer"], text="?")
    answer = Answer.objects.create(question=question)
    citation = Citation.objects.create(
        answer=answer,
        document=document,
        page=page,
        order=0,
        quote="abc",
        start=0,
        end=3,
        verification="exact",
    )
    jobs = {
        kind.name: Job.objects.create(matter=matter, kind=kind.name, subject=subject)
        for kind, subject in ((INGEST_ITEM, item), (CONSOLIDATE, document), (ANSWER, question))
    }
    actors: dict[str, Actor] = {"anonymous": AnonymousUser(), **people}
    return World(matter, other, actors, batch, item, document, page, state, question, citation, jobs)


@pytest.mark.parametrize("actor", ACTORS)
@pytest.mark.parametrize("rule", RULES)
def test_rule(world: World, rule: str, actor: str) -> None:
    allows, may, may_in_archive = RULES[rule]
    assert allows(world.actors[actor], world.matter) is (actor in may)
    archive_matter(world.matter, acting_user=world.user("admin"))
    assert allows(world.actors[actor], world.matter) is (actor in may_in_archive)


@pytest.mark.parametrize("actor", ACTORS)
def test_only_active_staff_may_create_matters(world: World, actor: str) -> None:
    assert policy.may_create_matters(world.actors[actor]) is (actor in {"staff outsider", "superuser"})


@pytest.mark.parametrize("actor", ACTORS)
def test_a_question_is_withdrawn_by_who_asked_it_and_by_admins(world: World, actor: str) -> None:
    allowed = policy.may_withdraw_question(world.actors[actor], world.question)
    assert allowed is (actor in {"reviewer", "admin"})
    if allowed:
        found = policy.access_question_to_withdraw(world.actors[actor], world.question.pk)
        assert found == world.question
    else:
        with pytest.raises(NotAvailable):
            policy.access_question_to_withdraw(world.actors[actor], world.question.pk)


def test_who_asked_and_left_may_no_longer_withdraw(world: World) -> None:
    Membership.objects.filter(user=world.user("reviewer")).delete()
    assert not policy.may_withdraw_question(world.actors["reviewer"], world.question)


Getter = Callable[..., object]
GETTERS: dict[str, tuple[Getter, Callable[[World], object]]] = {
    "matter": (policy.access_matter_by_id, lambda world: world.matter),
    "batch": (policy.access_batch_by_id, lambda world: world.batch),
    "item": (policy.access_item_by_id, lambda world: world.item),
    "document": (policy.access_document_by_id, lambda world: world.document),
    "state": (policy.access_state_by_id, lambda world: world.state),
    "question": (policy.access_question_by_id, lambda world: world.question),
    "citation": (policy.access_citation_by_id, lambda world: world.citation),
    "job": (policy.access_job_by_id, lambda world: world.jobs[CONSOLIDATE.name]),
}


@pytest.mark.parametrize("actor", ACTORS)
@pytest.mark.parametrize("getter", GETTERS)
def test_objects_are_reached_by_members_only(world: World, getter: str, actor: str) -> None:
    access, expected = GETTERS[getter]
    target = expected(world)
    key = target.pk  # type: ignore[attr-defined]
    if actor in MEMBERS:
        assert access(world.actors[actor], key) == target
        assert access(world.actors[actor], str(key)) == target
        return
    with pytest.raises(NotAvailable) as forbidden:
        access(world.actors[actor], key)
    with pytest.raises(NotAvailable) as absent:
        access(world.actors[actor], "00000000-0000-4000-8000-000000000000")
    assert str(forbidden.value) == str(absent.value)


@pytest.mark.parametrize("key", ["", "no-uuid", "1", "' or 1=1", "00000000-0000-4000-8000-000000000000"])
@pytest.mark.parametrize("getter", GETTERS)
def test_ids_that_name_nothing_are_not_available(world: World, getter: str, key: str) -> None:
    with pytest.raises(NotAvailable):
        GETTERS[getter][0](world.actors["admin"], key)


@pytest.mark.parametrize("actor", ACTORS)
def test_pages_and_members_follow_the_matter(world: World, actor: str) -> None:
    user = world.actors[actor]
    membership = Membership.objects.get(matter=world.matter, user=world.user("second reviewer"))
    if actor in MEMBERS:
        assert policy.access_page_by_number(user, world.document.pk, 1) == world.page
    with pytest.raises(NotAvailable):
        policy.access_page_by_number(user, world.document.pk, 1 if actor not in MEMBERS else 2)
    if actor in ADMINS:
        assert policy.access_membership_by_id(user, membership.pk) == membership
    else:
        with pytest.raises(NotAvailable):
            policy.access_membership_by_id(user, membership.pk)


@pytest.mark.parametrize("actor", ACTORS)
def test_a_getter_applies_the_rule_it_is_given(world: World, actor: str) -> None:
    user = world.actors[actor]
    if actor in ADMINS:
        policy.access_matter_by_id(user, world.matter.pk, may=policy.may_upload)
        policy.access_item_by_id(user, world.item.pk, may=policy.may_retry)
        return
    with pytest.raises(NotAvailable):
        policy.access_matter_by_id(user, world.matter.pk, may=policy.may_upload)
    with pytest.raises(NotAvailable):
        policy.access_item_by_id(user, world.item.pk, may=policy.may_retry)


@pytest.mark.parametrize("actor", ACTORS)
def test_lists_hold_what_members_may_see_and_nothing_else(world: World, actor: str) -> None:
    user, matter = world.actors[actor], world.matter
    seen = [
        list(policy.visible_batches(user, matter)) == [world.batch],
        list(policy.visible_items(user, world.batch)) == [world.item],
        list(policy.visible_documents(user, matter)) == [world.document],
        list(policy.visible_pages(user, world.document)) == [world.page],
        list(policy.visible_states(user, matter)) == [world.state],
        list(policy.visible_questions(user, matter)) == [world.question],
        policy.visible_jobs(user, matter).count() == 3,
        policy.visible_members(user, matter).count() == 4,
        matter in policy.visible_matters(user),
    ]
    assert seen == [actor in MEMBERS] * len(seen)
    assert policy.visible_audit_entries(user, matter).exists() is (actor in ADMINS)
    assert (world.other in policy.visible_matters(user)) is (actor == "admin of another matter")
    assert not policy.visible_documents(user, world.other)


def test_a_worker_reaches_only_the_object_of_its_job(world: World) -> None:
    reached = {
        INGEST_ITEM.name: policy.item_for_job,
        CONSOLIDATE.name: policy.document_for_job,
        ANSWER.name: policy.question_for_job,
    }
    objects = {
        INGEST_ITEM.name: world.item,
        CONSOLIDATE.name: world.document,
        ANSWER.name: world.question,
    }
    for kind, job in world.jobs.items():
        for wanted, reach in reached.items():
            if wanted == kind:
                assert reach(job) == objects[kind]
            else:
                with pytest.raises(NotAvailable):
                    reach(job)


def test_a_worker_is_refused_an_object_of_another_matter(world: World) -> None:
    for job, reach in (
        (world.jobs[INGEST_ITEM.name], policy.item_for_job),
        (world.jobs[CONSOLIDATE.name], policy.document_for_job),
        (world.jobs[ANSWER.name], policy.question_for_job),
    ):
        job.matter = world.other
        job.save()
        with pytest.raises(NotAvailable):
            reach(job)


def test_an_answer_draws_on_its_own_matter_and_scope(world: World) -> None:
    Document.objects.create(
        matter=world.other, sha256="a" * 64, name="o.txt", media_type="text/plain", size_bytes=3, blob="a",
        text_version="1", text_sha256="b" * 64, page_count=1, char_count=3,
    )  # fmt: skip
    second = Document.objects.create(
        matter=world.matter, sha256="d" * 64, name="d.txt", media_type="text/plain", size_bytes=3, blob="d",
        text_version="1", text_sha256="b" * 64, page_count=1, char_count=3,
    )  # fmt: skip
    assert set(policy.documents_in_scope(world.question)) == {world.document, second}
    world.question.scope.set([second])
    assert set(policy.documents_in_scope(world.question)) == {second}
    Membership.objects.filter(user=world.user("reviewer")).delete()
    assert not policy.documents_in_scope(world.question)


def test_an_archived_matter_is_marked_once(world: World) -> None:
    before = timezone.now()
    matter = archive_matter(world.matter, acting_user=world.user("admin"))
    assert matter.archived_at is not None and matter.archived_at >= before
