"""What type of value a question asks for, told by its cue words."""

from __future__ import annotations

import re
from collections.abc import Iterable

from consolidation.asking.kind_cues import CUES
from consolidation.asking.spelling import ROLES, is_plain
from consolidation.asking.typed import ValueType
from consolidation.asking.unwrapping import mended, spelled

#: The document or party that a question is tagged with: "Sykes - who bears the cost?"
_TAGGED = re.compile(
    r"^(?!(?:if|when|where|once|after|before|what|who|which|how|why)\b)[\w&.'/-]+(?:\s+[\w&.'/-]+){0,4}?\s*(?:\s[-–—]+\s|[:–—]\s*)(?=(?:who|what|when|where|which|how|why)\b(?:\s+\S+){3})"
)
#: A case is put, and what holds in it is asked.
_SUPPOSED = re.compile(
    r"\b(?:if|once|when|after|suppose|say|assuming|unless|where)\b.*\b(?:what|how)\b|\b(?:what|how)\b.*\b(?:if|once|when|after|unless|where)\b"
)
_CONDITION = re.compile(
    r"^(?:if|once|after|before|while|during|unless|suppose|supposing|say|assuming|given|where|when|apart|leaving|setting|in|on|at|under|"
    r"for|upon|until|with|without|as|because|since|should|notwithstanding)\b(?!\s+(?:what|which|whose|whom|who|when|how)\b)[^,;–—]{3,160}?(?:,|;|\s[-–—]\s)\s*"
)
_ASKS = re.compile(r"^(?:who|whom|whose|what|which|where|how)\b")
_TAIL = re.compile(
    r"(?<=[a-z])\s*,?\s+(?:if|once|unless|in\s+case|whenever|when|where|assuming|provided)\s+(?!(?:any|so|possible)\b).+$"
)


def asking_part(sentence: str) -> str:
    """A sentence in lower case without the conditions before and after what it asks."""
    text = _TAGGED.sub("", spelled(sentence).strip(), count=1)
    without = (
        _CONDITION.sub("", text, count=1)
        if not re.match(r"(?:when|where)\s+(?:is|are|was|do|does|did|must|will|can|has)\b", text)
        else text
    )
    cut = _TAIL.sub("", without)
    return cut if len(cut.split()) >= 3 else without


_WHO_IS = re.compile(
    r"^who(?:'s|\s+is|\s+was)\s+(?P<sir>(?:mr|mrs|ms|dr)\.?\s+)?(?P<name>[^\W\d_][\w'-]*\.?(?:\s+[^\W\d_][\w'-]*\.?){0,3})\s*\??$",
    re.I,
)


def _asks_what_somebody_is(text: str) -> bool:
    """Whether it is asked who somebody is who is named in full: "who is Brad Baker"."""
    match = _WHO_IS.match(text.strip())
    names = match["name"].rstrip(".").split() if match else []
    if match is None or len(names[-1]) == 1 or any(name.lower().endswith(("'s", "'")) for name in names):
        return False
    plain = [is_plain(name.lower()) or name.lower() in ROLES for name in names]
    capital = all(name[0].isupper() for name in names)
    return bool(match["sir"]) or (len(names) > 1 and (not any(plain) or (capital and not all(plain))))


def value_type(sentence: str, terms: Iterable[str] = ()) -> ValueType:
    """The type of value that a sentence asks for; `free` where no cue tells.

    `terms` are the matter's defined terms: one that is asked for alone is asked for its definition.
    """
    part = asking_part(sentence)
    if _asks_what_somebody_is(mended(sentence)):
        return "role"
    known = {term.lower() for term in terms}
    bare = re.sub(r"^(?:what|who)(?:'s|\s+is|\s+are)\s+(?:an?\s+|the\s+)?|[?.\"“”]+", "", part).strip()
    if bare != part.strip(" ?.") and bare in known:
        return "definition"
    # NB: what asks by itself is not told by the case that is put before it
    whole = () if _ASKS.search(part) else (spelled(sentence),)
    for text in dict.fromkeys((part, *whole)):
        for kind, pattern in CUES:
            if pattern.search(text):
                return kind
    if bare in known:
        return "definition"
    return "consequence" if _SUPPOSED.search(spelled(sentence)) else "free"
