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
    "bias": -0.679, "score": 0.883, "judged": 0.024, "agreeing": 1.024, "against": -0.214,
    "tagged": 0.257,
}  # fmt: skip
CLAUSE_ODDS: Mapping[str, float] = {
    "bias": -0.066, "score": 1.508, "judged": 0.543, "Agreement Date": 0.728, "Anti-Assignment": 1.233,
    "Audit Rights": 0.639, "Cap On Liability": -0.614, "Change Of Control": 0.483,
    "Covenant Not To Sue": 0.288, "Document Name": 0.665, "Effective Date": -0.506,
    "Exclusivity": -0.114, "Expiration Date": 0.586, "Governing Law": 0.783, "Insurance": 0.544,
    "Ip Ownership Assignment": -0.448, "Irrevocable Or Perpetual License": -0.278,
    "License Grant": 0.835, "Liquidated Damages": -0.639, "Minimum Commitment": -0.973,
    "No-Solicit Of Employees": 0.34, "Non-Compete": -0.56, "Non-Disparagement": -0.544,
    "Non-Transferable License": -1.013, "Notice Period To Terminate Renewal": -0.343, "Parties": 0.975,
    "Post-Termination Services": -0.653, "Renewal Term": 0.159, "Revenue/Profit Sharing": 0.253,
    "Rofr/Rofo/Rofn": -1.187, "Termination For Convenience": 0.0, "Uncapped Liability": 0.303,
    "Volume Restriction": -0.769, "Warranty Duration": -0.175,
}  # fmt: skip
#: From this probability on a field, or a clause, is called supported: the mean above it is 95.5 in 100. That of
#: fields is a hundredth higher still: with constants of the other half 94 of 100 were right.
SUPPORTED_FIELD, SUPPORTED_CLAUSE = 0.94, 0.92


def probability(odds: Mapping[str, float], signals: Mapping[str, float]) -> float:
    """The probability by the weights of the signals; what is not known counts for nothing."""
    total = odds["bias"] + sum(weight * signals.get(name, 0.0) for name, weight in odds.items())
    return 1 / (1 + math.exp(-total))
