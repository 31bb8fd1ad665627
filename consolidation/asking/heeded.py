"""What the words of a question themselves say of an intent that a model tells: denied or not, with what value.

An intent whose words say more than can be put in the words of its subject is none.
"""

from __future__ import annotations

import re
from dataclasses import replace

from consolidation.asking.document_words import DOC, DOCS
from consolidation.asking.intents import Intent
from consolidation.asking.subjects import SUBJECTS, Subject

_N_T = r"n['’]?t\b"
#: What denies something.
_DENIES = re.compile(
    rf"\b(?:no|not|never|none|nobody|nothing|nowhere|neither|nor|without|w/o|lack\w*|missing|absent|silent|cannot|cant|dont|doesnt|isnt|arent|havent|"
    rf"hasnt|wont|zero|unsigned)\b|\w{_N_T}",
    re.IGNORECASE,
)
#: What says of documents that they lack a thing, whatever the thing forbids.
_LACKS = re.compile(
    rf"\b(?:lack\w*|missing|absent|absence|silent|omit\w*|forg[eo]t\w*|leav\w+\s+out|free\s+of|empty|blank|gaps?)\b"
    rf"|(?:\bnot|\bnever|\w{_N_T})\s+(?:\w+\s+)?(?:have|contain|include|provide|say|mention|carry|come|require|got|impose|give|cover)\b"
    r"|\b(?:no|without|w/o|nothing)\s+(?:an?\s+|any\s+)?(?:such\s+)?(?:[\w-]+\s+){0,3}(?:clause|provision|language|wording|section|covenant)s?\b",
    re.IGNORECASE,
)
#: Subjects that are denials themselves: their own words deny.
_OF_DENIALS = frozenset(
    "uncapped_liability unlimited_licence non_compete exclusivity no_solicit_customers no_solicit_employees "
    "non_disparagement no_challenge confidentiality warranty_disclaimer non_transferable_licence assignment "
    "termination_convenience jury_waiver consequential amendment_in_writing publicity third_party_beneficiary".split()
)
#: What no words of a subject say: exceptions, shares of all, means.
_UNSAID = re.compile(
    r"\b(?:except|excluding|besides|apart\s+from|other\s+than|but\s+not|none\s+of|not\s+(?:all|every|each)|average|median|mean|unless|"
    r"instead\s+of|rather\s+than|as\s+opposed\s+to)\b",
    re.IGNORECASE,
)
_ONLY = re.compile(r"\b(?:only|solely|exclusively)\b", re.IGNORECASE)
_OF_ONLY = frozenset(("exclusivity", "amendment_in_writing"))
#: What holds prices where they are.
_HOLDS = re.compile(r"\b(?:cap|caps|capped|ceiling|locked?|frozen|freeze|fixed)\b", re.IGNORECASE)
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
#: What stands before more words that narrow a subject.
JOINS = re.compile(
    r"(?:in|on|for|to|from|if|with|after|before|by|against|of|under|during|upon|when|where|as|at|outside|within|"
    r"including|over|until|because|due|between|per|while|once|since|through|via|beyond|"
    r"more|less|fewer|longer|shorter|higher|lower|up)\b",
    re.IGNORECASE,
)
_PEOPLE = re.compile(
    r"\b(?:customers?|suppliers?|vendors?|licens(?:ee|or)s?|sellers?|buyers?|purchasers?|tenants?|landlords?|lessees?|lessors?|distributors?|resellers?|agents?|"
    r"company|companies|employ(?:ee|er)s?|executives?|contractors?|consultants?|affiliates?|subsidiar(?:y|ies)|investors?|lenders?|borrowers?|guarantors?|"
    r"directors?|franchisees?|clients?)\b",
    re.IGNORECASE,
)
_QUANTITY = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|sixty|ninety|hundred|thousand|million|half|"
    r"year|years|month|months|week|weeks|day|days|quarter|today|now|january|february|march|april|may|june|july|august|september|"
    r"october|november|december)\b",
    re.IGNORECASE,
)
_NAMES = frozenset(
    "governing_law forum arbitration parties party_country currency signatories guarantee territory kind".split()
)
#: Words for documents, and for whose they are, are no value.
_NO_VALUE = re.compile(
    rf"(?:an?\s+|the\s+|these\s+|our\s+)?(?:{DOC}|{DOCS}|vendors?|customers?|suppliers?|tenants?)",
    re.IGNORECASE,
)
_EMPTY = re.compile(
    r"\b(?:an?|the|our|their|its|his|her|your|my|this|that|these|those|we|us|you|they|them|it|of|in|on|for|to|with|by|at|if|and|or|is|are|be|any|"
    r"some|all|side|sides|other|party|parties|contracts?|agreements?|documents?|deals?)\b",
    re.IGNORECASE,
)
_CONTENT = re.compile(r"[a-z]{3,}", re.IGNORECASE)
#: Fewer words narrow nothing.
_FEW = 3


def heeded(intent: Intent) -> Intent | None:
    """An intent with what its words say: its value and what narrows it, where they can be said; None where more is."""
    question = intent.question
    if _UNSAID.search(question) or (_ONLY.search(question) and intent.subject not in _OF_ONLY):
        return None
    value, more = _value(intent), _more(intent)
    if value is None or more is None:
        return None
    denied, of_denial = bool(_DENIES.search(question)), intent.subject in _OF_DENIALS
    lacking = intent.lacking and (denied or bool(_LACKS.search(question)))
    if lacking and (
        re.match(r"(?:no|not|outside|other)\b", value) or (of_denial and not _LACKS.search(question))
    ):
        return None
    if denied and not lacking and not of_denial and turned(SUBJECTS[intent.subject], question) == "":
        return None
    form = intent.form
    of_documents = re.search(rf"\b{DOCS}\b", question) and not re.search(
        r"\b(?:each|every|what|quote)\b", question, re.I
    )
    if not SUBJECTS[intent.subject].noun and (
        (form in ("each", "list") and of_documents) or (form == "list" and value)
    ):
        form = "which"
    return replace(intent, form=form, lacking=lacking, value=value, more=more)


def _value(intent: Intent) -> str | None:
    """The value that documents are compared with, empty where there is none; None where it cannot be said."""
    value = intent.value.strip()
    if not value or (intent.subject != "kind" and _NO_VALUE.fullmatch(value)):
        return ""
    named = SUBJECTS[intent.subject].compared and JOINS.match(value) and re.search(r"\b[A-Z]", value)
    return value if intent.subject in _NAMES or named or _QUANTITY.search(value) else None


def _more(intent: Intent) -> str | None:
    more = intent.more.strip()
    if not _CONTENT.search(_EMPTY.sub("", more)):
        return ""
    people = _PEOPLE.search(more) and len(more.split()) <= _FEW + 1
    return more if people or (len(more.split()) >= _FEW and JOINS.match(more)) else None


def turned(subject: Subject, question: str) -> str | None:
    """What is allowed, or forbidden, where a question asks for that and not for what the subject says.

    Empty where it asks for what the subject says; None where it cannot be told.
    """
    words = _LEAD.sub("", question)
    if subject is SUBJECTS["price_increase"] and _HOLDS.search(words):
        return None
    if subject.allows and _LETS.search(words) and not _HINDERS.search(_UNASKED.sub("", words)):
        return subject.allows
    if not subject.forbids or not (found := _FORBIDS.search(words)):
        return ""
    rest = f"{words[: found.start()]} {words[found.end() :]}"
    return None if _TURNS_BACK.search(rest) else subject.forbids


def left(question: str, *told: str) -> int:
    """How many words of a question, but for those that say little, are none of what is told of it."""
    known = set(re.findall(r"\w+", " ".join(told).lower()))
    words = re.findall(r"[\w'’-]+", _PEOPLE.sub("", _EMPTY.sub("", question)).lower())
    return sum(word not in known and word not in _LITTLE for word in words)


_LITTLE = frozenset(
    "which what who whose whom where when how many much one ones do does did have has had can could may must need needs will would "
    "there here find show list give get tell see pull flag check me please pls hi hey thanks count number anything anybody anyone "
    "somebody someone everything every each just still also actually really so not no never without contain contains include includes "
    "say says clause clauses provision provisions across set folder matter file room data papers paper pile lot under from i m s "
    "kindly wherein place please know want looking let lets allow allows require requires agree agreed allowed make makes made put puts t yes right".split()
)
