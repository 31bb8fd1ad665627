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
    "bias": -0.226, "score": 0.612, "judged": 0.139, "agreeing": 0.969, "against": -0.498, "tagged": 0.362,
}  # fmt: skip
CLAUSE_ODDS: Mapping[str, float] = {
    "bias": 0.018, "score": 1.143, "judged": 0.535, "Affiliate License-Licensee": 0.388,
    "Agreement Date": 0.447, "Anti-Assignment": 0.573, "Audit Rights": -0.481, "Cap On Liability": 0.131,
    "Change Of Control": -0.231, "Competitive Restriction Exception": -0.25, "Covenant Not To Sue": -0.131,
    "Document Name": 1.034, "Effective Date": -0.192, "Exclusivity": 0.121, "Expiration Date": 0.968,
    "Governing Law": 0.544, "Insurance": -0.678, "Ip Ownership Assignment": -0.914,
    "Irrevocable Or Perpetual License": 0.161, "Joint Ip Ownership": 0.38, "License Grant": 0.622,
    "Liquidated Damages": -0.774, "Minimum Commitment": -1.018, "Most Favored Nation": -0.486,
    "No-Solicit Of Employees": 0.524, "Non-Compete": 0.384, "Non-Transferable License": -0.444,
    "Notice Period To Terminate Renewal": 0.043, "Parties": 1.012, "Post-Termination Services": -0.169,
    "Renewal Term": 0.079, "Revenue/Profit Sharing": -0.136, "Rofr/Rofo/Rofn": -1.459,
    "Termination For Convenience": 0.262, "Third Party Beneficiary": -0.301, "Uncapped Liability": 0.217,
    "Unlimited/All-You-Can-Eat-License": 0.382, "Volume Restriction": -0.58, "Warranty Duration": -0.027,
}  # fmt: skip
#: From this probability on a field, or a clause, is called supported. With constants of the other half, and their
#: thresholds, 96.4 and 96.2 of 100 were right.
SUPPORTED_FIELD, SUPPORTED_CLAUSE = 0.9, 0.92


def probability(odds: Mapping[str, float], signals: Mapping[str, float]) -> float:
    """The probability by the weights of the signals; what is not known counts for nothing."""
    total = odds["bias"] + sum(weight * signals.get(name, 0.0) for name, weight in odds.items())
    return 1 / (1 + math.exp(-total))
