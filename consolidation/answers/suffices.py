"""What needs no reading: a fact of a brief that rules and a saved state say alike, and a judge agrees to.

It is supported where it is as likely as what is held for a standing question must be (`standing_odds`): who asks is
told the same as the column of that fact.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from consolidation.answers.decide import Decision
from consolidation.answers.examination import Examination
from consolidation.answers.signals import signals
from consolidation.answers.standing_odds import FIELD_ODDS, LEAST_TAG, SUPPORTED_FIELD, probability
from consolidation.briefs.clauses import CATEGORY_OF
from consolidation.briefs.fields import Type
from consolidation.engine import Engine
from consolidation.objections.objections import is_fitting, is_settled
from consolidation.parts.confidence import log_odds
from consolidation.proposals.candidates import Candidate, comparable, from_fields

#: Of a field of which there may be many, so many are given.
MOST_VALUES = 6


def own_field(known: Examination, type_: Type) -> Candidate | None:
    """What the brief says of a fact: its first field, or all of them where they answer together."""
    fields = tuple(known.passages.brief.all(type_))[:MOST_VALUES]
    if not fields:
        return None
    return from_fields(fields if type_ != known.fact or type_ == "party" else fields[:1], known.passages)


def better_than(candidates: Sequence[Candidate], same: Sequence[Candidate]) -> Candidate | None:
    """The best of the other answers, where the judge prefers it."""
    others = [one for one in candidates if one not in same]
    best = max(others, key=lambda one: one.judged, default=None)
    return best if best and best.judged > max((one.judged for one in same), default=0.0) else None


def field_signals(
    known: Examination, type_: Type, own: Candidate, same: Sequence[Candidate], better: Candidate | None
) -> dict[str, float]:
    """What is known of a field, by the names of `FIELD_ODDS`; `same` are the judged candidates that say it."""
    judged = max(one.judged for one in same)
    spans = (known.source.clauses or {}).get(CATEGORY_OF.get(type_, ""), ())
    low, high = own.places[0]
    tagged = max((s.confidence for s in spans if s.start < high and low < s.end), default=0.0)
    return {
        "score": log_odds(own.score),
        "judged": judged,
        "agreeing": float(len({one.maker for one in same}) - 1),
        "against": better.judged - judged if better else 0.0,
        "tagged": log_odds(max(tagged, LEAST_TAG)),
    }


def told_by_odds(engine: Engine) -> bool:
    """Whether an engine has the parts that the odds were fitted with."""
    return engine.confidence.fitted and engine.encodings is not None


def without_reading(engine: Engine, known: Examination) -> Examination | None:
    """An examination before anything is read, supported by what states and rules say; None where it must be read.

    A state must claim what the rules say, the judge must agree, and no other answer may have its word. The place is
    that of the rules: a claim is looked for in the text, and may stand in several.
    """
    type_ = next((one for one in CATEGORY_OF if one == known.fact), None)
    if type_ is None or known.signed or not told_by_odds(engine):
        return None
    own = own_field(known, type_)
    if own is None:
        return None
    said = comparable(known.asked, own)
    same = [one for one in known.candidates if comparable(known.asked, one) == said]
    by_rules, claimed = (
        next((one for one in same if one.maker == maker), None) for maker in ("rules", "state")
    )
    if by_rules is None or claimed is None or min(by_rules.judged, claimed.judged) <= 0:
        return None
    if any(one.judged > 0 for one in known.candidates if one not in same):
        return None
    about = known.asked, known.fact, known.passages
    fitting = is_fitting(*about, by_rules) and is_settled(*about, by_rules)
    likely = probability(FIELD_ODDS, field_signals(known, type_, own, same, None))
    if (
        likely < max(SUPPORTED_FIELD, engine.settings.supported)
        or not signals(known.asked, by_rules, fitting)["fits"]
    ):
        return None
    return replace(known, decision=Decision("supported", likely, known.candidates.index(by_rules)))
