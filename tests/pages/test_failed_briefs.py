"""The page of briefs that could not be made, and what leads to it."""

import pytest
from django.urls import reverse
from django.utils import timezone

from reviewapp.briefs.models import FailedBrief
from reviewapp.jobs import queue
from tests.pages.conftest import Enter, text_of
from tests.pages.world import World


@pytest.fixture
def failure(world: World, monkeypatch: pytest.MonkeyPatch) -> FailedBrief:
    """The brief of a document that was tried for the last time."""
    monkeypatch.setattr(queue.app, "send_task", lambda task, **given: None)
    return FailedBrief.objects.create(
        document=world.documents["ready"], version="rules-0", attempts=3, code="brief-defect",
        reason="Unexpected error IndexError in fields.py line 7.", retry_at=timezone.now(),
    )  # fmt: skip


def test_who_reads_the_matter_sees_why_and_its_admin_tries_again(
    world: World, enter: Enter, failure: FailedBrief
) -> None:
    address = reverse("failed_briefs", args=[world.matter.pk])
    admin, reviewer = enter(world.admin), enter(world.reviewer)
    assert address in text_of(reviewer, "consolidation", world.matter.pk)
    seen = text_of(reviewer, "failed_briefs", world.matter.pk)
    assert "A fault of the program came up while it was made." in seen
    assert "IndexError" not in seen and "Try again" not in seen
    assert "IndexError" in text_of(admin, "failed_briefs", world.matter.pk)
    again = reverse("retry_brief", args=[failure.document_id])
    assert reviewer.post(again).status_code == 404 and FailedBrief.objects.exists()
    admin.post(again)
    assert not FailedBrief.objects.exists()
    assert address not in text_of(admin, "consolidation", world.matter.pk)


def test_an_admin_tries_all_of_a_matter_again(world: World, enter: Enter, failure: FailedBrief) -> None:
    enter(world.admin).post(reverse("retry_briefs", args=[world.matter.pk]))
    assert not FailedBrief.objects.exists()
