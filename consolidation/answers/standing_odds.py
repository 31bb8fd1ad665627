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
    "bias": -0.282, "score": 0.675, "judged": 0.06, "agreeing": 0.99, "against": -0.423, "tagged": 0.391,
}  # fmt: skip
CLAUSE_ODDS: Mapping[str, float] = {
    "bias": 0.144, "score": 1.336, "judged": 0.537, "Affiliate License-Licensee": 0.273, "Agreement Date": 0.722,
    "Anti-Assignment": 0.905, "Audit Rights": 0.071, "Cap On Liability": 0.1, "Change Of Control": 0.509,
    "Covenant Not To Sue": 0.452, "Document Name": 1.706, "Effective Date": -0.536, "Exclusivity": -0.185,
    "Expiration Date": 0.767, "Governing Law": 0.669, "Insurance": 0.384, "Ip Ownership Assignment": -0.335,
    "Irrevocable Or Perpetual License": -0.346, "License Grant": 0.808, "Liquidated Damages": -0.702,
    "Minimum Commitment": -1.449, "No-Solicit Of Employees": 0.421, "Non-Compete": -0.332,
    "Non-Transferable License": -1.001, "Notice Period To Terminate Renewal": -0.738, "Parties": 0.307,
    "Post-Termination Services": -0.487, "Renewal Term": 0.639, "Revenue/Profit Sharing": -0.135,
    "Rofr/Rofo/Rofn": -1.119, "Termination For Convenience": -0.164, "Uncapped Liability": -0.527,
    "Volume Restriction": -0.687, "Warranty Duration": 0.01,
}  # fmt: skip
#: From this probability on a field, or a clause, is called supported: the mean above it is 95.5 in 100, and that of
#: clauses is two hundredths higher still: with constants of the other half 94.5 of 100 were right.
SUPPORTED_FIELD, SUPPORTED_CLAUSE = 0.89, 0.91


def probability(odds: Mapping[str, float], signals: Mapping[str, float]) -> float:
    """The probability by the weights of the signals; what is not known counts for nothing."""
    total = odds["bias"] + sum(weight * signals.get(name, 0.0) for name, weight in odds.items())
    return 1 / (1 + math.exp(-total))
