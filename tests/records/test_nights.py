"""Consolidation at night: who allowed it, what waits for it, what it does, and how it ends in the morning."""

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from reviewapp.events.models import Event
from reviewapp.frame.actor import Actor
from reviewapp.grids.actions import create_grid
from reviewapp.grids.nights import go_on, planned
from reviewapp.grids.sets import Asked, save_set
from reviewapp.jobs import lifecycle
from reviewapp.jobs.lifecycle import end
from reviewapp.jobs.models import Job, Status
from reviewapp.matters.actions import archive_matter
from reviewapp.states.actions import (
    end_nights,
    request_consolidation,
    request_states_of_new_memory,
    start_consolidation,
)
from reviewapp.states.models import State
from reviewapp.states.nights import NightDone, NightError, allow_nights, began, last_nights
from tests.pages.world import World, add_document, people_and_matter


@pytest.fixture
def world(db: None, monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setattr(lifecycle, "send_all", lambda jobs: 0)
    return people_and_matter()


def at(hour: int, day: int = 2, minute: int = 30) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC)


def test_a_night_may_go_over_midnight_or_not_be(settings: LazySettings) -> None:
    settings.NIGHT = (22, 6)
    evening = at(22, 2, 0)
    assert [began(at(hour, day)) for hour, day in ((21, 2), (22, 2), (3, 3), (5, 3), (6, 3))] == [
        None, evening, evening, evening, None,
    ]  # fmt: skip
    settings.NIGHT = (1, 5)
    assert (began(at(2)), began(at(23))) == (at(1, 2, 0), None)
    settings.NIGHT = None
    assert began(at(2)) is None


def test_what_arrives_waits_for_the_night_that_an_admin_allowed(
    world: World, settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.NIGHT = (22, 6)
    now = [at(12)]
    monkeypatch.setattr(timezone, "now", lambda: now[0])
    admin, matter = Actor(world.admin), world.matter
    document = add_document(matter, "One.pdf")
    allow_nights(matter, actor=admin)
    allow_nights(matter, actor=admin)
    allowed = Event.objects.get(action="nights.allowed")
    assert (allowed.user, allowed.detail["hours"], matter.night.allowed_at) == (world.admin, "22-6", at(12))
    assert request_consolidation(document, admin) is None
    assert [each.name for each in planned(matter).documents] == ["One.pdf"]
    assert planned(matter).seconds > 0
    assert go_on() == 0 and not Job.objects.exists()
    # who asks for it does not wait
    (job,) = start_consolidation(matter, [add_document(matter, "Urgent.pdf")], actor=admin)
    assert job.trigger == "user"
    now[0] = at(23)
    failed = add_document(matter, "Failed.pdf")
    State.objects.create(document=failed, status="failed")
    add_document(matter, "Two.pdf")
    assert (go_on(), go_on()) == (2, 0)
    night = Job.objects.filter(trigger="night")
    assert {str(one.subject) for one in night} == {"One.pdf", "Two.pdf"}
    assert (planned(matter).documents, planned(matter).left) == ((), 1)
    running = lifecycle.claim(str(night[0].pk), "test:1")
    assert running is not None
    now[0] = at(7, 3)
    assert go_on() == 1
    assert sorted(night.values_list("status", flat=True)) == ["cancelled", "running"]
    assert Job.objects.get(trigger="user").status == "waiting"
    # what was not reached is planned for the next night, and what somebody cancelled in it is left alone until then
    now[0] = at(23, 3)
    assert go_on() == 1
    lifecycle.cancel(Job.objects.get(trigger="night", status="waiting"), actor=admin)
    assert go_on() == 0
    now[0] = at(23, 4)
    archive_matter(matter, actor=admin)
    assert go_on() == 0
    end_nights(matter, actor=admin)
    end_nights(matter, actor=admin)
    assert Event.objects.filter(action="nights.ended").count() == 1
    settings.NIGHT = None
    with pytest.raises(NightError):
        allow_nights(matter, actor=admin)


def test_the_night_makes_the_states_of_a_memory_that_is_new_here(
    world: World, settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.NIGHT, settings.MEMORY, settings.MEMORIES = (22, 6), "tiny", ["tiny", "other"]
    now = [at(12)]
    monkeypatch.setattr(timezone, "now", lambda: now[0])
    matter = world.matter
    allow_nights(matter, actor=Actor(world.admin))
    one, both = add_document(matter, "One.pdf"), add_document(matter, "Both.pdf")
    for document, memory in ((one, "tiny"), (both, "tiny"), (both, "other")):
        State.objects.create(document=document, memory=memory, status="ready")
    # a worker of the new memory that starts by day leaves them to the night
    assert request_states_of_new_memory("other") == 0 and not Job.objects.exists()
    now[0] = at(23)
    assert (go_on(), go_on()) == (1, 0)
    assert [(job.subject, job.memory) for job in Job.objects.all()] == [(one, "other")]


def test_the_night_takes_documents_that_would_cost_less_to_read(
    world: World, settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.NIGHT = (22, 6)
    monkeypatch.setattr(timezone, "now", lambda: at(23))
    admin, matter = Actor(world.admin), world.matter
    short = add_document(matter, "Short.pdf", ["Short."])
    asked = save_set(matter, "One", [Asked("Law", "Which law governs?")], actor=admin)
    create_grid(matter, "One", asked, actor=admin)
    allow_nights(matter, actor=admin)
    assert [each.pk for each in planned(matter).documents] == [short.pk] and planned(matter).left == 0
    assert go_on() == 1 and Job.objects.get().subject == short


def test_ending_consolidates_what_waited_and_mornings_leave_it(
    world: World, settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.NIGHT = (22, 6)
    now = [at(23)]
    monkeypatch.setattr(timezone, "now", lambda: now[0])
    admin, matter = Actor(world.admin), world.matter
    allow_nights(matter, actor=admin)
    add_document(matter, "Night.pdf")
    assert go_on() == 1
    now[0] = at(3, 3)
    failed = add_document(matter, "Failed.pdf")
    State.objects.create(document=failed, status="failed")
    late = add_document(matter, "Late.pdf")
    (job,) = end_nights(matter, actor=admin)
    assert (job.subject, job.trigger, job.acting_user) == (late, "user", world.admin)
    assert end_nights(matter, actor=admin) == []
    now[0] = at(7, 3)
    assert go_on() == 0 and set(Job.objects.values_list("status", flat=True)) == {"waiting"}


def test_what_the_last_nights_did_is_told(
    world: World, settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.NIGHT = (22, 6)
    now = [at(23)]
    monkeypatch.setattr(timezone, "now", lambda: now[0])
    matter = world.matter
    assert last_nights(Job.objects.all()) == []
    allow_nights(matter, actor=Actor(world.admin))
    for name in ("One", "Two", "Three"):
        add_document(matter, f"{name}.pdf")
    assert go_on() == 3
    ends = (Status.SUCCEEDED, Status.FAILED)
    for job, status in zip(Job.objects.order_by("pk"), ends, strict=False):
        claimed = lifecycle.claim(str(job.pk), "test:1")
        now[0] += timedelta(seconds=8)
        assert claimed is not None
        end(claimed, status, reason="")
    now[0] = at(7, 3)
    assert go_on() == 1
    now[0] = at(1, 4)
    assert go_on() == 1
    newest, first = last_nights(Job.objects.all())
    assert (newest.began, newest.under_way, newest.consolidated) == (at(22, 3, 0), 1, 0)
    assert first == NightDone(at(22, 2, 0), consolidated=1, failed=1, taken_back=1, under_way=0, seconds=8.0)
    start_consolidation(matter, [add_document(matter, "By day.pdf")], actor=Actor(world.admin))
    assert len(last_nights(Job.objects.all())) == 2
    settings.NIGHT = None
    assert last_nights(Job.objects.all()) == []


def test_nights_are_allowed_before_anything_arrives(
    world: World, settings: LazySettings, client: Client
) -> None:
    settings.NIGHT = (22, 6)
    client.force_login(world.admin)
    matter = world.matter

    def page(name: str) -> str:
        return client.get(reverse(name, args=[matter.pk])).content.decode()

    planner, allow = reverse("planner", args=[matter.pk]), reverse("allow_nights", args=[matter.pk])
    assert planner in page("upload") and allow in page("planner")
    client.post(allow)
    assert "is consolidated from 22:00 to 06:00 UTC" in page("upload") and allow not in page("planner")
    add_document(matter, "One.pdf")
    assert "What is not ready is consolidated at night" in page("matter")
    client.post(reverse("end_nights", args=[matter.pk]))
    assert "Preparing the documents" in page("matter")
    settings.NIGHT = None
    assert planner not in page("upload") and allow not in page("planner")
