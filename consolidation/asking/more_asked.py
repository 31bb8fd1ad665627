"""What is asked of the documents that a question chooses, as a question of its own."""

from __future__ import annotations

import re

from consolidation.asking.heeded import left
from consolidation.asking.intents import Intent
from consolidation.asking.subjects import SUBJECTS

#: Below this a subject is not told.
SURE_SUBJECT = 0.45
#: What else such a question says.
_OF_ASKING = (
    "amount notice long much stop stops take takes need needed required give given end ends be lasts last days weeks "
    "months years limit limits amounts rate rates"
)
#: How many of something there are in a document, and not how many documents.
_HOW_MANY = re.compile(
    r"how\s+many\s+(?:of\s+(?:those|these|the)\s+)?(?P<what>(?!(?:days|weeks|months|years|times)\b)[a-z][\w-]+(?:\s+[\w-]+)?)\s+"
    r"(?:are|is|were|sit|decide|hear)\b(?:\s+there)?$",
    re.IGNORECASE,
)
_FOR_VALUE = re.compile(
    r"(?:for\s+|by\s+)?how\s+(?:long|much|many\s+(?:days|weeks|months|years)|high|big|large)\b|what(?:'s|\s+is)\s+the\b|what\s+(?:notice|limits?|amounts?|rates?|length)\b"
    r"|at\s+what\b",
    re.IGNORECASE,
)
#: A kind of what documents have.
_WHAT_KIND = re.compile(r"(?:of\s+)?what\s+(?P<kind>kind|type|sort)s?(?:\s+(?:of|is\s+it))?", re.IGNORECASE)
_OF_HAVING = re.compile(r"^(?:have|require|grant|allow|charge|limit|provide)\s+(?:an?\s+)?")
#: A value by its kind alone.
_AMOUNT = re.compile(
    r"(?:(?:and|at|for|by)\s+)*(?:the\s+)?(?:amounts?|rates?|percentages?|limits?)(?:\s+in\s+each)?",
    re.IGNORECASE,
)


def more_asked(intent: Intent) -> str:
    """What is asked of the documents that are chosen, as a question of its own; empty where nothing can be."""
    second = SUBJECTS[intent.second if intent.second_sure >= SURE_SUBJECT else intent.subject]
    asked = re.sub(r"^(?:and|&|,|plus|also)\s+", "", intent.asked.strip(" ?.,")).strip()
    bare = re.sub(r"^if\s+so,?\s+", "", asked, flags=re.IGNORECASE)
    of_value = _FOR_VALUE.match(bare) or _AMOUNT.fullmatch(bare)
    if of_value and intent.subject in ("renewal", "renewal_term") and intent.second == "notice_to_end":
        return "how much notice is needed to stop the renewal"
    if second.noun and of_value and not left(bare, second.noun, _OF_ASKING):
        return f"what is the {second.noun}"
    if (of_kind := _WHAT_KIND.fullmatch(bare)) and (
        thing := _OF_HAVING.sub("", SUBJECTS[intent.subject].has)
    ):
        return f"what {of_kind['kind'].lower()} of {thing}"
    if counted := _HOW_MANY.match(asked):
        return f"what is the number of {counted['what']}"
    few = 1 if re.match(r"(?:what|how|which)\b", asked, re.IGNORECASE) else 2
    return asked if len(asked.split()) > few else ""
