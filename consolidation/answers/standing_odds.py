"""How likely what a brief holds is right, from what is known of it; fitted by `laboratory.answers.standing`."""

from __future__ import annotations

import math
from collections.abc import Mapping

#: What is known of a field: the log odds of its rule, the judge's word, how many others say the same, how far the
#: judge prefers another answer, and the log odds by the tagger. Of a clause: the log odds by the tagger, and the
#: judge's word.
FIELD_SIGNALS = ("score", "judged", "agreeing", "against", "tagged")
CLAUSE_SIGNALS = ("score", "judged")
#: To the log odds that the value is right; and that the clause is there and its first passage shows it, where each
#: kind has a constant of its own.
FIELD_ODDS: Mapping[str, float] = {
    "bias": -0.282, "score": 0.676, "judged": 0.067, "agreeing": 1.003, "against": -0.43, "tagged": 0.373,
}  # fmt: skip
CLAUSE_ODDS: Mapping[str, float] = {
    "bias": 0.284, "score": 1.295, "judged": 0.607, "Agreement Date": 0.735, "Anti-Assignment": 0.848,
    "Audit Rights": -0.523, "Cap On Liability": 0.581, "Change Of Control": 0.499, "Covenant Not To Sue": 0.234,
    "Document Name": 1.718, "Effective Date": -0.522, "Exclusivity": -0.244, "Expiration Date": 1.082,
    "Governing Law": 0.585, "Insurance": 0.336, "Ip Ownership Assignment": -0.384,
    "Irrevocable Or Perpetual License": -0.329, "License Grant": 0.742, "Liquidated Damages": -0.727,
    "Minimum Commitment": -1.542, "No-Solicit Of Employees": 0.354, "Non-Compete": -0.64,
    "Non-Transferable License": -1.152, "Notice Period To Terminate Renewal": -0.833, "Parties": 0.332,
    "Post-Termination Services": -0.35, "Renewal Term": 0.57, "Revenue/Profit Sharing": 0.087,
    "Rofr/Rofo/Rofn": -0.504, "Termination For Convenience": -0.068, "Uncapped Liability": -0.22,
    "Volume Restriction": -0.746, "Warranty Duration": 0.084,
}  # fmt: skip
#: From this probability on a field, or a clause, is called supported: the mean above it is 95.5 in 100 of fields, and
#: that of clauses is two hundredths higher still. With constants of the other half, and their thresholds, 95.4 and
#: 95.0 of 100 were right.
SUPPORTED_FIELD, SUPPORTED_CLAUSE = 0.9, 0.9


def probability(odds: Mapping[str, float], signals: Mapping[str, float]) -> float:
    """The probability by the weights of the signals; what is not known counts for nothing."""
    total = odds["bias"] + sum(weight * signals.get(name, 0.0) for name, weight in odds.items())
    return 1 / (1 + math.exp(-total))
