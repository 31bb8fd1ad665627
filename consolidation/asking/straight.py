"""Whether a question denies as often as a model tells, and what it asks for of two opposites."""

from __future__ import annotations

import re

from consolidation.asking.intents import Intent
from consolidation.asking.subjects import SUBJECTS, Subject

_N_T = r"n['’]t\b"
#: What denies something.
_DENIES = re.compile(
    rf"\b(?:no|not|never|none|nobody|nothing|nowhere|neither|nor|without|w/o|lack\w*|missing|absent|silent|cannot|cant|dont|doesnt|isnt|arent|havent|"
    rf"hasnt|wont|zero|unsigned)\b|\w{_N_T}",
    re.IGNORECASE,
)
#: What says of documents that they lack a thing, whatever the thing forbids.
_LACKS = re.compile(
    rf"\b(?:lack\w*|missing|absent|absence|silent|omit\w*|forg[eo]t\w*|leav\w+\s+out|free\s+of|empty|blank|gaps?)\b"
    rf"|(?:\bnot|\bnever|\w{_N_T}|\b(?:do|does|did|have|has|is|are)nt)\s+(?:\w+\s+)?(?:have|contain|include|provide|say|mention|carry|come|require|got|impose|give|cover)\b"
    r"|\b(?:no|without|w/o|nothing)\s+(?:an?\s+|any\s+)?(?:such\s+)?(?:[\w-]+\s+){0,3}(?:clause|provision|language|wording|section|covenant)s?\b",
    re.IGNORECASE,
)
#: Subjects that are denials themselves: their own words deny.
_OF_DENIALS = frozenset(
    "uncapped_liability unlimited_licence non_compete exclusivity no_solicit_customers no_solicit_employees "
    "non_disparagement no_challenge confidentiality warranty_disclaimer non_transferable_licence assignment "
    "termination_convenience jury_waiver consequential amendment_in_writing publicity third_party_beneficiary no_waiver "
    "reverse_engineering independent_contractors debt_limits dividends release liens suspension claims_period".split()
)
_UNDOING = (
    r"refus\w*|reject\w*|declin\w*|den(?:y|ies|ied)|exclud\w*|disclaim\w*|waiv\w*|gave\s+up|bann?(?:s|ed|ing)?|bars?|block\w*|prevent\w*|prohibit\w*|"
    r"forbid\w*|rul\w+\s+out|opt\w*\s+out|escap\w*|avoid\w*|exempt\w*|delet\w*|struck|remov\w*|fail\w*|unable"
)
#: What undoes or refuses, among the words that name a thing.
_UNDOES = re.compile(rf"\b(?:{_UNDOING})\b", re.IGNORECASE)
#: What undoes, refuses or ends a thing.
_REFUSES = re.compile(
    rf"\b(?:{_UNDOING}|give\s+up|barred|excus\w*|rid|stop\w*|ended|expired|lapsed|pending|yet\s+to|unrestricted|uninsured|uncapped|unpaid|unlimited|"
    r"worthless|invalid|manual\w*|\w+-free|non-?\w+(?:able|ing|ive))\b",
    re.IGNORECASE,
)
#: Who ends without a cause, or what goes on where nobody speaks up, denies nothing.
_NO_CAUSE = re.compile(
    r"\b(?:without|for\s+no|no)\s+(?:(?:any|giving|a|good)\s+)*(?:cause|reason)s?(?:\s+(?:needed|given|required|at\s+all))*\b"
    r"|,?\s*\b(?:without|when|if|although|even\s+(?:if|though|when))\s+(?:the\s+other\s+(?:one|side|party)|anybody|anyone|nobody|no\s+one|nothing|they|somebody)\s+"
    r"(?:having\s+|has\s+|have\s+)?(?:done|did|does|do|gone|goes|went|is|was|been)\s+(?:anything\s+|nothing\s+)?(?:wrong|at\s+fault|in\s+breach)\b"
    r"|\b(?:if|when)\s+(?:nobody|no\s+one|nothing|you|we|they)\s+(?:says?|do(?:es)?|objects?|speaks?|happens?|don['’]?t\s+\w+)(?:\s+(?:anything|nothing|up))?\b",
    re.IGNORECASE,
)
#: What somebody is not let do.
_NOT_LET = re.compile(
    r"\b(?:not\s+(?:allowed|permitted|free|able)|may\s+not|must\s+not|can(?:no|['’])t|barred|banned)\b",
    re.IGNORECASE,
)
#: What holds prices where they are, or lowers them.
_HOLDS = re.compile(
    r"\b(?:cap|caps|capped|ceiling|lock\w*|frozen|freeze|fixed|stay\w*|stable|flat|put|protect\w*|safe|steady|unchanged|reduc\w*|lower\w*|decreas\w*|"
    r"cut|cuts|limit\w*|max\w*|at\s+most)\b",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"^(?:(?:hi|hey|hello|please|pls|ok|so)\b[,\s]*)*(?:can|could|would|will)\s+(?:you|someone|somebody|anyone|we)\s+(?:please\s+)?"
    r"(?:find|see|tell|pull|show|list|check|say|give|get|confirm|look|flag|identify|run|do|have)\b",
    re.IGNORECASE,
)
_UNASKED = re.compile(
    r"\bwithout\s+(?:(?:our|their|any|the|his|her|its|your|asking|getting|needing|prior|written|first|for)\s+)*"
    r"(?:consent|permission|approval|asking|ok|okay|sign-?off)\b",
    re.IGNORECASE,
)
_CONSENT = re.compile(
    r"\b(?:consent\w*|approv\w*|ok|okay|permission\w*|object\w*|stop\w*|say|withh\w+|waiv\w*|refus\w*|sign-?off|requires?\s+nothing)\b",
    re.IGNORECASE,
)
_HINDERS = re.compile(
    rf"\b(?:no|not|never|nobody|none|cannot|cant|forbid\w*|prohibit\w*|restrict\w*|need\w*|requir\w*|must|only|block\w*|veto\w*|refus\w*|stop\w*|"
    rf"prevent\w*|limit\w*|bann?\w*|consent\w*|approv\w*|permission\w*|object\w*|once|ok|sign-?off)\b|\w{_N_T}",
    re.IGNORECASE,
)
_LETS = re.compile(
    r"\b(?:can|could|may|might|able|free|freely|allow\w*|lets?|okay|permit\w*|transferable|assignable|possible|right\s+to)\b",
    re.IGNORECASE,
)
_FORBIDS = re.compile(
    r"\b(?:forbid\w*|forbade|prohibit\w*|bann?(?:s|ed|ing)?|barred|prevent\w*|disallow\w*|rules?\s+out|ruled\s+out|not\s+(?:allowed|permitted))\b",
    re.IGNORECASE,
)
_TURNS_BACK = re.compile(
    rf"\b(?:no|not|never|nothing|nobody|none|without|refus\w*|stop\w*|block\w*|veto\w*|cannot|cant)\b(?!\s+(?:allowed|permitted)\b)|\w{_N_T}",
    re.IGNORECASE,
)
_NEEDS = re.compile(
    r"\b(?:need\w*|requir\w*|only|consent\w*|approv\w*|permission\w*|limit\w*|restrict\w*|object\w*)\b",
    re.IGNORECASE,
)
#: Rights that are given up, which then is what documents say.
_GIVEN_UP = frozenset(("jury_waiver", "no_challenge", "release", "consequential"))
_GIVES_UP = re.compile(
    r"\b(?:g[ia]v(?:e|es|en|ing)\s+up|waiv(?:e|es|ed|ing)|sign(?:s|ed)?\s+away|forgo\w*)\b", re.IGNORECASE
)
#: Subjects that forbid: who may, asks for the opposite.
_FORBIDDING = (
    _OF_DENIALS
    - {
        "uncapped_liability",
        "unlimited_licence",
        "termination_convenience",
        "third_party_beneficiary",
        "assignment",
        "publicity",
        "no_waiver",
        "independent_contractors",
        "release",
        "liens",
        "suspension",
        "claims_period",
    }
) | {"export_control", "anti_corruption"}


def is_straight(intent: Intent, value: str) -> bool:
    """Whether a question denies as often as its intent says."""
    question = _NO_CAUSE.sub("", without(intent.question, intent.asked))
    thing, of_denial = _NO_CAUSE.sub("", intent.thing), intent.subject in _OF_DENIALS
    other = turned(SUBJECTS[intent.subject], question)
    if other is None or (intent.lacking and other):
        return False
    if other:
        return True
    around = without(question, thing)
    if intent.subject in _GIVEN_UP:
        around = _GIVES_UP.sub(" ", around)
    if intent.subject in _FORBIDDING and not (_DENIES.search(thing) or _UNDOES.search(thing)):
        around = _FORBIDS.sub(" ", around, count=1)
    if not intent.lacking:
        lets = (
            intent.subject in _FORBIDDING
            and _LETS.search(_LEAD.sub("", around))
            and not _HINDERS.search(question)
        )
        inside = not of_denial and (_DENIES.search(thing) or _UNDOES.search(thing))
        return not (lets or inside or _DENIES.search(around) or _REFUSES.search(around))
    if re.match(r"(?:no|not|outside|other)\b", value) or _REFUSES.search(around):
        return False
    lacks = bool(_LACKS.search(question))
    return lacks or (not of_denial and len(_DENIES.findall(question)) == 1)


def lacks(intent: Intent) -> bool | None:
    """Whether a question denies what it names in so many words: "have no ..."; None where its intent tells as well.

    Who ends without a cause denies nothing.
    """
    if intent.lacking:
        asked = _NO_CAUSE.sub("", without(intent.question, intent.asked))
        return None if any(one.search(asked) for one in (_DENIES, _LACKS, _REFUSES)) else False
    if not intent.thing or intent.subject in _OF_DENIALS:
        return None
    of_it = rf"\b(?:have|has|contain|contains|include|includes|with|are)\s+(?:no|nothing\s+on)\s+(?:an?\s+)?{re.escape(intent.thing)}"
    return True if re.search(of_it, intent.question, re.IGNORECASE) else None


def forbids(intent: Intent) -> bool:
    """Whether what an intent takes for lacking is what its subject forbids: "who is not allowed to compete"."""
    around = _NO_CAUSE.sub("", without(intent.question, intent.thing))
    inside = intent.subject in _FORBIDDING and _NOT_LET.search(intent.thing)
    return bool(inside) and not _DENIES.search(around) and not _REFUSES.search(around)


def turned(subject: Subject, question: str) -> str | None:
    """What is allowed, or forbidden, where a question asks for that and not for what the subject says.

    Empty where it asks for what the subject says; None where it cannot be told.
    """
    words = _LEAD.sub("", question)
    if subject is SUBJECTS["price_increase"] and _HOLDS.search(words):
        return None
    if subject.allows:
        asked = _UNASKED.sub("", words)
        if re.search(r"\b(?:non-?|un)\w+able\b", words) or (_DENIES.search(asked) and _CONSENT.search(asked)):
            return None
        return subject.allows if _LETS.search(asked) and not _HINDERS.search(asked) else ""
    if not subject.forbids:
        return ""
    found = _FORBIDS.search(words)
    rest = f"{words[: found.start()]} {words[found.end() :]}" if found else words
    if _TURNS_BACK.search(rest) or _NEEDS.search(rest):
        return None
    return subject.forbids if found else ""


def without(question: str, *told: str) -> str:
    """A question without some of its words."""
    for words in told:
        question = question.replace(words, " ") if words else question
    return question
