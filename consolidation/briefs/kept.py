"""Briefs and clauses in a form that can be stored, and back: lists, words and numbers alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from consolidation.briefs.clauses import Clauses
from consolidation.briefs.fields import Brief, Definition, Field, Heading, Named, Party, Range
from consolidation.findings.spans import ClauseSpan

#: Passages of a kind of clause that are kept, the surest first.
KEPT_SPANS = 5
#: Digits of a confidence.
DIGITS = 5
Plain = Mapping[str, Any]


def plain_clauses(clauses: Clauses) -> Plain:
    """Clauses as lists of start, end and confidence by kind; kinds that are nowhere have an empty one."""
    return {
        kind: [[span.start, span.end, round(span.confidence, DIGITS)] for span in spans[:KEPT_SPANS]]
        for kind, spans in clauses.items()
    }


def clauses_of_plain(plain: Plain) -> Clauses:
    """The clauses that were made `plain_clauses` of."""
    return {kind: tuple(ClauseSpan(a, b, sure) for a, b, sure in spans) for kind, spans in plain.items()}


def plain_brief(brief: Brief) -> Plain:
    """A brief as lists, in the order of its attributes."""
    return {
        "fields": [_plain_field(one) for one in brief.fields],
        "parties": [
            [
                _plain_field(one.name),
                *([[n.name, n.place] for n in named] for named in (one.short_names, one.roles)),
            ]
            for one in brief.parties
        ],
        "terms": [[one.term, one.place, one.definition] for one in brief.terms],
        "headings": [[one.number, one.heading, one.place] for one in brief.headings],
        "openings": list(brief.openings),
        "running": list(brief.running),
        "mentioned": list(brief.mentioned),
    }


def brief_of_plain(plain: Plain) -> Brief:
    """The brief that was made `plain_brief` of."""
    return Brief(
        tuple(map(_field, plain["fields"])),
        tuple(Party(_field(name), _named(short), _named(roles)) for name, short, roles in plain["parties"]),
        tuple(Definition(term, _range(place), _range(said)) for term, place, said in plain["terms"]),
        tuple(Heading(number, words, _range(place)) for number, words, place in plain["headings"]),
        tuple(plain["openings"]),
        _ranges(plain["running"]),
        tuple(plain.get("mentioned", ())),
    )


def _plain_field(field: Field) -> list[Any]:
    return [
        field.type,
        field.value,
        field.written,
        list(field.places),
        list(field.quote),
        field.confidence,
        field.rule,
        [_plain_field(other) for other in field.alternatives],
        list(field.quotes),
    ]


def _field(plain: Sequence[Any]) -> Field:
    type_, value, written, places, quote, confidence, rule, alternatives, quotes = plain
    others = tuple(map(_field, alternatives))
    return Field(
        type_, value, written, _ranges(places), _range(quote), confidence, rule, others, _ranges(quotes)
    )


def _named(plain: Sequence[Any]) -> tuple[Named, ...]:
    return tuple(Named(name, _range(place)) for name, place in plain)


def _ranges(plain: Sequence[Sequence[int]]) -> tuple[Range, ...]:
    return tuple(map(_range, plain))


def _range(plain: Sequence[int]) -> Range:
    return plain[0], plain[1]
