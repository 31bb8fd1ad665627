"""How likely what a brief holds is right, from what is known of it; fitted by `laboratory.answers.standing`."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from consolidation.answers.examination import Examination
from consolidation.briefs.clauses import CATEGORY_OF
from consolidation.briefs.fields import Type
from consolidation.engine import Engine
from consolidation.parts.confidence import log_odds
from consolidation.proposals.candidates import Candidate, from_fields

#: What is known of a field: the log odds of its rule, the judge's word, how many others say the same, how far the
#: judge prefers another answer, and the log odds by the tagger. Of a clause: the log odds by the tagger, and the
#: judge's word.
FIELD_SIGNALS = ("score", "judged", "agreeing", "against", "tagged")
CLAUSE_SIGNALS = ("score", "judged")
#: To the log odds that the value is right; and that the clause is there and its first passage shows it, where each
#: kind has a constant of its own.
FIELD_ODDS: Mapping[str, float] = {
    "bias": -0.311, "score": 0.674, "judged": 0.12, "agreeing": 0.953, "against": -0.449, "tagged": 0.363,
}  # fmt: skip
CLAUSE_ODDS: Mapping[str, float] = {
    "bias": 0.35, "score": 1.226, "judged": 0.444, "Affiliate License-Licensee": 0.378,
    "Agreement Date": 0.37, "Anti-Assignment": 0.569, "Audit Rights": -0.596, "Cap On Liability": 0.161,
    "Change Of Control": -0.226, "Competitive Restriction Exception": -0.304, "Covenant Not To Sue": -0.216,
    "Document Name": 1.051, "Effective Date": -0.314, "Exclusivity": 0.326, "Expiration Date": 0.945,
    "Governing Law": 0.512, "Insurance": -0.683, "Ip Ownership Assignment": -0.249,
    "Irrevocable Or Perpetual License": 0.174, "Joint Ip Ownership": 0.364, "License Grant": 0.666,
    "Liquidated Damages": -0.675, "Minimum Commitment": -0.956, "Most Favored Nation": -0.443,
    "No-Solicit Of Employees": 0.384, "Non-Compete": 0.348, "Non-Transferable License": -0.425,
    "Notice Period To Terminate Renewal": -0.229, "Parties": 0.722, "Post-Termination Services": -0.076,
    "Renewal Term": -0.034, "Revenue/Profit Sharing": -0.073, "Rofr/Rofo/Rofn": -1.461,
    "Termination For Convenience": 0.324, "Third Party Beneficiary": -0.368, "Uncapped Liability": 0.209,
    "Unlimited/All-You-Can-Eat-License": 0.426, "Volume Restriction": -0.607, "Warranty Duration": 0.008,
}  # fmt: skip
#: Of a field of which there may be many, so many are given.
MOST_VALUES = 6
#: The tagger's confidence where it says nothing.
LEAST_TAG = 0.01
#: From this probability on a field, or a clause, is called supported. With constants of the other half, and their
#: thresholds, 96.4 and 96.5 of 100 were right.
SUPPORTED_FIELD, SUPPORTED_CLAUSE = 0.9, 0.91


def probability(odds: Mapping[str, float], signals: Mapping[str, float]) -> float:
    """The probability by the weights of the signals; what is not known counts for nothing."""
    total = odds["bias"] + sum(weight * signals.get(name, 0.0) for name, weight in odds.items())
    return 1 / (1 + math.exp(-total))


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
