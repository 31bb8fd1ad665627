"""Writing the brief that was made of a document."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reviewapp.briefs.models import Brief, Field
from reviewapp.documents.models import Document
from reviewapp.frame.marking import within, write_ranges

Range = tuple[int, int]


@dataclass(frozen=True)
class FieldFacts:
    """One fact: its quotes and the places of its words, in characters of the document's text. See `Field`."""

    type: str
    value: str
    written: str
    quotes: Sequence[Range]
    places: Sequence[Range]
    confidence: float
    rule: str
    alternatives: Sequence[Mapping[str, str]] = ()
    called: Sequence[str] = ()


@dataclass(frozen=True)
class BriefFacts:
    """What the rules of this version found, in the order in which it is shown, and the document's names."""

    version: str
    fields: Sequence[FieldFacts]
    names: Mapping[str, Sequence[str]]

    def first(self, *types: str) -> str:
        """The value of the first of these types that there is; empty without any."""
        return next((f.value for type_ in types for f in self.fields if f.type == type_), "")


def store_brief(document: Document, facts: BriefFacts) -> Brief:
    """Put the brief in place of the document's earlier one; in the caller's transaction."""
    Brief.objects.filter(document=document).delete()
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
    pages = list(document.pages.order_by("number").values_list("start", "end"))
    text = document.text()
    Field.objects.bulk_create(
        _field(brief, order, field, pages, text) for order, field in enumerate(facts.fields)
    )
    return brief


def _field(brief: Brief, order: int, facts: FieldFacts, pages: Sequence[Range], text: str) -> Field:
    return Field(
        brief=brief,
        order=order,
        type=facts.type,
        value=facts.value,
        written=facts.written,
        called=list(facts.called),
        quotes=[_quote(quote, facts.places, pages, text) for quote in facts.quotes],
        confidence=facts.confidence,
        rule=facts.rule[:60],
        alternatives=[dict(other) for other in facts.alternatives],
    )


def _quote(quote: Range, places: Sequence[Range], pages: Sequence[Range], text: str) -> dict[str, Any]:
    start, end = quote
    starts = [first for first, _ in pages]
    page = max(bisect_right(starts, start), 1)
    return {
        "start": start,
        "end": end,
        "quote": text[start:end],
        "marked": within(places, start, end),
        "page": page,
        "last_page": max(bisect_right(starts, max(end - 1, start)), page),
        "at": write_ranges(within([quote], *pages[page - 1])),
    }
