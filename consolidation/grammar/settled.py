"""Whether its own sentence settles an answer: all that is asked, and that day."""

from __future__ import annotations

import re
from itertools import pairwise

from consolidation.asking.dates_asked import asks_signing
from consolidation.asking.fields import AskedField
from consolidation.asking.understand import Understanding
from consolidation.grammar.beside import is_beside
from consolidation.grammar.denying import stems
from consolidation.grammar.measured import lacks_measure
from consolidation.text.windows import Range

#: All, and at all times: what holds in a case is none of it. "All of its assets" are a thing, "at all" adds nothing.
_ABSOLUTE = re.compile(
    r"\b(?:always|every|(?<!substantially )(?<!\bat )all(?!\s+(?:of\s+)?(?:its|their|his|her)\b)|each|"
    r"at\s+(?:all|any)\s+times?|in\s+all\s+(?:cases|events|circumstances)|entirely|fully|wholly|completely)\b",
    re.IGNORECASE,
)
#: Words of a sentence by which it says so of all; and of all who are asked about, where these are the parties.
_OF_ALL = re.compile(
    rf"{_ABSOLUTE.pattern}|\b(?:all|exclusive(?:ly)?|solely|only|in\s+(?:its|their|the)\s+entirety)\b",
    re.IGNORECASE,
)
_EACH_PARTY = re.compile(
    r"\b(?:each|every|all)\s+(?:of\s+)?(?:the\s+)?(?:side|part(?:y|ies)|two|one\s+of\s+them)\b", re.IGNORECASE
)
_PARTIES = re.compile(
    r"\b(?:(?:the|both|either|neither|any|no)\s+(?:\w+\s+)?part(?:y|ies)|both)\b", re.IGNORECASE
)
#: Where a part of a sentence ends that an exception belongs to.
_PARTS = re.compile(
    r";|,?\s*\bprovided,?\s+(?:however|further)\b|\.\s+(?=[A-Z(])|\s(?=\((?:[a-z]|[ivx]{1,4}|\d)\)\s)",
    re.IGNORECASE,
)
#: Whose case another place settles: "except as otherwise provided below".
_ELSEWHERE = re.compile(
    r"\b(?:except|unless)\s+(?:as\s+)?(?:otherwise\s+)?(?:expressly\s+|specifically\s+)?(?:provided|set\s+forth|permitted|stated|specified|agreed|authorized)"
    r"(?:\s+\w+)?\s+(?:below|herein\w*|in\s+(?:this|section|paragraph|article|the)|elsewhere|above|under)\b",
    re.IGNORECASE,
)
_DENIES = re.compile(r"\b(?:not|no|never|neither|nor)\b(?!\s+limited)", re.IGNORECASE)
#: What is asked to be so without a reason; where a sentence names one, or says that it needs none.
_NO_REASON = re.compile(
    r"\bwithout\s+(?:\w+\s+){0,3}?(?:reasons?|cause|grounds)\b|\bfor\s+(?:any\s+or\s+)?no\s+(?:\w+\s+)?reason\b|\bfor\s+convenience\b|\bat\s+will\b",
    re.IGNORECASE,
)
_REASON = re.compile(
    r"\b(?:if|in\s+the\s+event|in\s+case|upon\s+(?:\w+\s+){0,2}?(?:breach|failure|default)|where|when|should)\b",
    re.IGNORECASE,
)
_NEEDS_NONE = re.compile(
    rf"{_NO_REASON.pattern}|\b(?:any|no)\s+reason\b|\bin\s+its\s+(?:sole\s+|absolute\s+)*discretion\b|\bat\s+its\s+(?:sole\s+)?option\b",
    re.IGNORECASE,
)
#: What is excepted from what is denied, up to where that ends; leave, and other places, are no such thing.
_EXCEPTED = re.compile(
    r"\b(?:except(?:ing)?|other\s+than|excluding|save)\b(?!\s+(?:with|upon|by|pursuant|as\s+(?:otherwise\s+|expressly\s+|specifically\s+)*(?:provided|set|permitted|required|agreed)))"
    r"(?P<what>[^.;:)]{5,200})",
    re.IGNORECASE,
)
_LETS = re.compile(r"\b(?:may|without)\b", re.IGNORECASE)
#: So many words of a question in what is excepted tell that this is asked.
_SHARED = 2
#: Whether something may be passed on, to whomever; and by what a sentence lets it go to some alone.
_PASSED_ON = re.compile(
    r"^(?:can|could|may|is|are)\b(?!.*\b(?:to|if|once|when|in\s+case|sells?|selling|sold|affiliat\w*|sister|group|subsidiar\w*)\b)"
    r".*\b(?:assign(?:ed|able)?|transfer(?:red|able)?|sublicen[cs]ed?|sub-?let)\b",
    re.IGNORECASE,
)
_TO_FEW = re.compile(
    r"\b(?:assign|transfer|sublicen[cs]e|sub-?let)\b[^.;]{0,90}?\bto\s+[^.;]{0,30}?"
    r"\b(?:affiliat\w+|subsidiar\w+|parent|wholly[\s-]+owned|related\s+(?:compan\w+|entit\w+))",
    re.IGNORECASE,
)
#: What is waived does not apply.
_WAIVES = re.compile(
    r"\bwaives?\s+(?:\w+\s+){0,2}?(?:applica\w+|benefits?|protections?|rules?)\b", re.IGNORECASE
)
_ASKS_WAIVER = re.compile(
    r"\b(?:waiv\w+|give\w*\s+up|giv\w+\s+up|releas\w+|forgo\w*|renounc\w*|surrender\w*|abandon\w*|lose\w*)\b",
    re.IGNORECASE,
)
_AS_OF = re.compile(r"\bas\s+of\s+(?:this\s+|the\s+)?$", re.IGNORECASE)
_GOES_ON = re.compile(
    r"\bautomatic\w*\s+(?:\w+\s+){0,3}?(?:renew|exten)|\b(?:renew|exten)\w*\s+(?:\w+\s+)?automatically\b",
    re.IGNORECASE,
)
#: The term that is asked of ends, whatever comes after it.
_FIRST = re.compile(
    r"\b(?:first|initial|original|current|present)\s+(?:\w+\s+)?(?:term|period|year)\b", re.IGNORECASE
)
_REACH, _AFTER = 30, 300
#: Letters of a word that tells what is spoken of.
_TELLING = 3
#: Who does something, and what: up to the words that say where, when, for whom.
_WHO_DOES = re.compile(
    r"^who\s+(?:(?:must|will|shall|should|may|can|would|is\s+to|has\s+to|have\s+to|needs?\s+to|gets\s+to)\s+)?"
    r"(?!(?:is|was|are|were|do|does|did|has|(?:co-?)?sign\w*|execute[sd]?)\b)"
    r"[a-z]+\s+(?P<what>[^,;?()]+)",
    re.IGNORECASE,
)
#: Who pays for something, told by a figure of speech.
_FOOTS = re.compile(
    r"\b(?:foot(?:s|ed)?|picks?\s+up|settles?|gets)\s+the\s+(?:bill|tab|check|cost)\b(?:\s+(?:of|for))?",
    re.IGNORECASE,
)
#: What is carried from place to place is told by any of these.
_CARRIED = re.compile(r"^(?:freight|carriage|postage|ship|transport|deliver)", re.IGNORECASE)
#: What somebody does not do; and that one may.
_NOT_DONE = re.compile(
    r"\b(?:without|w/o|fail(?:s|ed|ing)?\s+to|never|do(?:es)?(?:n['\u2019]?t|\s+not)|did(?:n['\u2019]?t|\s+not))\s+(?P<what>(?:[\w'\u2019-]+\s+){0,3}[\w'\u2019-]+)",
    re.IGNORECASE,
)
_MAY = re.compile(r"\b(?:entitled|may|right|free|able|option)\b", re.IGNORECASE)
_WHAT_ENDS = re.compile(
    r"\b(?:in|under|for|to|from|with|without|if|when|while|by|at|on|upon|during|after|before|until|than|that|which|who|of)\b",
    re.IGNORECASE,
)


def leaves_open(question: str, said: str, sentence: str, place: Range | None = None) -> bool:
    """Whether a sentence does not settle what a question asks: all of it, where it says less, or what is excepted.

    That something is so for 30 days, or to 5 %, is not settled by a sentence that says no such length or share, nor
    that something applies by one that waives it. An
    exception counts in its own part of the sentence alone: of those at `place`, all if none, the one that shares most
    words with the question.
    """
    if said == "Yes" and lacks_measure(question, sentence):
        return True
    if said == "Yes" and _ABSOLUTE.search(question) and not _says_of_all(question, sentence):
        return True
    part = _part(question, said, sentence, place or (0, len(sentence)))
    if said == "Yes" and _WAIVES.search(part) and not _ASKS_WAIVER.search(question):
        return True
    if (
        said == "Yes"
        and _NO_REASON.search(question)
        and _REASON.search(part)
        and not _NEEDS_NONE.search(part)
    ):
        return True
    if said == "Yes" and _is_to_few(question, part):
        return True
    if said == "No" and _is_excepted(question, sentence):
        return True
    return bool(_ELSEWHERE.search(part))


def _is_to_few(question: str, part: str) -> bool:
    """Whether it is asked if something may be passed on, and a sentence only lets it go to affiliates."""
    return bool(_PASSED_ON.search(question.strip()) and _TO_FEW.search(" ".join(part.split())))


def _is_excepted(question: str, part: str) -> bool:
    """Whether what is asked is what is excepted from what a part of a sentence denies: more words of it stand there.

    What the exception itself lets be done proves a No of what would be needed for it.
    """
    asked = stems(question)
    for match in () if _EXCEPTED.search(question) else _EXCEPTED.finditer(part):
        before, shared = part[: match.start()], asked & stems(match["what"])
        if not _DENIES.search(before) or _LETS.search(match["what"]):
            continue
        if len(shared) >= max(_SHARED, len(asked & stems(before))):
            return True
    return False


def _says_of_all(question: str, sentence: str) -> bool:
    return bool(_OF_ALL.search(sentence) or (_EACH_PARTY.search(question) and _PARTIES.search(sentence)))


def _part(question: str, said: str, sentence: str, place: Range) -> str:
    """The part of a sentence at a place that shares most words with a question; the first of several."""
    cuts = [0, *(match.start() for match in _PARTS.finditer(sentence)), len(sentence)]
    parts = [sentence[a:b] for a, b in pairwise(cuts) if a < place[1] and place[0] < b]
    # what a Yes rests on is what the sentence lets be, after what it denies
    lets = [part for part in parts if not _DENIES.search(part)] if said == "Yes" else []
    asked = stems(question)
    return max(lets or parts or [sentence], key=lambda part: len(asked & stems(part)))


def lacks_what_is_done(question: str, sentence: str) -> bool:
    """Whether a sentence has no word of what somebody does, where it is asked who does it, or of what is asked else."""
    if is_beside(question, sentence):
        return True
    who = _WHO_DOES.match(_FOOTS.sub("pays", question.strip()))
    what = _told_by(_WHAT_ENDS.split(who["what"])[0]) if who else set()
    said = _told_by(sentence)
    if any(map(_CARRIED.match, what)) and any(map(_CARRIED.match, said)):
        return False
    return bool(what) and not any(
        one.startswith(other) or other.startswith(one) for one in what for other in said
    )


def lets_do_what_is_not_done(question: str, said: str) -> bool:
    """Whether it is asked what comes of not doing something, and an answer only says that it may be done."""
    undone = {
        stem
        for match in _NOT_DONE.finditer(question)
        for stem in stems(match["what"])
        if len(stem) >= _TELLING
    }
    return bool(undone and _MAY.search(said) and undone & stems(said))


def _told_by(words: str) -> set[str]:
    return {stem for stem in stems(words) if len(stem) >= _TELLING}


def is_other_day(asked: Understanding, fact: AskedField, text: str, place: Range) -> bool:
    """Whether a day may be another one than is asked for.

    That "as of" which an agreement is made is seldom one of signing, and what goes on by itself does not end before.
    """
    if fact == "expiry" and _FIRST.search(asked.each):
        return False
    if fact == "agreement_date" and asks_signing(asked.each):
        return bool(_AS_OF.search(text[max(0, place[0] - _REACH) : place[0]]))
    return fact == "expiry" and bool(_GOES_ON.search(text[place[1] : place[1] + _AFTER]))
