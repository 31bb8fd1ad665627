"""Documents of a kind in a question of many: "the loan papers", "on the building jobs"."""

from __future__ import annotations

import re
from dataclasses import dataclass

_BEFORE = (
    r"loan|credit|software|licen[cs]e|employment|exec|executive|construction|building|severance|distribution|"
    r"supply|services?|consulting|purchase|franchise|agency|sponsorship|endorsement|hosting|maintenance|outsourcing|"
    r"manufacturing|marketing|development|co-branding|joint\s+venture|promotion|reseller|lease"
)
_ALONE = r"loans|leases|ndas|amendments|guaranties|guarantees|licen[cs]es"
_KIND = re.compile(
    rf"\b(?P<before>{_BEFORE})\s+(?:papers?|agreements?|contracts?|deals?|documents?|docs|jobs?|ones)\b|\b(?P<alone>{_ALONE})\b",
    re.IGNORECASE,
)
_LEFT_OUT = re.compile(
    r"\b(?:leav\w+\s+(?:aside|out)|aside\s+from|not\s+counting|ignor\w+|disregard\w*|except\w*|exclud\w+|other\s+than|besides|apart\s+from|"
    r"but\s+not|not\s+(?:the|our|in|under)|without\s+the|outside|forget\w*|skip\w*)\b",
    re.IGNORECASE,
)
#: What titles say for what people say.
_TITLED = {"exec": "executive", "building": "construction", "loans": "loan agreements", "ndas": "NDAs"}
#: Who has documents of a kind.
_ROLES = {
    "employment agreements": r"employees?|execs?|executives?|hires?|managers?|staff",
    "leases": r"tenants?|landlords?|lessees?|lessors?",
    "loan agreements": r"borrowers?|lenders?",
    "licenses": r"licensees?|licensors?",
    "distribution agreements": r"distributors?|resellers?|dealers?",
    "franchise agreements": r"franchisees?|franchisors?",
    "consulting agreements": r"consultants?",
}
_ROLE = {noun: re.compile(rf"\b(?:{words})\b", re.IGNORECASE) for noun, words in _ROLES.items()}
_OF_LOANS = frozenset("loan loans credit credits bank banks facility facilities debt note notes".split())
_OF_WORK = frozenset("job jobs hire hires hired exec execs staff people employment".split())
_OF_BUILDING = frozenset(
    "building build builds construction site sites project projects job jobs works builder builders gc".split()
)
_OF_SOFTWARE = frozenset("software app apps program programs system systems".split())
#: Words for the documents in which alone a subject stands.
IMPLIED = {
    **dict.fromkeys(
        (
            "loan_amount", "interest_rate", "maturity", "prepayment", "loan_fees", "default_events", "cross_default",
            "financial_covenants", "debt_limits", "dividends", "financial_statements",
        ),
        _OF_LOANS,
    ),
    **dict.fromkeys(
        (
            "position", "workplace", "working_time", "good_reason", "parachute", "health_continuation", "relocation",
            "probation", "salary", "bonus", "severance", "equity", "benefits",
        ),
        _OF_WORK,
    ),
    **dict.fromkeys(("completion", "retainage", "change_orders", "liens", "bonds", "permits"), _OF_BUILDING),
    **dict.fromkeys(("source_code_escrow", "reverse_engineering", "support", "acceptance"), _OF_SOFTWARE),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class OfKind:
    """The words of a question for documents of a kind, and what those are: "are {noun}"."""

    words: frozenset[str]
    noun: str


def of_kind_asked(question: str, *, roles: bool = False) -> OfKind | None:
    """The one kind of document that a question names; None where it names none, several, or one that is left out.

    `roles`: those whose parties it names too, as leases by "tenants".
    """
    if _LEFT_OUT.search(question):
        return None
    found = list(_KIND.finditer(question))
    if not found and roles:
        return _of_role(question)
    if len(found) != 1:
        return None
    (match,) = found
    words = frozenset(re.findall(r"[\w-]+", match[0].lower()))
    if alone := match["alone"]:
        return OfKind(words, _TITLED.get(alone.lower(), alone.lower()))
    before = " ".join(match["before"].lower().split())
    return OfKind(words, f"{_TITLED.get(before, before)} agreements")


def _of_role(question: str) -> OfKind | None:
    found = [(noun, match[0].lower()) for noun, role in _ROLE.items() for match in role.finditer(question)]
    if len({noun for noun, _ in found}) != 1:
        return None
    return OfKind(frozenset(word for _, word in found), found[0][0])
