"""People and companies that a question says something of, and that a document does not speak of at all."""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from consolidation.asking.conditions import NO_PARTY
from consolidation.asking.spelling import (
    KINDS_OF_DOCUMENT,
    LEGAL_FORMS,
    ROLES,
    Word,
    fused,
    initials,
    is_plain,
    words,
)
from consolidation.asking.understand import Understanding
from consolidation.passages.passages import Passages
from consolidation.text.jurisdictions import jurisdiction_places
from consolidation.text.offices import offices

_WHO = re.compile(
    r"^[Ww]ho(?:\s+(?:is|are|was)|'s)\s+(?P<name>(?:(?:Mr|Mrs|Ms|Dr)\.?\s+)?[A-Z][\w.'\u2019-]*(?:\s+[A-Z][\w.'\u2019-]*)*)\s*\??$"
)
#: Words right before who does something, or of whom something is so: "does Acme pay", "is Acme liable".
_BEFORE = frozenset(
    "does do did is was can may must will shall should could would has have are were when if".split()
)
#: A letter, a hyphen and a word: names ("i-on") where these are no common words.
_HYPHENED = re.compile(
    r"^(?!(?:e|x|t|u|s|b|k|c|non|co|re|pre|sub|anti|self|no)-)[a-z]{1,2}-[a-z]{2,}", re.IGNORECASE
)
_CONTRACTED = re.compile(r"['\u2019](?:ve|m|d|ll|re|t)$", re.IGNORECASE)
_LETTERS_OF_MANY = re.compile(r"[A-Z]{2,}s")
_AFTER_NAMES = frozenset("jr sr ii iii iv esq".split())
_SHORTEST_WITHIN, _SHORTEST_SLIP, _TWO_SLIPS = 5, 5, 9
_LETTERS = 5


def lacks_name(asked: Understanding, passages: Passages, called: str = "") -> bool:
    """Whether a document never mentions whom a question asks about: who they are, what they do or what is theirs.

    `called` is what the document itself is called, whose words stand for it. Names that are spelt with a slip, and
    letters of a longer name, stand where what they mean does.
    """
    who = _WHO.match(asked.each.strip())
    if who is not None and _is_nobody(who["name"], passages, called):
        return True
    names = asked_about(asked.each)
    return any(not any(_stands(word, passages, called) for word in name) for name in names)


def _is_nobody(name: str, passages: Passages, called: str) -> bool:
    """Whether the last word that tells a name, of a person the surname, stands nowhere; an office is no name."""
    telling = [word for word in words(name) if word.fused not in LEGAL_FORMS | _AFTER_NAMES]
    return bool(telling) and not offices(name) and not _stands(telling[-1], passages, called)


def asked_about(question: str) -> list[list[Word]]:
    """The names of those who do something in a question, or whose something is: of each the words that tell it."""
    said = words(question)
    places = jurisdiction_places(question)
    found: list[list[Word]] = []
    at = 0
    while at < len(said):
        if not _may_name(said[at], at):
            at += 1
            continue
        last = at
        while (
            last + 1 < len(said)
            and _may_name(said[last + 1], 1)
            and not said[last].possessive
            and question[said[last].end : said[last + 1].start].isspace()
        ):
            last += 1
        run = said[at : last + 1]
        acts = (
            at > 0
            and said[at - 1].fused in _BEFORE
            and last + 1 < len(said)
            and _goes_on(said[last + 1], question, run[-1])
        )
        if acts or (run[-1].possessive and last + 1 < len(said)):
            telling = [
                word for word in run if _tells(word) and not any(a <= word.start < b for a, b in places)
            ]
            if telling and not NO_PARTY.fullmatch(question[run[0].start : run[-1].end]):
                found.append(telling)
        at = last + 1
    return found


def _may_name(word: Word, at: int) -> bool:
    if _HYPHENED.match(word.text) and not word.capital:
        return True
    inner = any(letter.isupper() for letter in word.text[1:])
    return word.capital and not word.text[0].isdigit() and (at > 0 or inner or word.possessive)


def _tells(word: Word) -> bool:
    hyphened = bool(_HYPHENED.match(word.text))
    if _CONTRACTED.search(word.text) or _LETTERS_OF_MANY.fullmatch(word.text):
        return False
    no_name = word.fused in ROLES | KINDS_OF_DOCUMENT | LEGAL_FORMS or len(word.fused) < 2
    return not no_name and (
        hyphened or not (is_plain(word.fused) or all(is_plain(part) for part in word.parts))
    )


def _goes_on(word: Word, question: str, before: Word) -> bool:
    """Whether a verb or what somebody is may follow: small letters, right after the name."""
    return not word.capital and question[before.end : word.start].isspace()


def _stands(word: Word, passages: Passages, called: str) -> bool:
    """Whether a word of a name stands in a document, in any spelling."""
    text, name = passages.text, word.fused
    spread = r"[\W_]{0,2}".join(name)
    if re.search(rf"(?<![^\W_]){spread}(?:s|es)?(?![^\W_])", text, re.IGNORECASE):
        return True
    if any(len(part) > 2 and not is_plain(part) and part in text.lower() for part in word.parts):
        return True
    if name in fused(called) or (len(name) >= _SHORTEST_WITHIN and name in fused(text)):
        return True
    if word.text.rstrip("'s\u2019").isupper() and len(name) <= _LETTERS:
        capitals = r"\w*[\W_]+(?:(?:of|and|the|for|&)[\W_]+)?".join(letter.upper() for letter in name)
        return bool(re.search(rf"\b{capitals}", text)) or any(
            name in initials(party.name.value) for party in passages.brief.parties
        )
    slips = 2 if len(name) >= _TWO_SLIPS else 1
    return len(name) >= _SHORTEST_SLIP and (
        process.extractOne(name, _words_of(text), scorer=OSA.distance, score_cutoff=slips) is not None
    )


@lru_cache(maxsize=8)
def _words_of(text: str) -> tuple[str, ...]:
    return tuple({word.lower() for word in re.findall(r"[^\W\d_]{4,}", text)})
