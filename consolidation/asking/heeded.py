"""What the words of a question themselves say of an intent that a model tells: denied or not, with what value.

An intent whose words say more than can be put in the words of its subject is none.
"""

from __future__ import annotations

import re
from dataclasses import replace

from consolidation.asking.document_words import DOC, DOCS
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
#: What undoes, refuses or ends a thing.
_REFUSES = re.compile(
    r"\b(?:refus\w*|reject\w*|declin\w*|den(?:y|ies|ied)|exclud\w*|disclaim\w*|waiv\w*|gave\s+up|give\s+up|bann?(?:s|ed|ing)?|bar|bars|barred|block\w*|"
    r"prevent\w*|prohibit\w*|forbid\w*|rul\w+\s+out|opt\w*\s+out|escap\w*|avoid\w*|exempt\w*|excus\w*|delet\w*|struck|remov\w*|rid|fail\w*|stop\w*|"
    r"ended|expired|lapsed|pending|yet\s+to|unable|unrestricted|worthless|invalid|manual\w*|again|own|restrict\w*|limits?|limited|un[a-z]+ed|\w+-free|"
    r"non-?\w+(?:able|ing|ive))\b",
    re.IGNORECASE,
)
#: What no words of a subject say: exceptions, shares of all, means.
_UNSAID = re.compile(
    r"\b(?:except|excluding|besides|apart\s+from|other\s+than|but\s+not|none\s+of|not\s+(?:all|every|each)|average|median|mean|unless|"
    r"instead\s+of|rather\s+than|as\s+opposed\s+to)\b",
    re.IGNORECASE,
)
_ONLY = re.compile(r"\b(?:only|solely|exclusively)\b", re.IGNORECASE)
_OF_ONLY = frozenset(("exclusivity", "amendment_in_writing"))
#: What holds prices where they are, or lowers them.
_HOLDS = re.compile(
    r"\b(?:cap|caps|capped|ceiling|lock\w*|frozen|freeze|fixed|stay\w*|stable|flat|put|protect\w*|safe|steady|unchanged|reduc\w*|lower\w*|decreas\w*|"
    r"cut|cuts|limit\w*|max\w*|at\s+most)\b",
    re.IGNORECASE,
)
_CONSENT = re.compile(
    r"\b(?:consent\w*|approv\w*|ok|okay|permission\w*|object\w*|stop\w*|say|withh\w+|waiv\w*|refus\w*|sign-?off|requires?\s+nothing)\b",
    re.IGNORECASE,
)
_JOINED = re.compile(r"\b(?:and|or|but|both|either|plus|yet|also)\b", re.IGNORECASE)
_COUNTED = re.compile(
    r"\bhow\s+many\s+(?:times|days|weeks|months|years|people|employees|customers|suppliers|parties)\b",
    re.IGNORECASE,
)
#: Kinds of document, which the words for all documents would drop.
_KINDS = re.compile(
    r"^(?:ndas?|leases?|licen[cs]es?|amendments?|msas?|sows?|loans?|employment|supply|guarant\w+|subleases?|orders?|consulting|distribution|purchase|service|services)$",
    re.IGNORECASE,
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
    }
) | {"export_control"}
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
_NEEDS = re.compile(
    r"\b(?:need\w*|requir\w*|only|consent\w*|approv\w*|permission\w*|limit\w*|restrict\w*|object\w*)\b",
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
#: Subjects whose values are compared, in order or by name.
TYPED = frozenset(
    "governing_law expiry agreement_date effective_date term renewal_term notice_to_end parties kind contract_value "
    "payment_terms late_interest liability_cap non_compete cure_period termination_fee royalty minimum_commitment "
    "liquidated_damages warranty insurance confidentiality_period security salary bonus severance rent".split()
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
    question, subject = intent.question, SUBJECTS[intent.subject]
    value, more = _value(intent), _more(intent)
    if value is None or more is None or _is_unsaid(intent) or not _is_straight(intent, value):
        return None
    form = intent.form
    of_documents = re.search(rf"\b{DOCS}\b", question) and not re.search(
        r"\b(?:each|every|what|quote)\b", question, re.I
    )
    if not subject.noun and ((form in ("each", "list") and of_documents) or (form == "list" and value)):
        form = "which"
    return replace(intent, form=form, value=value, more=more)


def _is_unsaid(intent: Intent) -> bool:
    """Whether a question says what no words of a subject say."""
    question = intent.question
    if _UNSAID.search(question) or (_ONLY.search(question) and intent.subject not in _OF_ONLY):
        return True
    if intent.form == "count" and _COUNTED.search(question):
        return True
    ordered = intent.form in ("max", "min", "earliest", "latest", "sum")
    if ordered and re.search(
        r"\d|\b(?:top|second|third|two|three|four|five|six|seven|eight|nine|ten)\b", question, re.I
    ):
        return True
    told = (intent.thing, intent.value, intent.more, intent.asked)
    return bool(_JOINED.search(_without(question, *told))) and bool(left(question, *told))


def _without(question: str, *told: str) -> str:
    for words in told:
        question = question.replace(words, " ") if words else question
    return question


def _is_straight(intent: Intent, value: str) -> bool:
    """Whether a question denies as often as its intent says."""
    question, of_denial = intent.question, intent.subject in _OF_DENIALS
    other = turned(SUBJECTS[intent.subject], question)
    if other is None or (intent.lacking and other):
        return False
    if other:
        return True
    around = _without(question, intent.thing)
    if not intent.lacking:
        lets = (
            intent.subject in _FORBIDDING
            and _LETS.search(_without(_LEAD.sub("", question), intent.thing))
            and not _HINDERS.search(question)
        )
        inside = not of_denial and (_DENIES.search(intent.thing) or _REFUSES.search(intent.thing))
        return not (lets or inside or _DENIES.search(around) or _REFUSES.search(around))
    if re.match(r"(?:no|not|outside|other)\b", value) or _REFUSES.search(around):
        return False
    lacks = bool(_LACKS.search(question))
    return lacks or (not of_denial and len(_DENIES.findall(question)) == 1)


def _value(intent: Intent) -> str | None:
    """The value that documents are compared with, empty where there is none; None where it cannot be said."""
    value = intent.value.strip()
    if not value or (intent.subject != "kind" and _NO_VALUE.fullmatch(value)):
        return ""
    several = re.search(
        r"\b(?:and|nor|per|non|or(?!\s+(?:less|more|fewer|longer|later|earlier|over|under|above|below|sooner)))\b|/|\bof\s+(?:the\s+)?(?:salary|price|order|fees)",
        value,
        re.IGNORECASE,
    )
    before = intent.question[: intent.question.find(value)]
    if several or before.lower().endswith("non-"):
        return None
    named = SUBJECTS[intent.subject].compared and JOINS.match(value) and re.search(r"\b[A-Z]", value)
    if intent.subject in _NAMES or named:
        return value
    compared = intent.subject in TYPED or JOINS.match(value)
    return value if _QUANTITY.search(value) and compared else None


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


def left(question: str, *told: str) -> list[str]:
    """The words of a question, but for those that say little, that are none of what is told of it."""
    known = set(re.findall(r"\w+", " ".join(told).lower()))
    words = re.findall(r"[\w'’-]+", _PEOPLE.sub("", _EMPTY.sub("", question)))
    return [word for word in words if word.lower() not in known and word.lower() not in _LITTLE]


def is_telling(question: str, word: str) -> bool:
    """Whether a word of a question says what must not be dropped: a number, a name or a kind of document."""
    named = word[:1].isupper() and not question.lstrip().startswith(word)
    return bool(re.search(r"\d", word)) or named or bool(_KINDS.match(word))


_LITTLE = frozenset(
    "which what who whose whom where when how many much one ones do does did have has had can could may must need needs will would "
    "there here find show list give get tell see pull flag check me please pls hi hey thanks count number anything anybody anyone "
    "somebody someone everything every each just still also actually really so not no never without contain contains include includes "
    "say says clause clauses provision provisions across set folder matter file room data papers paper pile lot under from i m s "
    "kindly wherein place please longest shortest biggest highest lowest largest smallest most least first last next oldest newest latest earliest soonest know want looking let lets allow allows require requires agree agreed allowed make makes made put puts t yes right".split()
)
