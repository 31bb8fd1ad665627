"""The plots of docs/method.md, from the results of benchmarks; written by scripts/numbers_in_docs.py."""

from collections.abc import Mapping, Sequence
from math import log10
from typing import Any

from reviewapp.frame.words_lab import WAYS
from scripts.method_tables import MARKED

#: Ways that are drawn beside those of each table.
PLOTTED = ("state_n2", "no_context", "gold_passage")
COLOURS = ("#2a6fb0", "#b0562a", "#7a7a7a", "#a02a8f", "#2a9a5a")
WIDTH, HEIGHT, LEFT, FOOT = 720, 300, 56, 36
#: Tasks that climb, what their rungs are called, and whom they are climbed by.
CLIMBED = (("depo_k", "Depo, k ="), ("rule110_t", "Rule 110, t ="))
CLIMBERS = {
    "n1": "N = 1",
    "n2": "N = 2",
    "n4": "N = 4",
    "deeper_n1": "N = 1, 4 times the layers",
    "longer_n1": "N = 1, more steps, equal compute",
}


def _svg(title: str, body: Sequence[str]) -> str:
    style = "text{font:12px sans-serif;fill:#666}.a{stroke:#888;fill:none}.l{fill:none;stroke-width:2}.s{fill:none}"
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img"><title>{title}</title>'
    axis = f'<path class="a" d="M{LEFT} 8V{HEIGHT - FOOT}H{WIDTH - 8}"/>'
    return "\n".join([head, f"<style>{style}</style>", axis, *body, "</svg>"]) + "\n"


def _text(x: float, y: float, said: str, anchor: str = "start") -> str:
    return f'<text x="{x:.0f}" y="{y:.0f}" text-anchor="{anchor}">{said}</text>'


def accuracy_plot(results: dict[str, Any]) -> str:
    """An SVG: right answers against time of a question, which is drawn by its logarithm."""
    figures = results["figures"]
    names = [n for n in (*MARKED, *PLOTTED) if figures.get(f"{n}_values_right") is not None]
    names.sort(key=lambda name: -figures[f"{name}_values_right"])
    times = {name: max(1.0, figures[f"{name}_question_ms"]) for name in names}
    low, high = log10(min(times.values())) - 0.1, log10(max(times.values())) + 0.4
    most = max([figures[f"{name}_values_right"] for name in names] + [10.0]) * 1.1
    body, free = list[str](), 0.0
    for name in names:
        x = LEFT + (WIDTH - LEFT) * (log10(times[name]) - low) / (high - low)
        y = (HEIGHT - FOOT) * (1 - figures[f"{name}_values_right"] / most)
        # labels keep clear of the one above
        free = max(free + 15, y + 4)
        body += [f'<circle cx="{x:.0f}" cy="{y:.0f}" r="4" fill="#2a6fb0"/>', _text(x + 8, free, WAYS[name])]
    body += [f'<circle cx="{x:.0f}" cy="{y:.0f}" r="4" fill="#2a6fb0"/>', _text(x + 7, y + 4, WAYS[name])]
    body += [
        _text(LEFT - 6, 14, f"{most:.0f} %", "end"),
        _text(WIDTH - 10, HEIGHT - 8, "time of a question (logarithmic)", "end"),
        _text(LEFT, HEIGHT - 8, f"{10**low:.0f} ms"),
    ]
    return _svg("Values right against the time of a question", body)


def length_plot(results: dict[str, Any]) -> str:
    """An SVG: right answers of each way by the length of the contract."""
    by_length = results["figures"]["by_length"]
    groups = [name for name in ("short", "middle", "long") if name in by_length]
    step, body = (WIDTH - LEFT) / max(1, len(groups)), list[str]()
    for row, name in enumerate(MARKED):
        places = [
            (LEFT + step * (at + 0.5), (HEIGHT - FOOT) * (1 - by_length[group][name]["right"] / 100))
            for at, group in enumerate(groups)
            if name in by_length[group]
        ]
        body += [
            f'<path class="l" stroke="{COLOURS[row]}" d="M{" L".join(f"{x:.0f} {y:.0f}" for x, y in places)}"/>',
            *(f'<circle cx="{x:.0f}" cy="{y:.0f}" r="4" fill="{COLOURS[row]}"/>' for x, y in places),
            f'<rect x="{LEFT + 14}" y="{16 + 18 * row}" width="12" height="4" fill="{COLOURS[row]}"/>',
            _text(LEFT + 32, 22 + 18 * row, WAYS[name]),
        ]
    body.append(_text(LEFT - 6, 14, "100 %", "end"))
    for at, group in enumerate(groups):
        body.append(_text(LEFT + step * (at + 0.5), HEIGHT - 12, f"{group} contracts", "middle"))
    return _svg("Right answers against the length of the contract", body)


def cost_plot(results: dict[str, Any]) -> str:
    """An SVG: seconds so far against the number of questions of one document."""
    figures, most = results["figures"], 100
    colours = dict(zip(MARKED, COLOURS, strict=True))
    ends = {
        name: (figures[f"{name}_build_s"], figures[f"{name}_question_mean_ms"] / 1000)
        for name in MARKED
        if f"{name}_build_s" in figures
    }
    top = max(build + most * ask for build, ask in ends.values())
    body = []
    for row, (name, (build, ask)) in enumerate(ends.items()):
        y0, y1 = ((HEIGHT - FOOT) * (1 - value / top) for value in (build, build + most * ask))
        body += [
            f'<path class="l" stroke="{colours[name]}" d="M{LEFT} {y0:.1f}L{WIDTH - 8} {y1:.1f}"/>',
            f'<rect x="{LEFT + 14}" y="{16 + 18 * row}" width="12" height="4" fill="{colours[name]}"/>',
            _text(LEFT + 32, 22 + 18 * row, WAYS[name]),
        ]
    body += [
        _text(LEFT - 6, 14, f"{top:.0f} s", "end"),
        _text(WIDTH - 10, HEIGHT - 12, f"{most} questions", "end"),
        _text(LEFT, HEIGHT - 12, "0"),
    ]
    return _svg("Seconds so far against questions of one document", body)


def tasks_plot(results: dict[str, Any]) -> str:
    """An SVG: accuracy on the tasks that climb, rung by rung, a panel each."""
    figures = results["figures"]
    scale = figures.get("scale", "published")
    small = "" if scale == "published" else f"{scale}_"
    body = [_text(LEFT - 6, 14, "100 %", "end"), _text(LEFT - 6, HEIGHT - FOOT, "0", "end")]
    for panel, (family, said) in enumerate(CLIMBED):
        left = LEFT + panel * 220 + 24
        body += [*_climbed(figures, f"{small}{family}", left), _text(left - 16, HEIGHT - 4, said)]
    drawn = [one for one in zip(COLOURS, CLIMBERS.values(), strict=True) if f'"{one[0]}"' in "".join(body)]
    for row, (colour, said) in enumerate(drawn):
        y = 20 + 18 * row
        body += [
            f'<rect x="{WIDTH - 234}" y="{y - 6}" width="12" height="4" fill="{colour}"/>',
            _text(WIDTH - 216, y, said),
        ]
    return _svg("Right answers on the tasks of the method, rung by rung", body)


def _climbed(figures: Mapping[str, Any], family: str, left: float) -> list[str]:
    """The lines of one panel: a point for each rung that was measured."""
    rungs = sorted(
        {
            int(key.removeprefix(family).split("_")[0])
            for key, value in figures.items()
            if key.startswith(family) and isinstance(value, float)
        }
    )
    places = {rung: left + 44 * index for index, rung in enumerate(rungs)}
    body = [_text(x, HEIGHT - FOOT + 16, str(rung), "middle") for rung, x in places.items()]
    for beside, (colour, ending) in enumerate(zip(COLOURS, CLIMBERS, strict=True)):
        keys = {f"{family}{rung}_{ending}": x + 4 * (beside - 2) for rung, x in places.items()}
        points = [(x, _height(figures[key])) for key, x in keys.items() if key in figures]
        if points:
            path = "L".join(f"{x:.0f} {y:.1f}" for x, y in points)
            body.append(f'<path class="l" stroke="{colour}" d="M{path}"/>')
            body += [f'<circle cx="{x:.0f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in points]
        for key, x in keys.items():
            if of_seeds := figures.get(f"{key}_seeds"):
                ends = f"M{x:.0f} {_height(max(of_seeds)):.1f}V{_height(min(of_seeds)):.1f}"
                body.append(f'<path class="s" stroke="{colour}" d="{ends}"/>')
    return body


def _height(percent: float) -> float:
    """Where a percentage is drawn."""
    return 8 + (HEIGHT - FOOT - 8) * (1 - percent / 100)
