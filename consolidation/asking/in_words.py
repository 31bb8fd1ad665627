"""Questions of a whole matter in plain words that the grammar knows, from what a model tells that they want."""

from __future__ import annotations

import re

from consolidation.asking.clause_kinds import clause_kind
from consolidation.asking.clause_names import clause_named
from consolidation.asking.heeded import JOINS, heeded, turned, turns
from consolidation.asking.intents import Form, Intent
from consolidation.asking.subjects import SUBJECTS
from consolidation.asking.understand import Understanding, understand

#: Below these a form, and a subject, are left to the grammar.
SURE_FORM, SURE_SUBJECT = 0.5, 0.6
#: From this on a subject is told better than by words that the grammar knows of no clause; and from this on a form
#: stands whatever it is about.
CLEAR_SUBJECT, CLEAR_FORM = 0.7, 0.8
#: Forms whose words the grammar tells in the same way.
_ALIKE: dict[Form, tuple[str, ...]] = {
    "which": ("which",), "any": ("which",), "all": ("which", "each"), "count": ("count",),
    "each": ("each", "document"), "list": ("each", "document"), "max": ("highest",), "min": ("lowest",),
    "latest": ("latest",), "earliest": ("earliest",), "sum": ("sum",), "which_and": ("each",),
}  # fmt: skip
_VERB = re.compile(r"(?P<verb>are|can|may|must)\s+(?P<rest>.+)")
_ORDERS = ("max", "min", "latest", "earliest")
#: Values that are not more or less than others.
_NO_SIZE = frozenset(
    "governing_law forum parties signatories kind notice_address email_notice currency guarantee territory".split()
)
#: Words that name a thing have no verb, and are few.
_NO_NAME = re.compile(
    r"^\w{1,4}$|^\w+(?:ed|ly|en)\b|\b(?:always|ever|still|is|are|was|were|be|been|can|could|may|must|need\w*|have|has|had|do|does|did|get\w*|give\w*|will|would|"
    r"shall|should|let\w*|pay\w*|say\w*|we|us|they|them|you|who|what|if|mention\w*)\b",
    re.IGNORECASE,
)
_FEW = 6
#: What is so large, behind what it is the size of.
_OF_SIZE = re.compile(
    r"(?:more|less|fewer|at\s+(?:least|most)|no\s+more|not\s+more|no\s+less|up\s+to|exactly|about|[\d$€£]).*\d",
    re.IGNORECASE,
)


def in_words(plain: str, intent: Intent) -> str:
    """A question as documents are asked it: as the grammar has it (`plain`), or in the words of what it is about."""
    if intent.form_sure < SURE_FORM:
        return plain
    known, intent = understand(plain), heeded(intent)
    if not known.refused and _is_understood(known, intent):
        return plain
    return said(intent) or plain


def _is_understood(known: Understanding, intent: Intent) -> bool:
    """Whether the grammar tells the form of a question, and what documents are asked for."""
    if intent.form in _ORDERS and known.over in ("highest", "lowest", "latest", "earliest"):
        return True
    if known.over == "each" and intent.form in ("which", "which_and", "any", "all"):
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
    if turns(intent.question) and not intent.lacking:
        return True
    return condition.test not in ("has", "lacks") or bool(clause_kind(known) or clause_named(known))


def said(intent: Intent) -> str:
    """A question in the words of its subject; empty where its subject, or its value, is not told surely."""
    subject, sure = SUBJECTS[intent.subject], _is_sure(intent)
    of_day = bool(subject.dated) or subject.noun.endswith(" date")
    if intent.form in ("earliest", "latest") or (intent.form in ("max", "min") and of_day):
        return _of_day(intent) if sure else ""
    if intent.form in ("each", "list", "max", "min", "sum"):
        return _of_value(intent.form, subject.noun, intent) if sure else ""
    such = _such(intent) if sure else _named(intent)
    if not such:
        return ""
    if intent.form == "count":
        return f"How many contracts {such}?"
    if intent.form in ("any", "all"):
        return _asked_of(intent.form, such)
    if intent.form == "which_and" and (more := _more_asked(intent)):
        return f"Of the contracts that {such}: {more}?"
    return f"Which contracts {such}?"


def _is_sure(intent: Intent) -> bool:
    return intent.subject != "other" and intent.subject_sure >= SURE_SUBJECT


def _of_day(intent: Intent) -> str:
    subject, first = SUBJECTS[intent.subject], intent.form in ("earliest", "min")
    if subject.dated:
        return f"Which contract {subject.dated} {'first' if first else 'last'}?"
    if subject.noun.endswith(" date"):
        return f"Which contract has the {'earliest' if first else 'latest'} {subject.noun}?"
    return ""


def _of_value(form: Form, noun: str, intent: Intent) -> str:
    if not noun or intent.more or intent.value:
        return ""
    if form == "sum":
        return f"What is the total {noun} of all contracts?" if _shares(intent.thing, noun) else ""
    if form in ("max", "min"):
        if intent.subject in _NO_SIZE:
            return ""
        return f"Which contract has the {'highest' if form == 'max' else 'lowest'} {noun}?"
    return f"What is the {noun} of each contract?" if _shares(intent.thing, noun) else ""


def _shares(thing: str, noun: str) -> bool:
    """Whether the words of a question name a value: some begin as those of its noun do."""
    begins = {word[:4] for word in re.findall(r"[a-z]{3,}", noun.lower())} - {"peri", "amou"}
    return any(word[:4] in begins for word in re.findall(r"[a-z]{3,}", thing.lower()))


def _such(intent: Intent) -> str:
    """What is said of the documents that are meant, of several of them."""
    subject = SUBJECTS[intent.subject]
    if not subject.has and not intent.value:
        return ""
    if intent.value and subject.compared:
        such = _compared(subject.compared, intent.value)
        such = _opposite(such) if intent.lacking else such
    else:
        such = turned(subject, intent.question) or (subject.lacks if intent.lacking else subject.has)
        such = f"{such}{_joined(intent.value)}" if intent.value else such
    return f"{such}{_joined(intent.more)}" if intent.more else such


def _named(intent: Intent) -> str:
    """What is said of documents in the question's own words, where these name a thing that documents have."""
    thing = re.sub(r"^(?:an?|any|some|the|our)\s+", "", intent.thing.strip(" ?.,"), flags=re.IGNORECASE)
    few = 0 < len(thing.split()) <= _FEW
    if not few or intent.form_sure < CLEAR_FORM or intent.more or _NO_NAME.search(thing):
        return ""
    value = _joined(intent.value) if intent.value and intent.value not in intent.thing else ""
    if intent.subject == "other" and intent.subject_sure >= SURE_SUBJECT:
        return f"{'do not mention' if intent.lacking else 'mention'} {thing}"
    return f"have {'no ' if intent.lacking else ''}{thing}{value}"


def _compared(template: str, value: str) -> str:
    """A subject with a value, whose own "in" or "with" is not said twice."""
    before = template.removesuffix("{}").split()[-1:]
    first, _, rest = value.partition(" ")
    if rest and [first.lower()] == before:
        return template.format(rest)
    value = re.sub(
        r"^(?:with|of|in|within|on)\s+(?=(?:less|more|at|no|not|fewer|under|over|\d))",
        "",
        value,
        flags=re.IGNORECASE,
    )
    return template.format(f"of {value}" if before and _OF_SIZE.match(value) else value)


def _opposite(such: str) -> str:
    verb = _VERB.match(such)
    return f"{verb['verb']} not {verb['rest']}" if verb else f"do not {such}"


def _joined(more: str) -> str:
    """What narrows a subject, behind it."""
    return f" {more}" if JOINS.match(more) else f" for {more}"


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
