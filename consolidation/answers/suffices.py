"""What needs no reading: a fact of a brief that rules and a saved state say alike, and a judge agrees to.

It is supported where it is as likely as what is held for a standing question must be (`standing_odds`): who asks is
told the same as the column of that fact.
"""

from __future__ import annotations

from dataclasses import replace

from consolidation.answers.decide import Decision
from consolidation.answers.examination import Examination
from consolidation.answers.signals import signals
from consolidation.answers.standing_odds import (
    FIELD_ODDS,
    SUPPORTED_FIELD,
    field_signals,
    own_field,
    probability,
    told_by_odds,
)
from consolidation.briefs.clauses import CATEGORY_OF
from consolidation.engine import Engine
from consolidation.objections.objections import is_fitting, is_settled
from consolidation.objections.of_itself import asks_of_itself
from consolidation.passages.quotes import sentence_around
from consolidation.proposals.candidates import Candidate, comparable


def without_reading(engine: Engine, known: Examination) -> Examination | None:
    """An examination before anything is read, supported by what states and rules say; None where it must be read.

    A state must claim what the rules say, the judge must agree, and no other answer may have its word; the question
    may ask for nothing but that fact of the document. The place is that of the rules: a claim is looked for in the
    text, and may stand in several.
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
    fitting = is_fitting(*about, by_rules) and is_settled(*about, by_rules) and _is_of_itself(known, by_rules)
    # NB: with a bar that nothing reaches all is read, also what the odds are sure of
    likely = probability(FIELD_ODDS, field_signals(known, type_, own, same, None))
    if (
        likely < max(SUPPORTED_FIELD, engine.settings.supported)
        or not signals(known.asked, by_rules, fitting)["fits"]
    ):
        return None
    return replace(known, decision=Decision("supported", likely, known.candidates.index(by_rules)))


def _is_of_itself(known: Examination, own: Candidate) -> bool:
    """Whether a question says no more than which fact of the document it asks for."""
    low, high = sentence_around(known.passages, own.places[0])
    return asks_of_itself(known.asked, known.passages, known.passages.text[low:high])
