"""The truth table of every rule, for every kind of user."""

from uuid import UUID

import pytest
from django.contrib.auth.models import AnonymousUser

from reviewapp.audit.policy import may_read_audit, visible_events
from reviewapp.documents.policy import (
    may_rename,
    may_replace,
    may_withdraw,
    visible_documents,
)
from reviewapp.exports.policy import may_export
from reviewapp.frame.actor import SYSTEM, Actor, Client, Scope
from reviewapp.grids.policy import (
    may_run_grids,
)
from reviewapp.intake.policy import (
    may_download_manifest,
    may_retry,
    may_upload,
)
from reviewapp.jobs.policy import may_cancel
from reviewapp.lab.policy import may_compare
from reviewapp.loads.policy import (
    may_load,
    may_produce,
)
from reviewapp.matters.actions import archive_matter
from reviewapp.matters.models import Membership
from reviewapp.matters.policy import (
    MatterRule,
    NotAvailable,
    may_administer,
    may_create_matters,
    may_manage_members,
    may_view,
    visible_matters,
)
from reviewapp.questions.policy import (
    access_question_to_withdraw,
    may_ask,
    may_withdraw_question,
)
from reviewapp.reviews.policy import (
    may_review,
    may_set_review_rules,
)
from reviewapp.states.policy import may_consolidate
from reviewapp.webhooks.policy import may_manage_webhooks
from tests.policy.conftest import ACTORS, ADMINS, MEMBERS, World, new_matter
from tests.policy.getters import GETTERS

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
    world.matter = archive_matter(world.matter, actor=Actor(world.user("admin")))
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
