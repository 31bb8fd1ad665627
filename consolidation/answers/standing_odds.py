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
    "bias": -0.312, "score": 0.673, "judged": 0.119, "agreeing": 0.958, "against": -0.449, "tagged": 0.362,
}  # fmt: skip
CLAUSE_ODDS: Mapping[str, float] = {
    "bias": 0.36, "score": 1.169, "judged": 0.441, "Affiliate License-Licensee": 0.377,
    "Agreement Date": 0.405, "Anti-Assignment": 0.6, "Audit Rights": -0.557, "Cap On Liability": 0.194,
    "Change Of Control": -0.213, "Competitive Restriction Exception": -0.302, "Covenant Not To Sue": -0.196,
    "Document Name": 1.079, "Effective Date": -0.297, "Exclusivity": 0.341, "Expiration Date": 0.968,
    "Governing Law": 0.548, "Insurance": -0.648, "Ip Ownership Assignment": -0.859,
    "Irrevocable Or Perpetual License": 0.177, "Joint Ip Ownership": 0.367, "License Grant": 0.691,
    "Liquidated Damages": -0.675, "Minimum Commitment": -0.93, "Most Favored Nation": -0.445,
    "No-Solicit Of Employees": 0.387, "Non-Compete": 0.355, "Non-Transferable License": -0.415,
    "Notice Period To Terminate Renewal": -0.201, "Parties": 0.76, "Post-Termination Services": -0.066,
    "Renewal Term": -0.004, "Revenue/Profit Sharing": -0.048, "Rofr/Rofo/Rofn": -1.436,
    "Termination For Convenience": 0.333, "Third Party Beneficiary": -0.368, "Uncapped Liability": 0.224,
    "Unlimited/All-You-Can-Eat-License": 0.426, "Volume Restriction": -0.596, "Warranty Duration": 0.021,
}  # fmt: skip
#: From this probability on a field, or a clause, is called supported. With constants of the other half, and their
#: thresholds, 96.4 and 96.8 of 100 were right.
SUPPORTED_FIELD, SUPPORTED_CLAUSE = 0.9, 0.91


def probability(odds: Mapping[str, float], signals: Mapping[str, float]) -> float:
    """The probability by the weights of the signals; what is not known counts for nothing."""
    total = odds["bias"] + sum(weight * signals.get(name, 0.0) for name, weight in odds.items())
    return 1 / (1 + math.exp(-total))
