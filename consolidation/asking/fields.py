"""Which fact of a brief a question asks for, if it asks for one."""

from __future__ import annotations

import re
from typing import Literal

from consolidation.asking.kinds import asking_part
from consolidation.asking.understand import Understanding

#: Facts that a brief holds and that questions ask for, by their names in it.
AskedField = Literal[
    "title", "party", "role", "agreement_date", "effective_date", "expiry", "renewal_term", "notice_period",
    "governing_law", "forum", "term", "",
]  # fmt: skip

_END = re.compile(
    r"\b(?:exp(?:ir\w*|\.?\s+date)|ends?|ended|over|until|runs?(?:\s+out)?|running\s+out|(?:come|go(?:es)?)\s+to\s+an\s+end|laps\w*"
    r"|finish\w*|up|ceas\w*|term\s+conclud\w*|stop\w*|falls?\s+away|last\s+(?:day|date)|through\s+(?:what|which)"
    r"|no\s+longer|terminates|last\s*\??$)(?!\w)"
    # what ends by itself, and not what somebody ends
    r"|\bterminate(?=\s*(?:[?,]|$|(?:by\s+its\s+(?:own\s+)?terms|under|automatically|on\s+its\s+own|unless|if\s+(?:not|nothing))\b))",
    re.I,
)
#: What ends at a date of its own, whenever the agreement does.
_APART = re.compile(
    r"\b(?:barred|kept|keep|refrain|obligations?|rights?|notice|letter|sell|insur\w+|secre\w+|confiden\w+|compet\w+)\b",
    re.I,
)
#: What may happen before an agreement ends as it was made to, and then ends it at another day.
_BEFORE_ITS_END = re.compile(
    r"^(?!.*\b(?:aside|barring|unless|absent|without|no|not)\b).*\b(?:dies|dead|death|disab\w+|breach\w*|defaults?|insolven\w+"
    r"|bankrupt\w*|fired|dismiss\w+|quits?|resign\w*|merge[sd]?|merger)\b",
    re.I | re.S,
)
_START = re.compile(
    r"\b(?:effective|take\s+effect|in(?:to)?\s+(?:force|effect)|start\w*|commenc\w*|beg[aiu]n\w*|kick\w*\s+in|operative"
    r"|go(?:es)?\s+live|valid|appl(?:y|ies)|b[io]u?nd\w*)\b",
    re.I,
)
#: Words before a date from which something holds, whatever else is said of it: "begin to run".
_FROM = re.compile(
    r"^(?:from|since|as\s+of)\s+(?:when|what|which)\b|\b(?:beg[aiu]n\w*|start\w*|commenc\w*)\s+to\b", re.I
)
_SIGNED = re.compile(
    r"\b(?:sign\w*|dated?|made|executed?|entered|enter\s+into|concluded|agreed|struck|ink(?:ed)?|date\s+is\s+on|bears?)\b",
    re.I,
)
#: The day that is asked for is no word for the day of signing, unless it is that of the agreement itself.
_WHAT_DAY = re.compile(r"\b(?:what|which)\s+(?:date|day)\b(?!\s+is\s+on\b)", re.I)
_WHOLE = re.compile(
    r"\b(?:agreement|contract|deal|document|it|this|lease|licen[cs]e|term|signing|effective|expir\w*|alliance|venture"
    r"|arrangement|(?:initial|first|contract)\s+period|job|employment|engagement|appointment)\b"
    r"|\b(?:amendment|addendum|changes|(?:new|changed|amended)\s+terms)\b"
    r"|\b(?:is|was|are|were)\s+(?:the\s+)?[\w-]+\s+(?:hired|employed|engaged|appointed|retained)\b"
    r"|^(?:(?:what(?:'s|\s+is)\s+)?the\s+)?(?:start|end|exp\.?|expiry|signing|signature|commencement)\s+dates?\s*\??$",
    re.I,
)
#: A time that is counted from or before something is not how long the agreement runs.
_OTHER_TIME = re.compile(
    r"\b(?:notice|notify|cure|remedy|before|after|ha(?:s|ve)\s+to|must|pay|respond)\b", re.I
)
#: What lasts for a time of its own, however long the agreement runs.
_OF_ITS_OWN = re.compile(
    r"\b(?:non-?\s?(?:compet|solicit|disclos)\w*|compet\w+|confiden\w+|secre\w+|warrant\w*|insur\w+|exclusiv\w+|lock-?\s?up"
    r"|standstill|surviv\w+|restrict\w+|covenants?|obligations?|options?|salary|severance|guarant\w+|escrow)\b",
    re.I,
)
_RENEWAL = re.compile(r"\b(?:renew\w*|extension|extend\w*|roll\w*\s+over)\b", re.I)
_NOTICE = re.compile(
    r"\b(?:notice|ahead|advance|notify|opt\s+out|stop\w*|prevent\w*|non-?renew\w*|speak\s+up|say\s+(?:no|so|something)"
    r"|(?:do(?:n['’]t|es\s*n['’]t|\s+not|es\s+not)|didn['’]t)\s+want|by\s+when)\b",
    re.I,
)
_TERM = re.compile(
    r"^term\s*\??$|\b(?:initial\s+term|term\s+of|how\s+long|length|last|duration|contract\s+(?:term|period)|the\s+term"
    r"|for\s+(?:what|which)\s+(?:period|time)|how\s+many\s+(?:years|months)\s+(?:does|will)\s+(?:the|this|it)\b.{0,20}\b(?:run|last|cover))\b",
    re.I,
)
#: How a company came to be, which is under a law of its own; a part of patterns.
FORMED = r"(?:incorporated|organi[sz]ed|formed|registered|established|chartered|constituted)"
_OF_COMPANY = re.compile(rf"\b(?:is|was|are|were)\b.*\b{FORMED}\b|\b(?:incorporation|formation)\b", re.I)
_FORUM = re.compile(
    r"\b(?:court\w*|forum|venue|sue|litigat\w*|lawsuit\w*|arbitrat\w*|disputes?|(?:legal\s+)?proceedings|suits?"
    r"|(?:claims?|actions?)\s+(?:\w+\s+){0,5}?(?:brought|filed|heard))\b",
    re.I,
)
_ROLE = re.compile(
    r"^(?:who(?:'s|\s+is|\s+are|\s+acts\s+as)|which\s+(?:company|party|entity)\s+(?:is|acts\s+as)|name\s+of)\s+"
    r"(?:the\s+)?(?P<role>[a-z][a-z -]{2,30}?)"
    r"(?:\s+(?:here|in\s+this.*|under.*|(?:of|in|to|for)\s+(?:the|this|our)\s+(?:[\w'’&.-]+\s+){0,5}?"
    r"(?:agreement|contract|lease|nda|licen[cs]e|deal|amendment|letter)))?\s*\??$",
    re.I,
)
#: Another agreement than the document itself: one before it, which it amends or replaces.
_EARLIER = re.compile(
    r"\b(?:agreement|contract|lease|deal)\s+(?:that\s+|which\s+)?(?:(?!is\b|was\b)[\w'\u2019&.-]+\s+){0,5}?"
    r"(?:amends|replaces|supersedes|modifies|supplements)\b"
    r"|\b(?:original|prior|previous|earlier|former|preceding|underlying|superseded)\s+(?:[\w-]+\s+){0,3}?"
    r"(?:agreement|contract|lease|nda|licen[cs]e|deal|note)\b",
    re.I,
)
_PARTIES = re.compile(
    r"\b(?:parties|contracting|between\s+(?:whom|who)|both\s+sides|each\s+side|two\s+sides|(?:companies|entities)\s+(?:entered|involved))\b"
    r"|\bwho(?:'s|\s+is|\s+are)\s+(?:a\s+)?part(?:y|ies)\s+to\b|\bwith\s+whom\b.{0,30}\b(?:concluded|made|entered|signed)\b"
    r"|\bwho\b.{0,30}\b(?:between|entered|agreement\s+with)\b",
    re.I,
)
_ALL_PARTIES = re.compile(
    r"\bparties\b|\b(?:both|two|each)\s+sides?\b|\bbetween\s+(?:whom|who|which)\b|\bwho(?:m)?\b.{0,30}\bbetween\b",
    re.I,
)


#: Such parties alone as are somewhere, or are something: the list of all of them is no answer.
_SOME_PARTIES = re.compile(
    r"\bpart(?:y|ies)\b[^?]*\b(?:based|located|incorporated|organi[sz]ed|headquartered|domiciled|resident)\b|\bpart(?:y|ies)\s+(?:that\s+|who\s+|which\s+)?(?:(?:is|are)\s+)?"
    r"(?:not\s+)?(?:in|outside|from)\s+(?-i:[A-Z])|\b(?:foreign|overseas|non-?u\.?s\.?|american|european)\s+(?:counter)?part(?:y|ies)\b",
    re.IGNORECASE,
)


def asked_field(asked: Understanding) -> AskedField:
    """The fact of a brief that one document is asked for; empty where it is another matter."""
    text, value = asked.each, asked.value
    if asked.yes_no or asks_of_earlier(asked):
        return ""
    if value == "law":
        return "" if _OF_COMPANY.search(text) else "governing_law"
    if value == "title":
        return "title"
    part = asking_part(text) if value == "date" else text
    if value in ("duration", "date") and _RENEWAL.search(part):
        return "notice_period" if _NOTICE.search(part) else "renewal_term"
    if value == "date" and len(part.split()) <= 12 and _WHOLE.search(part):
        dated = _dated(part)
        return "" if dated == "expiry" and _BEFORE_ITS_END.match(text.replace(part, "")) else dated
    if value == "duration" and _TERM.search(text) and _WHOLE.search(text) and len(text.split()) <= 10:
        return "" if _OTHER_TIME.search(text) or _OF_ITS_OWN.search(text) else "term"
    if value in ("party", "list", "person") and _PARTIES.search(text) and len(text.split()) <= 14:
        return "" if _SOME_PARTIES.search(text) else "party"
    if value in ("role", "party", "person") and _ROLE.match(text):
        return "role"
    return "forum" if value == "place" and _FORUM.search(text) else ""


def asks_of_earlier(asked: Understanding) -> bool:
    """Whether another agreement than the document is asked about: the one that it amends or replaces."""
    return _EARLIER.search(asked.each) is not None


def asks_all_parties(asked: Understanding) -> bool:
    """Whether all parties are asked for, and not one of them."""
    return asked_field(asked) == "party" and bool(_ALL_PARTIES.search(asked.each))


def asked_role(asked: Understanding) -> str:
    """The role whose party is asked for, in lower case; empty where none is."""
    match = _ROLE.match(asked.each)
    return match["role"].strip().lower() if match else ""


def _dated(text: str) -> AskedField:
    if _FROM.search(text) and not re.search(r"\bsign", text, re.I):
        return "effective_date"
    if _END.search(text):
        return "" if _APART.search(text) else "expiry"
    if _START.search(text):
        return "effective_date"
    return "agreement_date" if _SIGNED.search(_WHAT_DAY.sub("", text)) else ""
