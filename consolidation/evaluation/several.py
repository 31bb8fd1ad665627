"""A question of several documents at once, of which none is named.

Each document is asked and the surest answer counts, as the product does it; a search looks for passages in all of
them together. An answer of another document than was meant counts as wrong, though it may be right of that one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from consolidation.evaluation.reads import Retrieval
from consolidation.evaluation.ways import Kept, Said, Way


def asking(way: Way, kept: Sequence[Kept]) -> Callable[[str], Said]:
    """What answers questions of all of these documents; what a search needs of them together is made here."""
    if isinstance(way, Retrieval):
        every = [one.what for one in kept]
        index = way.over_all(every)
        return lambda question: surest(way.ask_over_all(question, every, index))
    return lambda question: surest([way.ask(question, one) for one in kept])


def surest(said: Sequence[Said]) -> Said:
    """The surest of these answers, one that is supported before others; tokens and operations of all."""
    tokens, flops = sum(one.tokens for one in said), sum(one.flops for one in said)
    best = max(
        (one for one in said if one.text),
        key=lambda one: (one.state == "supported", one.sure),
        default=Said("", "not_found", 0, 0.0),
    )
    return Said(best.text, best.state, tokens, flops, best.sure)
