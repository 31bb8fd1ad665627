"""Notices: who is told of what, once, and who is not; the bell, the list, wishes, and letters that name nothing."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from reviewapp.events.names import Happened
from reviewapp.events.record import record
from reviewapp.frame.actor import Actor
from reviewapp.grids import actions as grids
from reviewapp.grids.models import Grid
from reviewapp.grids.sets import Asked, save_set
from reviewapp.intake.models import Disposition
from reviewapp.jobs.models import Job, Status
from reviewapp.matters.actions import remove_member
from reviewapp.matters.models import Membership
from reviewapp.notices.actions import NoticeError, wish
from reviewapp.notices.models import Kind, Notice
from reviewapp.notices.tasks import tell
from reviewapp.questions.actions import ask_again
from reviewapp.reviews.actions import Said, comment, decide
from tests.pages.conftest import Enter, text_of
from tests.pages.world import (
    GOVERNED,
    World,
    add_document,
    ask,
    consolidate,
    finding,
    finish,
    nothing,
    upload,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def running(empty: World) -> Grid:
    """A grid of one question about one document that the reviewer ran."""
    document = add_document(empty.matter, "Lease.pdf")
    consolidate(document, "ready")
    version = save_set(empty.matter, "Leases", [Asked("Law", "Which law governs?")], actor=Actor(empty.admin))
    grid = grids.create_grid(empty.matter, "All leases", version, actor=Actor(empty.admin))
    grids.run(grid, actor=Actor(empty.reviewer))
    return grid


def told(user: Any) -> list[str]:
    tell()
    return sorted(Notice.objects.filter(user=user).values_list("kind", flat=True))


def answer(grid: Grid, quote: str = GOVERNED) -> Any:
    """The grid's one question with its answer, as a worker leaves it."""
    question = grid.columns.get().question
    document = grid.matter.documents.get()
    assert question is not None and question.job is not None
    finish(question, finding(document, quote) if quote else nothing(document))
    Job.objects.filter(question=question).update(status=Status.SUCCEEDED, finished_at=timezone.now())
    return question


def test_people_are_told_once_of_what_concerns_them(empty: World, running: Grid) -> None:
    admin, reviewer = empty.admin, empty.reviewer
    assert told(reviewer) == []
    question = answer(running)
    cell = question.answers.get()
    assert told(reviewer) == told(reviewer) == [Kind.GRID]
    comment(cell, "See section 4.", actor=Actor(reviewer))
    assert told(admin) == []
    comment(cell, "Read it again.", actor=Actor(admin))
    decide(cell, Said("accept", seen=0), actor=Actor(admin))
    grids.assign(running, reviewer, actor=Actor(admin), column=running.columns.get())
    grids.assign(running, admin, actor=Actor(admin), document=cell.document)
    assert told(reviewer) == [Kind.ASSIGNED, Kind.COMMENT, Kind.GRID]
    assert told(admin) == []
    ask_again(question, actor=Actor(reviewer))
    answer(running, "")
    assert told(reviewer) == [Kind.ASSIGNED, Kind.CHANGED, Kind.COMMENT, Kind.GRID]
    assert told(admin) == [Kind.CHANGED]
    again = ask(empty, "Who is the landlord?", finding(cell.document, "Landlord"))
    ask_again(again, actor=Actor(reviewer))
    finish(again, finding(cell.document, "Landlord"))
    assert told(reviewer).count(Kind.CHANGED) == 1, "the same answer again is no change"


def test_files_are_told_of_when_all_of_them_are_ready_and_cancelled_grids_never(
    empty: World, running: Grid
) -> None:
    grids.cancel(running, actor=Actor(empty.reviewer))
    Job.objects.filter(question__columns__grid=running).delete()
    batch = upload(empty, [("One.txt", b"one"), ("Two.txt", b"two")])
    document = add_document(empty.matter, "One.txt")
    batch.items.filter(name="One.txt").update(disposition=Disposition.ACCEPTED, document=document)
    batch.items.filter(name="Two.txt").update(disposition=Disposition.DAMAGED)
    assert told(empty.admin) == [], "files are being read"
    Job.objects.filter(item__batch=batch).update(status=Status.SUCCEEDED)
    consolidate(document, "waiting")
    assert told(empty.admin) == [], "one is not ready"
    document.states.update(status="ready")
    assert told(empty.admin) == told(empty.admin) == [Kind.BATCH]
    assert Notice.objects.get().detail == {"documents": 1, "problems": 1}
    assert told(empty.reviewer) == []


def test_the_list_is_of_ones_own_notices_and_what_is_opened_is_read(
    empty: World, running: Grid, enter: Enter
) -> None:
    answer(running)
    tell()
    notice, client = Notice.objects.get(user=empty.reviewer), enter(empty.reviewer)
    listed = text_of(client, "notices")
    assert "“All leases” is finished: 1 cell answered." in listed and "1<span" in listed
    assert client.get(reverse("bell"), {"since": "1"}).status_code == 204
    opening = reverse("open_notice", args=[notice.pk])
    assert enter(empty.admin).get(opening).status_code == 404
    assert client.get(opening)["Location"] == reverse("grid", args=[running.pk])
    assert "none new" in text_of(client, "bell", since="1")
    Notice.objects.update(read_at=None)
    client.post(reverse("read_notices"))
    assert not Notice.objects.filter(read_at=None).exists()
    remove_member(Membership.objects.get(user=empty.reviewer, matter=empty.matter), actor=Actor(empty.admin))
    assert client.get(opening).status_code == 404 and "All leases" not in text_of(client, "notices")


def test_what_is_not_wished_is_not_told_and_letters_name_nothing(
    empty: World, running: Grid, enter: Enter, settings: Any
) -> None:
    settings.EMAIL_HOST, settings.PUBLIC_ADDRESS = "mail.example.org", "https://review.example.org"
    empty.reviewer.email = "rhea@example.org"
    empty.reviewer.save()
    client = enter(empty.reviewer)
    client.post(reverse("notice_wishes"), {"told": [Kind.GRID, Kind.EXPORT], "mailed": [Kind.GRID]})
    grids.assign(running, empty.reviewer, actor=Actor(empty.admin), column=running.columns.get())
    record(Happened.EXPORT_MADE, running, actor=Actor(empty.reviewer), matter=empty.matter)
    answer(running)
    assert told(empty.reviewer) == told(empty.reviewer) == [Kind.EXPORT, Kind.GRID]
    (letter,) = mail.outbox
    assert letter.to == ["rhea@example.org"] and "A grid that you ran is finished." in letter.body
    notice = Notice.objects.get(kind=Kind.GRID)
    assert f"https://review.example.org{reverse('open_notice', args=[notice.pk])}" in letter.body
    assert not {"All leases", empty.matter.name, "Lease.pdf"} & {
        name
        for name in ("All leases", empty.matter.name, "Lease.pdf")
        if name in f"{letter.body}{letter.subject}"
    }
    with pytest.raises(NoticeError):
        wish(["nonsense"], [], actor=Actor(empty.reviewer))


def test_a_letter_that_does_not_go_is_tried_again_and_given_up_after_a_day(
    empty: World, running: Grid, settings: Any
) -> None:
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.PUBLIC_ADDRESS = "127.0.0.1", 9, "https://example.org"
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    empty.reviewer.email = "rhea@example.org"
    empty.reviewer.save()
    wish(Kind.values, Kind.values, actor=Actor(empty.reviewer))
    answer(running)
    tell()
    waiting = Notice.objects.get()
    assert waiting.mail_at is not None and waiting.mail_at > timezone.now()
    Notice.objects.update(mail_at=timezone.now(), created_at=timezone.now() - timedelta(days=2))
    tell()
    assert Notice.objects.get().mail_at is None
