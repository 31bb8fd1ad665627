"""What events are about, by name: in one query for each kind of object, whichever room it is of."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from django.apps import apps
from django.db import models
from django.urls import reverse
from django.utils.text import Truncator

NAME_CHARACTERS = 120
#: What an object is called where its own word for itself is not for people.
_NAMES: dict[str, Callable[[Any], str]] = {
    "review.Question": lambda question: str(question.text),
    "review.Answer": lambda cell: str(cell.question.text),
    "reviews.Comment": lambda comment: str(comment.question.text),
    "exports.Export": lambda export: f"{export.title}, {export.get_format_display()}",
    "loads.Load": lambda load: str(load.table_name),
    "loads.Production": lambda production: f"Production {production.prefix}",
    "moving.Archive": lambda archive: str(archive.file_name),
    "documents.BatchItem": lambda item: str(item.name),
    "documents.Note": lambda note: str(note.text),
    "matters.Membership": lambda member: str(member.user),
}
#: The page of an object: the name of its address, and what that is made of.
_PAGES: dict[str, tuple[str, Callable[[Any], object]]] = {
    "documents.Document": ("document", lambda document: document.pk),
    "documents.Note": ("document", lambda note: note.document_id),
    "documents.Batch": ("batch", lambda batch: batch.pk),
    "documents.BatchItem": ("batch", lambda item: item.batch_id),
    "documents.Withdrawal": ("withdrawals", lambda withdrawal: withdrawal.matter_id),
    "review.Question": ("question", lambda question: question.pk),
    "review.Answer": ("cell", lambda cell: cell.pk),
    "reviews.Comment": ("question", lambda comment: comment.question_id),
    "exports.Export": ("exports", lambda export: export.matter_id),
    "loads.Load": ("load", lambda load: load.pk),
    "loads.Production": ("productions", lambda production: production.matter_id),
    "moving.Archive": ("archives", lambda archive: archive.matter_id),
    "lab.Comparison": ("comparison", lambda comparison: comparison.pk),
    "grids.Grid": ("grid", lambda grid: grid.pk),
}
#: What an object's name is made of besides.
_RELATED = {
    "matters.Membership": "user",
    "review.Answer": "question",
    "reviews.Comment": "question",
    "moving.Archive": "matter",
}
_UNNAMED = {"matters.Matter", "jobs.Job", "memory.State"}


class About(Protocol):
    """What is about an object: an event, for one."""

    object_type: Any
    object_id: Any


@dataclass(frozen=True)
class Subject:
    """What an event is about: its name, and its page where it has one still."""

    name: str
    address: str = ""


def subjects_of(events: Iterable[About]) -> dict[tuple[str, str], Subject]:
    """What the events are about, by type and id; what has no name of its own is left out.

    Documents that were withdrawn have the name that their withdrawal keeps.
    """
    wanted: dict[str, set[str]] = defaultdict(set)
    for event in events:
        if event.object_type not in _UNNAMED:
            wanted[event.object_type].add(event.object_id)
    found: dict[tuple[str, str], Subject] = {}
    for label, keys in wanted.items():
        objects = _model(label)
        if objects is None:
            continue
        rows = objects._base_manager.filter(pk__in=keys)
        for one in rows.select_related(_RELATED[label]) if label in _RELATED else rows:
            found[label, str(one.pk)] = _subject(label, one)
    gone = wanted["documents.Document"] - {key for label, key in found if label == "documents.Document"}
    if gone:
        withdrawn = apps.get_model("documents.Withdrawal")._base_manager.filter(document__in=gone)
        for key, name in withdrawn.values_list("document", "name"):
            found["documents.Document", str(key)] = Subject(f"{name} (withdrawn)")
    return found


def _model(label: str) -> type[models.Model] | None:
    try:
        return apps.get_model(label)
    except (LookupError, ValueError):
        return None


def _subject(label: str, one: models.Model) -> Subject:
    name = Truncator(_NAMES.get(label, str)(one)).chars(NAME_CHARACTERS)
    if label not in _PAGES:
        return Subject(name)
    route, key = _PAGES[label]
    return Subject(name, reverse(route, args=[key(one)]))
