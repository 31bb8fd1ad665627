"""Questions that are put the other way round: "is it false that ...", "isn't it so that ...", "does it lack ...".

What they ask is said without the negation, and whether the answer is then the opposite.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from consolidation.asking.document_words import THIS_DOCUMENT

#: Why Yes and No may be taken the wrong way: "is it not so that" is said for both, and a "not" is easily read over.
Doubt = Literal["", "reading", "negation"]


@dataclass(frozen=True, slots=True)
class Straight:
    """A question without what turns it; `turned`: its answer is the opposite of that of `text`."""

    text: str
    turned: bool = False
    doubt: Doubt = ""


_SO = r"(?:true|correct|right|accurate|so|the\s+case|a\s+fact|fair\s+to\s+say)"
_FALSE = r"(?:false|untrue|incorrect|inaccurate|wrong|a\s+mistake)"
_SAY = r"\s+(?:to\s+say\s+)?(?:that\s+)?(?P<said>\S.+)$"
_THAT = r"\s+(?:to\s+say\s+)?that\s+(?P<said>\S.+)$"
#: How something is said to be true or not, whether it is then the other way round, and whether both are meant by it.
_FORMS: tuple[tuple[str, bool, Doubt], ...] = (
    (rf"^(?:is\s+it|it(?:'s|\s+is))\s+(?:really\s+|actually\s+)?{_SO}{_THAT}", False, ""),
    (rf"^isn't\s+it\s+{_SO}{_THAT}", False, ""),
    (rf"^(?:is\s+it|it(?:'s|\s+is))\s+{_FALSE}{_SAY}", True, ""),
    (rf"^(?:it\s+isn't|it(?:'s|\s+is)\s+not)\s+{_SO}{_THAT}", True, ""),
    (rf"^is\s+it\s+not\s+{_SO}{_THAT}", False, "reading"),
    (rf"^(?:isn't\s+it|is\s+it\s+not)\s+{_FALSE}{_SAY}", True, "reading"),
    (rf"^(?:it\s+isn't|it(?:'s|\s+is)\s+not)\s+{_FALSE}{_SAY}", False, "reading"),
)
_HELD = tuple((re.compile(form, re.IGNORECASE), turned, doubt) for form, turned, doubt in _FORMS)
_NEGATION = re.compile(
    r"\b(?:not|never|(?<!for\s)no|none|neither|nor|nobody|nothing|cannot)\b|n't\b", re.IGNORECASE
)
_VERBS = r"is|are|was|were|does|do|did|has|have|can|could|may|must|will|would|shall|should"
#: A "not" that denies the whole statement; what must not be done is more than what need not.
_VERB_NOT = re.compile(
    r"\b(?P<verb>is|are|was|were|does|do|did|has|have|can|could|may)(?:n't|\s*not)\b(?!\s+(?:only|more|less|later|longer))|\b(?P<odd>can't)",
    re.IGNORECASE,
)
#: That there is none of something.
_HAS_NO = re.compile(
    r"(?:(?<=\bthere\s)(?P<be>is|are)|\b(?P<have>has|have|contains?|includes?))\s+no\s+(?!\w*\s*(?:later|more|less|longer)\b)",
    re.IGNORECASE,
)
_TAG = re.compile(
    r"\s*[,\u2013\u2014-]\s*(?:right|correct|true|yes|agreed|is\s+that\s+(?:so|right|correct|true))\s*\??$",
    re.IGNORECASE,
)
_SMALL = re.compile(r"(?:The|It|This|That|Our|There|Either|Neither|Both|Each|Any|All|No|An?)\b")
#: Questions that begin with a denied verb expect what they say without it: "doesn't it renew?".
_EXPECTS = re.compile(rf"^(?:(?P<verb>{_VERBS})n't|(?P<odd>can't|won't))\s+(?P<rest>\S.+)$", re.IGNORECASE)
_ODD = {"can't": "can", "won't": "will"}
_THERE = re.compile(r"^there\s+(?P<be>is|are|was|were)\s+(?P<rest>\S.*)$", re.IGNORECASE)
_ACTS = re.compile(
    rf"^(?P<document>{THIS_DOCUMENT})\s+(?P<verb>is|was|does|did|can|may|will|must|shall)\s+(?P<rest>\S.*)$",
    re.IGNORECASE,
)
_HAS = re.compile(
    rf"^(?P<document>{THIS_DOCUMENT})\s+(?:has|contains|includes)\s+(?P<rest>(?:an?|any|the)\s+\S.*)$",
    re.IGNORECASE,
)
_NONE_THERE = re.compile(
    rf"^(?:(?P<be>is|are)\s+there|(?:does|do)\s+(?P<document>{THIS_DOCUMENT})\s+(?:have|contain|include))\s+no\s+(?P<thing>(?!\w*\s*(?:later|more|less)\b)\S.*)$",
    re.IGNORECASE,
)
_LACKS = re.compile(
    rf"^does\s+(?P<document>{THIS_DOCUMENT})\s+(?:lack|omit|miss)\s+(?P<thing>\S.+)$", re.IGNORECASE
)
_MISSING = re.compile(
    rf"^(?P<be>is|are)\s+(?P<thing>\S.{{2,60}}?)\s+(?:missing|absent|omitted)(?:\s+(?:from|in)\s+{THIS_DOCUMENT})?\s*\??$",
    re.IGNORECASE,
)
_IS_MISSING = re.compile(
    rf"^is\s+(?P<document>{THIS_DOCUMENT})\s+(?:missing|lacking|without)\s+(?P<thing>\S.+)$", re.IGNORECASE
)
#: A "not" beside the verb of what is asked, and no bound ("not later than") or thing that may be left ("not to renew").
_NOT_SO = re.compile(
    rf"^(?:{_VERBS})\s+(?:(?!but\b|or\b|and\b|if\b)[\w'&.-]+\s+){{1,6}}?(?:not|never)\s+(?!to\b|only\b|just\b|(?:more|less|later|longer|exceed\w*|fewer|earlier|be\s+more|be\s+less)\b)",
    re.IGNORECASE,
)


def straight(question: str) -> Straight:
    """A question without what turns it round; the question itself where nothing does.

    Of a statement with a "not" of its own the opposite is asked. Where Yes and No may be taken either way there is
    a `doubt`.
    """
    text = " ".join(question.replace("\u2019", "'").split())
    for pattern, turned, doubt in _HELD:
        if match := pattern.match(text):
            return _held(match["said"], turned, doubt)
    if expects := _EXPECTS.match(text):
        verb = expects["verb"] or _ODD[expects["odd"].lower()]
        left: Doubt = "negation" if _NEGATION.search(expects["rest"]) else ""
        return Straight(f"{_like(verb, text)} {expects['rest']}", doubt=left)
    if lacks := _LACKS.match(text):
        return Straight(f"Does {lacks['document']} have {lacks['thing']}", True)
    if lacks := _IS_MISSING.match(text):
        return Straight(f"Does {lacks['document']} have {lacks['thing']}", True)
    if missing := _MISSING.match(text):
        return Straight(f"{missing['be'].capitalize()} there {missing['thing']}?", True)
    if none := _NONE_THERE.match(text):
        thing = f"{_article(none['be'] or '', none['thing'])}{none['thing']}"
        lead = f"{none['be'].capitalize()} there" if none["be"] else f"Does {none['document']} have"
        return Straight(f"{lead} {thing}", True, "reading")
    return Straight(question, doubt="negation" if _NOT_SO.match(text) else "")


_THERES = re.compile(r"^there's\b", re.IGNORECASE)


def stated(statement: str) -> Straight:
    """A statement that is to be confirmed, with a "not" of its own as the opposite of it without."""
    text = _THERES.sub("there is", " ".join(statement.replace("\u2019", "'").split()))
    return _held(text, False, "") if _NEGATION.search(text) else Straight(statement)


def _held(said: str, turned: bool, doubt: Doubt) -> Straight:
    """A statement that is asked to be true, or (`turned`) false; with one "not" the opposite is asked without it."""
    said = _TAG.sub("", said)
    nots = _NEGATION.findall(said)
    if len(nots) == 1 and (none := _HAS_NO.search(said)):
        verb = none["be"] or none["have"]
        said = f"{said[: none.start()]}{verb} {_article(verb, said[none.end() :])}{said[none.end() :]}"
        turned = not turned
    elif len(nots) == 1 and (denied := _VERB_NOT.search(said)):
        verb = denied["verb"] or _ODD[denied["odd"].lower()]
        said, turned = f"{said[: denied.start()]}{verb}{said[denied.end() :]}", not turned
    if nots:
        doubt = doubt or "negation"
    return Straight(_as_question(said.rstrip(" .?!")), turned, doubt)


def _as_question(said: str) -> str:
    """A statement as the question whether it is so."""
    if there := _THERE.match(said):
        return f"{there['be'].capitalize()} there {there['rest']}?"
    if acts := _ACTS.match(said):
        return f"{acts['verb'].capitalize()} {_small(acts['document'])} {acts['rest']}?"
    if has := _HAS.match(said):
        return f"Does {_small(has['document'])} have {has['rest']}?"
    return f"Is it true that {_small(said)}?"


def _article(verb: str, thing: str) -> str:
    return "any " if verb.lower() == "are" else "an " if thing[:1].lower() in "aeiou" else "a "


def _small(said: str) -> str:
    """A statement as it goes on inside a question."""
    return f"{said[0].lower()}{said[1:]}" if _SMALL.match(said) else said


def _like(verb: str, text: str) -> str:
    return verb.capitalize() if text[:1].isupper() else verb.lower()
