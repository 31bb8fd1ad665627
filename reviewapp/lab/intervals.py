"""Intervals of a comparison's figures in words: none where documents are too few to draw one from."""

from collections.abc import Mapping
from typing import Any

#: Fewer documents than these say too little of others.
LEAST_DOCUMENTS = 10
Figures = Mapping[str, Any]


def interval_of(figures: Figures, name: str) -> tuple[float | None, float | None] | None:
    """The 95 % interval of a figure over documents; an end is None where it is never. None without one."""
    ends = figures.get(f"{name}_interval")
    if not ends or ends[0] == ends[1] or figures.get("documents", 0) < LEAST_DOCUMENTS:
        return None
    return ends[0], ends[1]


def has_intervals(figures: Figures) -> bool:
    """Whether there are documents enough for them."""
    return bool(figures.get("documents", 0) >= LEAST_DOCUMENTS)


def rate_words(ends: tuple[float | None, float | None] | None) -> str:
    """'74 to 98'; empty without an interval."""
    return "" if ends is None or None in ends else f"{ends[0]:.0f} to {ends[1]:.0f}"


def even_words(figures: Figures, name: str) -> str:
    """After how many questions something has paid: '7.7 (7.0 to 8.6)', '120 (74 or more, perhaps never)', 'never'."""
    value, ends = figures.get(name), interval_of(figures, name)
    said = "never" if value is None else number_words(value)
    if ends is None or ends[0] is None:
        return said
    if ends[1] is None:
        return f"{said} ({number_words(ends[0])} or more{'' if value is None else ', perhaps never'})"
    return f"{said} ({number_words(ends[0])} to {number_words(ends[1])})"


def number_words(value: float) -> str:
    """Of small numbers one decimal, of large ones none."""
    return f"{value:.1f}" if value < 100 else f"{value:,.0f}"
