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
    "bias": -0.304, "score": 0.662, "judged": 0.115, "agreeing": 0.979, "against": -0.539, "tagged": 0.344,
}  # fmt: skip
CLAUSE_ODDS: Mapping[str, float] = {
    "bias": -0.168, "score": 1.438, "judged": 0.475, "Affiliate License-Licensee": 0.391,
    "Agreement Date": 0.311, "Anti-Assignment": 0.911, "Audit Rights": 0.156, "Cap On Liability": 0.716,
    "Change Of Control": 0.346, "Competitive Restriction Exception": -0.467, "Covenant Not To Sue": 0.345,
    "Document Name": 0.978, "Effective Date": -0.801, "Exclusivity": -0.323, "Expiration Date": 1.258,
    "Governing Law": 0.343, "Insurance": 0.526, "Ip Ownership Assignment": -0.635,
    "Irrevocable Or Perpetual License": -0.349, "License Grant": 0.692, "Liquidated Damages": -0.68,
    "Minimum Commitment": -0.693, "No-Solicit Of Employees": 0.412, "Non-Compete": -0.367,
    "Non-Disparagement": -0.362, "Non-Transferable License": -1.175,
    "Notice Period To Terminate Renewal": 0.267, "Parties": 0.042, "Post-Termination Services": -0.051,
    "Renewal Term": 0.758, "Revenue/Profit Sharing": -0.302, "Rofr/Rofo/Rofn": -1.132,
    "Termination For Convenience": -0.583, "Uncapped Liability": -0.219, "Volume Restriction": -0.696,
    "Warranty Duration": 0.382,
}  # fmt: skip
#: From this probability on a field, or a clause, is called supported. With constants of the other half, and their
#: thresholds, 96.4 and 96.0 of 100 were right.
SUPPORTED_FIELD, SUPPORTED_CLAUSE = 0.9, 0.88


def probability(odds: Mapping[str, float], signals: Mapping[str, float]) -> float:
    """The probability by the weights of the signals; what is not known counts for nothing."""
    total = odds["bias"] + sum(weight * signals.get(name, 0.0) for name, weight in odds.items())
    return 1 / (1 + math.exp(-total))
