"""Clauses by the names that the trade calls them by: "is there an indemnity", "a merger clause", "any force majeure".

A name alone asks whether the clause is there. With more words around it ("an indemnity for third-party claims") more
is asked, which no name answers.
"""

from __future__ import annotations

import re

from consolidation.asking.document_words import THIS_DOCUMENT
from consolidation.asking.understand import Understanding

_CLAUSE = r"(?:clause|provision|section|article|paragraph|language|wording)s?"
_DUTY = r"(?:obligation|duty|undertaking|covenant|requirement|commitment|restriction|provision|clause)s?"
#: Names of clauses, in lower case and without hyphens, that say by themselves that a clause is meant.
_ALONE = {
    "indemnity": r"indemnit(?:y|ies)|indemnifications?|hold harmless|indemnity and hold harmless|indemnification and hold harmless",
    "limitation of liability": r"limitations? (?:of|on) liabilit(?:y|ies)|liability limitations?",
    "force majeure": r"force majeure|acts? of god",
    "confidentiality": r"confidentiality|non ?disclosure|secrecy|confidentiality and non ?disclosure",
    "entire agreement": r"entire agreement|whole agreement|complete agreement",
    "severability": r"severability|separability",
    "governing law": r"governing law|choice of law",
    "arbitration": r"arbitration",
    "dispute resolution": r"(?:alternative )?dispute resolution|resolution of disputes",
    "insurance": r"insurance",
    "warranties": r"warranty|warranties|representations? and warrant(?:y|ies)|reps and warranties",
    "warranty disclaimer": r"warranty disclaimers?|disclaimers? of (?:warranty|warranties)|disclaimers? of all warranties",
    "non-compete": r"non ?compete|non ?competition|covenant not to compete",
    "non-solicitation": r"non ?solicit|non ?solicitation",
    "audit": r"audit rights?|rights? (?:of|to) audit",
    "counterparts": r"counterparts?",
    "termination for convenience": r"termination (?:for convenience|without cause|at will)|right to terminate (?:for convenience|without cause|at will)",
    "jury waiver": r"jury (?:trial )?waivers?|waiver of jury trial|waiver of (?:a )?trial by jury",
    "further assurances": r"further assurances?",
    "time of the essence": r"time (?:is )?of the essence",
    "injunctive relief": r"(?:injunctive|equitable) relief",
    "non-disparagement": r"non ?disparagement",
}  # fmt: skip
#: Names that only mean a clause where they are called one: "merger clause".
_CALLED = {
    "entire agreement": r"merger|integration|merger and integration|entirety|entire understanding",
    "severability": r"severance|savings?",
    "waiver": r"waivers?|non ?waiver|no waiver",
    "assignment": r"assignment|assignability|assignment and transfer|transfer and assignment",
    "dispute resolution": r"disputes?",
    "warranty disclaimer": r"disclaimers?",
    "audit": r"audit|audit and inspection",
    "notices": r"notices?",
    "survival": r"survival",
    "amendment": r"amendments?|modifications?|amendments? and modifications?|no oral modifications?",
    "independent contractors": r"independent contractors?|relationship of (?:the )?parties",
    "jurisdiction": r"jurisdiction|venue|forum selection|choice of forum|jurisdiction and venue",
    "successors": r"successors and assigns|binding effect",
    "publicity": r"publicity",
}  # fmt: skip
#: Of these an obligation is a clause too.
_DUTIES = frozenset(
    ("indemnity", "confidentiality", "arbitration", "insurance", "non-compete", "non-solicitation", "non-disparagement")
)  # fmt: skip
_HERE = rf"(?:\s+(?:in|under)\s+{THIS_DOCUMENT}|\s+in\s+there|\s+here)?\s*\??$"
_ASKED = re.compile(
    rf"^(?:(?:is|are)\s+there|(?:does|do|has)\s+(?:{THIS_DOCUMENT}|there)\s+(?:have|contain|include|carry|feature|provide\s+for|set\s+out|come\s+with|got|mention|address|cover))\s+"
    rf"(?:an?\s+|any\s+|the\s+|some\s+)?(?P<name>[\w' -]{{3,60}}?){_HERE}",
    re.IGNORECASE,
)
_STATED = re.compile(
    rf"^(?:is\s+it\s+true\s+that\s+)?(?:there\s+(?:is|are)|{THIS_DOCUMENT}\s+(?:does\s+)?(?:has|have|contains?|includes?|provides?\s+for))\s+"
    rf"(?:an?\s+|any\s+|the\s+|some\s+)?(?P<name>[\w' -]{{3,60}}?)(?:{_HERE}|\.$)",
    re.IGNORECASE,
)
_IN_SHORT = re.compile(r"^(?:any\s+|an?\s+|the\s+)?(?P<name>[a-z][\w' -]{2,60}?)\s*\??$", re.IGNORECASE)
#: Whoever has a clause, the document has it: "does Acme have an arbitration clause".
_OF_PARTY = re.compile(
    rf"^(?:does|do|has)\s+.{{1,60}}?\s+(?:have|contain|include|got)\s+(?:an?\s+|any\s+|the\s+)?(?P<name>[\w' -]{{3,60}}?\s+{_CLAUSE}){_HERE}",
    re.IGNORECASE,
)
#: More than that a clause is there: that disputes have to be arbitrated, that whoever wins is paid for its lawyers.
MANDATORY_ARBITRATION, FEES_OF_WINNER = "mandatory arbitration", "fees of the winner"
_ARBITRATED = frozenset(
    "does do must shall will are is have has to be go the all any such their our it they parties disputes dispute claims claim controversies "
    "controversy require requires required mandate mandates call calls for provide provides of that and or settled resolved submitted "
    "decided determined heard referred taken sent brought by in through via under with final binding mandatory compulsory obligatory "
    "arbitration arbitrated arbitrate arbitrator arbitrators an there".split()
)
_MUST_ARBITRATE = re.compile(
    r"\b(?:must|shall|have\s+to|has\s+to|requires?d?|mandates?|mandatory|compulsory|obligatory|binding|disputes?|claims?|controvers(?:y|ies))\b",
    re.IGNORECASE,
)
_WINNER_PAID = re.compile(
    r"^(?:does|do|is|are|can|may|must|shall|will|would)\b(?=[^?]{0,120}?\b(?:win(?:s|ner|ning)?|prevail\w*|successful|unsuccessful|los(?:er|es|ing)|non-?prevailing)\b)"
    r"[^?]{0,120}?\b(?:(?:attorney|lawyer|counsel)\w*['\u2019]?s?['\u2019]?|legal)\s+(?:fees|costs|expenses|bills?)\b",
    re.IGNORECASE,
)
_CASE = re.compile(
    r"\b(?:not|never|no|if|when|unless|only|except|without|than|both)\b|n['\u2019]t\b", re.IGNORECASE
)
_THIS_RE = re.compile(rf"\b{THIS_DOCUMENT}\b", re.IGNORECASE)
_ALONE_RE = tuple((key, re.compile(names)) for key, names in _ALONE.items())
_CALLED_RE = tuple((key, re.compile(names)) for key, names in _CALLED.items())
_IS_CALLED = re.compile(rf"\s+{_CLAUSE}$")
_IS_DUTY = re.compile(rf"\s+{_DUTY}$")


def clause_named(asked: Understanding) -> str:
    """The clause that a question asks whether it is there, by one name for all that it is called; empty for none."""
    if not asked.yes_no:
        return ""
    question = asked.each.strip()
    matches = (form.match(question) for form in (_ASKED, _STATED, _OF_PARTY, _IN_SHORT))
    named = next((name for match in matches if match and (name := of_name(match["name"]))), "")
    return named or _wanted(question)


def _wanted(question: str) -> str:
    """The provision that a question asks for by what it does; empty for others, and where a case is supposed."""
    if _CASE.search(question):
        return ""
    if _WINNER_PAID.search(question):
        return FEES_OF_WINNER
    words = set(re.findall(r"[\w'-]+", _THIS_RE.sub("it", question).lower()))
    said = "arbitrat" in question.lower() and words <= _ARBITRATED and _MUST_ARBITRATE.search(question)
    return MANDATORY_ARBITRATION if said else ""


def of_name(name: str) -> str:
    """The clause of a name, such as "merger clause" or "hold-harmless"; empty where it is that of no clause."""
    words = re.sub(r"[\s-]+", " ", name.strip().lower())
    bare = _IS_CALLED.sub("", words)
    key = next((key for key, names in _ALONE_RE if names.fullmatch(bare)), "")
    if key or bare != words:
        return key or next((key for key, names in _CALLED_RE if names.fullmatch(bare)), "")
    bare = _IS_DUTY.sub("", words)
    found = next((key for key, names in _ALONE_RE if names.fullmatch(bare)), "")
    return found if found in _DUTIES else ""
