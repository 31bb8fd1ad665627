"""Plots of a comparison: numbers of a drawing, that a template makes an SVG of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from reviewapp.frame.words_lab import LENGTHS, SHORT, WAYS
from reviewapp.frame.words_numbers import count_words, duration_words
from reviewapp.lab.axes import Axis, even_ticks, log_ticks
from reviewapp.lab.intervals import Figures, interval_of
from reviewapp.lab.labels import LINE, Box, Placed, Spot, Stroke, placed, spread
from reviewapp.lab.tables import Line
from reviewapp.lab.times import FIRST, LATER, has_later, time_of

WIDTH, HEIGHT, LEFT, RIGHT, TOP, FOOT = 720.0, 330.0, 60.0, 130.0, 14.0, 54.0
#: The ways that make something else of a document, in the order of their lines' looks.
KINDS = ("product", "state_n1", "retrieval", "attention", "compaction")
MOST_QUESTIONS, LEAST_QUESTIONS = 500, 10
#: So many steps a scale has at most, about.
STEPS = 6
SECONDS_PER_MINUTE = 60
#: Seconds beyond which a scale is of minutes, and milliseconds beyond which it is of seconds.
IN_MINUTES, IN_SECONDS = 600.0, 1000.0
#: Points of one length stand so far beside one another.
BESIDE = 7.0
WHISKERS = "Whiskers are 95 % intervals over documents."


class Label(NamedTuple):
    """Words at a place."""

    x: float
    y: float
    words: str
    anchor: str = "start"


@dataclass
class Plot:
    """Lines (with the number of their look), dots and words; `across` and `up` are the ticks with their words.

    `told` says where the same numbers stand as text; `mark` is where something pays, `band` its interval from
    a place and so wide; `leaders` lead from words to their points. `costs` are the numbers of a plot that stand in no
    other table.
    """

    title: str
    says: str
    along: str
    told: str = "the tables above have the numbers"
    lines: list[tuple[int, str]] = field(default_factory=list)
    dots: list[tuple[float, float]] = field(default_factory=list)
    whiskers: list[Stroke] = field(default_factory=list)
    leaders: list[Stroke] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)
    across: list[tuple[float, str]] = field(default_factory=list)
    up: list[tuple[float, str]] = field(default_factory=list)
    mark: float | None = None
    band: tuple[float, float] | None = None
    costs: list[Line] = field(default_factory=list)
    width: float = WIDTH
    height: float = HEIGHT
    left: float = LEFT
    top: float = TOP
    foot: float = HEIGHT - FOOT
    right: float = WIDTH - RIGHT
    room: float = HEIGHT - FOOT - TOP


def plots_of(figures: Figures) -> list[Plot]:
    """All plots that the figures are enough for."""
    made = (accuracy_plot(figures), cost_plot(figures), length_plot(figures))
    return [plot for plot in made if plot is not None]


def accuracy_plot(figures: Figures) -> Plot | None:
    """Right answers against the time of a question, which is drawn by its logarithm."""
    is_later = has_later(figures)
    timed = {name: time_of(figures, name, LATER if is_later else FIRST) for name in SHORT}
    found = {
        name: (max(1.0, ms), figures[f"{name}_values_right"])
        for name, ms in timed.items()
        if ms is not None and figures.get(f"{name}_values_right") is not None
    }
    if not found:
        return None
    plot = Plot(
        "Right answers against the time of a question", "Higher is more often right, further left is faster.",
        f"processor time of {'a' if is_later else 'the first'} question, on a logarithmic scale",
    )  # fmt: skip
    times = [ms for ms, _ in found.values()]
    x, y = Axis(log_ticks(min(times), max(times)), LEFT, plot.right, is_log=True), _percent(plot)
    spots = []
    for name, (ms, right) in found.items():
        spots.append(Spot(x.place(ms), y.place(right), SHORT[name]))
        _whisker(plot, spots[-1].x, y, interval_of(figures, f"{name}_values_right"))
    plot.dots = [(spot.x, spot.y) for spot in spots]
    for spot, one in zip(
        spots, placed(spots, Box(LEFT + 4, 0, WIDTH, plot.foot - 2), plot.whiskers), strict=True
    ):
        plot.labels.append(_beside(spot, one))
        plot.leaders += [one.leader] if one.leader else []
    plot.across = [
        (x.place(ms), f"{ms:g} ms" if ms < IN_SECONDS else f"{ms / IN_SECONDS:g} s") for ms in x.ticks
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
    name = "product_break_even_vs_attention"
    pays, drawn = figures.get(name), interval_of(figures, name)
    most = min(MOST_QUESTIONS, max(LEAST_QUESTIONS, 3 * (pays or 0)))
    plot = Plot(
        "Seconds so far against questions of one document", "", "questions of one document",
        "the table below has the numbers",
    )  # fmt: skip
    x = Axis(even_ticks(most, STEPS), LEFT, plot.right)
    top = max(build + x.ticks[-1] * ask for build, ask in ends.values())
    unit, sign = (SECONDS_PER_MINUTE, "min") if top > IN_MINUTES else (1, "s")
    y = Axis([unit * tick for tick in even_ticks(top / unit, STEPS)], plot.foot, TOP)
    last = []
    for look, (name, (build, ask)) in enumerate(ends.items()):
        first, end = y.place(build), y.place(build + x.ticks[-1] * ask)
        plot.lines.append((look, f"{LEFT:.1f},{first} {plot.right:.1f},{end}"))
        last.append(Spot(plot.right, end, SHORT[name]))
    if pays is not None and pays <= x.ticks[-1]:
        plot.mark = x.place(pays)
        if drawn and drawn[0] is not None:
            begin, end = x.place(drawn[0]), plot.right if drawn[1] is None else x.place(drawn[1])
            plot.band = begin, round(end - begin, 1)
    plot.says = _pays_words(figures, is_drawn=plot.mark is not None)
    _at_ends(plot, last)
    plot.across = [(x.place(tick), f"{tick:,.0f}") for tick in x.ticks]
    plot.up = [(y.place(tick), f"{tick / unit:g} {sign}") for tick in y.ticks]
    for way, (build, ask) in ends.items():
        spent = [(count_words(int(n), "question"), duration_words(build + n * ask), ()) for n in x.ticks]
        plot.costs.append(Line(WAYS[way], spent))
    return plot


def length_plot(figures: Figures) -> Plot | None:
    """Right answers by the length of the document; nothing where all are of one length."""
    by_length = {name: figures.get("by_length", {}).get(name) for name in LENGTHS}
    found = {name: ways for name, ways in by_length.items() if ways}
    if len(found) < 2:
        return None
    plot = Plot(
        "Right answers against the length of the document", "From short documents to long ones.", "",
        "the table of right answers apart has the numbers",
    )  # fmt: skip
    y, step = _percent(plot), (plot.right - LEFT) / len(found)
    last = []
    for look, way in enumerate(KINDS):
        places = []
        for at, ways in enumerate(found.values()):
            if way in ways:
                x = round(LEFT + step * (at + 0.5) + BESIDE * (look - len(KINDS) // 2), 1)
                places.append((x, y.place(ways[way]["right"])))
                _whisker(plot, x, y, ways[way].get("interval"))
        plot.lines.append((look, " ".join(f"{x},{y}" for x, y in places)))
        plot.dots += places
        if places:
            last.append(Spot(*places[-1], SHORT[way]))
    _at_ends(plot, last, round(LEFT + step * (len(found) - 0.5) + BESIDE * 4))
    for at, (name, ways) in enumerate(found.items()):
        asked = max(one["n"] for one in ways.values())
        x = LEFT + step * (at + 0.5)
        plot.across.append((x, LENGTHS[name]))
        plot.labels.append(Label(x, plot.foot + 42, count_words(asked, "question"), "middle"))
    return plot


def _percent(plot: Plot) -> Axis:
    """An axis of rates, with its ticks in the plot."""
    y = Axis([0.0, 25.0, 50.0, 75.0, 100.0], plot.foot, TOP)
    plot.up = [(y.place(tick), f"{tick:g} %") for tick in y.ticks]
    return y


def _whisker(plot: Plot, x: float, y: Axis, ends: Sequence[float | None] | None) -> None:
    if ends is None or ends[0] is None or ends[1] is None:
        return
    if not plot.whiskers:
        plot.says = f"{plot.says} {WHISKERS}"
    plot.whiskers.append(Stroke(x, y.place(ends[0]), x, y.place(ends[1])))


def _beside(spot: Spot, one: Placed) -> Label:
    """Words of a point, from that side of their place which is nearest to it."""
    box, y = one.box, round(one.box.foot - LINE / 4, 1)
    if box.left >= spot.x:
        return Label(round(box.left, 1), y, one.words)
    if box.right <= spot.x:
        return Label(round(box.right, 1), y, one.words, "end")
    return Label(round((box.left + box.right) / 2, 1), y, one.words, "middle")


def _at_ends(plot: Plot, ends: Sequence[Spot], x: float | None = None) -> None:
    """Words at the ends of lines, apart from one another, each with a line to its own where it is not beside it."""
    x = plot.right if x is None else x
    heights = spread([end.y for end in ends], TOP + LINE / 2, plot.foot - LINE / 2)
    for end, height in zip(ends, heights, strict=True):
        plot.labels.append(Label(x + 22, height + 4, end.words))
        plot.leaders.append(Stroke(end.x + 5, end.y, x + 19, height))


def _mean_ms(figures: Mapping[str, float], way: str) -> float:
    """What a question takes on average: with the mean, lines cross where preparing has paid."""
    return float(figures.get(f"{way}_question_mean_ms", figures[f"{way}_question_ms"]))


def _pays_words(figures: Figures, *, is_drawn: bool) -> str:
    pays, ends = (
        figures.get("product_break_even_vs_attention"),
        interval_of(figures, "product_break_even_vs_attention"),
    )
    if pays is None:
        return "What the product makes of a document has not paid against reading it whole."
    said = f"after {count_words(max(1, round(pays)), 'question')}"
    if ends and ends[0] is not None:
        low, high = (None if end is None else f"{max(1, round(end)):,}" for end in ends)
        shaded = ", shaded" if is_drawn else ""
        said += f" (95 %: {low} or more{shaded})" if high is None else f" (95 %: {low} to {high}{shaded})"
    if not is_drawn:
        return f"What the product makes of a document pays against reading it whole only {said}."
    return (
        "The upright dashed line stands where what the product makes of a document has paid against reading it "
        f"whole: {said}."
    )
