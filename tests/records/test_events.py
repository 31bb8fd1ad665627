"""The outbox: each change is written down once, and who reads on misses none of them."""

import threading

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction

from reviewapp.events.models import ROWS_AT_ONCE, Event, EventFinalError
from reviewapp.events.names import Happened
from reviewapp.events.record import events_after, record
from reviewapp.frame.actor import SYSTEM, Actor
from reviewapp.matters.actions import create_matter
from tests.jobs.conftest import admin, matter  # noqa: F401  fixtures


def test_events_are_read_on_from_the_last_one(admin: User) -> None:  # noqa: F811
    first = create_matter("First", actor=Actor(admin))
    names = [(event.sequence, event.action) for event in events_after(0)]
    assert names == [(1, Happened.MATTER_CREATED), (2, Happened.MEMBER_ADDED)]
    assert events_after(2) == []
    second = create_matter("Second", actor=Actor(admin))
    assert [event.sequence for event in events_after(2)] == [3, 4]
    assert [event.sequence for event in events_after(0, matter=second)] == [3, 4]
    assert [event.matter for event in events_after(1, matter=first)] == [first]
    assert [event.sequence for event in events_after(0, most=3)] == [1, 2, 3]


def test_a_change_that_is_undone_leaves_no_event(admin: User) -> None:  # noqa: F811
    with pytest.raises(RuntimeError), transaction.atomic():
        create_matter("Never", actor=Actor(admin))
        raise RuntimeError
    assert events_after(0) == []


def test_numbers_have_no_gaps_however_many_events_there_are(admin: User) -> None:  # noqa: F811
    count = ROWS_AT_ONCE + 3
    with transaction.atomic():
        for _ in range(count):
            record(Happened.USER_CREATED, admin, actor=SYSTEM)
    assert [event.sequence for event in events_after(0, most=2 * count)] == list(range(1, count + 1))
    assert list(Event.objects.order_by("sequence")) == list(Event.objects.order_by("at", "pk"))


def test_readers_at_the_same_time_number_each_event_once(admin: User) -> None:  # noqa: F811
    for _ in range(40):
        record(Happened.USER_CREATED, admin, actor=SYSTEM)
    read: list[list[int | None]] = []

    def read_on() -> None:
        read.append([event.sequence for event in events_after(0)])
        connection.close()

    threads = [threading.Thread(target=read_on) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert read == [list(range(1, 41))] * 4


def test_an_event_keeps_its_number(admin: User) -> None:  # noqa: F811
    record(Happened.USER_CREATED, admin, actor=SYSTEM)
    (event,) = events_after(0)
    with pytest.raises(EventFinalError):
        Event.objects.update(sequence=7)
    with pytest.raises(EventFinalError):
        event.save()


def test_every_name_has_words() -> None:
    for name in Happened:
        what, _, happened = name.value.partition(".")
        assert what and happened and name.label[0].isupper()
