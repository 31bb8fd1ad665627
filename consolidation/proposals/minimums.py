"""Whether a document sets a minimum of something: "a minimum tangible net worth", "a net worth of not less than $5"."""

from __future__ import annotations

import re

from consolidation.asking.document_words import THIS_DOCUMENT
from consolidation.asking.understand import Understanding
from consolidation.passages.passages import Passages
from consolidation.proposals.candidates import Candidate

_ASKED = re.compile(
    rf"^(?:(?:is|are)\s+there|(?:does|do|must|shall|will)\s+(?:{THIS_DOCUMENT}|they|there|(?:the\s+)?[\w&.' -]{{2,50}}?)\s+"
    r"(?:have\s+to\s+|need\s+to\s+)?(?:set|require|have|contain|include|impose|specify|fix|state|establish|maintain|keep|meet|satisfy|provide\s+for|call\s+for))"
    rf"\s+(?:an?\s+|any\s+)?minimum\s+(?P<thing>[a-z][a-z-]+(?:\s+[a-z][a-z-]+){{0,4}}?)(?:\s+(?:in|under)\s+{THIS_DOCUMENT})?\s*\??$",
    re.IGNORECASE,
)
#: What more than a thing says: of whom, of what, in which case.
_MORE = re.compile(
    r"\b(?:of|for|if|when|to|by|on|per|at|and|or|not|no|with|than|before|after|during|in|under)\b",
    re.IGNORECASE,
)
#: Measures of somebody's finances, which are bounded by covenants; of goods and periods other words tell more.
_FINANCIAL = re.compile(
    r"\b(?:net\s+worth|ebitda\w*|liquidity|ratio|coverage|capital|equity|cash|surplus|assets?|earnings|income|leverage|balances?)$",
    re.IGNORECASE,
)
_FIGURE = r"(?:\$|\u20ac|\u00a3|US\$|USD|\d|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)\b)[\w,.]*"
_BOUND = r"(?:at\s+least|(?:not|no)\s+(?:be\s+)?less\s+than|equal\s+to\s+or\s+(?:greater|more)\s+than|(?:greater|more)\s+than(?:\s+or\s+equal\s+to)?|in\s+excess\s+of|(?:fall|falls|drop|drops)\s+below|(?:be|is|are|becomes?)\s+(?:less|lower)\s+than|below)"
_DENIED = re.compile(
    r"\b(?:no|not\s+(?:be\s+)?(?:required|obligated|obliged)|without\s+any|deleted?)\b[^.;]{0,60}$",
    re.IGNORECASE,
)
#: Measures that go by many names: "unrestricted cash" for liquidity.
_OTHERWISE_SAID = frozenset(
    "liquidity cash capital equity surplus asset assets earnings income leverage balance balances".split()
)
#: How likely such a sentence sets a minimum.
_SURE = 0.9


def minimum_asked(asked: Understanding) -> str:
    """What a question asks whether a document sets a minimum of, such as "tangible net worth"; empty for others."""
    match = _ASKED.match(asked.each.strip()) if asked.yes_no else None
    thing = " ".join(match["thing"].split()) if match else ""
    return thing if _FINANCIAL.search(thing) and not _MORE.search(thing) else ""


def from_minimums(asked: Understanding, passages: Passages) -> Candidate | None:
    """Yes with the first sentence that sets such a minimum by a figure; No where nothing of its kind stands anywhere.

    None where it stands without one, where other words may say it, or something else is asked.
    """
    thing = minimum_asked(asked)
    if not thing:
        return None
    name = r"[\s-]+".join(re.escape(word) for word in re.findall(r"[a-z]+", thing.lower()))
    sets = re.compile(
        rf"\bminimum\s+(?:\w+\s+){{0,3}}?{name}\b(?!\s+(?:means|shall\s+mean))[^.;]{{0,120}}?{_FIGURE}"
        rf"|\b{name}\b[^.;]{{0,120}}?\b{_BOUND}\s[^.;]{{0,40}}?{_FIGURE}",
        re.IGNORECASE,
    )
    for low, high in passages.sentences:
        match = sets.search(passages.text[low:high])
        if match and not _DENIED.search(passages.text[low : low + match.start()]):
            place = low + match.start(), low + match.end()
            return Candidate("rules", "Yes", (place,), passages.holding(place), score=_SURE)
    if _kind_of(thing) in _OTHERWISE_SAID or _stands(_kind_of(thing), passages.text):
        return None
    return Candidate("rules", "No", (), 0, score=1.0)


def lacks_minimum(asked: Understanding, sentence: str) -> bool:
    """Whether a minimum of something is asked for, and a sentence speaks of nothing of its kind."""
    thing = minimum_asked(asked)
    return bool(thing) and not _stands(_kind_of(thing), sentence)


def _kind_of(thing: str) -> str:
    """What a measure is in the end: "net worth" of a tangible net worth."""
    match = _FINANCIAL.search(thing)
    return match[0].lower() if match else ""


def _stands(kind: str, text: str) -> bool:
    name = r"[\s-]+".join(map(re.escape, kind.split()))
    return re.search(rf"\b{name}", text, re.IGNORECASE) is not None
