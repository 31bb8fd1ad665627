"""Plans in words: what is done with documents before they are asked, what it takes, and how sure that is."""

from reviewapp.frame.words_grids import (
    ALL_THE_SAME,
    BRIEFS_HOLD_ALL,
    BRIEFS_WILL_HOLD_ALL,
    CONSOLIDATED,
    COST_LESS,
    GAINS,
    LOOKING_UP,
    READ_EACH,
    RECKONED,
    RECKONED_OF_BRIEFS,
)
from reviewapp.frame.words_numbers import count_words, duration_words, times_words
from reviewapp.grids.planning import LOOK_UP_SECONDS, Plan, Rated


def advice_words(found: Plan | None, *, at_night: bool) -> str:
    """A plan as every page says it; empty without one. `at_night`: documents wait for the night."""
    if found is None:
        return ""
    said = f"{count_words(found.questions, 'question')} to {_each(found.documents)}: "
    is_ready, once = found.ready == found.documents, duration_words(found.once_seconds)
    doing = ("at night, " if at_night else "") + _consolidating(found)
    if found.held == found.questions:
        if is_ready:
            return said + BRIEFS_HOLD_ALL
        return said + BRIEFS_WILL_HOLD_ALL.format(doing=doing, seconds=once)
    saved = found.anew_seconds - found.seconds
    said += f"{CONSOLIDATED[found.documents > 1]}, and" if is_ready else f"{doing} takes {once}, and then"
    said += f" asking takes {duration_words(found.asking_seconds)} of one processor core. That is "
    said += GAINS[saved > 0].format(
        seconds=duration_words(abs(saved)), each=COST_LESS["read"][found.documents > 1]
    )
    said += f", and right in {_percent(found.kept)} of 100 answers instead of {_percent(found.whole)}."
    if found.held:
        said += f" The briefs {'hold' if is_ready else 'will hold'} {found.held} of the {found.questions}."
    return said + _others_words(found) + _passes_words(found)


def reckoned_words(found: Plan | None) -> str:
    """What a plan counts as best, and how far it may be off; empty without one."""
    if found is None:
        return ""
    if found.held == found.questions:
        return RECKONED_OF_BRIEFS[found.ready == found.documents]
    kept, whole = (
        f"{_percent(one)} ({round(100 * one.low)} to {round(100 * one.high)})"
        for one in (found.kept, found.whole)
    )
    return RECKONED.format(seconds=round(LOOK_UP_SECONDS), kept=kept, whole=whole)


def _percent(one: Rated) -> int:
    return round(100 * one.right)


def _each(documents: int) -> str:
    return "1 document" if documents == 1 else f"each of {documents:,} documents"


def _consolidating(found: Plan) -> str:
    waiting = found.documents - found.ready
    if found.ready:
        return f"consolidating the {waiting:,} that {'is' if waiting == 1 else 'are'} not ready"
    return f"consolidating {'it' if waiting == 1 else 'them'}"


def _others_words(found: Plan) -> str:
    """What would cost less for some of the documents that are not ready."""
    if not found.others:
        return ""
    each = [
        f"{COST_LESS[kind][found.least[kind] > 1]} would cost less{_whom(found, found.least[kind])}"
        for kind in found.others
    ]
    return f" {LOOKING_UP.format(seconds=round(LOOK_UP_SECONDS))}, {', and '.join(each)}; {ALL_THE_SAME}"


def _whom(found: Plan, number: int) -> str:
    """For so many of the documents that are not ready."""
    many = found.documents - found.ready
    if found.ready:
        those = f"the {many:,} that {'is' if many == 1 else 'are'} not ready"
        return f" for {those}" if number == many else f" for {number:,} of {those}"
    if number < many:
        return f" for {number:,} of them"
    return " for all of them" if many > 1 else ""


def _passes_words(found: Plan) -> str:
    """How often each window is read, where documents are still consolidated."""
    if not found.passes:
        return ""
    if len(found.passes) == 1:
        return f" {READ_EACH.format(passes=times_words(next(iter(found.passes))))}"
    each = ", ".join(
        f"{times_words(passes)} in {count_words(number, 'document')}"
        for passes, number in sorted(found.passes.items())
    )
    return f" {READ_EACH.format(passes=each)}"
