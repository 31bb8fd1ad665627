"""Items of a list by the words that lead in to it: under "shall not prevent the Borrower from:" they are allowed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from consolidation.briefs.fields import Party
from consolidation.grammar.asked_words import asked_words
from consolidation.grammar.denying import stems
from consolidation.grammar.named_parties import mentioned_parties
from consolidation.grammar.plain_words import Said
from consolidation.passages.enumerations import series_around
from consolidation.passages.passages import Passages
from consolidation.text.windows import Range

#: How far before its first item the words that lead in to a list begin, in characters.
_REACH = 500
#: How far before a place the words may stand that lead in to its list.
_FAR = 6_000
_MARKER = re.compile(r"\s*\(?(?:[A-Za-z]|[ivx]{1,4}|\d{1,2})[.)]\s*$|\s*[\u2022\u25cf\u25aa\xb7*-]\s*$")
_LEAVE_ASKED = re.compile(r"^(?:may|can|could|is|are|does|do)\b", re.IGNORECASE)
_DUTY_ASKED = re.compile(r"^(?:must|shall|does|do|is|are|has|have)\b", re.IGNORECASE)
_TURNED = re.compile(
    r"\b(?:not|never|no|without|unless|except|only|always|every|prohibited|forbidden|barred|restricted|more|less|least|most)\b|n['\u2019]t\b",
    re.IGNORECASE,
)
#: What leads in to items that are allowed, that are allowed outright, that are denied, and that must be done.
_FREE = re.compile(
    r"\b(?:not|nothing|none)\b[^:;.]{0,80}?\b(?:prevent|prohibit|restrict|preclude|bar|forbid|apply\s+to|be\s+violated\s+by)\b[^:;.]{0,80}:$"
    r"|\b(?:permitted|allowed)\s+to\s+do\s+(?:any|each|all)\s+of\s+the\s+following[^:;.]{0,40}:$",
    re.IGNORECASE,
)
_MAY = re.compile(
    r"\b(?:may|(?:is|are|shall\s+be)\s+(?:permitted|entitled|free)\s+to|(?:has|have|shall\s+have)\s+the\s+right\s+to)\b(?P<rest>[^:;.]{0,120}):$",
    re.IGNORECASE,
)
_NOT = re.compile(
    r"\b(?:(?:shall|will|may|must|agrees?)\s+not|agrees?\s+not\s+to)\b(?P<rest>[^:;.]{0,120}):$",
    re.IGNORECASE,
)
_MUST = re.compile(
    r"\b(?:shall|will|must|agrees?\s+(?:to|that\s+it\s+(?:shall|will)))\b(?P<rest>[^:;.]{0,120}):$",
    re.IGNORECASE,
)
#: Of these a lead says more than that.
_LIMITED = re.compile(
    r"\b(?:not|never|no|unless|without|except\w*|only|if|provided|other\s+than|prevent|prohibit|restrict|preclude|neither|nor|default)\b",
    re.IGNORECASE,
)
#: Events upon which a debt falls due, or which are defaults, and questions whether something is one.
_FALLS_DUE = re.compile(
    r"\b(?:any|each|either|one)\b(?:\s+(?:or\s+more\s+)?of)?\s+the\s+following[^:;.]{0,80}\b(?:events?|occurs?|happens?|conditions?|circumstances)?\b[^:;.]{0,200}?"
    r"\b(?:defaults?|due|accelerat\w*|payable|terminat\w*)\b[^:.]{0,160}:$",
    re.IGNORECASE,
)
_ASKS_DUE = re.compile(
    r"\b(?:event\s+of\s+default|default|accelerat\w*|(?:become|fall|come)s?\s+due|call\s+(?:in\s+)?(?:the|its|their)\s+(?:loans?|notes?|debts?))\b",
    re.IGNORECASE,
)
_OF_DUE = stems(
    "an event of default events accelerate acceleration let lets allow allows trigger triggers cause causes constitute constitutes make makes "
    "become becomes due fall falls come comes call in loan loans note notes debt debts payable immediately immediate under count counts if when enter entered occur occurs "
    "bank lender right happen happens be"
)
_CASE = re.compile(r"\b(?:if|when|where|unless|while|once)\b", re.IGNORECASE)
_MOST = 20


def with_lead(question: str, passages: Passages, place: Range, sentence: Range) -> str:
    """The words that lead in to the list of which a place is an item, with its sentence; empty where it is none.

    Empty too where these cannot have all that is asked.
    """
    near = passages.text[max(0, place[0] - _FAR) : sentence[1]]
    if ":" not in near or not set(asked_words(question, passages.brief.parties)) <= stems(near):
        return ""
    lead = _lead(passages, series_around(passages, place))
    return f"{lead} {passages.text[slice(*sentence)]}" if lead else ""


def said_by_item(question: str, passages: Passages, place: Range) -> Said:
    """What the item of a list that a place stands in says by the words that lead in to the list; empty where nothing."""
    wanted, parties = _wanted(question, passages), passages.brief.parties
    near = passages.text[max(0, place[0] - _REACH) : place[1] + _REACH]
    if not wanted or _TURNED.search(question) or not wanted <= stems(near):
        return ""
    items = series_around(passages, place)
    item = next((one for one in items if one[0] < place[1] and place[0] < one[1]), None)
    lead = _lead(passages, items)
    if item is None or not lead or not wanted <= (words := stems(passages.text[slice(*item)])):
        return ""
    if _FALLS_DUE.search(lead) and _ASKS_DUE.search(question):
        return "Yes"
    if (
        not set(asked_words(question, parties)) <= words
        or _CASE.search(question)
        or _is_anothers(question, lead, parties)
    ):
        return ""
    return _said_by(question, lead)


def by_item(question: str, passages: Passages) -> tuple[Said, Range] | None:
    """The first item of a list that answers a question by the words that lead in to it, with what it says."""
    wanted = _wanted(question, passages)
    if not wanted or _TURNED.search(question):
        return None
    longest = re.compile(rf"\b{re.escape(max(wanted, key=len))}", re.IGNORECASE)
    for match in islice(longest.finditer(passages.text), _MOST):
        if said := said_by_item(question, passages, match.span()):
            items = series_around(passages, match.span())
            return said, next(one for one in items if one[0] <= match.start() < one[1])
    return None


def _wanted(question: str, passages: Passages) -> set[str]:
    """Stems that an item must have; of a question whether a debt falls due by it, without the words for that."""
    wanted = set(asked_words(question, passages.brief.parties))
    return wanted - _OF_DUE if _ASKS_DUE.search(question) else wanted


def _lead(passages: Passages, items: Sequence[Range]) -> str:
    """The words that lead in to a list, up to their colon; empty where they end with none."""
    if not items:
        return ""
    before = passages.text[max(0, items[0][0] - _REACH) : items[0][0]]
    said = " ".join(_MARKER.sub("", before).split())
    return re.split(r"(?<=[a-z)\d])\.\s+(?=[A-Z])", said)[-1] if said.endswith(":") else ""


def _said_by(question: str, lead: str) -> Said:
    if _FREE.search(lead):
        return "Yes" if _LEAVE_ASKED.match(question) else ""
    forms: tuple[tuple[re.Pattern[str], re.Pattern[str], Said], ...] = (
        (_NOT, _LEAVE_ASKED, "No"),
        (_MAY, _LEAVE_ASKED, "Yes"),
        (_MUST, _DUTY_ASKED, "Yes"),
    )
    for pattern, asks, said in forms:
        match = pattern.search(lead)
        if match and asks.match(question) and not _LIMITED.search(match["rest"]):
            return said
    return ""


def _is_anothers(question: str, lead: str, parties: Sequence[Party]) -> bool:
    asked, led = ({one.party for one in mentioned_parties(words, parties)} for words in (question, lead))
    return bool(asked and led) and not asked & led
