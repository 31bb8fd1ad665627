"""Questions about signatures: who signed for whom, when somebody did, whether, and who holds an office of a party."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from consolidation.asking.understand import Understanding
from consolidation.text.offices import OFFICE

_SIGNED = re.compile(
    r"\b(?:sign(?:ed|s|ing|ator(?:y|ies)|ers?)?(?!\s+(?:up|over|in|out|on\s+(?:new|more|a))\b)|singed|signatures?|execut(?:ed?|ing)|put\s+(?:his|her|their|its)?\s*(?:names?|signature)|"
    r"puts?\s+pen\s+to\s+paper|names?\s+to)\b",
    re.IGNORECASE,
)
#: Signing that is to come, or that is a duty or a right: no signature under this agreement.
_TO_COME = re.compile(
    r"\b(?:must|may|can|should|shall|needs?\s+to|ha(?:s|ve)\s+to|authori[sz]ed|required|allowed|entitled|will|would|supposed|with\s+wh(?:om|o))\b",
    re.IGNORECASE,
)
_PERSON = re.compile(
    r"\b(?:who|whom|whose|which|signator(?:y|ies)|signers?|name\s+of|signed\s+(?:by|for))\b", re.IGNORECASE
)
_OFFICE = re.compile(
    rf"\bwho(?:'s|\s+is|\s+was|\s+serves\s+as)\s+(?:(?P<his>[^?]{{2,60}}?)['\u2019]s?\s+|the\s+)?(?P<office>{OFFICE})"
    r"(?:\s+(?:of|at|for)\s+(?P<whom>[^?]{2,80}))?\s*\??$",
    re.IGNORECASE,
)
_FORM = (
    r"(?:inc|llc|ltd|limited|corp|l\.?\s?l\.?\s?c|l\.?\s?p|llp|n\.?\s?a|s\.?\s?a|national\s+association"
    r"|plc|gmbh|co)\b"
)
#: What goes on after the name of a party: another question, or where it was signed.
_ENDS = (
    rf"(?=\s*(?:\?|$|;|,(?!\s*{_FORM})|\band\s+(?:in|on|as|for|who|whats?|when|which|how|his|her|their|its)\b"
    r"|\bin\s+(?:what|which|the)\b"
    r"|\bas\s+(?:what|its|the)\b|\bon\s+(?:the|this|its)\s+(?!behalf)|\bunder\b|\bto\s+(?:this|the)\b|\bwith\b))"
)
_WHOM = (
    re.compile(rf"\b(?:on\s+)?behalf\s+of\s+(?P<whom>[^?;]{{2,80}}?){_ENDS}", re.IGNORECASE),
    re.compile(rf"\b(?:for|by|at|from)\s+(?P<whom>[^?;]{{2,80}}?){_ENDS}", re.IGNORECASE),
    re.compile(rf"\bof\s+(?P<whom>(?-i:[A-Z])[^?;]{{2,80}}?){_ENDS}", re.IGNORECASE),
    re.compile(
        r"(?:^|\b(?:is|was|are|on|from|whose|who's|whos)\s+)(?!who\b)(?P<whom>[^?;]{2,60}?)['\u2019]s?\s+(?:side|part|behalf|signator(?:y|ies)|signers?|signatures?)\b",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:the|is|was)\s+(?P<whom>(?-i:[A-Z])[^?;]{1,60}?)\s+(?:signator(?:y|ies)|signers?)\b",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:which|what)\s+(?P<whom>[^?;]{2,60}?)\s+(?:executive|officer|person|director|representative|official|signator(?:y|ies))s?\s+(?:has\s+)?signed\b",
        re.IGNORECASE,
    ),
)
#: A name behind words of what it is: "the carpet subsidiary Fabrica".
_NAME_LAST = re.compile(r"(?<=[a-z]\s)[A-Z][\w&.'\u2019-]*(?:\s+[A-Z][\w&.'\u2019-]*)*$")
_DID = re.compile(
    r"\b(?:did|has|have|had|was|is|were)\s+(?P<whom>[^?;]{2,80}?)\s+(?:ever\s+|actually\s+|already\s+)?(?:sign(?:ed)?|execut(?:ed?)|put)\b",
    re.IGNORECASE,
)
_DATE_OF = re.compile(
    r"\b(?:date\s+of\s+)?(?P<whom>[^?;]{2,60}?)['\u2019]s?\s+(?:signature|signing)(?:\s+date)?\b|\bdate\s+(?:on\s+which\s+|that\s+)?(?P<whom2>[^?;]{2,60}?)\s+signed\b",
    re.IGNORECASE,
)
_PAPER = r"(?:agreement|contract|deal|document|amendment|lease|licen[cs]e|nda)"
#: Whether the agreement is signed, and by whom; not whether something else must be, or was, signed.
_IS_SIGNED = re.compile(
    r"^(?:(?:and|so|but)\s+)?(?:(?:is|was|are|were)\s+(?:it|this|that|they|(?:the|this|that|our)\s+(?:[\w'\u2019&.-]+\s+){0,6}?"
    rf"{_PAPER})\s+(?:\w+ly\s+|ever\s+)?(?:signed|executed)\b|(?:did|has|have|had)\s+.+?\s(?:sign(?:ed)?|execute[d]?)"
    rf"(?:\s*\??$|\s+(?:it|this|that|for|on\s+behalf|(?:the|our)\s+(?:[\w'\u2019&.-]+\s+){{0,6}}?{_PAPER})\b))",
    re.IGNORECASE,
)
_OTHER_PAPER = re.compile(
    r"\b(?:guarant(?:ee|y)|release|note|certificate|consent|resolution|opinion|order|check|invoice|acknowledge?ment|affidavit"
    r"|assignment|exhibit|schedule|waiver|side\s+letter|letter\s+of\s+credit)s?\b",
    re.IGNORECASE,
)
#: The agreement itself, or all who signed it.
_NOBODY = re.compile(
    r"(?:(?:the|this|that|our|each|every|both|all|either|any)\s+)*(?:(?:of\s+)?(?:the\s+)?(?:[\w'\u2019&.-]+\s+){0,6}?"
    r"(?:agreement|contract|deal|document|amendment|lease|licen[cs]e|nda|parties)|it|this|they|we|party|sides?|everyone"
    r"|everybody|anyone|anybody|someone|somebody|whom|who|you)s?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class SignersAsked:
    """What is asked of signatures; `whom` are the phrases that may say for whom, the likeliest first; all without."""

    what: Literal["who", "when", "whether", "office"]
    whom: tuple[str, ...] = ()
    office: str = ""


def signers_asked(asked: Understanding) -> SignersAsked | None:
    """What a question asks of who signed an agreement, or of an office of a party; None where it asks neither."""
    text = asked.each.strip()
    if match := None if asked.yes_no else _OFFICE.search(text):
        whom = match["whom"] or match["his"] or ""
        return SignersAsked("office", (whom.strip(),), match["office"].lower()) if whom else None
    if not _SIGNED.search(text) or _TO_COME.search(text):
        return None
    if asked.yes_no:
        return (
            SignersAsked("whether", _phrases(text, (*_WHOM[:2], _DID))) if _IS_SIGNED.search(text) else None
        )
    if asked.value == "date":
        whom = _phrases(text, (_DID, _DATE_OF, *_WHOM[:2]))
        return SignersAsked("when", whom) if whom else None
    if asked.value in ("person", "party", "role", "list") and _PERSON.search(text):
        return SignersAsked("who", _phrases(text, _WHOM))
    return None


def other_paper(asked: Understanding, title: str) -> bool:
    """Whether a question speaks of another paper than the document of that title: "who signed the guaranty"."""
    named = _OTHER_PAPER.search(asked.each)
    return named is not None and named[0].lower().rstrip("s") not in title.lower()


def _phrases(text: str, patterns: tuple[re.Pattern[str], ...]) -> tuple[str, ...]:
    found = [
        (match["whom"] or match["whom2"] if "whom2" in pattern.groupindex else match["whom"]).strip(" ,.")
        for pattern in patterns
        for match in pattern.finditer(text)
    ]
    found = [re.sub(r"\s+and$", "", one) for one in found]
    found += [name[0] for one in found if (name := _NAME_LAST.search(one))]
    return tuple(dict.fromkeys(one for one in found if one and not _NOBODY.fullmatch(one)))
