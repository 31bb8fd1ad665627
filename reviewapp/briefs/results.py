"""Writing the brief that was made of a document."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import zip_longest
from typing import Any

from django.db import transaction
from django.utils import timezone

from reviewapp.briefs.models import Brief, FailedBrief, Field, Held, Kept
from reviewapp.documents.actions import note_change
from reviewapp.documents.models import Document
from reviewapp.frame.marking import within, write_ranges

Range = tuple[int, int]
#: How often a brief of one version is tried, and the seconds after the first failure, which double with each.
MOST_ATTEMPTS, PAUSE_SECONDS = 3, 600.0


@dataclass(frozen=True)
class FieldFacts:
    """One fact: its quotes and the places of its words, in characters of the document's text. See `Field`.

    `headings` are those that its quotes stand under, in the same order.
    """

    type: str
    value: str
    written: str
    quotes: Sequence[Range]
    places: Sequence[Range]
    confidence: float
    rule: str
    alternatives: Sequence[Mapping[str, str]] = ()
    called: Sequence[str] = ()
    headings: Sequence[str] = ()


@dataclass(frozen=True)
class MarkedFacts:
    """A quote with the places that are marked in it, all in characters of the document's text."""

    start: int
    end: int
    marked: Sequence[Range] = ()
    heading: str = ""


@dataclass(frozen=True)
class HeldFacts:
    """What is held for the standing question of this name. See `Held`."""

    name: str
    state: str
    text: str = ""
    value_normalised: Mapping[str, Any] | None = None
    found_by: str = ""
    confidence: float = 0.0
    quotes: Sequence[MarkedFacts] = ()
    passages: Sequence[MarkedFacts] = ()
    others: Sequence[Mapping[str, Any]] = ()
    holds: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class BriefFacts:
    """What this version found, in the order in which it is shown, and the document's names.

    `held` answers standing questions; `clauses` and `rules` are for `Kept`. `added` is where running headers and
    footers stand in the document's text; a quote is shown without them.
    """

    version: str
    fields: Sequence[FieldFacts]
    names: Mapping[str, Sequence[str]]
    held: Sequence[HeldFacts] = ()
    clauses: Mapping[str, Any] = field(default_factory=dict)
    rules: Mapping[str, Any] = field(default_factory=dict)
    added: Sequence[Range] = ()

    def first(self, *types: str) -> str:
        """The value of the first of these types that there is; empty without any."""
        return next((f.value for type_ in types for f in self.fields if f.type == type_), "")


def store_brief(document: Document, facts: BriefFacts) -> Brief:
    """Put the brief in place of the document's earlier one; in the caller's transaction."""
    drop_brief(document)
    brief = Brief.objects.create(
        document=document,
        version=facts.version,
        title=facts.first("title")[:300],
        parties="; ".join(field.value for field in facts.fields if field.type == "party"),
        date=facts.first("agreement_date", "effective_date")[:20],
        law=facts.first("governing_law")[:200],
        expiry=facts.first("expiry")[:20],
        names={name: list(words) for name, words in facts.names.items()},
    )
    note_change([document.pk])
    pages = list(document.pages.order_by("number").values_list("start", "end"))
    text = Paged(document.text(), pages, facts.added)
    Field.objects.bulk_create(_field(brief, order, one, text) for order, one in enumerate(facts.fields))
    Held.objects.bulk_create(_held(brief, order, one, text) for order, one in enumerate(facts.held))
    Kept.objects.create(brief=brief, clauses=dict(facts.clauses), rules=dict(facts.rules))
    return brief


def drop_brief(document: Document) -> None:
    """Remove the brief of a text that the document has no more; in the caller's transaction."""
    Brief.objects.filter(document=document).delete()
    FailedBrief.objects.filter(document=document).delete()


def note_failure(document: Document, version: str, code: str, reason: str, *, counted: bool = True) -> None:
    """Write down that a brief could not be made; nothing where the document was withdrawn meanwhile.

    It is an attempt of the document where it is `counted`, and no other one failed while this one was made.
    """
    with transaction.atomic():
        if not Document.objects.select_for_update().filter(pk=document.pk).exists():
            return
        known = FailedBrief.objects.filter(document=document, version=version).first()
        if known and known.retry_at > timezone.now():
            return
        attempts = (known.attempts if known else 0) + counted
        told = {
            "version": version, "attempts": attempts, "code": code, "reason": reason[:300],
            "retry_at": timezone.now() + timedelta(seconds=PAUSE_SECONDS * 2 ** max(0, attempts - 1)),
        }  # fmt: skip
        FailedBrief.objects.update_or_create(defaults=told, document=document)


@dataclass(frozen=True)
class Paged:
    """A document's text, where its pages start and end, and what is added to it on each."""

    text: str
    pages: Sequence[Range]
    added: Sequence[Range]


def _held(brief: Brief, order: int, facts: HeldFacts, text: Paged) -> Held:
    return Held(
        brief=brief,
        order=order,
        name=facts.name,
        state=facts.state,
        text=facts.text,
        value_normalised=dict(facts.value_normalised) if facts.value_normalised else None,
        found_by=facts.found_by,
        confidence=facts.confidence,
        quotes=[_headed(quote, text) for quote in facts.quotes],
        passages=[_headed(quote, text) for quote in facts.passages],
        others=[dict(other) for other in facts.others],
        holds=dict(facts.holds) if facts.holds else None,
    )


def _headed(facts: MarkedFacts, text: Paged) -> dict[str, Any]:
    return {**_quote((facts.start, facts.end), facts.marked, text), "heading": facts.heading}


def _field(brief: Brief, order: int, facts: FieldFacts, text: Paged) -> Field:
    return Field(
        brief=brief,
        order=order,
        type=facts.type,
        value=facts.value,
        written=facts.written,
        called=list(facts.called),
        quotes=[
            {**_quote(quote, facts.places, text), "heading": heading or ""}
            for quote, heading in zip_longest(facts.quotes, facts.headings[: len(facts.quotes)])
        ],
        confidence=facts.confidence,
        rule=facts.rule[:60],
        alternatives=[dict(other) for other in facts.alternatives],
    )


def _quote(quote: Range, places: Sequence[Range], text: Paged) -> dict[str, Any]:
    start, end = quote
    starts = [first for first, _ in text.pages]
    page = max(bisect_right(starts, start), 1)
    marked = within(places, start, end)
    opens = max(bisect_right(starts, start + marked[0][0]), page) if marked else page
    return {
        "start": start,
        "end": end,
        "quote": text.text[start:end],
        "marked": marked,
        "left_out": within(text.added, start, end),
        "page": page,
        "last_page": max(bisect_right(starts, max(end - 1, start)), page),
        "opens": opens,
        "at": write_ranges(within([quote], *text.pages[opens - 1])),
    }
