"""Matters that are renamed, closed, reopened, and deleted with all that they held."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import CASCADE
from django.test import Client
from django.urls import reverse

from reviewapp.api.actions import make_token
from reviewapp.api.models import Repeat
from reviewapp.documents import storage
from reviewapp.documents.models import Document, Page
from reviewapp.ending import removing
from reviewapp.ending.tasks import remove_matter
from reviewapp.events.models import Event
from reviewapp.frame.actor import Actor
from reviewapp.jobs import lifecycle
from reviewapp.jobs.models import UNDER_WAY, Job, Status
from reviewapp.matters.models import Matter, Membership
from tests.pages.full_world import full_world
from tests.pages.world import World, add_file
from tests.readers.samples import pdf

Enter = Callable[[User], Client]


@pytest.fixture
def world(db: None, monkeypatch: pytest.MonkeyPatch) -> World:
    """Nobody works in these tests but they themselves, and nobody waits for a broker that is not there."""
    monkeypatch.setattr(lifecycle, "send_all", lambda jobs: 0)
    return full_world()


def actions_of(matter: Matter) -> list[str]:
    return list(
        Event.objects.filter(matter=matter, action__startswith="matter.")
        .order_by("at")
        .values_list("action", flat=True)
    )


def close_without_work(world: World) -> None:
    Job.objects.filter(matter=world.matter, status__in=UNDER_WAY).update(status=Status.CANCELLED)
    Matter.objects.filter(pk=world.matter.pk).update(archived_at=world.matter.created_at)


def test_a_matter_is_renamed_closed_and_reopened(world: World, enter: Enter) -> None:
    client, key = enter(world.admin), [world.matter.pk]
    assert client.post(reverse("rename_matter", args=key), {"name": " "}).status_code == 422
    client.post(reverse("rename_matter", args=key), {"name": "Leases of the harbour"})
    client.post(reverse("close_matter", args=key))
    page = client.get(reverse("matter_settings", args=key)).content.decode()
    assert "Leases of the harbour" in page and "This matter is closed" in page
    client.post(reverse("reopen_matter", args=key))
    client.post(reverse("reopen_matter", args=key))
    world.matter.refresh_from_db()
    assert world.matter.archived_at is None
    expected = ["matter.created", "matter.renamed", "matter.archived", "matter.reopened"]
    assert actions_of(world.matter) == expected


def test_only_a_closed_matter_at_rest_is_deleted_by_its_name(world: World, enter: Enter) -> None:
    client, where = enter(world.admin), reverse("delete_matter", args=[world.matter.pk])
    right = {"name": world.matter.name}
    assert client.post(where, right).status_code == 409
    client.post(reverse("close_matter", args=[world.matter.pk]))
    assert "Work is under way" in client.post(where, right).content.decode()
    close_without_work(world)
    wrong = client.post(where, {"name": world.matter.name.upper()})
    assert wrong.status_code == 422 and world.matter.name.upper() in wrong.content.decode()
    assert Membership.objects.filter(matter=world.matter).exists()
    assert client.post(where, right).status_code == 302
    assert client.get(reverse("matter", args=[world.matter.pk])).status_code == 404
    assert world.matter.name not in enter(world.reviewer).get(reverse("matters")).content.decode()
    assert client.get(reverse("deleted_matters")).status_code == 404
    assert "Waiting to be removed" in enter(world.staff).get(reverse("deleted_matters")).content.decode()


def test_nothing_is_left_of_a_deleted_matter_but_its_events(world: World, enter: Enter) -> None:
    matter = world.matter
    file = add_file(matter, "One page.pdf", pdf("One page of text"))
    kept = [storage.vault_of("bank"), storage.vault_of("pictures")]
    for vault in kept:
        with vault.write(f"{matter.pk}/something") as written:
            written.write(b"bytes")
    with kept[0].write(f"{world.admin.pk}/of-another-matter") as written:
        written.write(b"bytes")
    _, secret = make_token("archive", ["ask", "read"], actor=Actor(world.reviewer))
    question = world.questions["answered"]
    for path, body in [
        (f"/v1/matters/{matter.pk}/questions", {"text": "Who pays?"}),
        (f"/v1/questions/{question.pk}/again", {}),
    ]:
        headers = {"Authorization": f"Bearer {secret}", "Idempotency-Key": path}
        asked = Client().post(path, body, content_type="application/json", headers=headers)
        assert asked.status_code == 202
    assert Repeat.objects.filter(matter=matter).count() == 2
    close_without_work(world)
    before = Event.objects.filter(matter=matter).count()
    enter(world.admin).post(reverse("delete_matter", args=[matter.pk]), {"name": matter.name})
    job = Job.objects.get(matter=matter, kind="remove_matter")
    remove_matter(str(job.pk))
    job.refresh_from_db()
    assert job.status == Status.SUCCEEDED, job.reason
    for relation in Matter._meta.related_objects:
        if getattr(relation, "on_delete", None) is CASCADE:
            left = relation.related_model._base_manager.filter(**{relation.field.name: matter})
            assert set(left) == ({job} if relation.related_model is Job else set()), relation.related_model
    assert not Repeat.objects.exists()
    assert not Page.objects.filter(document__matter=matter).exists()
    assert not Document.every.filter(pk=file.pk).exists()
    assert not [path for path in settings.DATA.rglob("*") if path.is_file() and str(matter.pk) in str(path)]
    assert kept[0].exists(f"{world.admin.pk}/of-another-matter")
    assert Event.objects.filter(matter=matter).count() == before + 2
    assert actions_of(matter)[-2:] == ["matter.deleted", "matter.removed"]
    assert Event.objects.get(action="matter.removed").user == world.admin
    assert (
        "All that it held is removed" in enter(world.staff).get(reverse("deleted_matters")).content.decode()
    )


def test_a_removal_that_failed_is_told_and_tried_again_by_who_makes_matters(
    world: World, enter: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    matter, staff, again = world.matter, enter(world.staff), reverse("remove_again", args=[world.matter.pk])
    assert staff.post(again).status_code == 404, "it is not deleted"
    close_without_work(world)
    enter(world.admin).post(reverse("delete_matter", args=[matter.pk]), {"name": matter.name})
    job = Job.objects.get(matter=matter, kind="remove_matter")

    def refuse(matter: Matter) -> int:
        raise OSError(30, "Read-only file system")

    def shown() -> str:
        return staff.get(reverse("deleted_matters")).content.decode()

    with monkeypatch.context() as broken:
        broken.setattr(removing, "remove_files", refuse)
        for _ in range(job.max_attempts):
            assert again not in shown()
            Job.objects.filter(pk=job.pk).update(not_before=None)
            remove_matter(str(job.pk))
    assert Job.objects.get(pk=job.pk).status == Status.FAILED
    assert "Tried 10 times" in shown() and "Read-only file system" in shown() and again in shown()
    for nobody in (world.admin, world.reviewer):
        assert enter(nobody).post(again).status_code == 404
    assert staff.get(again).status_code == 405
    assert staff.post(again).status_code == 302
    (second,) = Job.objects.filter(matter=matter, status=Status.WAITING)
    refused = staff.post(again, follow=True).content.decode()
    assert (
        "being removed now" in refused
        and Job.objects.filter(matter=matter, status=Status.WAITING).count() == 1
    )
    remove_matter(str(second.pk))
    assert Job.objects.get(pk=second.pk).status == Status.SUCCEEDED
    assert "All that it held is removed" in shown() and again not in shown()
    assert actions_of(matter)[-3:] == ["matter.deleted", "matter.removal_retried", "matter.removed"]
    assert Event.objects.get(action="matter.removal_retried").user == world.staff
