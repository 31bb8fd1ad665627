"""Questions of a whole matter in plain words that the grammar knows, from what a model tells that they want."""

from __future__ import annotations

import re
from dataclasses import replace

from consolidation.asking.clause_kinds import clause_kind
from consolidation.asking.clause_names import clause_named
from consolidation.asking.document_words import DOC, DOCS
from consolidation.asking.intents import Form, Intent
from consolidation.asking.subjects import SUBJECTS, Subject
from consolidation.asking.understand import Understanding, understand

#: Below these a form, and a subject, are left to the grammar.
SURE_FORM, SURE_SUBJECT = 0.5, 0.6
#: From this on a subject is told better than by words that the grammar knows of no clause.
CLEAR_SUBJECT = 0.7
#: Forms whose words the grammar tells in the same way.
_ALIKE: dict[Form, tuple[str, ...]] = {
    "which": ("which",), "any": ("which",), "all": ("which", "each"), "count": ("count",),
    "each": ("each", "document"), "list": ("each", "document"), "max": ("highest",), "min": ("lowest",),
    "latest": ("latest",), "earliest": ("earliest",), "sum": ("sum",), "which_and": ("each",),
}  # fmt: skip
_JOINS = re.compile(
    r"(?:in|on|for|to|from|without|unless|if|with|but|except|after|before|only|by|against|of|under|during|upon|when|where|as|at|"
    r"outside|within|other|including|that|which|even|over|until|because|due|between|per|than|not|and|or|while|once|since|"
    r"through|via|beyond|into|about|toward|towards|more|less|fewer|longer|shorter|higher|lower|at\s+least|no\s+more|not\s+more)\b",
    re.IGNORECASE,
)
_VERB = re.compile(r"(?P<verb>are|can|may|must)\s+(?P<rest>.+)")
#: Values that are not more or less than others.
_NO_SIZE = frozenset(
    "governing_law forum parties signatories kind notice_address email_notice currency guarantee territory "
    "delivery".split()
)
#: What denies something of documents; who gives up, waives or forgets says more than that.
_DENIED = re.compile(
    r"\b(?:no|not|never|none|nobody|nothing|nowhere|neither|without|w/o|lack\w*|miss\w*|absent|absence|silent|fail\w*|free\s+of|omit\w*|leav\w+\s+out|"
    r"forg[eo]t\w*|minus|except|unsigned|uncapped|unlimited|un\w+ed|cannot|cant|dont|doesnt|isnt|arent|havent|hasnt|wont|zero|gaps?|empty|blank|bar|"
    r"excluded?|rather\s+than|instead\s+of|only|hardly)\b|n['’]t\b",
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
#: Words for documents are no value.
_NO_VALUE = re.compile(rf"(?:an?\s+|the\s+|these\s+)?(?:{DOC}|{DOCS})", re.IGNORECASE)
_ORDERS = ("max", "min", "latest", "earliest")
#: Longer words are no name of what documents mention.
_FEW = 5


def in_words(plain: str, intent: Intent) -> str:
    """A question as documents are asked it: as the grammar has it (`plain`), or in the words of what it is about."""
    if intent.form_sure < SURE_FORM:
        return plain
    known = understand(plain)
    if not known.refused and _is_understood(known, intent):
        return plain
    return said(_as_said(intent)) or plain


def _as_said(intent: Intent) -> Intent:
    """An intent that is lacking only where the words deny something, without a value that is none."""
    value = "" if _NO_VALUE.fullmatch(intent.value.strip()) else intent.value
    lacking = intent.lacking and bool(_DENIED.search(intent.question))
    return replace(intent, lacking=lacking, value=value)


def _is_understood(known: Understanding, intent: Intent) -> bool:
    """Whether the grammar tells the form of a question, and what documents are asked for."""
    if intent.form in _ORDERS and known.over in ("highest", "lowest", "latest", "earliest"):
        return True
    if len(known.parts) > 1 or known.over not in _ALIKE[intent.form]:
        return False
    if intent.form in ("each", "list"):
        return known.over == "each" or known.value != "free"
    if intent.form == "which_and":
        return bool(known.tested)
    if known.over not in ("which", "count") or intent.more or intent.subject_sure < CLEAR_SUBJECT:
        return True
    condition = known.condition
    if condition is None or known.tested:
        return bool(known.tested)
    return condition.test not in ("has", "lacks") or bool(clause_kind(known) or clause_named(known))


def said(intent: Intent) -> str:
    """A question in the words of its subject; empty where its subject, or its value, is not told surely."""
    subject = SUBJECTS[intent.subject]
    if intent.form in ("earliest", "latest") or (intent.form in ("max", "min") and subject.dated):
        place = "first" if intent.form in ("earliest", "min") else "last"
        return f"Which contract {subject.dated} {place}?" if subject.dated and _is_sure(intent) else ""
    if intent.form in ("each", "list", "max", "min", "sum"):
        return _of_value(intent.form, subject.noun, intent) if _is_sure(intent) else ""
    such = _such(intent)
    if not such:
        return ""
    if intent.form == "count":
        return f"How many contracts {such}?"
    if intent.form in ("any", "all"):
        return _asked_of(intent.form, such)
    if intent.form == "which_and":
        more = _more_asked(intent)
        return f"Of the contracts that {such}: {more}?" if more else f"Which contracts {such}?"
    return f"Which contracts {such}?"


def _is_sure(intent: Intent) -> bool:
    return intent.subject != "other" and intent.subject_sure >= SURE_SUBJECT


def _of_value(form: Form, noun: str, intent: Intent) -> str:
    if not noun or intent.more or intent.value or not _shares(intent.thing, noun):
        return ""
    if form == "sum":
        return f"What is the total {noun} of all contracts?"
    if form in ("max", "min"):
        if intent.subject in _NO_SIZE:
            return ""
        return f"Which contract has the {'highest' if form == 'max' else 'lowest'} {noun}?"
    return f"What is the {noun} of each contract?"


def _shares(thing: str, noun: str) -> bool:
    """Whether the words of a question name a value: some begin as those of its noun do."""
    begins = {word[:4] for word in re.findall(r"[a-z]{3,}", noun.lower())} - {"peri", "amou"}
    return any(word[:4] in begins for word in re.findall(r"[a-z]{3,}", thing.lower()))


def _such(intent: Intent) -> str:
    """What is said of the documents that are meant, of several of them."""
    if not _is_sure(intent):
        named = intent.thing and not intent.more and len(intent.thing.split()) <= _FEW
        if intent.subject != "other" or intent.subject_sure < SURE_SUBJECT or not named:
            return ""
        return f"{'do not mention' if intent.lacking else 'mention'} {intent.thing}"
    subject = SUBJECTS[intent.subject]
    if intent.value and subject.compared:
        such = _compared(subject.compared, intent.value)
        such = _opposite(such) if intent.lacking else such
    else:
        such = _turned(subject, intent.question) or (subject.lacks if intent.lacking else subject.has)
        such = f"{such}{_joined(intent.value)}" if intent.value else such
    return f"{such}{_joined(intent.more)}" if intent.more else such


def _turned(subject: Subject, question: str) -> str:
    """What is allowed, or forbidden, where a question asks for that and not for what the subject says."""
    if subject.allows and _LETS.search(question) and not _NOT.search(question):
        return subject.allows
    return subject.forbids if _FORBIDS.search(question) else ""


def _compared(template: str, value: str) -> str:
    """A subject with a value, whose own "in" or "with" is not said twice."""
    before = template.removesuffix("{}").split()[-1:]
    first, _, rest = value.partition(" ")
    return template.format(rest if rest and [first.lower()] == before else value)


def _opposite(such: str) -> str:
    verb = _VERB.match(such)
    return f"{verb['verb']} not {verb['rest']}" if verb else f"do not {such}"


def _joined(more: str) -> str:
    """What narrows a subject, behind it."""
    return f" {more}" if _JOINS.match(more) else f" for {more}"


def _asked_of(form: Form, such: str) -> str:
    verb = _VERB.match(such)
    if such.startswith("do not "):
        return f"Do {form} contracts not {such.removeprefix('do not ')}?"
    if verb:
        return f"{verb['verb'].capitalize()} {form} contracts {verb['rest']}?"
    return f"Do {form} contracts {such}?"


def _more_asked(intent: Intent) -> str:
    second = SUBJECTS[intent.second]
    if intent.second_sure >= SURE_SUBJECT and second.noun and intent.second != intent.subject:
        return f"what is the {second.noun}"
    asked = re.sub(r"^(?:and|&|,|plus|also)\s+", "", intent.asked.strip(" ?.,")).strip()
    return asked if len(asked.split()) > 2 else ""
