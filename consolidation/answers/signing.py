"""Who signed for a party, told from the blocks of signatures."""

from __future__ import annotations

import re

from consolidation.answers.candidates import Candidate, written
from consolidation.answers.passages import Passages
from consolidation.asking.understand import Understanding
from consolidation.briefs.signatures import named_parties, signatures

_SIGNED = re.compile(
    r"\b(?:sign(?:ed|s|ing|atory|er)?|signatures?|executed|put\s+(?:his|her|their|its)?\s*(?:names?|signature)|"
    r"puts?\s+pen\s+to\s+paper|names?\s+to)\b",
    re.IGNORECASE,
)
_OFFICE = re.compile(r"\b(?:capacity|title|role|position|job|office|post|as\s+what)\b", re.IGNORECASE)
_HELD = re.compile(
    r"\b(?:president|director|chief|chairman|secretary|treasurer|manager|partner|c[efo]o|coordinator)\b",
    re.IGNORECASE,
)
_SHORT = {
    "ceo": "chief executive",
    "cfo": "chief financial",
    "coo": "chief operating",
    "vp": "vice president",
}
#: How often such an answer was right where the rules were made.
_SURE = 0.9


def from_signatures(asked: Understanding, passages: Passages) -> Candidate | None:
    """The one person who signed for the one party that a question names, with the office where that is asked too.

    None where the question names an office that the signature does not: who held it is asked then.
    """
    if asked.yes_no or asked.value not in ("person", "party", "role") or not _SIGNED.search(asked.each):
        return None
    parties = passages.brief.parties
    meant = named_parties(parties, asked.each)
    found = [one for one in signatures(passages.text, parties) if [one.party] == meant]
    names = {passages.text[slice(*one.person)].lower() for one in found}
    if len(names) != 1:
        return None
    one = found[0]
    if not _holds(passages.text[slice(*one.title)] if one.title else "", asked.each):
        return None
    office = one.title if one.title and _OFFICE.search(asked.each) else None
    places = (one.person, office) if office else (one.person,)
    return Candidate(
        "rules", written(passages.text, places), places, passages.holding(one.person), score=_SURE
    )


def of_signer(signed: Candidate, other: Candidate) -> bool:
    """Whether a candidate names the person who signed."""
    person = re.findall(r"\w+", signed.said.split(";")[0].lower())
    return set(person) <= set(re.findall(r"\w+", other.said.lower()))


def _holds(title: str, question: str) -> bool:
    """Whether a title has the offices that a question names; one that is not given speaks against none."""
    named = {_SHORT.get(word.lower(), word.lower()) for word in _HELD.findall(question)}
    return not title or not named or any(word in _spelt(title) for word in named)


def _spelt(title: str) -> str:
    said = " ".join(title.lower().split())
    return " ".join(_SHORT.get(word, word) for word in re.findall(r"[\w-]+", said))
