"""Plots of a comparison: numbers of a drawing, that a template makes an SVG of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import log10
from typing import Any

from reviewapp.frame.words_lab import LENGTHS, SHORT
from reviewapp.frame.words_numbers import count_words, duration_words

WIDTH, HEIGHT, LEFT, RIGHT, TOP, FOOT = 720.0, 300.0, 52.0, 130.0, 14.0, 30.0
#: The ways that make something else of a document, in the order of their lines' looks.
KINDS = ("product", "state_n1", "retrieval", "attention", "compaction")
MOST_QUESTIONS, LEAST_QUESTIONS = 500, 10
#: Labels keep so far from one another.
LINE = 15.0

Figures = Mapping[str, Any]


@dataclass(frozen=True)
class Label:
    """Words at a place."""

    x: float
    y: float
    words: str
    anchor: str = "start"


@dataclass
class Plot:
    """Lines (with the number of their look), dots and words, and a mark where something pays."""

    title: str
    says: str
    lines: list[tuple[int, str]] = field(default_factory=list)
    dots: list[tuple[float, float]] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)
    mark: float | None = None
    width: float = WIDTH
    height: float = HEIGHT
    left: float = LEFT
    top: float = TOP
    foot: float = HEIGHT - FOOT
    right: float = WIDTH - RIGHT


def plots_of(figures: Figures) -> list[Plot]:
    """All plots that the figures are enough for."""
    made = (accuracy_plot(figures), cost_plot(figures), length_plot(figures))
    return [plot for plot in made if plot is not None]


def accuracy_plot(figures: Figures) -> Plot | None:
    """Right answers against the time of a question, which is drawn by its logarithm."""
    found = {
        name: (max(1.0, figures[f"{name}_question_ms"]), figures[f"{name}_values_right"])
        for name in SHORT
        if figures.get(f"{name}_values_right") is not None
    }
    if not found:
        return None
    plot = Plot(
        "Right answers against the time of a question", "Higher is more often right, further left is faster."
    )
    low, high = (log10(end(ms for ms, _ in found.values())) for end in (min, max))
    # labels that stand before their dots need room as well
    low, high = low - max(0.1, 0.26 * (high - low)), high + 0.1
    ends = []
    for name, (ms, right) in found.items():
        x = LEFT + (plot.right - LEFT) * (log10(ms) - low) / (high - low)
        plot.dots.append((round(x, 1), _y(right / 100)))
        ends.append((x + 8, _y(right / 100) + 4, SHORT[name]))
    free = [end for end in ends if not _is_beside(end, ends)]
    beside = _apart([end for end in ends if end not in free])
    before = [Label(one.x - 16, one.y, one.words, "end") for one in beside]
    plot.labels = [
        *_apart(free),
        *before,
        *_scale("100 %", f"{10**low:.0f} ms", f"{10**high:.0f} ms a question", plot),
    ]
    return plot


def cost_plot(figures: Figures) -> Plot | None:
    """Seconds so far against the number of questions of a document, and where the product has paid."""
    ends = {
        name: (figures[f"{name}_build_s"], _mean_ms(figures, name) / 1000)
        for name in KINDS
        if figures.get(f"{name}_build_s") is not None
    }
    if not ends:
        return None
    pays, ends_of = (figures.get(f"product_break_even_vs_attention{end}") for end in ("", "_interval"))
    questions = int(min(MOST_QUESTIONS, max(LEAST_QUESTIONS, 3 * (pays or 0))))
    top = max(build + questions * ask for build, ask in ends.values()) or 1.0
    plot = Plot("Seconds so far against questions of one document", _pays_words(pays, ends_of))
    last = []
    for look, (name, (build, ask)) in enumerate(ends.items()):
        first, end = _y(build / top), _y((build + questions * ask) / top)
        plot.lines.append((look, f"{LEFT:.1f},{first} {plot.right:.1f},{end}"))
        last.append((plot.right + 6, end + 4, SHORT[name]))
    if pays is not None and pays <= questions:
        plot.mark = round(LEFT + (plot.right - LEFT) * pays / questions, 1)
    plot.labels = [*_apart(last), *_scale(duration_words(top), "0", count_words(questions, "question"), plot)]
    return plot


def length_plot(figures: Figures) -> Plot | None:
    """Right answers by the length of the document; nothing where all are of one length."""
    by_length = {name: figures.get("by_length", {}).get(name) for name in LENGTHS}
    found = {name: ways for name, ways in by_length.items() if ways}
    if len(found) < 2:
        return None
    plot = Plot("Right answers against the length of the document", "From short documents to long ones.")
    step = (plot.right - LEFT) / len(found)
    last = []
    for look, way in enumerate(KINDS):
        places = [
            (round(LEFT + step * (at + 0.5), 1), _y(ways[way]["right"] / 100))
            for at, ways in enumerate(found.values())
            if way in ways
        ]
        plot.lines.append((look, " ".join(f"{x},{y}" for x, y in places)))
        plot.dots += places
        if places:
            last.append((plot.right - step / 2 + 10, places[-1][1] + 4, SHORT[way]))
    plot.labels = [*_apart(last), Label(LEFT - 6, TOP + 4, "100 %", "end")]
    for at, name in enumerate(found):
        plot.labels.append(Label(LEFT + step * (at + 0.5), HEIGHT - 10, LENGTHS[name], "middle"))
    return plot


def _mean_ms(figures: Figures, way: str) -> float:
    """What a question takes on average: with the mean, lines cross where preparing has paid."""
    return float(figures.get(f"{way}_question_mean_ms", figures[f"{way}_question_ms"]))


def _pays_words(pays: float | None, ends: Sequence[float | None] | None) -> str:
    if pays is None:
        return "Preparing a document has not paid against reading it whole."
    words = count_words(max(1, round(pays)), "question")
    said = (
        f"The line across stands where preparing has paid against reading the document whole: after {words}"
    )
    if ends:
        low, high = ("never" if end is None else str(max(1, round(end))) for end in ends)
        said += f" (95 %: {low} to {high})"
    return f"{said}."


def _y(part: float) -> float:
    return round(TOP + (HEIGHT - FOOT - TOP) * (1 - part), 1)


def _is_beside(end: tuple[float, float, str], others: Sequence[tuple[float, float, str]]) -> bool:
    """Whether something else stands right of a dot, where its label would be."""
    return any(0 < x - end[0] < RIGHT / 2 and abs(y - end[1]) < 2 * LINE for x, y, _ in others)


def _apart(ends: Sequence[tuple[float, float, str]]) -> list[Label]:
    """Labels at these places, each moved down as far as those above are in its way, and up where the plot ends."""
    out: list[Label] = []
    for x, y, words in sorted(ends, key=lambda end: end[1]):
        beside = [label.y + LINE for label in out if abs(label.x - x) < RIGHT]
        out.append(Label(round(x, 1), max([y, *beside]), words))
    kept: list[Label] = []
    for label in reversed(out):
        below = [other.y - LINE for other in kept if abs(other.x - label.x) < RIGHT]
        kept.append(Label(label.x, round(min([label.y, HEIGHT - FOOT - 4, *below]), 1), label.words))
    return kept


def _scale(top: str, first: str, last: str, plot: Plot) -> list[Label]:
    return [
        Label(LEFT - 6, TOP + 4, top, "end"),
        Label(LEFT, HEIGHT - 10, first),
        Label(plot.right, HEIGHT - 10, last, "end"),
    ]
