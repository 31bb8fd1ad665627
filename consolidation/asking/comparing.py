"""Questions that compare documents: which of two is longer, whether one exceeds another, whether both are the same."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from consolidation.asking.dates_asked import DATED, TERM, date_asked
from consolidation.asking.document_words import DOC

if TYPE_CHECKING:
    from consolidation.asking.matters import Over, Quantifier

_DOC = rf"(?:{DOC}|letter)"
_DOCS = rf"(?:{_DOC}s)"
_MORE: tuple[tuple[Over, str], ...] = (
    ("highest", r"longer|greater|higher|larger|bigger|more"),
    ("lowest", r"shorter|lower|smaller|less|fewer|cheaper"),
    ("earliest", r"earlier|sooner|older|first"),
    ("latest", r"later|newer|last"),
)
_WORDS = "|".join(words for _, words in _MORE)
_TWO = r"(?:\s+(?:of\s+)?(?:the|these|those|them|both|two|one))*"
#: "which is longer, the term of ... or ...".
_WHICH_IS = re.compile(
    rf"^which(?:\s+one)?\s+(?:is|are|was|runs|lasts)\s+(?:the\s+)?(?P<more>{_WORDS})\s*[,:]\s*(?P<what>.+\bor\b.+)$"
)
#: "which of the two has the longer notice period", "which agreement expires earlier, ... or ...".
_WHICH_HAS = re.compile(
    rf"^which{_TWO}(?:\s+{_DOC}s?)?(?:\s*,[^,]+\bor\b[^,]+,)?\s+(?:has|sets|gives|provides(?:\s+for)?|asks|allows|imposes)\s+(?:for\s+)?(?:the|a)\s+(?P<more>{_WORDS})\s+"
    rf"(?P<thing>[a-z][\w -]*?)\s*(?:[,:?].*)?$"
)
_WHICH_DOES = re.compile(
    rf"^which{_TWO}(?:\s+{_DOC}s?)?\s+(?P<does>(?:is|was|were)?\s*[a-z]+(?:\s+(?:out|into\s+force|effect))?)\s+(?P<more>{_WORDS})\s*(?:[,:?].*)?$"
)
_THAN = re.compile(
    rf"^(?:is|are|was|does|do|did|has|have|will)\s+(?P<what>.+?)\s+(?:(?:(?:much|far|any)\s+)?(?P<more>{_WORDS})\s+(?:\w+\s+){{0,3}}?than|(?P<exceed>exceed))\s+(?P<other>.+)$"
)
_OF_ANOTHER = re.compile(rf"\b{_DOC}\b|\b(?:one|that|those)\s+(?:of|in|under)\b|\bone\s*\??$|['’]s?\s*\??$")
_SAME = re.compile(
    r"^(?:are|do|does|is|have|has|will|were|did|was)\s+(?!(?:this|that|it)\b)(?P<what>.+?)\s+(?:at\s+|on\s+|by\s+|with\s+|for\s+|under\s+|to\s+|in\s+)?the\s+same"
    r"(?:\s+(?P<thing>(?!things?\b)[a-z][\w-]*(?:\s+[\w-]+){0,2}))?\s*\??$"
)
#: "is the term the same in both leases", "same governing law in Acme and Beta?".
_SAME_IN = re.compile(
    r"^(?:(?:is|are)\s+)?(?:the\s+)?(?P<thing>[a-z][\w -]*?)\s+the\s+same\s+(?:in|for|under|across)\s+(?:both|all|each|the\s+two)\b.*$"
    r"|^(?:the\s+)?same\s+(?P<thing2>(?!question\b)[a-z][\w-]*(?:\s+[\w-]+)?)\s+(?:in|for|under|across)\s+(?:both|all|the\s+two|.+\band)\b.*$"
)
_SEVERAL = re.compile(
    rf"\b{_DOCS}\b|\bboth\b|^they\s+all\b|\b{_DOC}\b.*\band\b.*\b{_DOC}\b|['’]s?\s+and\b|\b(?:of|in|under)\b.+\band\b"
)
_AGED = re.compile(r"\b(?:older?|newer)\b")
#: "are the leases of the same date": the day that a document bears.
_BEARING = re.compile(r"\b(?:of|have|has|bears?|carry|carries)$")
_ASKED = (
    (r"\blaws?\b", "What is the governing law?"),
    (r"\b(?:courts?|forum|venue)\b", "Which courts have jurisdiction?"),
    (r"\b(?:part(?:y|ies)|compan(?:y|ies)|people)\b", "Who are the parties?"),
    (r"^(?:(?:initial\s+)?term|length|duration|time|long)$", TERM),
)
_OF_DATES = ("earlier", "sooner", "later")
_LASTS = re.compile(r"\b(?:lasts?|runs?|goes)\b|^(?:is|are|was)?$")


def compared(text: str) -> tuple[Over, str, Quantifier] | None:
    """How a question in lower case compares documents, and what each is asked; None where it compares none.

    The value of each is asked, and which is more follows in code.
    """
    if match := _WHICH_IS.match(text):
        return _more(match["more"], _thing(match["what"]))
    if match := _WHICH_HAS.match(text):
        return _more(match["more"], match["thing"])
    if match := _WHICH_DOES.match(text):
        return _more(match["more"], "" if _LASTS.search(match["does"].strip()) else match["does"])
    if (match := _THAN.match(text)) and _OF_ANOTHER.search(match["other"]):
        word, what = match["more"] or "more", match["what"]
        return _more(word, what if word in _OF_DATES else _thing(what))
    if (alike := _SAME_IN.match(text)) and (asked := _asked(alike["thing"] or alike["thing2"])):
        return "each", asked, "same"
    match = _SAME.match(text)
    if match is None or not _SEVERAL.search(match["what"]):
        return None
    thing = match["thing"] or _thing(match["what"])
    date = thing in ("day", "date", "time", "year")
    if date:
        borne = DATED if _BEARING.search(match["what"]) else ""
        asked = _dated(match["what"]) or borne
    else:
        asked = _asked(thing or match["what"])
    return ("each", asked, "same") if asked else None


def _more(word: str, thing: str | None) -> tuple[Over, str, Quantifier] | None:
    if thing is None:
        return None
    over: Over = next(name for name, words in _MORE if re.fullmatch(words, word))
    dated = _dated(thing)
    if over in ("earliest", "latest"):
        return (over, dated, "") if dated else None
    if not thing or (dated and not re.search(r"\b(?:period|notice|term|fee|amount)\b", thing)):
        return (over, TERM, "")
    return over, _asked(thing), ""


def _dated(words: str) -> str:
    return date_asked(words) or (DATED if _AGED.search(words) else "")


def _asked(thing: str) -> str:
    told = next((ask for cue, ask in _ASKED if re.search(cue, thing)), "") or _dated(thing)
    if told and not re.search(r"\b(?:period|fee|amount|cap)\b", thing):
        return told
    return f"What is the {thing}?" if thing else ""


def _thing(words: str) -> str | None:
    """What is compared: "the Sykes agreement's notice period" gives "notice period"; "" for the agreement as such."""
    said = words.strip(" ,?")
    if re.search(r"['’]s?\s+\w", said):
        return re.split(r"['’]s?\s+", said)[-1].split(" or ")[0].strip()
    found = re.match(r"(?:the\s+)?(?P<thing>[a-z][\w -]*?)\s+(?:of|in|under|for)\s", said)
    if found:
        return found["thing"]
    return "" if re.search(rf"\b{_DOC}\b", said) else None
