"""What is worth doing with documents before they are asked: from measured figures and the questions to come.

Pure numbers: no records, no model.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
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
class Way(Took):
    """What one way takes, and how often its answers are right (0 to 1)."""

    name: str
    right: float

    def cost(self, tokens: float, questions: float, look_up: float = LOOK_UP_SECONDS) -> float:
        """Seconds of work and of a person who looks up what is not right."""
        return self.seconds(tokens, questions) + questions * (1 - self.right) * look_up


@dataclass(frozen=True)
class Passes(Took):
    """What states of so many passes take, and how often their own answers are right (0 to 1), with its interval."""

    passes: int
    right: float
    low: float
    high: float

    def cost(self, tokens: float, questions: float, look_up: float = LOOK_UP_SECONDS) -> float:
        """As that of a way."""
        return self.seconds(tokens, questions) + questions * (1 - self.right) * look_up


@dataclass(frozen=True)
class Plan:
    """What is best for some documents, `chosen` counting them by way, and seconds of work in all.

    `anew_seconds` is what reading every document anew for each question would take; `right` and `anew_right` say how
    often answers are right either way (0 to 1). `held` questions are those that briefs answer, and cost nothing here.
    `passes` counts the documents that are best consolidated by the passes that are best for them.
    """

    documents: int
    questions: int
    held: int
    chosen: Mapping[Kind, int]
    seconds: float
    anew_seconds: float
    right: float
    anew_right: float
    passes: Mapping[int, int] = field(default_factory=dict)

    @property
    def kind(self) -> Kind:
        """What is best for most of them."""
        return self.kinds[0]

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """All that is best for some of them, what is for most of them first."""
        return tuple(sorted(self.chosen, key=lambda kind: -self.chosen[kind]))


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


def is_consolidated(
    tokens: float, questions: int, held: int = 0, ways: tuple[Way, ...] | None = None
) -> bool:
    """Whether a document is to be consolidated for its questions: where that is best, or briefs hold some of them."""
    ways = measured() if ways is None else ways
    return held > 0 or bool(ways and KINDS[best(ways, tokens, questions).name] == "consolidate")


def best(ways: Iterable[Way], tokens: float, questions: float) -> Way:
    """The way that costs least for a document. Raises ValueError without ways."""
    return min(ways, key=lambda way: way.cost(tokens, questions))


def plan(
    tokens: Iterable[float], questions: int, held: int = 0, ways: tuple[Way, ...] | None = None
) -> Plan | None:
    """The best way for documents of so many tokens, each asked so many questions, of which briefs hold some.

    None without documents, questions or figures.
    """
    ways = measured() if ways is None else ways
    known, left = Counter(tokens), questions - held
    documents = known.total()
    if not documents or not questions or not ways:
        return None
    whole = next((way for way in ways if KINDS[way.name] == "read"), None)
    prepared = next((way for way in ways if KINDS[way.name] == "consolidate"), None)
    chosen, passes = Counter[Kind](), Counter[int]()
    seconds = anew = right = 0.0
    for length, number in known.items():
        # NB: where briefs answer everything, all there is to do is to make them
        way = prepared if prepared and not left else best(ways, length, left)
        chosen[KINDS[way.name]] += number
        if way is prepared:
            passes[best_passes(measured_passes(), length, left)] += number
        seconds += number * way.seconds(length, left)
        right += number * way.right / documents
        anew += number * whole.seconds(length, left) if whole else 0.0
    anew_right = whole.right if whole else 0.0
    return Plan(documents, questions, held, chosen, seconds, anew, right, anew_right, passes)
