"""A question of many documents in the words in which each of them is asked."""

from __future__ import annotations

import datetime

from consolidation.asking.halves import intent_by_halves
from consolidation.asking.in_words import InWords, in_words
from consolidation.asking.intents import Intent
from consolidation.asking.over_all import over_all
from consolidation.engine import Engine


def intent_of(engine: Engine, question: str) -> Intent | None:
    """What a question of many documents wants; None where the engine has no reader of such. Raises `DeviceFull`."""
    if not engine.intents:
        return None
    read, table = engine.intents.read, engine.table
    return intent_by_halves(
        lambda words: (table.merged("intents", read, [words]) if table else read([words]))[0], question
    )


def in_full(engine: Engine, question: str, today: datetime.date | None = None) -> InWords:
    """A question as it is asked of many documents: by the grammar, or by what the engine tells that it wants.

    `today` is the day on which it was asked. Raises `DeviceFull`.
    """
    plain, intent = over_all(question), intent_of(engine, question)
    return in_words(plain, intent, today) if intent else InWords(plain)
