"""Whether a question of a whole matter is asked in the grammar's words, or in those of what a model tells of it."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, replace

from consolidation.asking.clause_kinds import clause_kind
from consolidation.asking.clause_names import clause_named
from consolidation.asking.heeded import TYPED, heeded, left
from consolidation.asking.intents import ORDERS, Form, Intent
from consolidation.asking.more_asked import more_asked
from consolidation.asking.narrower import narrower
from consolidation.asking.of_kinds import of_kind_asked
from consolidation.asking.of_values import is_of_value, with_its_value
from consolidation.asking.saying import is_strict, most_left, said, unsaid
from consolidation.asking.subjects import SUBJECTS
from consolidation.asking.understand import Understanding, understand

#: Below this a form is left to the grammar; from `CLEAR_SUBJECT` on a subject is told better than by words that the
#: grammar knows of no clause.
SURE_FORM, CLEAR_SUBJECT = 0.5, 0.5
#: From these on what is left out is told; nine of ten such subjects are right.
OPEN_FORM, OPEN_VALUE, OPEN_SUBJECT, CLEAR_BRIEF = 0.8, 0.75, 0.7, 0.5
#: Forms whose words the grammar tells in the same way.
_ALIKE: dict[Form, tuple[str, ...]] = {
    "which": ("which",), "any": ("which",), "all": ("which", "each"), "count": ("count",),
    "each": ("each", "document"), "list": ("each", "document"), "max": ("highest",), "min": ("lowest",),
    "latest": ("latest",), "earliest": ("earliest",), "sum": ("sum",), "which_and": ("each",),
}  # fmt: skip
#: How words may be understood that were put for a form.
_TAKEN: dict[Form, tuple[str, ...]] = _ALIKE | {
    "max": ("highest", "latest"), "min": ("lowest", "earliest"), "which_and": ("each", "which"),
    "each": ("each",), "list": ("each", "which"),
}  # fmt: skip
#: One condition, and what is asked besides.
_ONE = 2
#: Subjects that every brief tells, so that their own words find them best.
_OF_BRIEFS = frozenset(("governing_law", "expiry", "agreement_date", "effective_date"))
#: Forms that choose documents.
_CHOOSING: tuple[Form, ...] = ("which", "any", "all", "count", "which_and", *ORDERS)
_OF_FIELDS = ("law", "date", "duration", "party", "person")
#: How a question goes over documents that asks for one end of an order.
ORDERED = ("highest", "lowest", "latest", "earliest")
_SENTENCE = re.compile(r".+?(?:[.?!;](?=\s|$)|$)\s*", re.DOTALL)
#: Words by which a sentence beside a question limits it.
_LIMITS = re.compile(
    r"\d|\b(?:top|two|three|five|ten|not|no|never|only|just|except\w*|exclud\w*|unless|but|without|ignore|skip|same|also|each|every|all|tell|"
    r"list|give|show|put|find|sort|rank|order|line|compare|per|which|who|whose|what|how|where|when|need(?!\s+(?:it|this|them)\b)|"
    r"want(?!\s+to\b))\b|n['’]t\b",
    re.IGNORECASE,
)
#: Where parts of a question end.
_PARTED = r"\s+-\s+|[,;:.?!()](?=\s|$)"
#: Half a question, of which the first says what for.
_HALF = re.compile(
    r"(?:and\s+)?(?:for\s+|by\s+)?(?:how\s+(?:much|long|many|often)|what\s+\w+)\s*\??$", re.IGNORECASE
)
#: What is asked besides says more of the same documents.
_SAID_TOO = re.compile(
    r"(?:and\s+|but\s+)?(?:(?:yet|still|also)\b|which\s+of\s+(?:those|these|them)\b)", re.IGNORECASE
)
#: A value of no thing, as the grammar makes one of "can be ended on more than 30 days".
_NO_THING = re.compile(r"what\s+is\s+the\s+(?:to|can|may|are|is|be|have|has|do|does|let)\b", re.IGNORECASE)
_EACH = re.compile(r"\b(?:each|every|per)\b", re.IGNORECASE)
#: What asks for a value first, and for no documents: "which law governs the leases, and who signed them".
_VALUE_FIRST = re.compile(
    r"(?:which|what)\s+(?:(?:is|are|was|were)\s+the\s+)?(?:[a-z]+(?:['\u2019]s)?\s+)?(?:laws?|courts?|dates?|days?|terms?|rates?|fees?|prices?|salar(?:y|ies)|"
    r"amounts?|notice|period)\b",
    re.IGNORECASE,
)
#: Kinds of clause that a word of a question stands for without saying what is asked of it: "price".
_VAGUE = frozenset(("", "Price Restrictions"))


@dataclass(frozen=True, slots=True)
class InWords:
    """A question in the words in which documents are asked it, and those of its own words that these leave aside."""

    words: str
    aside: tuple[str, ...] = ()


def in_words(plain: str, intent: Intent, today: datetime.date | None = None) -> InWords:
    """A question as documents are asked it: as the grammar has it (`plain`), or in the words of what it is about.

    It stays in the grammar's words where these tell what documents are asked for, where the words of the subject
    would leave out what the question says, and where these would be understood as something else. Where the grammar
    tells no choice of documents and a model is very sure of one, more is left out, and told.
    """
    intent = with_its_value(replace(intent, question=without_context(intent)))
    if intent.form == "which_and" and _SAID_TOO.match(intent.asked) and understand(plain, today=today).tested:
        return InWords(plain)
    meant = heeded(intent) if intent.form_sure >= SURE_FORM else None
    known = understand(plain, today=today)
    if intent.form == "which_and" and len(known.parts) > 1 and _VALUE_FIRST.match(plain):
        return InWords(plain)
    if is_of_value(known, intent) and (told := _openly(known, intent, today)):
        return told
    if meant is not None:
        if not known.refused and _is_understood(known, intent, meant):
            return InWords(plain)
        if words := _put(meant, today):
            lesser = narrower(meant, words)
            if lesser and _turns(meant):
                return InWords(plain)
            aside = _aside(intent.question, meant, words) if is_strict(meant) else ()
            return InWords(_without_verdict(meant, words, lesser, today), lesser + aside)
    return _openly(known, intent, today) or InWords(plain)


def _openly(known: Understanding, intent: Intent, today: datetime.date | None) -> InWords | None:
    """A question in the words of a subject that leave some of it aside; None where the grammar tells its form."""
    alike = (*_ALIKE[intent.form], "count", *ORDERED)
    told = (
        known.over in alike and not known.refused and (known.condition is not None or known.over in ORDERED)
    )
    of_brief = (
        intent.form in ("each", "list") and intent.subject in _OF_BRIEFS and known.value not in _OF_FIELDS
    )
    of_value = is_of_value(known, intent)
    if (told and not of_brief) or intent.form_sure < (OPEN_VALUE if of_value else OPEN_FORM):
        return None
    if not (intent.form in _CHOOSING or of_brief or of_value):
        return None
    if intent.subject_sure < (CLEAR_BRIEF if of_brief else OPEN_SUBJECT):
        return None
    for wanted in _wanted(intent):
        meant = heeded(replace(wanted, question=_own_sentences(wanted)), openly=True)
        if meant is not None and (words := _put(meant, today, openly=True)):
            lesser = narrower(meant, words)
            aside = () if of_brief else _aside(intent.question, meant, words)
            dropped = (intent.asked,) if intent.asked and wanted.form != "which_and" else ()
            aside += tuple(one for one in (*dropped, *lesser) if not any(one in part for part in aside))
            if lesser and _turns(meant):
                return None
            return InWords(_without_verdict(meant, words, aside, today, openly=True), aside)
    return None


def _without_verdict(
    meant: Intent, words: str, aside: tuple[str, ...], today: datetime.date | None, *, openly: bool = False
) -> str:
    """Words that ask which documents are so, where those for whether any is leave a part of the question aside.

    A Yes to less than was asked would be taken for one to all of it.
    """
    if meant.form != "any" or not aside:
        return words
    return _put(replace(meant, form="which"), today, openly=openly) or words


def _put(meant: Intent, today: datetime.date | None, *, openly: bool = False) -> str:
    """What is meant in the words of its subject; empty where these would be understood as something else."""
    words = said(meant, openly=openly)
    return words if words and _is_meant(understand(words, today=today), meant) else ""


def _turns(meant: Intent) -> bool:
    """Whether what lacks a part, or all that have it, are others than those of the whole."""
    return meant.lacking or meant.form in ("all", *ORDERS, "sum")


def _wanted(intent: Intent) -> tuple[Intent, ...]:
    """What is wanted; and without what is asked of the documents that are chosen."""
    if intent.form != "which_and":
        return (intent,)
    return intent, replace(intent, form="which", asked="", second="other", second_sure=0.0)


def without_context(intent: Intent) -> str:
    """A question without sentences that only say what it is for."""
    told = [one for one in intent.told if one]
    sentences = _SENTENCE.findall(intent.question)
    kept = [
        one for one in sentences if any(part in one for part in told) or "?" in one or _LIMITS.search(one)
    ]
    return "".join(kept).strip() if told and kept else intent.question


def _own_sentences(intent: Intent) -> str:
    """A question without the sentences around that in which its words are told."""
    sentences = _SENTENCE.findall(intent.question)
    own = [one for one in sentences if any(part and part in one for part in intent.told)]
    return "".join(own).strip() or intent.question


def _aside(question: str, meant: Intent, words: str) -> tuple[str, ...]:
    """The parts of a question that hold words which are left out of what is said of it."""
    kind = of_kind_asked(question, roles=is_strict(meant))
    of_kind = kind.words if kind and f"are {kind.noun} and " in words else frozenset()
    told = sorted(filter(None, meant.told), key=len, reverse=True)
    parts = re.split("|".join([*map(re.escape, told), _PARTED]), question)
    out = {word.lower() for word in unsaid(replace(meant, question=question))} - of_kind
    return tuple(
        " ".join(part.split())
        for part in parts
        if part and out.intersection(word.lower() for word in re.findall(r"[\w'’-]+", part))
    )


def _is_understood(known: Understanding, intent: Intent, meant: Intent) -> bool:
    """Whether the grammar tells the form of a question, and what documents are asked for."""
    if _NO_THING.match(known.each):
        return False
    if meant.form in ORDERS and known.over in ORDERED:
        return True
    if (
        known.over == "each"
        and _EACH.search(intent.question)
        and meant.form in ("which", "which_and", "any", "all")
    ):
        return True
    chosen = known.over in ("which", "count")
    if meant.form == "which_and" and chosen and not more_asked(meant):
        return True
    if len(known.parts) > 1 or known.over not in _ALIKE[meant.form]:
        return False
    if meant.form in ("each", "list"):
        of_brief = meant.subject in _OF_BRIEFS and meant.subject_sure >= CLEAR_SUBJECT
        return known.over == "each" or (known.value != "free" and not of_brief)
    if meant.form == "which_and" and _HALF.match(meant.asked) and more_asked(meant) in _values(meant):
        return False
    if meant.form == "which_and":
        return bool(known.tested) and (len(known.questions) > _ONE or _is_known(known.tested[0][0], meant))
    if not chosen or known.tested:
        return True
    return _is_known(known, meant)


def _values(meant: Intent) -> tuple[str, ...]:
    """The questions for the values of what is meant."""
    return tuple(
        f"what is the {SUBJECTS[name].noun}" for name in (meant.subject, meant.second) if SUBJECTS[name].noun
    )


def _is_known(known: Understanding, meant: Intent) -> bool:
    """Whether the grammar tells what documents are asked for better than the subject's name would."""
    if _NO_THING.match(known.each):
        return False
    typed = meant.value and meant.subject in TYPED and meant.subject_sure >= CLEAR_SUBJECT
    if (
        typed
        and known.condition is not None
        and known.condition.test in ("has", "lacks")
        and not known.tested
    ):
        return False
    if meant.more or meant.value or meant.subject_sure < CLEAR_SUBJECT or known.condition is None:
        return known.condition is not None
    if len(left(meant.question, meant.thing, meant.asked, SUBJECTS[meant.subject].says)) > most_left(meant):
        return True
    return (
        known.condition.test not in ("has", "lacks")
        or clause_kind(known) not in _VAGUE
        or bool(clause_named(known))
    )


def _is_meant(found: Understanding, meant: Intent) -> bool:
    """Whether words that were put for a question are understood as it was meant."""
    asked = found.each if not found.tested else " ".join(one[0].each for one in found.tested)
    turned = " not " in asked and " not " not in SUBJECTS[meant.subject].has
    if found.refused or found.parts or found.over not in _TAKEN[meant.form] or turned:
        return False
    condition = found.tested[-1][0].condition if len(found.tested) == _ONE else found.condition
    if condition is None:
        return True
    typed = bool(meant.value) and meant.subject in TYPED
    if typed and condition.test in ("has", "lacks"):
        return False
    lacks = condition.test in ("lacks", "outside", "is_not", "untitled")
    return lacks == (meant.lacking and meant.form != "all")
