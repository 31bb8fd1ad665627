"""A question of a whole matter in the words of its subject, which the grammar knows."""

from __future__ import annotations

import re

from consolidation.asking.heeded import JOINS, is_telling, left
from consolidation.asking.intents import Form, Intent
from consolidation.asking.more_asked import SURE_SUBJECT, more_asked
from consolidation.asking.narrower import is_opposed
from consolidation.asking.of_kinds import IMPLIED, OfKind, of_kind_asked
from consolidation.asking.straight import turned
from consolidation.asking.subjects import SUBJECTS

#: From this on a form stands whatever it is about.
CLEAR_FORM = 0.8
#: So many words at most are left out of what is said of a question; and where its subject is told very surely.
MOST_LEFT, MORE_LEFT, VERY_SURE = 2, 4, 0.9
_VERB = re.compile(r"(?P<verb>are|were|can|may|must)\s+(?P<rest>.+)")
_TOOK = re.compile(r"^took\b")
#: Values that are not more or less than others.
_NO_SIZE = frozenset(
    "governing_law forum parties signatories kind notice_address email_notice currency guarantee territory position "
    "workplace language key_person".split()
)
#: Subjects that nearly every document has: none is asked for as such.
_EVERYWHERE = frozenset(
    "expiry agreement_date effective_date term contract_value parties rent salary".split()
)
_SUMMED = frozenset("contract_value rent salary bonus severance security termination_fee".split())
#: Words that name a thing have no verb, and are few.
_NO_NAME = re.compile(
    r"^\w{1,4}$|^\w+(?:ed|ly|en)\b|\b(?:always|ever|still|is|are|was|were|be|been|can|could|may|must|need\w*|have|has|"
    r"had|do|does|did|get\w*|give\w*|will|would|shall|should|let\w*|pay|pays|say|says|we|they|them|you|who|what|if|"
    r"mention\w*)\b",
    re.IGNORECASE,
)
_FEW = 6
#: Subjects of many things, of which a question may name one.
_BROAD = {"benefits": re.compile(r"\b(?:benefits?|perks?|packages?)\b", re.IGNORECASE)}
_AMERICAN = frozenset(("American", "US", "U.S.", "USA"))
#: Documents are wanted in an order, and not the first of them.
_IN_ORDER = re.compile(
    r"\b(?:sort\w*|order\w*|rank\w*|chronolog\w*|(?:oldest|newest|earliest|latest|soonest|biggest|highest|lowest|smallest|largest|longest|"
    r"shortest)\s+(?:first|to\s+(?:oldest|newest|earliest|latest|biggest|highest|lowest|smallest|largest|longest|shortest)|on\s+top))\b",
    re.IGNORECASE,
)
#: By what the grammar sorts.
_SORTED = {"agreement_date": "date", "effective_date": "effective date", "expiry": "expiry date"}
_ARTICLE = re.compile(
    r"^(?:(?:about|of|on|regarding|all|every|each|any|the|an?|our|their)\s+)+", re.IGNORECASE
)
#: Whom the grammar asks each document for.
_OF_EACH = {"parties": "Who are the parties to each contract?", "signatories": "Who signed each contract?"}
#: A word before one for documents.
_OF_KIND = re.compile(
    r"\b(?!(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|the|these|those|our|all|per|each|every|which|what|any)\s)([a-z-]+)\s+"
    r"(?:papers?|agreements?|contracts?|deals?|documents?|docs|jobs?|ones)\b",
    re.IGNORECASE,
)
#: Questions for no value that is told in short.
_NO_VALUE = re.compile(
    r"(?:who|whose|is|are|does|do|can|may|when|why|where|how\s+(?:often|many\s+times))\b", re.IGNORECASE
)
#: What is so large, behind what it is the size of.
_OF_SIZE = re.compile(
    r"(?:(?:more|less|fewer)\s+than|at\s+(?:least|most)|no\s+(?:more|less)\s+than|not\s+more\s+than|up\s+to|exactly|"
    r"about)\b|[\d$€£]|(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|thirty|sixty|ninety)\b",
    re.IGNORECASE,
)


def said(intent: Intent, *, openly: bool = False) -> str:
    """A question in the words of its subject; empty where its subject, or its value, is not told surely.

    Where what is left out is told, `openly`, it may be any words but numbers, names and kinds of document.
    """
    subject, sure = SUBJECTS[intent.subject], _is_sure(intent)
    kind = of_kind_asked(intent.question, roles=is_strict(intent))
    kind = kind if kind and kind.words.intersection(word.lower() for word in unsaid(intent)) else None
    if is_opposed(intent) or (kind and intent.form not in ("which", "any", "count", "which_and")):
        return ""
    if _drops(intent, kind, openly=openly) or (
        intent.form == "which_and" and intent.asked and not more_asked(intent)
    ):
        return ""
    of_day = subject.noun.endswith(" date")
    if intent.form in ("earliest", "latest") or (intent.form in ("max", "min") and of_day):
        return _of_day(intent) if sure else ""
    if intent.form in ("each", "list", "max", "min", "sum"):
        return _of_value(intent.form, subject.noun, intent, openly=openly) if sure else ""
    such = _such(intent) if sure else _named(intent)
    if not such:
        return ""
    such = f"are {kind.noun} and {such}" if kind else such
    if intent.form == "count":
        return f"How many contracts {such}?"
    if intent.form in ("any", "all") and not intent.lacking and not kind:
        return _asked_of(intent.form, such)
    if intent.form == "which_and" and (more := more_asked(intent)):
        return f"Of the contracts that {such}: {more}?"
    return f"Which contracts {such}?"


def most_left(intent: Intent) -> int:
    """How many words of a question may be left out of what is said of it."""
    return MORE_LEFT if intent.subject_sure >= VERY_SURE else MOST_LEFT


def unsaid(intent: Intent) -> list[str]:
    """The words of a question that are left out of what is said of it."""
    says, implied = SUBJECTS[intent.subject].says, IMPLIED.get(intent.subject, frozenset())
    if is_strict(intent):
        return left(intent.question, *intent.told, says, people=True)
    return [word for word in left(intent.question, *intent.told, says) if word.lower() not in implied]


def is_strict(intent: Intent) -> bool:
    """Whether documents of other kinds would be among those that are told: who lacks a thing, how many, the first."""
    return intent.lacking or intent.form in ("all", "count", "max", "min", "latest", "earliest", "sum")


def _drops(intent: Intent, kind: OfKind | None, *, openly: bool) -> bool:
    """Whether what is said, of documents of a kind, would leave out more of a question than it may."""
    rest = [word for word in unsaid(intent) if kind is None or word.lower() not in kind.words]
    others = {word.lower() for word in _OF_KIND.findall(intent.question)}
    if any(word.lower() in others for word in rest):
        return True
    if openly:
        return any(is_telling(intent.question, word) for word in rest)
    most = most_left(intent) if intent.form in ("which", "any", "which_and", "each", "list") else 1
    return len(rest) > most or any(is_telling(intent.question, word) for word in rest)


def _is_sure(intent: Intent) -> bool:
    named = _BROAD.get(intent.subject)
    if named and not named.search(intent.thing):
        return False
    return intent.subject != "other" and intent.subject_sure >= SURE_SUBJECT


def _of_day(intent: Intent) -> str:
    subject, first = SUBJECTS[intent.subject], intent.form in ("earliest", "min")
    if intent.value or intent.more or intent.lacking:
        return ""
    if (by := _SORTED.get(intent.subject)) and _IN_ORDER.search(intent.question):
        return f"Sort the contracts by {by}, {'earliest' if first else 'latest'} first"
    if subject.dated:
        return f"Which contract {subject.dated} {'first' if first else 'last'}?"
    if subject.noun.endswith(" date"):
        return f"Which contract has the {'earliest' if first else 'latest'} {subject.noun}?"
    return ""


def _of_value(form: Form, noun: str, intent: Intent, *, openly: bool) -> str:
    if openly and not noun and form in ("each", "list") and not (intent.value or intent.lacking):
        return f"What does each contract say about {_ARTICLE.sub('', intent.thing.strip(' ?.,'))}?"
    if not noun or intent.more or intent.value or intent.lacking:
        return ""
    if form == "sum":
        summed = intent.subject in _SUMMED and shares(intent.thing, noun)
        return f"What is the total {noun} of all contracts?" if summed else ""
    if form in ("max", "min"):
        if intent.subject in _NO_SIZE:
            return ""
        ends = ("longest", "shortest") if noun.endswith(("period", "term")) else ("highest", "lowest")
        return f"Which contract has the {ends[form == 'min']} {noun}?"
    if noun.endswith(" date") and re.match(r"when\b", intent.question, re.IGNORECASE):
        return f"What is the {noun} of each contract?"
    if _NO_VALUE.match(intent.question):
        return ""
    if openly and intent.subject in _OF_EACH:
        return _OF_EACH[intent.subject]
    return f"What is the {noun} of each contract?" if openly or shares(intent.thing, noun) else ""


def shares(thing: str, noun: str) -> bool:
    """Whether the words of a question name a value: some begin as those of its noun do."""
    begins = {word[:4] for word in re.findall(r"[a-z]{3,}", noun.lower())} - {"peri", "amou"}
    return any(word[:4] in begins for word in re.findall(r"[a-z]{3,}", thing.lower()))


def _such(intent: Intent) -> str:
    """What is said of the documents that are meant; where all are to be without a thing, of those that have it."""
    subject, other = SUBJECTS[intent.subject], turned(SUBJECTS[intent.subject], intent.question)
    if other is None or (not subject.has and not intent.value) or (other and intent.value):
        return ""
    if intent.lacking and intent.subject == "notice_to_end" and not intent.value:
        return ""  # who may be dropped without notice is not safe from it
    lacking = intent.lacking and intent.form != "all"
    if not intent.value or not subject.compared:
        if not intent.lacking and intent.subject in _EVERYWHERE:
            return ""
        such = other or (subject.lacks if lacking else subject.has)
        such = f"{such}{_joined(intent.value)}" if intent.value else such
    else:
        such = _compared(subject.compared, _cleaned(intent))
        such = _opposite(such) if lacking else such
    by = such.startswith(("allow ", "can ")) and not JOINS.match(intent.more)
    more = f" by {intent.more}" if by else _joined(intent.more)
    return f"{such}{more}" if intent.more and such else such


def _cleaned(intent: Intent) -> str:
    """A value without what its subject says already; a kind of document in the plural."""
    led = r"^(?:(?:under|by|in|of)\s+)?(?:the\s+)?(?:laws?|courts?)\s+(?:of|in)\s+|\s+(?:law|courts?)$"
    value = re.sub(led, "", intent.value, flags=re.I)
    if intent.subject in ("governing_law", "forum"):
        value = re.sub(r"^(?:under|by|in|of)\s+(?:the\s+)?", "", value, flags=re.I)
        value = "the United States" if value in _AMERICAN else value
    if intent.subject == "kind":
        value = re.sub(r"^(?:an?|the|our)\s+", "", value, flags=re.IGNORECASE)
        return value if value.endswith("s") else f"{value}s"
    return value


def _named(intent: Intent) -> str:
    """What is said of documents in the question's own words, where these name a thing that documents have."""
    thing = re.sub(r"^(?:an?|any|some|the|our|no)\s+", "", intent.thing.strip(" ?.,"), flags=re.IGNORECASE)
    few = 0 < len(thing.split()) <= _FEW
    if not few or intent.form_sure < CLEAR_FORM or intent.more or _NO_NAME.search(thing):
        return ""
    if left(intent.question, intent.thing, intent.value, intent.asked, "mention mentions mentioned") or (
        intent.value in intent.thing and intent.value
    ):
        return ""
    value = _joined(intent.value) if intent.value else ""
    if intent.subject == "other" and intent.subject_sure >= SURE_SUBJECT:
        return f"{'do not mention' if intent.lacking else 'mention'} {thing}"
    return f"have {'no ' if intent.lacking else ''}{thing}{value}"


def _compared(template: str, value: str) -> str:
    """A subject with a value, whose own "in" or "with" is not said twice."""
    *_, before = template.removesuffix(" {}").split()
    first, _, rest = value.partition(" ")
    if rest and first.lower() == before:
        return template.format(rest)
    if template.startswith(("have ", "charge ", "require ")) and before != "from":
        bare = re.sub(
            r"^(?:of|with|in|within|on)\s+(?=(?:less|more|at|no|not|fewer|\d|\$))",
            "",
            value,
            flags=re.IGNORECASE,
        )
        return template.format(f"of {bare}" if _OF_SIZE.match(bare) else value)
    if re.fullmatch(r"(?:19|20)\d\d", value):
        return template.format(f"in {value}")
    return template.format(value)


def _opposite(such: str) -> str:
    verb = _VERB.match(such)
    return f"{verb['verb']} not {verb['rest']}" if verb else f"do not {_TOOK.sub('take', such)}"


def _joined(more: str) -> str:
    """What narrows a subject, behind it."""
    return f" {more}" if JOINS.match(more) else f" for {more}"


def _asked_of(form: Form, such: str) -> str:
    verb = _VERB.match(such)
    if verb:
        return f"{verb['verb'].capitalize()} {form} contracts {verb['rest']}?"
    return f"Do {form} contracts {such}?"
