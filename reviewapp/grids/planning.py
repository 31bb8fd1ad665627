"""What is worth doing with documents before they are asked: from measured figures and the questions to come.

Pure numbers: no records, no model.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from math import fsum
from pathlib import Path
from typing import Literal

Kind = Literal["read", "search", "summarise", "consolidate"]
#: The benchmark's figures by the way's name; written by `python -m benchmarks.memories`.
MEASURED = Path(__file__).parent / "measured.json"
#: What each way that was measured means for a document.
KINDS: dict[str, Kind] = {
    "attention": "read",
    "retrieval": "search",
    "compaction": "summarise",
    "product": "consolidate",
}
#: Seconds of a person that one answer costs which is not right: somebody looks it up.
LOOK_UP_SECONDS = 60.0


@dataclass(frozen=True)
class Took:
    """What something was measured to take on one processor core.

    Building and asking each take some seconds, and some more for each 1,000 tokens of the document.
    """

    build_seconds: float
    build_seconds_per_1000: float
    ask_seconds: float
    ask_seconds_per_1000: float

    def seconds(self, tokens: float, questions: float) -> float:
        """Seconds of work on a document of so many tokens: made once, asked so often."""
        thousands = tokens / 1000
        once = self.build_seconds + thousands * self.build_seconds_per_1000
        return once + questions * (self.ask_seconds + thousands * self.ask_seconds_per_1000)


@dataclass(frozen=True)
class Rated(Took):
    """What something takes, and how often its answers are right (0 to 1), with its 95 % interval."""

    right: float
    low: float
    high: float

    def cost(self, tokens: float, questions: float, look_up: float = LOOK_UP_SECONDS) -> float:
        """Seconds of work and of a person who looks up what is not right."""
        return self.seconds(tokens, questions) + questions * (1 - self.right) * look_up


@dataclass(frozen=True)
class Way(Rated):
    """A way to keep documents."""

    name: str


@dataclass(frozen=True)
class Passes(Rated):
    """States of so many passes, by their own answers."""

    passes: int


@dataclass(frozen=True)
class Plan:
    """What it takes to have documents consolidated and to ask them, against reading every document anew.

    Nothing is answered from a document before it is consolidated, so `once_seconds` is of all that are not `ready`
    yet, and `asking_seconds` of all; `anew_seconds` is what reading all anew would take. `kept` and `whole` have the
    rates of either. `least` counts the documents that are not ready by the way that would cost least, and `passes` by
    the passes that are best for them. `held` questions are those that briefs answer; they cost nothing here.
    """

    documents: int
    ready: int
    questions: int
    held: int
    once_seconds: float
    asking_seconds: float
    anew_seconds: float
    kept: Way
    whole: Way
    least: Mapping[Kind, int]
    passes: Mapping[int, int] = field(default_factory=dict)

    @property
    def seconds(self) -> float:
        """Seconds of work that are left, in all."""
        return self.once_seconds + self.asking_seconds

    @property
    def others(self) -> tuple[Kind, ...]:
        """What would cost less for some documents than to consolidate them, what does for most of them first."""
        return tuple(sorted(self.least.keys() - {"consolidate"}, key=lambda kind: (-self.least[kind], kind)))


@lru_cache(maxsize=1)
def measured(path: Path = MEASURED) -> tuple[Way, ...]:
    """The ways that were measured; none without figures."""
    if not path.exists():
        return ()
    return tuple(Way(name=name, **figures) for name, figures in json.loads(path.read_text())["ways"].items())


@lru_cache(maxsize=1)
def measured_steps(path: Path = MEASURED) -> tuple[tuple[int | None, Took], ...]:
    """What steps of the memory lab take, those together that ask so many questions at most; none without figures."""
    if not path.exists():
        return ()
    return tuple((one.pop("most"), Took(**one)) for one in json.loads(path.read_text())["steps"])


@lru_cache(maxsize=1)
def measured_passes(path: Path = MEASURED) -> tuple[Passes, ...]:
    """States by the passes that they were made with, the fewest first; none without figures."""
    if not path.exists():
        return ()
    return tuple(Passes(**one) for one in json.loads(path.read_text())["passes"])


def best_passes(known: Iterable[Passes], tokens: float, questions: float) -> int:
    """The passes that cost least for a document; more than the fewest only where they are surely right more often.

    Surely: by the whole interval of theirs. 1 without figures.
    """
    chosen: Passes | None = None
    for one in known:
        if chosen is None or (
            one.low > chosen.right and one.cost(tokens, questions) < chosen.cost(tokens, questions)
        ):
            chosen = one
    return chosen.passes if chosen else 1


def way_of(kind: Kind, ways: Iterable[Way] | None = None) -> Way | None:
    """The way of a kind; None without its figures."""
    return next((way for way in (measured() if ways is None else ways) if KINDS[way.name] == kind), None)


def making_seconds(tokens: Iterable[float], ways: Iterable[Way] | None = None) -> float:
    """Seconds of consolidating documents of so many tokens; 0 without figures."""
    kept = way_of("consolidate", ways)
    return fsum(kept.seconds(length, 0) for length in tokens) if kept else 0.0


def best(ways: Iterable[Way], tokens: float, questions: float) -> Way:
    """The way that costs least for a document. Raises ValueError without ways."""
    return min(ways, key=lambda way: way.cost(tokens, questions))


def plan(
    tokens: Iterable[float],
    questions: int,
    held: int = 0,
    ways: tuple[Way, ...] | None = None,
    *,
    ready: Iterable[float] = (),
) -> Plan | None:
    """What is to be done with documents of so many tokens, each asked so many questions, of which briefs hold some.

    `ready` are the tokens of those that are consolidated. None without documents, questions or figures.
    """
    ways = measured() if ways is None else ways
    unready, paid, left = Counter(tokens), Counter(ready), questions - held
    documents = unready.total() + paid.total()
    kept, whole = way_of("consolidate", ways), way_of("read", ways)
    if not documents or not questions or kept is None or whole is None:
        return None
    least, passes = Counter[Kind](), Counter[int]()
    once, asking, anew = making_seconds(unready.elements(), ways), 0.0, 0.0
    for length, number in unready.items():
        # NB: where briefs answer everything, all there is to do is to make them
        least[KINDS[best(ways, length, left).name] if left else "consolidate"] += number
        passes[best_passes(measured_passes(), length, left)] += number
    for length, number in (unready + paid).items():
        asking += number * (kept.seconds(length, left) - kept.seconds(length, 0))
        anew += number * whole.seconds(length, left)
    return Plan(
        documents, paid.total(), questions, held, once, asking, anew, kept, whole, dict(least), dict(passes)
    )
