"""Several things said of the same documents, each told by its own words: "a morals clause and no exclusivity"."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from consolidation.asking.clause_kinds import clause_kind
from consolidation.asking.clause_names import clause_named
from consolidation.asking.extremes_said import extreme
from consolidation.asking.in_words import ORDERED, InWords
from consolidation.asking.intents import Intent
from consolidation.asking.natural import as_people_ask
from consolidation.asking.splitting import several
from consolidation.asking.subjects import SUBJECTS
from consolidation.asking.understand import Understanding, understand
from consolidation.asking.unwrapping import sentences, unwrapped

#: "Tennessee law ones, and which of those also fix the courts".
_OF_THOSE_TOO = re.compile(
    r"^(?P<first>[^?]{6,160}?)\s*[-–—,;:?.]*\s+(?:and\s+|but\s+)?which\s+(?:ones?\s+)?(?:of|among)\s+(?:those|these|them)\s+"
    r"(?:also\s+|then\s+|still\s+)*(?P<second>(?!is\b|was\b|has\b|has\s+the\b)[^?]{4,120}?)\s*\?*$",
    re.IGNORECASE,
)
_WHICH = re.compile(r"^which\s+contracts\s+(?P<such>.+?)\s*\??$", re.IGNORECASE)
#: What is said of somebody else than the documents: "in which we may raise prices".
_OF_ANOTHER = re.compile(r"(?:in|under|by|for|to|where|whose|with)\b", re.IGNORECASE)
#: What is asked of the one that is found: "and when was it signed?"
_OF_IT = re.compile(r"\b(?:it|its|that\s+one)\b", re.IGNORECASE)
#: A condition is told by its own words where a model is so sure of its subject.
SURE = 0.8
_TWO = 2


def of_those_too(question: str) -> tuple[str, str] | None:
    """A question which documents are so, and one which of these are so too; None where it asks for no such thing."""
    found = _OF_THOSE_TOO.match(" ".join(question.split()))
    return (found["first"], f"Which contracts {found['second']}?") if found else None


def end_alone(question: str) -> InWords | None:
    """A question for one end of an order without what else it asks, which is left aside; None where there is none.

    "What's the biggest limit anyone has to carry, and who has to carry it?"
    """
    pieces = [piece for sentence in sentences(question) for piece in several(sentence)]
    if len(pieces) != _TWO:
        return None
    words = extreme(unwrapped(pieces[0]).text)
    if not words and _OF_IT.search(pieces[1]) and understand(pieces[0]).over in ORDERED:
        words = pieces[0]
    return InWords(words, (pieces[1],)) if words else None


def conjoined(first: InWords, second: InWords) -> InWords | None:
    """Two questions which documents are so as the one which are both; None where they are not such."""
    such = [_WHICH.match(one.words) for one in (first, second)]
    if not all(such):
        return None
    words = f"Which contracts {' and '.join(one['such'] for one in such if one)}?"
    asked = understand(words)
    return InWords(words, first.aside + second.aside) if len(asked.tested) > 1 else None


def by_pieces(told: InWords, read: Callable[[str], Intent]) -> InWords:
    """A question with each of its conditions in the words of its subject, where only a model tells what that is."""
    asked = understand(told.words)
    for group in asked.tested:
        for one in group:
            piece = _words_of(one, told.words)
            said = _said(one, read(f"Which contracts {piece}?")) if piece else ""
            if not said:
                continue
            words = told.words.replace(piece, said, 1)
            if said not in told.words and _is_alike(asked, understand(words)):
                told = replace(told, words=words)
    return told


def _words_of(one: Understanding, question: str) -> str:
    """The words of a condition as they stand in a question, where the grammar tells no clause by them; else empty."""
    condition = one.condition
    if condition is None or condition.test not in ("has", "lacks"):
        return ""
    words = re.sub(r"^with\s+", "have ", condition.words)
    known = clause_kind(one) or clause_named(one) or as_people_ask(one.each)
    is_said_of_them = not _OF_ANOTHER.match(words) and words in question
    return words if is_said_of_them and not known else ""


def _said(one: Understanding, intent: Intent) -> str:
    subject = SUBJECTS[intent.subject]
    is_lacking = one.condition is not None and one.condition.test == "lacks"
    if intent.subject_sure < SURE or intent.value or intent.more or intent.lacking != is_lacking:
        return ""
    if intent.subject == "other" or not subject.has:
        return ""
    return subject.lacks if intent.lacking else subject.has


def _is_alike(before: Understanding, after: Understanding) -> bool:
    """Whether a question goes over documents as it did, with as many conditions, each denied or not as it was."""

    def form(asked: Understanding) -> object:
        tests = [[one.condition and one.condition.test for one in group] for group in asked.tested]
        return asked.over, len(asked.parts), tests

    return form(before) == form(after)
