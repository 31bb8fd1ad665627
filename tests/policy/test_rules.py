"""The truth table of every rule, for every kind of user."""

from collections.abc import Callable
from uuid import UUID

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from reviewapp.audit.policy import may_read_audit, visible_events
from reviewapp.documents.models import Document
from reviewapp.documents.policy import (
    access_document_by_id,
    access_page_by_number,
    may_rename,
    may_replace,
    may_withdraw,
    visible_documents,
    visible_pages,
)
from reviewapp.exports.policy import access_export_by_id, may_export, visible_exports
from reviewapp.frame.actor import SYSTEM, Actor, Client, Scope
from reviewapp.grids.models import Column, View
from reviewapp.grids.policy import (
    access_column_by_id,
    access_grid_by_id,
    access_set_by_id,
    access_view_by_id,
    may_edit_set,
    may_run_grids,
    may_share_sets,
    visible_assignments,
    visible_grid_cells,
    visible_grid_documents,
    visible_grids,
    visible_sets,
)
from reviewapp.grids.sets import Asked, save_set
from reviewapp.intake.policy import (
    access_batch_by_id,
    access_item_by_id,
    may_download_manifest,
    may_retry,
    may_upload,
    visible_batches,
    visible_items,
)
from reviewapp.jobs.policy import access_job_by_id, may_cancel, visible_jobs
from reviewapp.lab.models import Comparison
from reviewapp.lab.policy import access_comparison_by_id, may_compare, visible_comparisons
from reviewapp.loads.policy import (
    access_load_by_id,
    access_production_by_id,
    may_load,
    may_produce,
    visible_by_bates,
    visible_load_problems,
    visible_loaded_fields,
    visible_loads,
    visible_productions,
)
from reviewapp.matters.actions import archive_matter
from reviewapp.matters.models import Membership
from reviewapp.matters.policy import (
    MatterRule,
    NotAvailable,
    access_matter_by_id,
    access_membership_by_id,
    may_administer,
    may_create_matters,
    may_manage_members,
    may_view,
    visible_matters,
    visible_members,
)
from reviewapp.questions.policy import (
    access_citation_by_id,
    access_question_by_id,
    access_question_to_withdraw,
    documents_in_scope,
    may_ask,
    may_withdraw_question,
    visible_askers,
    visible_questions,
    visible_questions_in_thread,
)
from reviewapp.reviews.policy import (
    access_answer_by_id,
    access_sample_by_id,
    may_review,
    may_set_review_rules,
    visible_cells,
    visible_codes,
    visible_codings,
    visible_issues,
    visible_reviews,
    visible_samples,
)
from reviewapp.states.jobs import CONSOLIDATE
from reviewapp.states.policy import access_state_by_id, may_consolidate, visible_states
from reviewapp.webhooks.policy import may_manage_webhooks
from tests.policy.conftest import ACTORS, ADMINS, MEMBERS, World, new_matter

RULES: dict[str, tuple[MatterRule, set[str], set[str]]] = {
    # rule: (predicate, who may, who may once the matter is archived)
    "read audit": (may_read_audit, ADMINS, ADMINS),
    "rename": (may_rename, ADMINS, set()),
    "replace": (may_replace, ADMINS, set()),
    "withdraw": (may_withdraw, ADMINS, ADMINS),
    "view": (may_view, MEMBERS, MEMBERS),
    "administer": (may_administer, ADMINS, ADMINS),
    "ask": (may_ask, MEMBERS, set()),
    "review": (may_review, MEMBERS, set()),
    "run grids": (may_run_grids, MEMBERS, set()),
    "export": (may_export, MEMBERS, MEMBERS),
    "compare": (may_compare, ADMINS, set()),
    "set review rules": (may_set_review_rules, ADMINS, set()),
    "upload": (may_upload, ADMINS, set()),
    "load": (may_load, ADMINS, set()),
    "produce": (may_produce, ADMINS, ADMINS),
    "retry": (may_retry, ADMINS, set()),
    "consolidate": (may_consolidate, ADMINS, set()),
    "cancel": (may_cancel, ADMINS, ADMINS),
    "manage members": (may_manage_members, ADMINS, ADMINS),
    "download manifest": (may_download_manifest, ADMINS, ADMINS),
    "manage webhooks": (may_manage_webhooks, ADMINS, ADMINS),
}


def who(world: World, rule: MatterRule) -> set[str]:
    """Those to whom a rule allows it."""
    return {name for name, actor in world.actors.items() if rule(actor, world.matter)}


def test_rules(world: World) -> None:
    assert set(world.actors) == set(ACTORS)
    assert {name: who(world, rule) for name, (rule, _, _) in RULES.items()} == {
        name: may for name, (_, may, _) in RULES.items()
    }
    archive_matter(world.matter, actor=Actor(world.user("admin")))
    assert {name: who(world, rule) for name, (rule, _, _) in RULES.items()} == {
        name: may for name, (_, _, may) in RULES.items()
    }


CLIENT_SCOPES = {
    "view": Scope.READ,
    "administer": Scope.MANAGE,
    "read audit": Scope.AUDIT,
    "ask": Scope.ASK,
    "review": Scope.REVIEW,
    "run grids": Scope.ASK,
    "export": Scope.READ,
    "compare": Scope.MANAGE,
    "set review rules": Scope.MANAGE,
    "upload": Scope.UPLOAD,
    "load": Scope.UPLOAD,
    "produce": Scope.MANAGE,
    "rename": Scope.UPLOAD,
    "replace": Scope.UPLOAD,
    "withdraw": Scope.MANAGE,
    "retry": Scope.UPLOAD,
    "consolidate": Scope.CONSOLIDATE,
    "cancel": Scope.MANAGE,
    "manage members": Scope.MANAGE,
    "download manifest": Scope.READ,
    "manage webhooks": Scope.MANAGE,
}


def client_of(actor: Actor, *scopes: Scope, matters: frozenset[UUID] | None = None) -> Actor:
    """An integration on behalf of the actor's user."""
    return Actor(actor.user, Client("integration", matters), frozenset(scopes))


def test_rules_for_clients(world: World) -> None:
    """A client may what its user may, with the rule's scope and bound to the matter or to none."""
    own, other = frozenset([world.matter.pk]), frozenset([world.other.pk])
    assert {name: rule.scope for name, (rule, _, _) in RULES.items()} == CLIENT_SCOPES
    for name, (allows, may, _) in RULES.items():
        for actor, user in world.actors.items():
            case, is_right = (name, actor), actor in may
            assert allows(client_of(user, allows.scope), world.matter) is is_right, case
            assert allows(client_of(user, allows.scope, matters=own), world.matter) is is_right, case
            assert not allows(client_of(user, allows.scope, matters=other), world.matter), case
            assert not allows(client_of(user, *(set(Scope) - {allows.scope})), world.matter), case
            assert not allows(client_of(user), world.matter), case


def test_the_system_comes_through_no_door(world: World) -> None:
    assert [name for name, (allows, _, _) in RULES.items() if allows(SYSTEM, world.matter)] == []


def test_a_client_sees_the_matters_it_is_bound_to(world: World) -> None:
    admin = world.actors["admin"]
    second = new_matter("Third", world.user("admin"))
    everything = client_of(admin, *Scope)
    bound = client_of(admin, *Scope, matters=frozenset([second.pk]))
    assert set(visible_matters(everything)) == {world.matter, second}
    assert set(visible_matters(bound)) == {second}
    assert not visible_matters(client_of(admin, Scope.ASK))
    assert not visible_documents(bound, world.matter) and not visible_events(bound, world.matter)
    for access, expected in GETTERS.values():
        with pytest.raises(NotAvailable):
            access(bound, expected(world).pk)  # type: ignore[attr-defined]


def test_a_client_creates_matters_and_withdraws_questions_within_its_scope(world: World) -> None:
    staff, reviewer = world.actors["staff outsider"], world.actors["reviewer"]
    assert may_create_matters(client_of(staff, Scope.MANAGE))
    assert not may_create_matters(client_of(staff, Scope.READ))
    assert not may_create_matters(client_of(staff, *Scope, matters=frozenset([world.matter.pk])))
    assert may_withdraw_question(client_of(reviewer, Scope.ASK), world.question)
    assert not may_withdraw_question(client_of(reviewer, Scope.READ), world.question)


def test_a_client_has_scopes_and_a_person_none() -> None:
    with pytest.raises(ValueError, match="scopes"):
        Actor(AnonymousUser(), Client("integration"))
    with pytest.raises(ValueError, match="scopes"):
        Actor(AnonymousUser(), scopes=frozenset(Scope))


def test_what_a_client_does_is_recorded_with_its_name(world: World) -> None:
    archive_matter(world.matter, actor=client_of(world.actors["admin"], Scope.MANAGE))
    entry = visible_events(world.actors["admin"], world.matter).get(action="matter.archived")
    assert (entry.user, entry.client) == (world.user("admin"), "integration")


def test_what_was_wanted_before_an_account_was_closed_is_recorded_for_it(world: World) -> None:
    closed = world.actors["inactive admin"]
    archive_matter(world.matter, actor=closed)
    entry = visible_events(world.actors["admin"], world.matter).get(action="matter.archived")
    assert entry.user == closed.user and closed.person is None


@pytest.mark.parametrize("actor", ACTORS)
def test_only_active_staff_may_create_matters(world: World, actor: str) -> None:
    assert may_create_matters(world.actors[actor]) is (actor in {"staff outsider", "superuser"})


@pytest.mark.parametrize("actor", ACTORS)
def test_a_question_is_withdrawn_by_who_asked_it_and_by_admins(world: World, actor: str) -> None:
    allowed = may_withdraw_question(world.actors[actor], world.question)
    assert allowed is (actor in {"reviewer", "admin"})
    if allowed:
        found = access_question_to_withdraw(world.actors[actor], world.question.pk)
        assert found == world.question
    else:
        with pytest.raises(NotAvailable):
            access_question_to_withdraw(world.actors[actor], world.question.pk)


def test_who_asked_and_left_may_no_longer_withdraw(world: World) -> None:
    Membership.objects.filter(user=world.user("reviewer")).delete()
    assert not may_withdraw_question(world.actors["reviewer"], world.question)


Getter = Callable[..., object]
GETTERS: dict[str, tuple[Getter, Callable[[World], object]]] = {
    "matter": (access_matter_by_id, lambda world: world.matter),
    "batch": (access_batch_by_id, lambda world: world.batch),
    "item": (access_item_by_id, lambda world: world.item),
    "document": (access_document_by_id, lambda world: world.document),
    "state": (access_state_by_id, lambda world: world.state),
    "question": (access_question_by_id, lambda world: world.question),
    "citation": (access_citation_by_id, lambda world: world.citation),
    "answer": (access_answer_by_id, lambda world: world.citation.answer),
    "sample": (access_sample_by_id, lambda world: world.sample),
    "grid": (access_grid_by_id, lambda world: world.grid),
    "export": (access_export_by_id, lambda world: world.export),
    "comparison": (access_comparison_by_id, lambda world: world.comparison),
    "column": (access_column_by_id, lambda world: Column.objects.get(grid=world.grid)),
    "view": (access_view_by_id, lambda world: View.objects.get(grid=world.grid)),
    "job": (access_job_by_id, lambda world: world.jobs[CONSOLIDATE.name]),
}


ABSENT = "00000000-0000-4000-8000-000000000000"


def refusal(access: Getter, actor: Actor, key: object) -> str:
    """How the object is not available; empty where it is."""
    try:
        access(actor, key)
    except NotAvailable as error:
        return str(error)
    return ""


def test_objects_are_reached_by_members_only(world: World) -> None:
    for name, (access, expected) in GETTERS.items():
        target = expected(world)
        key = target.pk  # type: ignore[attr-defined]
        for actor, user in world.actors.items():
            if actor in MEMBERS:
                assert access(user, key) == access(user, str(key)) == target, (name, actor)
            else:
                forbidden = refusal(access, user, key)
                assert forbidden and forbidden == refusal(access, user, ABSENT), (name, actor)


def test_ids_that_name_nothing_are_not_available(world: World) -> None:
    keys = ("", "no-uuid", "1", "' or 1=1", ABSENT)
    cases = [(name, access, key) for name, (access, _) in GETTERS.items() for key in keys]
    assert [(n, key) for n, access, key in cases if not refusal(access, world.actors["admin"], key)] == []


@pytest.mark.parametrize("actor", ACTORS)
def test_pages_and_members_follow_the_matter(world: World, actor: str) -> None:
    user = world.actors[actor]
    membership = Membership.objects.get(matter=world.matter, user=world.user("second reviewer"))
    if actor in MEMBERS:
        assert access_page_by_number(user, world.document.pk, 1) == world.page
    with pytest.raises(NotAvailable):
        access_page_by_number(user, world.document.pk, 1 if actor not in MEMBERS else 2)
    if actor in ADMINS:
        assert access_membership_by_id(user, membership.pk) == membership
        assert access_load_by_id(user, world.load.pk) == world.load
        assert access_production_by_id(user, world.production.pk) == world.production
    else:
        with pytest.raises(NotAvailable):
            access_load_by_id(user, world.load.pk)
        with pytest.raises(NotAvailable):
            access_production_by_id(user, world.production.pk)
        with pytest.raises(NotAvailable):
            access_membership_by_id(user, membership.pk)


@pytest.mark.parametrize("actor", ACTORS)
def test_a_getter_applies_the_rule_it_is_given(world: World, actor: str) -> None:
    user = world.actors[actor]
    if actor in ADMINS:
        access_matter_by_id(user, world.matter.pk, may=may_upload)
        access_item_by_id(user, world.item.pk, may=may_retry)
        return
    with pytest.raises(NotAvailable):
        access_matter_by_id(user, world.matter.pk, may=may_upload)
    with pytest.raises(NotAvailable):
        access_item_by_id(user, world.item.pk, may=may_retry)


@pytest.mark.parametrize("actor", ACTORS)
def test_lists_hold_what_members_may_see_and_nothing_else(world: World, actor: str) -> None:
    user, matter = world.actors[actor], world.matter
    seen = [
        list(visible_batches(user, matter)) == [world.batch],
        list(visible_items(user, world.batch)) == [world.item],
        list(visible_documents(user, matter)) == [world.document],
        list(visible_pages(user, world.document)) == [world.page],
        list(visible_states(user, matter)) == [world.state],
        list(visible_questions(user, matter)) == [world.question],
        list(visible_askers(user, matter)) == [world.question.asked_by],
        list(visible_questions_in_thread(user, world.question)) == [world.question],
        list(visible_grids(user, matter)) == [world.grid],
        list(visible_grid_documents(user, world.grid)) == [world.document],
        list(visible_grid_cells(user, world.grid)) == [world.citation.answer],
        visible_assignments(user, world.grid).count() == 1,
        visible_sets(user, matter).count() == 1,
        list(visible_samples(user, matter)) == [world.sample],
        visible_reviews(user, matter).count() == 1,
        list(visible_cells(user, matter)) == [world.citation.answer],
        visible_loaded_fields(user, world.document).count() == 1,
        visible_by_bates(user, matter, "a1").count() == 1,
        visible_issues(user, matter).count() == 1,
        visible_codes(user, world.document).count() == 1,
        list(visible_codings(user, matter)) == [world.coding],
        list(visible_exports(user, matter)) == [world.export],
        list(visible_comparisons(user, matter)) == [world.comparison],
        visible_jobs(user, matter).count() == 8,
        visible_members(user, matter).count() == 4,
        matter in visible_matters(user),
    ]
    assert seen == [actor in MEMBERS] * len(seen)
    assert visible_events(user, matter).exists() is (actor in ADMINS)
    assert visible_loads(user, matter).exists() is (actor in ADMINS)
    assert visible_productions(user, matter).exists() is (actor in ADMINS)
    assert visible_load_problems(user, world.load).exists() is (actor in ADMINS)
    assert (world.other in visible_matters(user)) is (actor == "admin of another matter")
    assert not visible_documents(user, world.other)


@pytest.mark.parametrize("actor", ACTORS)
def test_a_comparison_that_is_not_begun_is_for_whoever_may_begin_it(world: World, actor: str) -> None:
    Comparison.objects.update(status="draft")
    user, found = world.actors[actor], world.comparison
    assert visible_comparisons(user, world.matter).exists() is (actor in ADMINS)
    assert bool(refusal(access_comparison_by_id, user, found.pk)) is (actor not in ADMINS)


@pytest.mark.parametrize("actor", ACTORS)
def test_sets_are_reached_through_a_matter_and_kept_by_whom_they_belong_to(world: World, actor: str) -> None:
    user, ours = world.actors[actor], world.grid.made_of
    assert ours is not None
    firm = save_set(None, "Firm", [Asked("Law", "Which law?")], actor=Actor(world.user("superuser"))).set
    for found in (ours.set, firm):
        if actor in MEMBERS:
            assert access_set_by_id(user, world.matter, found.pk) == found
        else:
            with pytest.raises(NotAvailable):
                access_set_by_id(user, world.matter, found.pk)
    with pytest.raises(NotAvailable):
        access_set_by_id(world.actors["admin of another matter"], world.other, ours.set.pk)
    assert may_share_sets(user) is (actor in {"staff outsider", "superuser"})
    assert may_edit_set(user, world.matter, ours.set) is (actor in MEMBERS)
    assert may_edit_set(user, world.matter, firm) is (actor in {"staff outsider", "superuser"})
    firm.key = "shipped"
    assert not may_edit_set(user, world.matter, firm)


def test_an_answer_draws_on_its_own_matter_and_scope(world: World) -> None:
    Document.objects.create(
        matter=world.other, sha256="a" * 64, name="o.txt", media_type="text/plain", size_bytes=3, blob="a",
        text_version="1", text_sha256="b" * 64, page_count=1, char_count=3,
    )  # fmt: skip
    second = Document.objects.create(
        matter=world.matter, sha256="d" * 64, name="d.txt", media_type="text/plain", size_bytes=3, blob="d",
        text_version="1", text_sha256="b" * 64, page_count=1, char_count=3,
    )  # fmt: skip
    assert set(documents_in_scope(world.question)) == {world.document, second}
    world.question.scope.set([second])
    assert set(documents_in_scope(world.question)) == {second}
    Membership.objects.filter(user=world.user("reviewer")).delete()
    assert not documents_in_scope(world.question)


def test_an_archived_matter_is_marked_once(world: World) -> None:
    before = timezone.now()
    matter = archive_matter(world.matter, actor=Actor(world.user("admin")))
    assert matter.archived_at is not None and matter.archived_at >= before
