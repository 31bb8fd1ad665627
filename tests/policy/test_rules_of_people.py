"""Who manages accounts, and who ends matters."""

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from reviewapp.api.policy import may_consent, may_manage_applications
from reviewapp.directory.policy import may_manage_directory
from reviewapp.ending.jobs import REMOVE_MATTER
from reviewapp.ending.policy import (
    access_deleted_matter_by_id,
    matter_for_job,
    may_delete_matter,
    visible_deleted_matters,
)
from reviewapp.frame.actor import SYSTEM, Scope
from reviewapp.jobs.models import Job
from reviewapp.matters.models import Matter
from reviewapp.matters.policy import NotAvailable
from reviewapp.people.policy import (
    access_person_by_id,
    access_person_by_link,
    may_manage_people,
    visible_account_events,
    visible_people,
)
from reviewapp.people.signing_in import way_in
from reviewapp.site.policy import may_see_status
from tests.policy.conftest import ACTORS, ADMINS, World
from tests.policy.test_rules import client_of


@pytest.mark.parametrize("actor", ACTORS)
def test_active_staff_manage_people_and_no_client_does(world: World, actor: str) -> None:
    acting, reviewer = world.actors[actor], world.user("reviewer")
    may = actor in {"staff outsider", "superuser"}
    for rule in (may_manage_people, may_manage_directory, may_manage_applications):
        assert rule(acting) is may
        assert not rule(client_of(acting, *Scope)) and not rule(SYSTEM)
    assert may_consent(acting) is (acting.person is not None) and not may_consent(client_of(acting, *Scope))
    assert may_see_status(acting) is may and not may_see_status(client_of(acting, *Scope))
    if may:
        assert access_person_by_id(acting, reviewer.pk) == reviewer
        assert set(visible_people(acting)) == set(User.objects.all())
    else:
        assert not visible_account_events(acting, reviewer)
        with pytest.raises(NotAvailable):
            visible_people(acting)
        with pytest.raises(NotAvailable):
            access_person_by_id(acting, reviewer.pk)


def test_a_link_is_for_one_person_in_use(world: World) -> None:
    reviewer = world.user("reviewer")
    *_, key, token, _ = way_in(reviewer).split("/")
    assert access_person_by_link(key, token) == reviewer
    *_, other, _, _ = way_in(world.user("admin")).split("/")
    *_, closed, closed_token, _ = way_in(world.user("inactive admin")).split("/")
    for pair in ((other, token), (key, token + "x"), (closed, closed_token), ("%%", token)):
        with pytest.raises(NotAvailable):
            access_person_by_link(*pair)


@pytest.mark.parametrize("actor", ACTORS)
def test_admins_delete_matters_and_staff_see_which_were(world: World, actor: str) -> None:
    acting = world.actors[actor]
    assert may_delete_matter(acting, world.matter) is (actor in ADMINS)
    assert not may_delete_matter(client_of(acting, *Scope), world.matter)
    Matter.objects.filter(pk=world.other.pk).update(deleted_at=timezone.now())
    seen = {world.other} if actor in {"staff outsider", "superuser"} else set()
    assert set(visible_deleted_matters(acting)) == seen
    assert not visible_deleted_matters(client_of(acting, *Scope))
    for who, reached in ((acting, seen), (client_of(acting, *Scope), set())):
        for matter in (world.matter, world.other):
            if matter in reached:
                assert access_deleted_matter_by_id(who, matter.pk) == matter
            else:
                with pytest.raises(NotAvailable):
                    access_deleted_matter_by_id(who, matter.pk)


def test_a_worker_removes_only_what_was_deleted(world: World) -> None:
    job = Job.objects.create(matter=world.matter, kind=REMOVE_MATTER.name, subject=world.matter)
    with pytest.raises(NotAvailable):
        matter_for_job(job)
    Matter.objects.filter(pk=world.matter.pk).update(deleted_at=timezone.now())
    assert matter_for_job(job) == world.matter
    Job.objects.filter(pk=job.pk).update(subject_id=world.other.pk)
    Matter.objects.filter(pk=world.other.pk).update(deleted_at=timezone.now())
    with pytest.raises(NotAvailable):
        matter_for_job(Job.objects.get(pk=job.pk))
