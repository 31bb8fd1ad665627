"""The plot of decisions over time: numbers of a drawing, that a template makes an SVG of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from reviewapp.reviews.quality import Day

WIDTH, HEIGHT, LEFT, FOOT = 720.0, 200.0, 44.0, 24.0
MOST_BARS = 60


@dataclass(frozen=True)
class Bar:
    """A stretch of days: the place and the heights of what was accepted, corrected and rejected, from below."""

    words: str
    label: str
    x: float
    width: float
    accepted: tuple[float, float]
    corrected: tuple[float, float]
    rejected: tuple[float, float]


@dataclass(frozen=True)
class Plot:
    """Bars of decisions, and the line of the share accepted until then."""

    bars: Sequence[Bar]
    line: str
    most: int
    width: float = WIDTH
    view: str = f"{LEFT - 2:g} 0 {WIDTH - LEFT + 4:g} {HEIGHT - FOOT + 2:g}"
    foot: float = HEIGHT - FOOT
    left: float = LEFT


def plot_of(days: Sequence[Day]) -> Plot | None:
    """The plot of these days, several to a bar where there are many; None without any."""
    if not days:
        return None
    first, last = days[0].day, days[-1].day
    step = max(1, -(-((last - first).days + 1) // MOST_BARS))
    bins: dict[int, list[Day]] = {}
    for day in days:
        bins.setdefault((day.day - first).days // step, []).append(day)
    number = (last - first).days // step + 1
    sums = {
        place: (
            sum(day.accepted for day in found),
            sum(day.corrected for day in found),
            sum(day.rejected for day in found),
        )
        for place, found in bins.items()
    }
    most = max(sum(each) for each in sums.values())
    room = WIDTH - LEFT
    width = min(40.0, room / number * 0.7)
    bars, points, right, total = [], [], 0, 0
    for place, (accepted, corrected, rejected) in sorted(sums.items()):
        x = LEFT + room * (place + 0.5) / number
        begin = first + timedelta(days=place * step)
        right, total = right + accepted, total + accepted + corrected + rejected
        points.append(f"{x:.1f},{(HEIGHT - FOOT) * (1 - right / total) + 4 * (right / total):.1f}")
        words = f"{begin:%d %b %Y}: {accepted} accepted, {corrected} corrected, {rejected} rejected"
        bars.append(_bar(words, f"{begin:%d %b}", x, width, (accepted, corrected, rejected), most))
    return Plot(bars, " ".join(points), most)


def _bar(words: str, label: str, x: float, width: float, numbers: tuple[int, int, int], most: int) -> Bar:
    foot, room = HEIGHT - FOOT, HEIGHT - FOOT - 4
    parts, top = [], foot
    for number in numbers:
        height = round(room * number / most, 1)
        top = round(top - height, 1)
        parts.append((top, height))
    return Bar(words, label, round(x - width / 2, 1), round(width, 1), parts[0], parts[1], parts[2])
