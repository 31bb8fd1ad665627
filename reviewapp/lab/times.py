"""What is told of a comparison's times: which questions they are of, the longest of them, what was not kept."""

from collections.abc import Sequence

from reviewapp.frame.words_lab import NO_COUNTS, NO_TIME_COUNTS, WAYS
from reviewapp.lab.intervals import Figures

#: Medians of questions after a document's first one, and of first ones.
LATER, FIRST = "question_ms", "cold_question_ms"
#: Of so many times or fewer, what 95 of 100 are within is the longest of them.
FEW = 20
#: Of two times the longest is told as the median already.
PAIR = 2


def time_of(figures: Figures, way: str, name: str) -> float | None:
    """A median in milliseconds; None where nothing was timed, which was once written down as no time at all."""
    return figures.get(f"{way}_{name}") or None


def has_later(figures: Figures) -> bool:
    """Whether any document had more than one question."""
    return any(time_of(figures, way, LATER) for way in WAYS)


def longest_words(figures: Figures, way: str, name: str, shape: str) -> Sequence[str]:
    """Beside a median: 'longest of 6: 430', 'of 2', or '95 % within 430'; nothing where their number was not kept."""
    number, most = figures.get(f"{way}_{name}_n"), figures.get(f"{way}_{name}_p95")
    if not number or most is None:
        return ()
    if number <= PAIR:
        return (f"of {number}",)
    return (
        f"longest of {number}: {shape.format(most)}"
        if number <= FEW
        else f"95 % within {shape.format(most)}",
    )


def not_kept(figures: Figures) -> Sequence[str]:
    """What an older comparison cannot tell, in sentences."""
    measured = [way for way in WAYS if f"{way}_{LATER}" in figures]
    lacks_counts = any(f"{way}_values_right_n" not in figures for way in measured)
    lacks_times = any(f"{way}_{LATER}_n" not in figures for way in measured)
    return [words for words, lacks in ((NO_COUNTS, lacks_counts), (NO_TIME_COUNTS, lacks_times)) if lacks]
