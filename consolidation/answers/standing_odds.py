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
    "bias": -0.442, "score": 0.714, "judged": 0.021, "agreeing": 1.075, "against": -0.136, "tagged": 0.259,
}  # fmt: skip
CLAUSE_ODDS: Mapping[str, float] = {
    "bias": -0.666, "score": 1.495, "judged": 0.405, "Agreement Date": 0.772, "Anti-Assignment": 1.164,
    "Audit Rights": 0.583, "Cap On Liability": -0.636, "Change Of Control": 0.493,
    "Covenant Not To Sue": 0.441, "Document Name": 0.768, "Effective Date": -0.511, "Exclusivity": -0.152,
    "Expiration Date": 0.673, "Governing Law": 0.979, "Insurance": 0.497,
    "Ip Ownership Assignment": -0.505, "Irrevocable Or Perpetual License": -0.33, "License Grant": 0.767,
    "Liquidated Damages": -0.674, "Minimum Commitment": -1.022, "No-Solicit Of Employees": 0.363,
    "Non-Compete": -0.487, "Non-Disparagement": -0.506, "Non-Transferable License": -1.054,
    "Notice Period To Terminate Renewal": -0.431, "Parties": 1.268, "Post-Termination Services": -0.702,
    "Renewal Term": 0.079, "Revenue/Profit Sharing": 0.137, "Rofr/Rofo/Rofn": -1.241,
    "Termination For Convenience": -0.056, "Uncapped Liability": 0.258, "Volume Restriction": -0.766,
    "Warranty Duration": -0.171,
}  # fmt: skip
#: From this probability on a field, or a clause, is called supported: the mean above it is 95.5 in 100.
SUPPORTED_FIELD, SUPPORTED_CLAUSE = 0.94, 0.92


def probability(odds: Mapping[str, float], signals: Mapping[str, float]) -> float:
    """The probability by the weights of the signals; what is not known counts for nothing."""
    total = odds["bias"] + sum(weight * signals.get(name, 0.0) for name, weight in odds.items())
    return 1 / (1 + math.exp(-total))
