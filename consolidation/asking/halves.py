"""Two questions in one: which documents are meant, and what is asked of these. Each is told by its own words."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from consolidation.asking.intents import Intent

_JOIN = re.compile(r"[\s,;:&+–-]*(?:\b(?:and|plus|also|then|but)\b)?[\s,;:&+–-]*$", re.IGNORECASE)
#: Fewer words are no question.
_FEW = 2


def intent_by_halves(read: Callable[[str], Intent], question: str) -> Intent:
    """What a question wants; where it asks more of the documents it means, these are told by the rest of it alone."""
    whole = read(question)
    first = _first_half(whole)
    if not first:
        return whole
    half = read(first)
    return replace(
        half,
        form=whole.form,
        form_sure=whole.form_sure,
        question=whole.question,
        asked=whole.asked,
        second=whole.second,
        second_sure=whole.second_sure,
    )


def _first_half(intent: Intent) -> str:
    if intent.form != "which_and" or not intent.asked:
        return ""
    before, _, behind = intent.question.partition(intent.asked)
    first = _JOIN.sub("", before if before.strip() else behind).strip()
    return first if len(first.split()) >= _FEW else ""
