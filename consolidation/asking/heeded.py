"""What the words of a question themselves say of an intent that a model tells: denied or not, with what value."""

from __future__ import annotations

import re
from dataclasses import replace

from consolidation.asking.document_words import DOC, DOCS
from consolidation.asking.intents import Intent
from consolidation.asking.subjects import SUBJECTS, Subject

#: What denies something of documents.
_DENIED = re.compile(
    r"\b(?:no|not|never|none|nobody|nothing|nowhere|neither|without|w/o|lack\w*|miss\w*|absent|absence|silent|fail\w*|free\s+of|omit\w*|leav\w+\s+out|"
    r"forg[eo]t\w*|minus|except|unsigned|uncapped|unlimited|cannot|cant|dont|doesnt|isnt|arent|havent|hasnt|wont|zero|gaps?|empty|blank|bar|excluded?|"
    r"rather\s+than|instead\s+of|only|hardly)\b|n['’]t\b",
    re.IGNORECASE,
)
#: What turns or narrows a condition, which the name of a subject would drop.
_TURNS = re.compile(
    r"\b(?:no|not|never|nobody|none|without|w/o|unless|except|only|but|solely|other\s+than|cannot|cant|dont)\b|n['’]t\b",
    re.IGNORECASE,
)
_NOT = re.compile(
    r"\b(?:no|not|never|nobody|none|cannot|cant|forbid\w*|prohibit\w*|restrict\w*|need\w*|requir\w*|must|only\s+with)\b|n['’]t\b",
    re.IGNORECASE,
)
_LETS = re.compile(
    r"\b(?:can|could|may|might|able|free|freely|allow\w*|lets?|okay|permit\w*|transferable|assignable|possible|right\s+to)\b",
    re.IGNORECASE,
)
_FORBIDS = re.compile(
    r"\b(?:forbid\w*|prohibit\w*|exclud\w*|bann?\w*|bar|bars|barred|stop\w*|prevent\w*|restrict\w*|disallow\w*|rule[sd]?\s+out|may\s+not|must\s+not|"
    r"cannot|can['’]?t|not\s+(?:allowed|permitted|able))\b",
    re.IGNORECASE,
)
#: What stands before more words that narrow a subject.
JOINS = re.compile(
    r"(?:in|on|for|to|from|without|unless|if|with|but|except|after|before|only|by|against|of|under|during|upon|when|where|as|at|outside|within|other|"
    r"including|that|which|even|over|until|because|due|between|per|than|not|while|once|since|through|via|beyond|into|about|toward|towards|"
    r"more|less|fewer|longer|shorter|higher|lower|up)\b",
    re.IGNORECASE,
)
_PEOPLE = re.compile(
    r"\b(?:customers?|suppliers?|vendors?|licens(?:ee|or)s?|sellers?|buyers?|purchasers?|tenants?|landlords?|lessees?|lessors?|distributors?|resellers?|agents?|"
    r"company|companies|employ(?:ee|er)s?|executives?|contractors?|consultants?|affiliates?|subsidiar(?:y|ies)|investors?|lenders?|borrowers?|guarantors?|"
    r"parties|party|directors?|franchisees?|clients?)\b",
    re.IGNORECASE,
)
_QUANTITY = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|sixty|ninety|hundred|thousand|million|half|"
    r"year|years|month|months|week|weeks|day|days|quarter|today|now|january|february|march|april|may|june|july|august|september|"
    r"october|november|december|spring|summer|autumn|fall|winter|christmas|soon)\b",
    re.IGNORECASE,
)
_NAMES = frozenset(
    "governing_law forum arbitration parties party_country currency signatories guarantee territory kind".split()
)
#: Words for documents are no value, but for what they are.
_NO_VALUE = re.compile(
    rf"(?:an?\s+|the\s+|these\s+|our\s+)?(?:{DOC}|{DOCS}|vendors?|customers?|suppliers?)", re.IGNORECASE
)
#: Fewer words narrow nothing.
_FEW = 3


def heeded(intent: Intent) -> Intent:
    """An intent that is lacking only where the words deny something, with what can be its value and narrow it."""
    value = intent.value.strip()
    if intent.subject == "kind":
        able = bool(value)
    elif _NO_VALUE.fullmatch(value):
        able = False
    else:
        able = intent.subject in _NAMES or bool(_QUANTITY.search(value))
    people = _PEOPLE.search(intent.more) and len(intent.more.split()) <= _FEW + 1
    narrows = people or (len(intent.more.split()) >= _FEW and JOINS.match(intent.more))
    form = intent.form
    if (
        form in ("each", "list")
        and not SUBJECTS[intent.subject].noun
        and re.search(rf"\b{DOCS}\b", intent.question)
    ):
        form = "which"
    return replace(
        intent,
        form="which" if form == "list" and able and not SUBJECTS[intent.subject].noun else form,
        lacking=intent.lacking and bool(_DENIED.search(intent.question)),
        value=value if able else "",
        more=intent.more.strip() if narrows else "",
    )


def turns(question: str) -> bool:
    """Whether a question turns or narrows what it says of documents."""
    return bool(_TURNS.search(question))


def turned(subject: Subject, question: str) -> str:
    """What is allowed, or forbidden, where a question asks for that and not for what the subject says."""
    if subject.allows and _LETS.search(question) and not _NOT.search(question):
        return subject.allows
    return subject.forbids if _FORBIDS.search(question) else ""
