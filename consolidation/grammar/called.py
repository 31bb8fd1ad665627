"""What a text calls whom it names: a name in another role, or of a signature, is not who is asked for."""

from __future__ import annotations

import re

from consolidation.asking.spelling import is_plain
from consolidation.grammar.denying import stems
from consolidation.text.windows import Range

#: What a name is called from there on: `Jones & Co. (the "Architect")`.
_CALLED = re.compile(
    r"[\s,]*(?:an?\s+[^()\"\u201c]{1,60}?)?\(\s*(?:(?:hereinafter|hereafter|herein|collectively|together|individually|sometimes|also|"
    r"referred|called|known|defined|to|as|and|or|the|an?|each|its|our|such)[\s,]+)*[\"\u201c](?P<called>[^\"\u201d]{2,40})[\"\u201d]",
    re.IGNORECASE,
)
_THE_ROLE = re.compile(
    r"(?:who(?:['\u2019]?s|\s+is|\s+are|\s+acts\s+as)|which\s+(?:company|firm|party|entity)\s+(?:is|acts\s+as))\s+the\s+"
    r"(?P<role>[\w-]+(?:\s+[\w-]+){0,2})\s*\??$",
    re.IGNORECASE,
)
#: Whoever does something, and not who is something or who signed.
_WHO_DOES = re.compile(
    r"(?:to|for|by|with|from)\s+whom\b|who(?:m)?\s+(?:does|do|did|must)\b|"
    r"who\s+(?:pays|bears|owns|owes|gets|receives|provides|supplies|decides|approves|appoints|keeps|maintains|holds|covers|insures)\b",
    re.IGNORECASE,
)
#: Who plays the part of a company in an agreement: whoever signs for it does not.
_WHO_IS_PARTY = re.compile(
    r"who(?:['\u2019]?s|\s+is|\s+are|\s+was)\s+(?:the|[\w&.-]+['\u2019]s)\s+(?:customer|client|licensor|licensee|distributor|reseller|supplier|vendor|"
    r"seller|buyer|purchaser|provider|contractor|franchisor|franchisee|lessor|lessee|landlord|tenant|borrower|lender|guarantor|"
    r"manufacturer|sponsor|publisher|carrier|insurer)s?\s*\??$",
    re.IGNORECASE,
)
_SIGNS = re.compile(r"\b(?:sign\w*|execut\w*|name|pen|ink\w*|hand|notices?|attention)\b", re.IGNORECASE)
_SIGNATURE = re.compile(r"(?:^|\s)/s/|^\s*by\s*:|^\s*name\s*:", re.IGNORECASE)


def is_called_otherwise(question: str, text: str, place: Range) -> bool:
    """Whether a name at a place of a text is called by another role than is asked for; a short name is no role."""
    asked, called = _THE_ROLE.match(question.strip()), _CALLED.match(text, place[1])
    if asked is None or called is None:
        return False
    named = called["called"].lower().split()
    return all(map(is_plain, named)) and not stems(asked["role"]) & stems(called["called"])


def is_mere_signature(question: str, text: str, place: Range) -> bool:
    """Whether it is asked who does something or which party is which, and a line of a signature names somebody."""
    asked = question.strip()
    if not (_WHO_DOES.match(asked) or _WHO_IS_PARTY.match(asked)) or _SIGNS.search(question):
        return False
    low = text.rfind("\n", 0, place[0]) + 1
    high = text.find("\n", place[0])
    return _SIGNATURE.search(text[low : high if high >= 0 else len(text)]) is not None
