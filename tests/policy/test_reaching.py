"""What is reached: objects by their ids, lists and pages, by each role and by nobody else."""

import pytest
from django.utils import timezone

from reviewapp.audit.policy import visible_events
from reviewapp.documents.models import Document
from reviewapp.documents.policy import (
    access_page_by_number,
    visible_documents,
    visible_pages,
)
from reviewapp.exports.policy import visible_exports
from reviewapp.frame.actor import Actor
from reviewapp.grids.policy import (
    access_set_by_id,
    may_edit_set,
    may_share_sets,
    visible_assignments,
    visible_grid_cells,
    visible_grid_documents,
    visible_grids,
    visible_sets,
)
from reviewapp.grids.sets import Asked, save_set
from reviewapp.intake.policy import (
    access_item_by_id,
    may_retry,
    may_upload,
    visible_batches,
    visible_items,
)
from reviewapp.jobs.policy import visible_jobs
from reviewapp.lab.models import Comparison
from reviewapp.lab.policy import access_comparison_by_id, visible_comparisons
from reviewapp.loads.policy import (
    access_load_by_id,
    access_production_by_id,
    visible_by_bates,
    visible_load_problems,
    visible_loaded_fields,
    visible_loads,
    visible_productions,
)
from reviewapp.matters.actions import archive_matter
from reviewapp.matters.models import Membership
from reviewapp.matters.policy import (
    NotAvailable,
    access_matter_by_id,
    access_membership_by_id,
    visible_matters,
    visible_members,
)
from reviewapp.questions.policy import (
    documents_in_scope,
    visible_askers,
    visible_questions,
    visible_questions_in_thread,
)
from reviewapp.reviews.policy import (
    visible_cells,
    visible_codes,
    visible_codings,
    visible_issues,
    visible_reviews,
    visible_samples,
)
from reviewapp.states.policy import visible_states
from tests.policy.conftest import ACTORS, ADMINS, MEMBERS, World
from tests.policy.getters import GETTERS, Getter

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
