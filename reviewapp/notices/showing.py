"""Notices as pages show them, and the bell on every page."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from reviewapp.audit.subjects import Subject, subjects_of
from reviewapp.frame.actor import Actor
from reviewapp.frame.words_notices import ICONS, notice_words
from reviewapp.notices.models import Kind, Notice
from reviewapp.notices.policy import visible_notices

#: Names of what is gone.
GONE = "something that is no longer there"


@dataclass(frozen=True)
class Line:
    """A notice in words."""

    notice: Notice
    words: str
    icon: str


def bell(request: HttpRequest) -> dict[str, Any]:
    """How many notices the person has not read, counted only where a page shows it."""
    return {"unread": SimpleLazyObject(lambda: count_unread(Actor(request.user)))}


def count_unread(actor: Actor) -> int:
    """How many of the person's notices are new."""
    return visible_notices(actor).filter(read_at=None).count()


def lines_of(notices: Iterable[Notice]) -> list[Line]:
    """The notices in words: a query for each kind of object that they are about."""
    shown = list(notices)
    about = subjects_of(shown)
    return [Line(notice, _words(notice, _subject(about, notice)), ICONS[notice.kind]) for notice in shown]


def address_of(notice: Notice) -> str:
    """Where a notice leads; empty when what it is about is no longer there."""
    address = _subject(subjects_of([notice]), notice).address
    if notice.kind == Kind.ASSIGNED and address:
        return f"{address}?mine=1"
    return address


def _words(notice: Notice, subject: Subject) -> str:
    by = notice.by.get_full_name() or notice.by.get_username() if notice.by else "Somebody"
    return notice_words(notice.kind, subject.name, notice.detail, by)


def _subject(about: dict[tuple[str, str], Subject], notice: Notice) -> Subject:
    return about.get((notice.object_type, notice.object_id), Subject(GONE))
