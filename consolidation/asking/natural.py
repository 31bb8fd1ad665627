"""What documents are asked for by its name, in the words in which people ask one of them.

"The cure period" is a name for what a contract says in a sentence: how long a party has to cure a breach. Readers that
learned from questions find that sentence by its own words rather than by the name.
"""

from __future__ import annotations

import re

#: Values by their names: each asked in one way, and in another where the first finds nothing sure.
_VALUES: dict[str, tuple[str, ...]] = {
    "cure period": ("How long does a party have to cure a breach after notice?", "Within how many days after notice must a default be remedied?"),
    "payment period": ("Within how many days must invoices be paid?", "How soon after the end of a month or quarter is payment due?"),
    "transition period": ("For how long after termination may remaining stock be sold or used?",),
    "interest rate on late payments": ("What interest is charged on overdue amounts?", "what does a late payer owe in interest?"),
    "notice period": ("How much notice must a party give to terminate the agreement?",),
    "non-compete period": ("For how long may a party not compete?",),
    "warranty period": ("How long does the warranty last?",),
    "insurance amount": ("How much insurance must be carried?", "What are the minimum limits of insurance?"),
    "insurance limit": ("How much insurance must be carried?", "What are the minimum limits of insurance?"),
    "liability cap": ("To what amount is liability limited?",),
    "confidentiality period": ("For how long must information be kept confidential?",),
    "minimum commitment": ("What minimum amount must be purchased or paid?",),
    "delivery date": ("By when must the goods or services be delivered?",),
    "time limit for claims": ("Within what time must a claim or action be brought?",),
    "claims period": ("Within what time must a claim or action be brought?",),
    "base salary": ("What is the yearly base salary?",),
    "completion date": ("By when must the work be substantially completed?",),
    "price": ("What fee is paid under the agreement?", "How much must be paid?"),
}  # fmt: skip
#: The same of what documents have or do.
_HAD: dict[str, tuple[str, ...]] = {
    "allow price increases": ("May prices be increased during the term?",),
    "exclude consequential damages": ("Are consequential or indirect damages excluded?",),
    "allow termination on insolvency": ("Can a party terminate the agreement if the other becomes bankrupt or insolvent?",),
    "allow sublicensing": ("May sublicenses be granted?",),
    "forbid sublicensing": ("Is sublicensing prohibited?",),
    "allow subcontracting": ("May a party use subcontractors?",),
    "award attorneys' fees to the winner": ("Does the prevailing party recover its attorneys' fees?",),
}  # fmt: skip
_OF_DOCUMENT = (
    r"(?:\s+(?:of|in|under|for)\s+(?:(?:the|this|that|each|every)\s+(?:agreement|contract|document|lease|licen[cs]e|deal)"
    r"|(?:an?\s+)?(?:breach|default)s?))?"
)
_VALUE = re.compile(
    r"^(?:what(?:'s|\s+is|\s+are)\s+)?(?:(?:the|its)\s+)?(?P<noun>"
    + "|".join(map(re.escape, sorted(_VALUES, key=len, reverse=True)))
    + rf"){_OF_DOCUMENT}\s*\??$",
    re.IGNORECASE,
)
_HAS = re.compile(r"^does\s+the\s+agreement\s+(?P<has>.+?)\s*\??$", re.IGNORECASE)
#: Values that a document has where it says how large they are.
_HAS_VALUE = re.compile(
    r"^does\s+the\s+agreement\s+(?:have\s+an?\s+(?P<noun>(?:cure|payment|confidentiality|warranty)\s+period|time\s+limit\s+for\s+claims)"
    r"|charge\s+(?P<rate>interest)\s+on\s+late\s+payments)\s*\??$",
    re.IGNORECASE,
)


def as_people_ask(question: str) -> tuple[str, ...]:
    """Other wordings of a question for a thing by its name, the best first; none where it asks for no such thing."""
    if value := _VALUE.match(question):
        return _VALUES[value["noun"].lower()]
    has = _HAS.match(question)
    return _HAD.get(has["has"].lower(), ()) if has else ()


def value_had(question: str) -> str:
    """The question for a value that a document is asked to have; empty where it asks something else."""
    has = _HAS_VALUE.match(question)
    if has is None:
        return ""
    return (
        "What is the interest rate on late payments?"
        if has["rate"]
        else f"What is the {has['noun'].lower()}?"
    )


_SAYS_ABOUT = re.compile(
    r"^what\s+does\s+the\s+agreement\s+say\s+(?:about|on|regarding)\s+(?:(?:the|any|an?)\s+)?(?P<thing>[a-z][\w'’ -]{2,60}?)\s*\??$",
    re.IGNORECASE,
)


def clause_said(question: str) -> str:
    """The question whether there is a clause on what a document is asked to tell about; empty for other questions."""
    about = _SAYS_ABOUT.match(question)
    return f"Does the agreement have {about['thing']}?" if about else ""
