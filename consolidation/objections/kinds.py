"""Answers of another kind than a question's own words ask for: a town for a language, a share of a price for the price."""

from __future__ import annotations

import re

from consolidation.asking.typed import name_without_form, normalise
from consolidation.asking.understand import Understanding
from consolidation.grammar.whom import is_paid_back
from consolidation.objections.fitting import is_cut_off, is_figure
from consolidation.text.offices import OFFICE

_ASKS_LANGUAGE = re.compile(
    r"\bin\s+(?:what|which)\s+languages?\b|\b(?:what|which)\s+languages?\s+(?:is|are|will|shall|must|governs?)\b"
    r"|\blanguages?\s+of\s+(?:the\s+)?(?:arbitrat|proceeding|notices|correspondence)",
    re.IGNORECASE,
)
_LANGUAGE = re.compile(
    r"\b(?:languages?|English|French|German|Spanish|Italian|Portuguese|Dutch|Russian|Polish|Czech|Swedish|Danish|Finnish|Norwegian"
    r"|Greek|Hebrew|Arabic|Turkish|Hindi|Chinese|Mandarin|Cantonese|Japanese|Korean|[A-Z][a-z]+(?:ese|ish))\b"
)
#: A share of something, and what asks for the share.
_SHARE_OF = re.compile(
    r"^.{0,40}?(?:%|\bper\s?cent\b|\bpercent(?:age)?\b)\)?\s+of\s+(?:(?:the|its|such|total|each|any)\s+)*(?P<of>[\w\s-]{3,40})",
    re.IGNORECASE,
)
_ASKS_SHARE = re.compile(
    r"\b(?:share|percent\w*|per\s?cent|proportion|portion|fraction|part|rate|how\s+much\s+of)\b|%",
    re.IGNORECASE,
)
_ASKS_WHOLE = re.compile(
    r"^(?:what(?:['\u2019]?s|\s+(?:is|was|are|were|will\s+be))|how\s+(?:much|high|large|big)\s+(?:is|was|are|were))\s+"
    r"(?:(?:the|its|their|total|agreed|overall|whole)\s+)*(?P<what>[\w-]+(?:\s+[\w-]+)?)",
    re.IGNORECASE,
)
_ASKS_TITLE = re.compile(
    rf"\b(?:job\s+title|title|position|post|job|office|role)\b(?!\s+of\s+(?:the|this|an?)\b)|\bwhat(?:['\u2019]?s|\s+is|\s+was)\s+.*['\u2019]s?\s+{OFFICE}$",
    re.IGNORECASE,
)
_OFFICE, _NAME = re.compile(rf"\b{OFFICE}\b", re.IGNORECASE), re.compile(r"(?:[A-Z][\w.'\u2019-]*\s*){2,5}")
#: What only a company's name ends with.
_COMPANY = re.compile(
    r"\b(?:inc|llc|ltd|limited|corp|corporation|plc|gmbh|l\.p|n\.v|s\.a)\.?$", re.IGNORECASE
)
#: Whoever is listed: a list of these is made of names.
_LISTS_PEOPLE = re.compile(
    r"^(?:please\s+)?(?:list|name|give|show|tell\s+me)\b.{0,30}?\b(?:guarantors?|lenders?|borrowers?|subsidiar(?:y|ies)|affiliates|directors?"
    r"|officers?|part(?:y|ies)|signatories|shareholders|stockholders|members|sureties|vendors|contractors|subcontractors|agents|trustees)\b",
    re.IGNORECASE,
)
#: That somebody gets what he gets.
_ENTITLED = re.compile(
    r"^(?:.{0,60}?\b(?:entitled\s+to|receive|be\s+paid|provided(?:\s+with)?)\s+)?(?:all\s+(?:of\s+)?)?(?:the|such|certain|those|any|these)?\s*"
    r"(?:following\s+)?(?:payments?|benefits?|amounts?|compensation|rights|remedies|consideration)"
    r"(?:(?:\s*,\s*|\s+(?:and|or|and/or)\s+)(?:other\s+)?(?:payments?|benefits?|amounts?|compensation|rights|remedies))*\s*[.:;]?$",
    re.IGNORECASE,
)
_ASKS_END = re.compile(
    r"\b(?:end(?:s|ed|ing)?|expir\w+|matur\w+|terminat\w+|laps\w+|runs?\s+out|run\s+until|last(?:s|ed)?|due|repaid)\b",
    re.IGNORECASE,
)
_DATED = re.compile(
    r"\b(?:dated|made|entered\s+into|executed)\s+(?:(?:as\s+of|on|this|the|day|of)\s+)*$", re.IGNORECASE
)

#: A sentence that says what a word means tells no consequence.
_DEFINES = re.compile(r"[\"\u201c\u201d]\s*(?:shall\s+)?means?\b", re.IGNORECASE)
_ASKS_TIMES = re.compile(r"\bhow\s+(?:many\s+times|often|frequently)\b", re.IGNORECASE)
_OFTEN = re.compile(r"\b(?:once|twice|times?|each|every|per|an?|\w+ly|any)\b", re.IGNORECASE)
#: A day alone has so many words at most.
_DAY_WORDS = 4
#: An office that a person holds.
_ASKS_OFFICE = re.compile(rf"^who\b.*\b{OFFICE}\s*\??$", re.IGNORECASE)
#: Somebody who does something to another, who is asked for: "Who does Turpin work for?"
_ASKS_ANOTHER = re.compile(
    r"^(?:(?:for|with|to|by|from|on\s+behalf\s+of|against)\s+)?(?:[Ww]ho|[Ww]hom|[Ww]hose|[Ww]hich|[Ww]hat)\b[^?,;]*?\s(?:does|do|did|can|may|must|will|shall|is|was|has)\s+"
    r"(?:the\s+)?(?P<one>[A-Z][\w.&'-]*(?:\s+[A-Z][\w.&'-]*)*)\s+[a-z]",
)
_GIVEN_NAMES = 2


def is_of_another_kind(asked: Understanding, said: str, sentence: str, before: str) -> bool:
    """Whether what is said in a sentence, behind these words, is none of what the question names.

    A day is no place, a length not how often, a company holds no office, and who does something is not to whom.

    A language, an office, a list of people and an end are named by their own words; a share of something is not the
    thing itself, and that somebody is entitled to "the payments and benefits" tells none of them.
    """
    question, said = asked.each.strip(), " ".join(said.split())
    if _ASKS_LANGUAGE.search(question) and not _LANGUAGE.search(said):
        return True
    if _LISTS_PEOPLE.match(question) and is_figure(said):
        return True
    if asked.value == "date" and _ASKS_END.search(question) and _DATED.search(before):
        return True
    if _is_share_of_it(question, said) or _is_no_office(question, said) or _ENTITLED.match(said):
        return True
    return _is_of_another_type(asked, said, sentence)


def _is_of_another_type(asked: Understanding, said: str, sentence: str) -> bool:
    """Whether it is a day for a place, a length for how often, or names again what the question names."""
    question, kind = asked.each, asked.value
    if kind == "place" and normalise("date", said) and len(said.split()) <= _DAY_WORDS:
        return True
    if _ASKS_TIMES.search(question) and normalise("duration", said) and not _OFTEN.search(said):
        return True
    if _ASKS_OFFICE.search(question.strip()) and _COMPANY.search(said):
        return True
    if kind in ("party", "person"):
        return is_cut_off(said) or _is_who_does_it(question, said) or is_paid_back(question, said, sentence)
    return kind == "consequence" and bool(_DEFINES.search(sentence))


def _is_share_of_it(question: str, said: str) -> bool:
    """Whether a price is asked for and a share of that price is said."""
    whole, share = _ASKS_WHOLE.match(question), _SHARE_OF.match(said)
    if whole is None or share is None or _ASKS_SHARE.search(question):
        return False
    return whole["what"].split()[-1].lower() in share["of"].lower().split()


def _is_no_office(question: str, said: str) -> bool:
    """Whether an office is asked for, and what is said is a day, a company, or a name that the question says."""
    if not _ASKS_TITLE.search(question) or _OFFICE.search(said):
        return False
    if normalise("date", said) or _COMPANY.search(said):
        return True
    named = {word.lower() for word in re.findall(r"[A-Z][\w-]{2,}", question)}
    return _NAME.fullmatch(f"{said} ") is not None and said.split()[-1].strip(".").lower() in named


def _is_who_does_it(question: str, said: str) -> bool:
    """Whether an answer only names again who does what is asked about; a person's given name may come before."""
    match = _ASKS_ANOTHER.match(question)
    one, other = (name_without_form(match["one"]) if match else "").split(), name_without_form(said).split()
    if not one or not other:
        return False
    return set(other) <= set(one) or (other[-len(one) :] == one and len(other) <= len(one) + _GIVEN_NAMES)
