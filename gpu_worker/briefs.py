"""The briefs of documents, as the records keep them."""

from collections.abc import Iterator
from typing import get_args

from consolidation.briefs import VERSION, Brief, Field, Party, brief, described_by
from consolidation.briefs.fields import Type
from reviewapp.briefs.results import BriefFacts, FieldFacts
from reviewapp.documents.models import Document

#: The order in which a brief is shown.
SHOWN = get_args(Type)


def make_brief(document: Document) -> BriefFacts:
    """The brief of a document by the rules of this version."""
    starts = list(document.pages.order_by("number").values_list("start", flat=True))
    made = brief(document.text(), starts)
    called = described_by(made, document.name)
    fields = sorted(_fields(made), key=lambda field: SHOWN.index(field.type))
    names = {
        "titles": called.titles,
        "parties": called.parties,
        "short_names": called.short_names,
        "roles": called.roles,
        "dates": called.dates,
    }
    return BriefFacts(VERSION, fields, names)


def _fields(made: Brief) -> Iterator[FieldFacts]:
    for party in made.parties:
        yield _facts(party.name, party)
    for field in made.fields:
        yield _facts(field)


def _facts(field: Field, party: Party | None = None) -> FieldFacts:
    called = [named.name for named in (*party.short_names, *party.roles)] if party else []
    return FieldFacts(
        type=field.type,
        value=field.value,
        written=field.written,
        quotes=list(dict.fromkeys(field.quotes or (field.quote,))),
        places=field.places,
        confidence=field.confidence,
        rule=field.rule,
        alternatives=[
            {"value": other.value, "written": other.written, "rule": other.rule}
            for other in field.alternatives
        ],
        called=list(dict.fromkeys(called)),
    )
