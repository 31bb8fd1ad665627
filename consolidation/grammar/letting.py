"""What somebody is let do, or spared, by what another does; and the part of a sentence or question that tells it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from consolidation.briefs.fields import Party
from consolidation.grammar.named_parties import Mentioned, mentioned_parties
from consolidation.text.windows import Range

#: Whoever just agrees to, or knows of, what is said next.
_AGREES = re.compile(
    r"[\"\u201d)\s,]*(?:\b(?:hereby|further|also|explicitly|expressly|specifically|and)\s+)*(?:(?:agrees?|acknowledges?|understands?|covenants?|confirms?|represents?)"
    r"(?:\s*,?\s+and\s+|\s*,\s+)?){1,3}\s*,?\s+that\b",
    re.IGNORECASE,
)
#: Where another part of a sentence begins: an item, or what follows a semicolon, a colon or the end of a sentence.
_PART = re.compile(r"[;:]\s|\.\s+(?=[A-Z(])|\s(?=\((?:[a-z]|[ivx]{1,4}|\d)\)\s)", re.IGNORECASE)
#: A question for what somebody is let do.
_MAY = re.compile(
    r"^(?:(?:so|and|but)\s+)?(?:(?:can|may|could|might)\b|(?:is|are)\b.{2,60}?\b(?:allowed|permitted|entitled|free|able)\b|"
    r"(?:do|does)\b.{2,60}?\b(?:have\s+(?:a|the|any)\s+(?:right|option)|get\s+(?:to|a\s+say))\b)",
    re.IGNORECASE,
)
#: Before whoever is let do something; a bar is one that is denied.
_LETS = re.compile(
    r"\b(?:permits?|allows?|consents?\s+to|grants?|gives?|affords?|provides?|entitles?)\b(?:(?!\b(?:not|never|neither|nor)\b)[^.;:]){0,50}$",
    re.IGNORECASE,
)
_NOT_LET = re.compile(r"\b(?:not|never|neither|nor|no)\b[^.;:]{0,40}$", re.IGNORECASE)
_NOT_BARRED = re.compile(
    r"\b(?:nothing|not|no)\b[^.;:]{0,60}?\b(?:preclude|prohibit|prevent|limit|restrict|bar)s?\s+(?:the\s+)?$",
    re.IGNORECASE,
)
#: Whose say it is, before and after whoever has it.
_SAY_OF = re.compile(r"\b(?:option|discretion|election)\s+of\s+(?:the\s+)?$", re.IGNORECASE)
_OWN_SAY = re.compile(
    r"(?:['\u2019]s?)?,?\s+(?:at\s+its\s+|in\s+its\s+)?(?:sole\s+|own\s+|absolute\s+)*(?:and\s+\w+\s+)?(?:option|discretion|election)\b|"
    r"\s+(?:(?:hereby|also|expressly)\s+)*(?:reserves?|retains?|(?:shall|will)\s+have)\s+the\s+(?:\w+\s+)?right\b",
    re.IGNORECASE,
)
#: A question for what somebody pays, and a sentence by which nothing is to be paid, or another one pays.
_PAYS = re.compile(
    r"\b(?:pay|pays|paid|paying|costs?|bear|cover|foot|charged?|liable|responsib\w+|owe|owes|reimburse\w*|chip\s+in|premiums?|"
    r"royalt(?:y|ies)|fees?|tax(?:es)?|expenses?)\b",
    re.IGNORECASE,
)
_FREE = re.compile(
    r"\b(?:royalty-free|(?:fully\s+)?paid-up|free\s+of\s+charge|(?:without|at\s+no|no)\s+(?:additional\s+|further\s+|any\s+)?(?:charge|cost|expense)s?)\b",
    re.IGNORECASE,
)
_BEARS = re.compile(
    r"\b(?:sole(?:ly)?|exclusive(?:ly)?)\s+(?:\w+\s+){0,2}?responsib\w+|\b(?:shall|will|is|are|be)\s+(?:\w+\s+)?responsib\w+\s+for\b|"
    r"\bresponsibility\b|\bat\s+(?:its|their|his|her)\s+(?:sole\s+|own\s+)*(?:cost|expense)\b|\b(?:shall|will)\s+(?:\w+\s+)?(?:bear|pay)\b",
    re.IGNORECASE,
)
_DENIED = re.compile(r"\b(?:not|never|neither|nor)\b(?!\s+limited)", re.IGNORECASE)
_REACH = 120
#: A case that a question puts: before what it asks, up to a comma or a full stop, and after it.
_CASE_BEFORE = re.compile(
    r"^(?:[^?]{3,300}?[.!]\s+(?=[A-Z])|(?:if|once|when|where|unless|while|after|before|suppose|assuming|in\s+case|should)\b[^,?]{3,200},\s+)(?=\S+\s+\S+\s+\S+)",
    re.IGNORECASE,
)
_CASE_AFTER = re.compile(
    r"(?<=[a-z])\s*,?\s+(?:if|once|unless|when|whenever|where|in\s+case|assuming)\s.+$", re.IGNORECASE
)
_LEAST = 3


def without_case(question: str) -> str:
    """A question without the cases put before and after what it asks; as it is where little would be left."""
    rest = _CASE_BEFORE.sub("", question, count=1)
    cut = _CASE_AFTER.sub("", rest, count=1)
    return cut if len(cut.split()) >= _LEAST else rest


def part_at(sentence: str, place: Range) -> str:
    """The part of a sentence, between its items, semicolons and full stops, in which a place begins."""
    ends = [match.end() for match in _PART.finditer(sentence)]
    low = max((end for end in ends if end <= place[0]), default=0)
    return sentence[low : min((end for end in ends if end >= place[1]), default=len(sentence))]


def agrees_only(done: str) -> bool:
    """Whether what somebody does is to agree to, or to know of, what is said next."""
    return _AGREES.match(done) is not None


def speaking_of(sentence: str, parties: Sequence[Party]) -> list[Mentioned]:
    """Where a sentence names parties, without those who agree to what it says next."""
    found = mentioned_parties(sentence, parties)
    rest = [one for one in found if not _AGREES.match(sentence, one.end)]
    return rest or found


def is_let(question: str, said: str, sentence: str, parties: Sequence[Party]) -> bool:
    """Whether a Yes is proved by another who lets the party that is asked about do it, or by whose say it is.

    "The Carrier shall permit the Company to ..." proves what the Company may do; so does "at the Company's option".
    """
    if said != "Yes" or not _MAY.match(question):
        return False
    asked = mentioned_parties(without_case(question), parties)[:1]
    for one in mentioned_parties(sentence, parties):
        if not asked or one.party != asked[0].party:
            continue
        before = sentence[max(0, one.start - _REACH) : one.start]
        if _NOT_BARRED.search(before) or _SAY_OF.search(before) or _OWN_SAY.match(sentence, one.end):
            return True
        if (lets := _LETS.search(before)) and not _NOT_LET.search(before[: lets.start()]):
            return True
    return False


def is_spared(question: str, said: str, sentence: str, parties: Sequence[Party]) -> bool:
    """Whether a No, to a question for what a party pays, is proved by what is free for it or by another who pays."""
    if said != "No" or not _PAYS.search(question):
        return False
    asked = {one.party for one in mentioned_parties(without_case(question), parties)[:1]}
    found = [one.party for one in speaking_of(sentence, parties)]
    if _FREE.search(sentence):
        return bool(asked & set(found))
    bears = _BEARS.search(sentence)
    return bool(asked and found and bears and found[0] not in asked) and not _DENIED.search(sentence)
