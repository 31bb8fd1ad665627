"""Offices that people hold in an organisation: how a text names them, and when one answers to another's name."""

from __future__ import annotations

import re

_SHORT = {
    "ceo": "chief executive officer",
    "chief executive": "chief executive officer",
    "cfo": "chief financial officer",
    "coo": "chief operating officer",
    "cio": "chief information officer",
    "cto": "chief technology officer",
    "vp": "vice president",
    "avp": "assistant vice president",
    "evp": "executive vice president",
    "svp": "senior vice president",
    "chairman": "chair",
    "chairwoman": "chair",
    "chairperson": "chair",
}
#: Words that make another office of one that they stand before: who holds the longer one does not hold the shorter.
_OTHER = frozenset("vice assistant deputy associate co former acting interim sub".split())
#: An office, as a part of a pattern, to be matched without regard to case.
OFFICE = (
    r"(?:(?:(?:executive|senior|assistant|group|first|deputy)[\s-]+)*vice[\s-]+president|(?:assistant\s+|deputy\s+)?president"
    r"|(?:managing\s+|executive\s+|finance\s+|deputy\s+)*director|(?:vice[\s-]+)?chair(?:man|woman|person)?"
    r"|(?:corporate\s+|company\s+|assistant\s+|deputy\s+)*(?:secretary|treasurer)"
    r"|(?:general\s+|project\s+|assistant\s+|plant\s+|sales\s+|account\s+)*manager|(?:managing\s+|general\s+)?partner"
    r"|c[efoit]o|[aes]?vp|(?:general\s+)?counsel|chief(?:\s+[a-z]+){1,3}?\s+officer|chief\s+executive|chief\s+of\s+staff"
    r"|(?:loan\s+|compliance\s+|credit\s+|privacy\s+|security\s+|authori[sz]ed\s+)*officer|controller|trustee|coordinator|administrator"
    r"|principal|attorney)"
)
_OFFICE = re.compile(rf"\b{OFFICE}\b", re.IGNORECASE)
#: A secretary of a company is called so with and without the word.
_OF_COMPANY = re.compile(r"^(?:company|corporate)\s+")


def offices(words: str) -> list[str]:
    """The offices that words name, in small letters and spelt out, in order."""
    said = re.sub(r"\bv\.?\s?p\.?(?=\W|$)", "vp", words, flags=re.IGNORECASE)
    found = (re.sub(r"[\s-]+", " ", match[0]).lower() for match in _OFFICE.finditer(said))
    return [_SHORT.get(one, one) for one in found]


def answers_to(held: str, asked: str) -> bool:
    """Whether who holds an office is meant where another is asked for: a managing director is a director.

    A vice president is no president, and everybody who holds an office is an officer.
    """
    held, asked = (_OF_COMPANY.sub("", one) for one in (held, asked))
    if held == asked or asked == "officer":
        return True
    before = held.removesuffix(asked)
    return before != held and before.endswith(" ") and not set(before.split()) & _OTHER
