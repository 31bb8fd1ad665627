"""Uploads of many files in many requests: whole, once each, whatever is sent again."""

import hashlib

import pytest
from django.contrib.auth.models import User

from reviewapp.events.models import Event
from reviewapp.frame.actor import Actor
from reviewapp.intake.actions import BatchError, Incoming
from reviewapp.intake.models import Batch
from reviewapp.intake.receiving import MOST_FILES, Sent, add_files, begin_batch, complete_batch, missing_of
from reviewapp.matters.models import Matter
from tests.intake.conftest import run_jobs

pytestmark = pytest.mark.django_db


def begun(matter: Matter, admin: User, expected: int = 3) -> Batch:
    return begin_batch(actor=Actor(admin), matter=matter, expected=expected, label="Harbour")


def sent(place: int, name: str, data: bytes) -> Sent:
    return Sent(place, name, len(data), hashlib.sha256(data).hexdigest())


def add(batch: Batch, admin: User, *files: tuple[Sent, bytes]) -> tuple[list[int], list[int]]:
    incoming = [Incoming(one.name, [data]) for one, data in files]
    added = add_files(actor=Actor(admin), batch=batch, sent=[one for one, _ in files], files=incoming)
    return added.kept, added.damaged


def test_a_request_sent_again_adds_nothing_and_a_resumed_upload_sends_the_rest(
    matter: Matter, admin: User
) -> None:
    batch = begun(matter, admin)
    data = {
        "a/one.txt": b"The first file.",
        "a/two.txt": b"The second file.",
        "b/one.txt": b"The first file.",
    }
    files = [(sent(n, name, content), content) for n, (name, content) in enumerate(data.items())]
    for _ in range(2):
        assert add(batch, admin, *files[:2]) == ([0, 1], [])
    assert missing_of(batch, [one for one, _ in files]) == [2]
    by_size = [Sent(7, "a/two.txt", 16), Sent(8, "a/two.txt", 16), Sent(9, "a/two.txt", 15)]
    assert missing_of(batch, by_size) == [8, 9]
    add(batch, admin, files[2])
    for _ in range(2):
        batch = complete_batch(actor=Actor(admin), batch=batch)
    run_jobs(batch)
    assert [item.name for item in batch.items.order_by("place")] == list(data)
    assert not batch.receiving and batch.expected == 3
    assert Event.objects.filter(action="batch.files_added").count() == 2
    assert Event.objects.filter(action="batch.completed").count() == 1
    with pytest.raises(BatchError, match="complete"):
        add(batch, admin, files[0])


def test_bytes_that_differ_from_what_was_sent_are_asked_for_again(matter: Matter, admin: User) -> None:
    batch = begun(matter, admin)
    whole = sent(0, "a.txt", b"The whole file.")
    assert add(batch, admin, (whole, b"The who")) == ([], [0])
    assert not batch.items.exists()
    assert add(batch, admin, (whole, b"The whole file.")) == ([0], [])


def test_an_upload_has_a_size_and_is_not_completed_empty(matter: Matter, admin: User) -> None:
    for expected in (0, MOST_FILES + 1):
        with pytest.raises(BatchError):
            begun(matter, admin, expected)
    with pytest.raises(BatchError):
        complete_batch(actor=Actor(admin), batch=begun(matter, admin))
