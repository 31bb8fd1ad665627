"""A question of many documents in the words in which each of them is asked."""

from __future__ import annotations

import datetime
from collections.abc import Callable

from consolidation.asking.conjoined import by_pieces, conjoined, end_alone, of_those_too
from consolidation.asking.halves import intent_by_halves
from consolidation.asking.in_words import InWords, in_words, without_context
from consolidation.asking.intents import Intent
from consolidation.asking.over_all import over_all
from consolidation.engine import Engine


def intent_of(engine: Engine, question: str) -> Intent | None:
    """What a question of many documents wants; None where the engine has no reader of such. Raises `DeviceFull`."""
    read = _reader(engine)
    return intent_by_halves(read, question) if read else None


def _reader(engine: Engine) -> Callable[[str], Intent] | None:
    """What tells what some words want, beside others where they share the engine."""
    if not engine.intents:
        return None
    read, table = engine.intents.read, engine.table
    return lambda words: (table.merged("intents", read, [words]) if table else read([words]))[0]


def in_full(engine: Engine, question: str, today: datetime.date | None = None) -> InWords:
    """A question as it is asked of many documents: by the grammar, or by what the engine tells that it wants.

    `today` is the day on which it was asked. Raises `DeviceFull`.
    """
    if halves := of_those_too(question):
        both = conjoined(*(in_full(engine, half, today) for half in halves))
        if both:
            return both
    if end := end_alone(question):
        return end
    read = _reader(engine)
    if read is None:
        return InWords(over_all(question))
    intent = intent_by_halves(read, question)
    return by_pieces(in_words(over_all(without_context(intent)), intent, today), read)
