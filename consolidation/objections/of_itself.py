"""Facts of a document itself, where a question asks for those of another thing: the law of a guaranty, of privacy."""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import cache
from pathlib import Path

from consolidation.asking.fields import AskedField
from consolidation.asking.understand import Understanding
from consolidation.briefs.fields import Type
from consolidation.passages.passages import Passages, only_letters
from consolidation.text.windows import Range

#: What a document tells of itself.
_OWN: tuple[Type, ...] = (
    "title", "party", "agreement_date", "effective_date", "expiry", "term", "renewal_term", "notice_period",
    "governing_law", "forum",
)  # fmt: skip
#: Those that people ask for in few words: no party, whom they tell by what it does.
_TOLD_BY_WORDS = frozenset(("agreement_date", "effective_date", "expiry", "governing_law", "forum"))
_TIMES = frozenset(("term", "renewal_term", "notice_period"))
#: What has dates, parties, a law and an end of its own.
_THING = re.compile(
    r"\b(?P<thing>warrant(?:y|ies)|guarant(?:y|ies|ees?)|options?|letters?\s+of\s+credit|mergers?|acquisitions?|registration|prospectus|"
    r"offering|escrow|settlement|bankruptcy|security|purchase|credit|loans?|notes?|mortgages?|pledges?|trust(?:ees?)?|bonds?|"
    r"indentures?|premises|equipment|patents?|trademarks?|copyrights?|insurance|polic(?:y|ies)|financial\s+statements?|balance\s+sheets?|"
    r"permits?|projects?|unions?|collective|franchises?|leases?|subleases?|licen[cs]es?|employment|jobs?|severance|non-?\s?compet\w+|"
    r"confidential\w*|non-?\s?disclosure|secrecy|indemnit(?:y|ies)|exclusiv\w+|lock-?\s?up|standstill|prices?|rent|deliver(?:y|ies)|"
    r"shipments?|inspections?|audits?|vacations?|bonus(?:es)?|salar(?:y|ies)|shares?|stock|dividends?|tax(?:es)?|training)\b",
    re.IGNORECASE,
)
#: Such as are said in other words too; all of them by how they begin, without what stands between their letters.
_ALSO = {
    "loan": ("loan", "credit", "note", "facility", "advance", "lend"),
    "credit": ("loan", "credit", "note", "facility", "lend"),
    "job": ("employ", "engage", "service"),
    "employ": ("employ", "engage", "service"),
    "secrec": ("confiden", "disclos", "secre"),
    "confid": ("confiden", "disclos", "secre"),
    "price": ("price", "pricing", "fee", "charge"),
    "purcha": ("purchas", "sale", "sell"),
    "taxe": ("tax",),
    "polici": ("polic",),
    "salari": ("salar",),
    "truste": ("trust",),
}
_BEGIN, _BEGIN_OF_WORDS = 6, 12
#: Things that a sentence speaks of in some words, or says nothing of, wherever it stands: those that ask, and those.
_SPOKEN_OF = tuple(
    (re.compile(rf"\b(?:{asked})\b", re.IGNORECASE), re.compile(said, re.IGNORECASE))
    for asked, said in (
        (r"options?(?!\s+to\s+(?:renew|extend))", r"option|exercis|elect|purchas|\bright"),
        (r"lock-?\s?up", r"lock|transfer|\bs[eo]l[dl]|\bsale|dispos|pledge|standstill"),
        (r"closing\s+(?:date|day)|closing", r"clos|consummat|complet|settle"),
        (r"non-?\s?compet\w+", r"compet|rival|engag|associat|business|participat|service|employ"),
        (r"warrant(?:y|ies)", r"warrant|guarant|defect|free\s+(?:from|of)|conform|perform|replac|repair"),
        (r"letters?\s+of\s+credit|l/?cs?", r"letters?\s+of\s+credit|l/c|credit"),
        (r"royalt(?:y|ies)", r"royalt|%|percent|licen[cs]e\s+fee"),
        (r"insurance|insured", r"insur|cover|polic|liabilit"),
        (r"retainage|held\s+back", r"retain|withh|held|hold|reserv"),
        (r"severance", r"severance|terminat|separat|salary|leav|cash|lump|pay"),
        (r"escrow", r"escrow|deposit|h[oe]ld"),
        (r"guarant(?:y|ies|ees?)", r"guarant|suret|indebted"),
        (r"registration\s+statements?", r"registration|register|effective\s+under"),
        (r"mergers?", r"merg|acqui|consolidat|combin"),
        (r"sublease|sublet\w*", r"sublet|sublease|assign"),
        (r"security\s+deposit", r"deposit|security"),
    )
)
#: Laws of a matter of their own, and that one keeps to laws.
_LAW_OF = re.compile(
    r"\b(?P<kind>[a-z][a-z-]{2,})\s+(?:laws?|statutes?|regulations?|rules)\b(?!\s+firm)", re.IGNORECASE
)
_ANY_LAW = frozenset(
    "the what which whose governing applicable controlling state states country local proper chosen contract that "
    "this their its own law any substantive internal under and applies foreign national home general same one our "
    "prevailing underlying relevant choice".split()
)
_KEEPS = re.compile(r"\b(?:compl(?:y|ies|ying|iance)|obey\w*|observ\w+|adher\w+|abid\w+)\b", re.IGNORECASE)
#: What a court has done, or is to agree to.
_BEFORE_COURT = re.compile(
    r"\b(?:was|were|(?:has|have|had)\s+(?:been|already)|did)\b.*\b(?:filed?|approv\w+|decided?|heard|brought|settled?|dismiss\w*|sued?)\b|\bapprov\w+\b",
    re.IGNORECASE,
)
#: What people call the document itself by what it is about.
_OF_THIS = re.compile(r"\b[\w-]+(?=\s+(?:deals?|arrangement|contract)\b)", re.IGNORECASE)
#: Shorter words name no thing; how alike a slip is to what was meant.
_SHORTEST, _ALIKE = 4, 0.84
#: So much before an answer may say of what it is.
_NEAR = 300
#: So much at its beginning tells what a document is that has no title.
_BEGINNING = 600


def is_of_another_thing(
    asked: Understanding, fact: AskedField, passages: Passages, place: Range, sentence: str
) -> bool:
    """Whether a fact of the document itself is said at a place where that of another thing is asked for.

    So it may be where a question is taken for one of such a fact. It is of the thing where the document's title, its
    parties, a heading or the sentence name that; some things are spoken of in few words, wherever an answer stands.
    """
    question = asked.each
    near = f"{passages.heading(place[0])} {passages.text[max(0, place[0] - _NEAR) : place[0]]} {sentence}"
    if any(of.search(question) and not said.search(near) for of, said in _SPOKEN_OF):
        return True
    if asked.value == "law" and is_other_law(question, sentence):
        return True
    types = _own_types(fact, passages, place)
    if not types:
        return False
    if types == {"forum"} and _BEFORE_COURT.search(question):
        return True
    known = only_letters(f"{own_names(passages)} {passages.heading(place[0])} {sentence}")
    return any(not _is_said(match["thing"], known) for match in _THING.finditer(question))


def is_of_nothing_there(asked: Understanding, fact: AskedField, passages: Passages, place: Range) -> bool:
    """Whether a fact of the document itself is said where a question names a thing of which its text has no word."""
    if asked.yes_no or not (fact in _TIMES or _own_types(fact, passages, place) & _TOLD_BY_WORDS):
        return False
    known, own = passages.letters, set(own_names(passages).lower().split())
    return any(
        len(word) >= _SHORTEST and word.islower() and not _is_said(word, known) and not _is_plain(word, own)
        for word in _words(_OF_THIS.sub(" ", asked.each))
    )


def asks_of_itself(asked: Understanding, passages: Passages, sentence: str) -> bool:
    """Whether a question for a fact of a document says but that, the document's names and what a sentence says."""
    known = only_letters(f"{own_names(passages)} {sentence}")
    return all(word.lower() in plain_words() or _begins(word) in known for word in _words(asked.each))


def _words(question: str) -> list[str]:
    return [re.sub(r"['\u2019].*", "", word) for word in re.findall(r"[A-Za-z][\w'\u2019]*", question)]


@cache
def plain_words() -> frozenset[str]:
    """Words in which people ask a document for its date, parties, law, name, length and end."""
    return frozenset((Path(__file__).parent / "plain_words.txt").read_text(encoding="utf-8").split())


def _is_plain(word: str, names: set[str]) -> bool:
    """Whether a word is a plain one, or a slip for one or for one of some names."""
    return word in plain_words() or bool(get_close_matches(word, plain_words() | names, 1, _ALIKE))


def is_other_law(question: str, sentence: str) -> bool:
    """Whether a question is for the laws of a matter, or for those that are kept to, and a sentence for none."""
    said = sentence.lower()
    if _KEEPS.search(question) and not _KEEPS.search(sentence):
        return True
    kinds = (match["kind"] for match in _LAW_OF.finditer(question))
    return any(kind.islower() and kind not in _ANY_LAW and kind[:_BEGIN] not in said for kind in kinds)


def own_names(passages: Passages) -> str:
    """What a document calls itself and its parties; how it begins where it has no title."""
    parties = passages.brief.parties
    called = [named.name for party in parties for named in (*party.short_names, *party.roles)]
    names = [party.name.written for party in parties]
    return " ".join((passages.title or passages.text[:_BEGINNING], *names, *called))


def _own_types(fact: AskedField, passages: Passages, place: Range) -> set[str]:
    """The facts of the document itself that are said at a place, and that which a question is taken to ask for."""
    return {type_ for type_ in _OWN if _holds(passages, type_, place)} | ({fact} & {*_OWN})


def _holds(passages: Passages, type_: Type, place: Range) -> bool:
    fields = (one for found in passages.brief.all(type_) for one in (found, *found.alternatives))
    return any(low < place[1] and place[0] < high for one in fields for low, high in one.places)


def _is_said(thing: str, known: str) -> bool:
    begins = _begins(thing)
    return any(word in known for word in _ALSO.get(begins, (begins,)))


def _begins(words: str) -> str:
    """How a word begins, more of several; a thing in one form where it has two."""
    letters = only_letters(words).replace("licenc", "licens")
    return letters[: _BEGIN_OF_WORDS if " " in words else _BEGIN].rstrip("s")
