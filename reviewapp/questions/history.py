"""The list of a matter's questions: narrowed, each with whom it asked and where its answer stands."""

from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from operator import or_
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When

from reviewapp.questions.choosing import FIND_CHARACTERS
from reviewapp.questions.models import FOUND, Answer, Question
from reviewapp.questions.stale import with_stale
from reviewapp.questions.told import note_sentences

#: So many of the documents of a summary are looked at for the one that a list links.
_MOST_NAMED = 20
NARROWING = ("find", "by", "outcome", "in")
ENDED = (Question.Status.DONE, Question.Status.FAILED, Question.Status.CANCELLED)
#: What lists of questions are narrowed to, by the name that addresses give it.
OUTCOMES = {
    "supported": Q(status=Question.Status.DONE, summary__state="supported"),
    "check": Q(status=Question.Status.DONE, summary__state="check"),
    "not_found": Q(status=Question.Status.DONE, summary__state="not_found"),
    "failed": Q(status__in=(Question.Status.FAILED, Question.Status.CANCELLED)),
    "under_way": ~Q(status__in=ENDED),
}


def narrowed(questions: QuerySet[Question], asked: Mapping[str, str]) -> QuerySet[Question]:
    """The questions that hold all words of `find`, asked `by` a person, with an `outcome`, answered `in` a document.

    `in` are words of the document's name. What is no person or outcome narrows nothing.
    """
    for word in asked.get("find", "")[:FIND_CHARACTERS].split():
        questions = questions.filter(Q(text__icontains=word) | Q(in_full__icontains=word))
    if asked.get("by", "").isascii() and asked.get("by", "").isdigit():
        questions = questions.filter(asked_by=int(asked["by"][:9]))
    if asked.get("outcome") in OUTCOMES:
        questions = questions.filter(OUTCOMES[asked["outcome"]])
    if name := asked.get("in", "")[:FIND_CHARACTERS].strip():
        cells = Answer.objects.filter(
            question=OuterRef("pk"), superseded_at=None, document__name__icontains=name
        )
        questions = questions.filter(Exists(cells))
    return questions


def query_of(asked: Mapping[str, str]) -> str:
    """What the addresses of the list's other parts begin with."""
    kept = {name: asked[name] for name in NARROWING if asked.get(name)}
    return f"{urlencode(kept)}&" if kept else ""


def listed(questions: QuerySet[Question]) -> QuerySet[Question]:
    """The questions as a list shows them, with who asked, and whether they are stale."""
    return with_stale(questions).select_related("asked_by")


def _told_of(summary: Mapping[str, Any]) -> Sequence[str]:
    """The documents that the sentence of a summary is about first: of an extreme, of what meets a condition."""
    folded = summary.get("folded") or {}
    if extremes := folded.get("extremes"):
        return extremes[0]["documents"][:_MOST_NAMED]  # type: ignore[no-any-return]
    if folded.get("condition"):
        return folded.get("meets", ())[:_MOST_NAMED]  # type: ignore[no-any-return]
    groups = summary.get("groups") or [{"documents": ()}]
    return groups[0]["documents"][:_MOST_NAMED]  # type: ignore[no-any-return]


def note_sources(questions: Iterable[Question]) -> None:
    """Give each question `cells`, how many documents it asked, `only`, the name of a single one, and `source`.

    That is the first cell that answers, of the documents that the summary is about where it is about some, with its
    document and its quotes, or None.
    """
    questions = list(questions)
    note_sentences(questions)
    cells = Answer.objects.filter(question__in=questions, superseded_at=None)
    counts = dict(cells.order_by().values_list("question").annotate(Count("pk")))
    first = Answer.objects.filter(question=OuterRef("pk"), superseded_at=None, state__in=FOUND)
    told = {question.pk: _told_of(question.summary) for question in questions}
    named = [Q(question=key, document__in=documents) for key, documents in told.items() if documents]
    is_named = Case(When(reduce(or_, named), then=0), default=1) if named else Value(0)
    # NB: "supported" comes after "check" in the alphabet.
    best = Question.objects.filter(pk__in=list(told)).annotate(
        best=Subquery(first.order_by(is_named, "-state", F("order")).values("pk")[:1])
    )
    keys: dict[UUID, UUID | None] = dict(best.values_list("pk", "best"))
    found = Answer.objects.filter(pk__in=[key for key in keys.values() if key])
    sources = {
        cell.question_id: cell
        for cell in found.select_related("document").prefetch_related("citations__page")
    }
    alone = cells.filter(question__in=[key for key, number in counts.items() if number == 1])
    only = dict(alone.values_list("question", "document__name"))
    for question in questions:
        question.cells = counts.get(question.pk, 0)  # type: ignore[attr-defined]
        question.source = sources.get(question.pk)  # type: ignore[attr-defined]
        question.only = only.get(question.pk, "")  # type: ignore[attr-defined]
