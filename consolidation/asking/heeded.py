"""What the words of a question themselves say of an intent that a model tells: denied or not, with what value.

An intent whose words say more than can be put in the words of its subject is none.
"""

from __future__ import annotations

import re
from dataclasses import replace

from consolidation.asking.document_words import DOC, DOCS
from consolidation.asking.intents import ORDERS, Intent
from consolidation.asking.straight import forbids, is_straight, lacks, without
from consolidation.asking.subjects import SUBJECTS

#: What no words of a subject say: exceptions.
_UNSAID = re.compile(r"\b(?:except|excluding|besides|apart\s+from|other\s+than|unless)\b", re.IGNORECASE)
#: Shares of all, means and what is the same, which turn a question, and a second condition in what names the first.
_OF_SHARES = re.compile(
    r"\b(?:but\s+not|none\s+of|not\s+(?:all|every|each)|average|median|mean|as\s+opposed\s+to|the\s+same)\b",
    re.IGNORECASE,
)
_TWO = re.compile(
    r"\bAND\b|(?i:\b(?:and|but)\s+(?:also\s+|still\s+|then\s+)*(?:is|are|was|were|has|have|can|may|must|do|does|renew|expire|end|run|last|"
    r"require|allow|forbid|pay|limit|cap|give|let|need|get|make)s?\b)"
)
#: What goes on where nobody does anything against it.
_WHATEVER_IS_DONE = re.compile(
    r",?\s*\b(?:if|when)\s+(?:nobody|no\s+one|nothing)\s+(?:says?|does|objects?|speaks?|happens?|reacts?)(?:\s+(?:anything|nothing|up|so|stop|no))?\b|,?\s*\bunless\s+(?:somebody|someone|anybody|anyone|one|either|you|we|they|a\s+party|one\s+side|(?:either|one|the\s+other)\s+(?:party|side))\s+"
    r"(?:speaks?\s+up|says?\s+(?:something|anything|otherwise|no|so|stop)|objects?|cancels?|stops?\s+it|gives?\s+notice|acts?|does\s+something)\b",
    re.IGNORECASE,
)
#: The same, but where they are a part of what names the thing.
_RATHER = re.compile(r"\b(?:instead\s+of|rather\s+than)\b", re.IGNORECASE)
#: A case that is supposed, which no subject says.
_CASE = re.compile(r"\b(?:if|when|once|in\s+case|provided|assuming)\b", re.IGNORECASE)
#: What is said beside, in brackets, without a number, a name or an exception.
_ASIDE = re.compile(r"\s*\((?![^()]*(?:\d|\b(?:only|except|unless|not\s+the)\b|\b[A-Z]))[^()]*\)")
#: What asks once more which documents are meant.
_AND_WHICH = re.compile(
    r",?\s*\b(?:and\s+)?(?:in|under|for)\s+which\s+(?:contract|agreement|document|deal|one)s?\b",
    re.IGNORECASE,
)
_ONLY = re.compile(r"\b(?:only|solely|exclusively)\b", re.IGNORECASE)
_OF_ONLY = frozenset(("exclusivity", "amendment_in_writing", "amended_agreement"))
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
#: Subjects whose values are compared, in order or by name.
TYPED = frozenset(
    "governing_law expiry agreement_date effective_date term renewal_term notice_to_end parties kind contract_value "
    "payment_terms late_interest termination_convenience liability_cap non_compete cure_period termination_fee royalty minimum_commitment "
    "liquidated_damages warranty insurance confidentiality_period security salary bonus severance rent".split()
)
_SUMS = frozenset(
    "contract_value liability_cap termination_fee minimum_commitment liquidated_damages insurance security salary bonus severance rent "
    "loan_amount loan_fees bonds milestone royalty price_increase late_interest equity financial_covenants debt_limits earn_out discounts".split()
)
_SHARES = frozenset(
    "interest_rate retainage change_of_control exclusivity volume_restriction ip_ownership".split()
)
_DAYS = frozenset("expiry agreement_date effective_date maturity completion delivery".split())
_SUM = re.compile(
    r"[$€£¥]|\b(?:dollars?|euros?|pounds?|million|billion|mm|\d+\s?(?:k|m|mm|mn|bn))\b", re.IGNORECASE
)
_SHARE = re.compile(r"%|\bper\s?cent|\bpercent|\bbps\b|\bbasis\s+points?\b", re.IGNORECASE)
_LENGTH = re.compile(r"\b(?:days?|weeks?|months?|years?)\b(?!\s*(?:19|20)\d\d)", re.IGNORECASE)
_SOON = re.compile(
    r"(?:with)?in\b|(?:this|next|last|coming|past|current|over\s+the\s+(?:next|coming|last))\b|(?:more|less)\s+than\b.*\b(?:ago|away|from\s+now)\b|"
    r"before\b|after\b|by\b|until\b|at\s+the\s+end\b|the\s+(?:next|coming|last)\b|during\b",
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
    r"some|all|side|sides|other|party|parties|counterpart(?:y|ies)|contracts?|agreements?|documents?|deals?)\b",
    re.IGNORECASE,
)
_CONTENT = re.compile(r"[a-z]{3,}", re.IGNORECASE)
#: Fewer words narrow nothing.
_FEW = 3
_ORDERED = (*ORDERS, "sum")
#: Other places in an order than the first.
_PLACED = re.compile(
    r"\d|\b(?:top|second|third|two|three|four|five|six|seven|eight|nine|ten)\b", re.IGNORECASE
)
_LITTLE = frozenset(
    "which what who whose whom where when how many much one ones do does did have has had can could may must need needs will would "
    "there here find show list give get tell see pull flag check me please pls hi hey thanks count number anything anybody anyone "
    "somebody someone everything every each just still also actually really so not no never without contain contains include includes "
    "say says clause clauses provision provisions across set folder matter file room data papers paper pile lot under from i m s "
    "about am assuming assume correct suppose believe think guess sure confirm something twelve kindly wherein anybodys anyones anywhere nine ten eleven eight seven place please longest shortest biggest highest lowest largest smallest most least first last next oldest newest latest earliest soonest know want looking let lets allow allows require requires agree agreed allowed make makes made put puts t yes right dont doesnt didnt isnt arent wasnt havent hasnt wont cant couldnt single way ways everybody everyone nobody whats theres line up".split()
)


#: With which day an order begins.
_RISING = re.compile(
    r"\b(?:(?P<rising>oldest|earliest|soonest)|newest|latest|most\s+recent)\s+(?:first|to\b|on\s+top)",
    re.IGNORECASE,
)
#: Subjects of disputes, and that there is one.
_OF_DISPUTES = frozenset(("arbitration", "forum", "jury_waiver", "attorneys_fees", "dispute_escalation"))
_IN_DISPUTE = re.compile(
    r"\b(?:if|when|once|in\s+case|should)\s+(?:there\s+(?:is|be|was)|there['’]s|(?:it|things|this|we|they|somebody|someone|the\s+parties)\s+(?:all\s+)?"
    r"(?:comes?\s+to|ends?\s+up\s+in|goes?\s+to|go\s+to|gets?\s+into|turns?\s+into|have|has)|of)\s+(?:an?\s+|the\s+|any\s+)?"
    r"(?:fight|dispute|lawsuit|law\s+suit|disagreement|falling\s+out|quarrel|case|trial|court|argument|conflict|claim)s?\b\s*,?",
    re.IGNORECASE,
)


def heeded(intent: Intent, *, openly: bool = False) -> Intent | None:
    """An intent with what its words say: its value and what narrows it, where they can be said; None where more is.

    Where what is left out is told, `openly`, more may be: all but a value, a denial and shares of all.
    """
    question = _WHATEVER_IS_DONE.sub("", _ASIDE.sub("", intent.question))
    if intent.subject in _OF_DISPUTES:
        question = _IN_DISPUTE.sub(" ", question).strip()
    is_gone = intent.more in intent.question and intent.more not in question
    intent = replace(intent, question=question, more="" if is_gone else intent.more)
    if intent.form in ("latest", "earliest") and (order := _RISING.search(question)):
        intent = replace(intent, form="earliest" if order["rising"] else "latest")
    denies = lacks(intent)
    intent = intent if denies is None else replace(intent, lacking=denies)
    if intent.lacking and forbids(intent):
        intent = replace(intent, lacking=False)
    question, subject = intent.question, SUBJECTS[intent.subject]
    value, more = _value(intent), _more(intent)
    more = more or "" if openly else more
    unsaid = _is_turned(intent) if openly else _is_unsaid(intent)
    if value is None or more is None or unsaid or not is_straight(intent, value):
        return None
    form = intent.form
    of_documents = re.search(rf"\b{DOCS}\b", question) and not re.search(
        r"\b(?:each|every|what|quote)\b", question, re.I
    )
    if not subject.noun and ((form in ("each", "list") and of_documents) or (form == "list" and value)):
        form = "which"
    return replace(intent, form=form, value=value, more=more)


def _is_turned(intent: Intent) -> bool:
    """Whether a question would be another one without what no words of a subject say."""
    question, form = intent.question, intent.form
    if _OF_SHARES.search(question) or _TWO.search(intent.thing):
        return True
    if _ONLY.search(question) and intent.subject not in _OF_ONLY:
        return True
    return bool(
        (form == "count" and _COUNTED.search(question)) or (form in _ORDERED and _PLACED.search(question))
    )


def _is_unsaid(intent: Intent) -> bool:
    """Whether a question says what no words of a subject say."""
    question, told = intent.question, intent.told
    if _is_turned(intent) or (_CASE.search(without(question, *told)) and left(question, *told)):
        return True
    if _UNSAID.search(question) or _RATHER.search(without(question, intent.thing)):
        return True
    if intent.form in ("each", "list", *_ORDERED) and _JOINED.search(intent.thing):
        return True
    rest = without(_AND_WHICH.sub("", question), *told)
    joins = len(_JOINED.findall(rest)) - (intent.form == "which_and")
    return joins > 0 and bool(left(question, *told, SUBJECTS[intent.subject].says))


def _value(intent: Intent) -> str | None:
    """The value that documents are compared with, empty where there is none; None where it cannot be said."""
    value = intent.value.strip()
    if value and intent.subject == "parties":
        whole = re.search(rf"{re.escape(value)}(?:[ ](?:[A-Z][\w&.'’-]*|&))*", intent.question)
        value = whole[0] if whole else value
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
    if not _suits(intent.subject, value):
        return None
    compared = intent.subject in TYPED or JOINS.match(value)
    return value if _QUANTITY.search(value) and compared else None


def _suits(subject: str, value: str) -> bool:
    """Whether a value may be one of its subject: no sum is a day, no length of time a sum."""
    if _SUM.search(value):
        return subject in _SUMS
    if _SHARE.search(value):
        return subject in _SUMS or subject in _SHARES
    if _LENGTH.search(value):
        return subject not in _SUMS and (subject not in _DAYS or bool(_SOON.match(value)))
    return True


def _more(intent: Intent) -> str | None:
    more = intent.more.strip()
    if not _CONTENT.search(_EMPTY.sub("", more)):
        return ""
    people = _PEOPLE.search(more) and len(more.split()) <= _FEW + 1
    return more if people or (len(more.split()) >= _FEW and JOINS.match(more)) else None


def left(question: str, *told: str, people: bool = False) -> list[str]:
    """The words of a question, but for those that say little, that are none of what is told of it.

    `people`: those for the sides of a contract too.
    """
    known = set(re.findall(r"\w+", " ".join(told).lower()))
    words = re.findall(r"[\w'’-]+", _EMPTY.sub("", question if people else _PEOPLE.sub("", question)))
    return [
        word
        for word in words
        if word.lower() not in known
        and re.sub(r"['’]", "", word.lower()) not in _LITTLE
        and re.search(r"[a-z]{2}|\d", word.lower())
    ]


def is_telling(question: str, word: str) -> bool:
    """Whether a word of a question says what must not be dropped: a number, a name or a kind of document."""
    named = word[:1].isupper() and not question.lstrip().startswith(word)
    return bool(re.search(r"\d", word)) or named or bool(_KINDS.match(word))
