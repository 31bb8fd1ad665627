"""Questions for a value of each document, or of those that have it, by the name that finds it best."""

from __future__ import annotations

import re
from dataclasses import replace

from consolidation.asking.heeded import left
from consolidation.asking.intents import Intent
from consolidation.asking.natural import as_people_ask
from consolidation.asking.parts import asks_two
from consolidation.asking.saying import MORE_LEFT, shares
from consolidation.asking.subjects import SUBJECTS
from consolidation.asking.understand import Understanding

#: From this on a subject is put by its name where words are of no one thing.
CLEAR_VALUE = 0.8
#: A question for what a document says of something, which says it best; and what asks for a length of time.
_SAYS_ABOUT = re.compile(r"what\s+does\s+the\s+agreement\s+say\b", re.IGNORECASE)
_OF_TIME = re.compile(
    r"\b(?:periods?|long\w*|short\w*|days?|weeks?|months?|years?|times?|deadlines?|terms?|durations?|lengths?|last|until|late|soon|quick\w*)\b",
    re.IGNORECASE,
)
#: Types of value that words are taken for which ask for no one thing.
_LOOSE = ("free", "list", "consequence")
#: A value that is asked for where there is one: "is liability capped, and if so at what amount".
_ITS_VALUE = re.compile(
    r"(?:if\s+so,?\s+)?(?:(?:and|at|for|by)\s+)*(?:what\s+|which\s+|the\s+)?(?:amounts?|how\s+(?:much|long|high|big)|rates?|percentages?|limits?)\b[^?]{0,12}$",
    re.IGNORECASE,
)
_OF_ALL_PARTIES = re.compile(
    r"\b(?:all|every|list|each)\b.*\b(?:part(?:y|ies)|counterpart(?:y|ies)|signator(?:y|ies)|people\s+who\s+signed)\b",
    re.IGNORECASE,
)
_OF_PARTIES = re.compile(r"\b(?:part(?:y|ies)|counterpart(?:y|ies)|signator(?:y|ies))\b", re.IGNORECASE)
#: What asks to be told of things, and not whether or how something is done; and two things at once.
_LISTED = re.compile(
    r"(?:please\s+)?(?:list|name|show|give|pull|collect|gather|summari[sz]e|compare|overview|table|all|every|i\s+(?:need|want)|what\s+(?:do|does|kinds?|sorts?)\b)",
    re.IGNORECASE,
)
_TWO = re.compile(r"\b(?:and|or|plus|as)\b|&", re.IGNORECASE)
#: The name of a thing, in few words that are no sentence.
_THING = re.compile(
    r"(?!(?:who|what|which|how|when|where|why|whose|is|are|do|does|can|may|must|to|if)\b)[a-z][\w'’/-]*(?:\s+(?!(?:is|are|do|does|can|may|must|has|have|will|if|when|who|which|that)\b)[\w'’/-]+){0,4}",
    re.IGNORECASE,
)


def with_its_value(intent: Intent) -> Intent:
    """What is wanted, with the value that is asked for where there is one as a question of its own.

    Parties and who signed are no condition on documents: each is asked for them.
    """
    if intent.form == "which_and" and intent.subject in ("parties", "signatories") and not intent.value:
        told = _OF_ALL_PARTIES.search(intent.thing)
        return (
            replace(intent, form="each", subject_sure=max(intent.subject_sure, CLEAR_VALUE))
            if told
            else intent
        )
    of_value = intent.form in ("any", "which") and SUBJECTS[intent.subject].noun
    if not of_value or not _ITS_VALUE.match(intent.asked.strip(" ?.")):
        return intent
    return replace(intent, form="which_and", second=intent.subject, second_sure=intent.subject_sure)


def is_of_value(known: Understanding, intent: Intent) -> bool:
    """Whether each document is to tell a value by a name that finds it better than words that are of no one thing."""
    noun = SUBJECTS[intent.subject].noun
    asked = as_people_ask(f"What is the {noun}?")
    whose = intent.subject in ("parties", "signatories")
    named = whose or (shares(intent.thing, " ".join((noun, *asked))) if noun else _names_thing(intent))
    is_said = _SAYS_ABOUT.match(known.each) or (
        noun.endswith(("period", "term")) and not _OF_TIME.search(intent.question)
    )
    loose = known.over == "document" or (
        known.over == "each" and (known.value in _LOOSE or len(known.parts) > 1 or asks_two(known.each))
    )
    few = len(left(intent.question, *intent.told, noun)) <= MORE_LEFT
    return (
        not is_said
        and (whose or not _TWO.search(intent.thing))
        and intent.form in ("each", "list")
        and named
        and loose
        and few
        and intent.subject_sure >= CLEAR_VALUE
    )


def _names_thing(intent: Intent) -> bool:
    """Whether the words of what each document is asked for name a thing, of which it tells no value in short."""
    thing = intent.thing.strip(" ?.,")
    is_thing = _THING.fullmatch(thing) and not _OF_PARTIES.search(thing)
    return bool(is_thing and _LISTED.match(intent.question)) and intent.subject != "other"
