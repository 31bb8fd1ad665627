"""What a text calls whom it names: a name in another role, or of a signature, is not who is asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from consolidation.asking.spelling import is_plain
from consolidation.briefs.fields import Party
from consolidation.grammar.denying import stems
from consolidation.grammar.named_parties import mentioned_parties
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
#: Who has a part beside that of the parties.
_THIRD = re.compile(
    r"(?:(?:what|who)(?:['\u2019]?s|\s+is|\s+are)\s+)?(?:the\s+)?(?:names?\s+of\s+)?(?:the\s+|our\s+|an?\s+)?(?P<role>(?:[\w-]+\s+){0,2}?"
    r"(?:escrow|bank|insurer|arbitrator|trustee|architect|engineer|accountant|auditor|surety|broker|depositary|custodian|notary|"
    r"mediator|supervisor))\b",
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


def is_party_for_another(question: str, said: str, parties: Sequence[Party]) -> bool:
    """Whether it is asked who has a part that parties seldom have, and a party of another role is said."""
    asked = _THIRD.match(question.strip())
    if asked is None:
        return False
    named = {one.party for one in mentioned_parties(said, parties)}
    roles = {stem for at in named for role in parties[at].roles for stem in stems(role.name)}
    return bool(named) and not stems(asked["role"]) & roles


def is_mere_signature(question: str, text: str, place: Range) -> bool:
    """Whether it is asked who does something or which party is which, and a line of a signature names somebody."""
    asked = question.strip()
    if not (_WHO_DOES.match(asked) or _WHO_IS_PARTY.match(asked)) or _SIGNS.search(question):
        return False
    low = text.rfind("\n", 0, place[0]) + 1
    high = text.find("\n", place[0])
    return _SIGNATURE.search(text[low : high if high >= 0 else len(text)]) is not None
