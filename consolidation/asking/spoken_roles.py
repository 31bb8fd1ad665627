"""Roles that a question speaks of as those of a party: "the tenant", "the Licensor"."""

from __future__ import annotations

import re

#: Roles that stand in the text of every document that has such a party, and in few others.
_ROLES = (
    "landlord|tenant|lessor|lessee|licensor|licensee|franchisor|franchisee|borrower|lender|seller|buyer|purchaser|vendor|supplier|"
    "distributor|reseller|sponsor|shipper|transporter|publisher|retailer|manufacturer|guarantor|insurer|insured|executive|employee|"
    "employer|consultant|contractor|customer|client|dealer|broker|carrier|operator|developer|athlete|artist|producer"
)
_SPOKEN = re.compile(
    rf"\bthe\s+(?P<role>{_ROLES})\b(?!\s+(?:agreement|contract|handbook|list|data)\b)", re.IGNORECASE
)


def spoken_roles(question: str) -> tuple[str, ...]:
    """The roles that a question speaks of, in lower case, each once: only documents in which they stand are meant."""
    return tuple(dict.fromkeys(match["role"].lower() for match in _SPOKEN.finditer(question)))
