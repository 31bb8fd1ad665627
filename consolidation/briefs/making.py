"""The brief of a document by rules."""

from __future__ import annotations

from collections.abc import Sequence

from consolidation.briefs.beginnings import agreement_date, effective_date
from consolidation.briefs.definitions import definitions
from consolidation.briefs.endings import expiry, term
from consolidation.briefs.fields import Brief
from consolidation.briefs.headings import headings
from consolidation.briefs.law import forum, governing_law
from consolidation.briefs.mentioned import mentioned
from consolidation.briefs.money import caps, payments
from consolidation.briefs.opening import opening, openings
from consolidation.briefs.parties import parties
from consolidation.briefs.renewals import notice_period, renewal_term
from consolidation.briefs.signing import notice_addresses, signatories
from consolidation.briefs.source import Source, Tags
from consolidation.briefs.titles import amended_title, title


def brief(text: str, page_starts: Sequence[int] | None = None, tags: Tags | None = None) -> Brief:
    """The facts that rules find in a document's text, each with its place, its quote and how it was found.

    Args:
        text: the stored text; time is linear in its length.
        page_starts: offset of each page; running headers and footers are told by them.
        tags: passages by CUAD category, as start, end and confidence; a value inside one is preferred.
    """
    source = Source(text, page_starts, tags)
    first = opening(source)
    made = agreement_date(source, first)
    effective = effective_date(source, first, made)
    single = [
        title(source, first),
        amended_title(source, first),
        made,
        effective,
        expiry(source, effective, made),
        term(source),
        renewal_term(source),
        notice_period(source),
        governing_law(source),
        forum(source),
    ]
    named = parties(source, first)
    several = (*payments(source), *caps(source), *notice_addresses(source), *signatories(source, named))
    return Brief(
        (*(f for f in single if f), *several),
        named,
        definitions(source),
        headings(source.text),
        openings(source, first),
        source.running,
        mentioned(text),
    )


def opening_facts(text: str) -> Brief:
    """The part of a brief that names a document: titles, parties, what it mentions, and when it was made and takes
    effect."""
    source = Source(text)
    first = opening(source)
    made = agreement_date(source, first)
    fields = (title(source, first), amended_title(source, first), made, effective_date(source, first, made))
    return Brief(
        tuple(f for f in fields if f),
        parties(source, first),
        openings=openings(source, first),
        mentioned=mentioned(text),
    )
