"""The briefs of documents, as the records keep them."""

import hashlib
import json
import math
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any, cast, get_args

from consolidation import Bank, Engine, Source
from consolidation.answers.standing import Held, hold
from consolidation.answers.standing_odds import CLAUSE_ODDS, FIELD_ODDS, SUPPORTED_CLAUSE, SUPPORTED_FIELD
from consolidation.asking.typed import Typed
from consolidation.asking.understand import Understanding, understand
from consolidation.briefs import VERSION, Brief, Field, Party, brief, described_by
from consolidation.briefs.clauses import Clauses, Tagging
from consolidation.briefs.fields import Type
from consolidation.briefs.kept import brief_of_plain, clauses_of_plain, plain_brief, plain_clauses
from consolidation.briefs.source import added_lines
from reviewapp.briefs.models import Kept
from reviewapp.briefs.results import BriefFacts, FieldFacts, HeldFacts, MarkedFacts
from reviewapp.briefs.selectors import kept_of
from reviewapp.briefs.standing import STANDING
from reviewapp.documents.models import Document

#: The order in which a brief is shown.
SHOWN = get_args(Type)
SHA_DIGITS = 12


@dataclass(frozen=True)
class Slept:
    """What the sleep phase left of a document: its state in a bank, and the tags that were gathered on the way."""

    engine: Engine
    bank: Bank
    state_name: str
    tagging: Tagging


def brief_version(engine: Engine) -> str:
    """Names all that decides about a brief: the rules, the tagger, and what judges."""
    decides = (
        engine.identity.reads_sha256,
        engine.judge.answers_sha256,
        *((one.tagger.answers_sha256, one.extents.sha256) if (one := engine.encodings) else ()),
        json.dumps(
            [*sorted(FIELD_ODDS.items()), *sorted(CLAUSE_ODDS.items()), SUPPORTED_FIELD, SUPPORTED_CLAUSE]
        ),
        json.dumps(sorted((name, one.words) for name, one in STANDING.items())),
    )
    digest = hashlib.sha256(json.dumps(decides).encode()).hexdigest()
    return f"{VERSION}-{digest[:SHA_DIGITS]}"


def make_brief(
    document: Document, slept: Slept | None = None, should_stop: Callable[[], bool] = lambda: False
) -> BriefFacts:
    """The brief of a document; by rules alone where it has not slept. Raises Cancelled when `should_stop` says so."""
    text = document.text()
    starts = list(document.pages.order_by("number").values_list("start", flat=True))
    # NB: told what the tagger says, the rules are no better on held-out contracts; the other way it helps.
    made = brief(text, starts)
    clauses: Clauses = slept.tagging.clauses(text, made, should_stop) if slept else {}
    called = described_by(made, document.name)
    fields = sorted(_fields(made), key=lambda field: SHOWN.index(field.type))
    names = {
        "titles": called.titles,
        "parties": called.parties,
        "short_names": called.short_names,
        "roles": called.roles,
        "dates": called.dates,
        "mentioned": called.mentioned,
    }
    return BriefFacts(
        brief_version(slept.engine) if slept else VERSION,
        fields,
        names,
        list(_held(document, text, made, clauses, slept)) if slept else (),
        plain_clauses(clauses),
        plain_brief(made),
        added_lines(text, made.running),
    )


def kept(engine: Engine, documents: Iterable[Document]) -> dict[str, tuple[Clauses | None, Brief]]:
    """What fresh briefs keep for this engine, clauses and rules, by document id; in one query."""
    found: Mapping[Any, Kept] = kept_of(documents, brief_version(engine))
    return {
        str(document): (clauses_of_plain(one.clauses) or None, brief_of_plain(one.rules))
        for document, one in found.items()
    }


def typed_facts(typed: Typed | None) -> dict[str, Any] | None:
    """A value as records keep it; what is without end has no order, for stored numbers are finite."""
    if typed is None:
        return None
    order = typed.order if typed.order is not None and math.isfinite(typed.order) else None
    return {**asdict(typed), "order": order}


@cache
def understood(name: str) -> Understanding:
    """What the standing question of this name asks."""
    return understand(STANDING[name].words)


def _held(document: Document, text: str, made: Brief, clauses: Clauses, slept: Slept) -> Iterator[HeldFacts]:
    state = slept.bank.load(slept.state_name)
    source = Source(str(document.pk), document.name, slept.bank, slept.state_name, text, clauses, made)
    names = {(one.source, one.subject): name for name, one in STANDING.items()}
    fields = {cast(Type, s): understood(name) for (kind, s), name in names.items() if kind == "field"}
    kinds = {s: understood(name) for (kind, s), name in names.items() if kind == "clause"}
    held_fields, held_kinds = hold(slept.engine, source, state, fields, kinds)
    for field, found in held_fields.items():
        yield _held_facts(names["field", field], found)
    for kind, found in held_kinds.items():
        if found.state != "not_found" or found.passages:
            yield _held_facts(names["clause", kind], found)


def _held_facts(name: str, held: Held) -> HeldFacts:
    return HeldFacts(
        name,
        held.state,
        held.text,
        typed_facts(held.typed),
        ",".join(held.found_by),
        held.probability,
        [MarkedFacts(one.start, one.end, one.marked, held.heading) for one in held.quotes],
        [MarkedFacts(one.start, one.end, (), one.heading) for one in held.passages],
        [asdict(other) for other in held.others],
        typed_facts(held.holds),
    )


def _fields(made: Brief) -> Iterator[FieldFacts]:
    for party in made.parties:
        yield _facts(made, party.name, party)
    for field in made.fields:
        yield _facts(made, field)


def _facts(made: Brief, field: Field, party: Party | None = None) -> FieldFacts:
    quotes = list(dict.fromkeys(field.quotes or (field.quote,)))
    called = [named.name for named in (*party.short_names, *party.roles)] if party else []
    return FieldFacts(
        type=field.type,
        value=field.value,
        written=field.written,
        quotes=quotes,
        headings=[_heading(made, start) for start, _ in quotes],
        places=field.places,
        confidence=field.confidence,
        rule=field.rule,
        alternatives=[
            {"value": other.value, "written": other.written, "rule": other.rule}
            for other in field.alternatives
        ],
        called=list(dict.fromkeys(called)),
    )


def _heading(made: Brief, at: int) -> str:
    """Number and words of the heading under which a character stands; empty before the first."""
    before = bisect_right(made.headings, at, key=lambda heading: heading.place[0])
    return f"{made.headings[before - 1].number} {made.headings[before - 1].heading}".strip() if before else ""
