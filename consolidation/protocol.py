"""What the engine asks of its parts, whatever their architecture.

A hybrid checkpoint takes part by implementing `Memory`: its fast weights are named tensors of fixed size (the
recurrent and convolution states of its layers), its attention cache never leaves `read`. Router and reader need not
know which memory they stand beside.

Shape suffixes: W windows, R router key width, Q questions.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from torch import Tensor

from consolidation.text.windows import Range, Windows

#: Named tensors of fixed size, one row a segment; all that is left of windows that were read.
FastWeights = Mapping[str, Tensor]
#: What is known of a claim, by name. A memory names its own (`Memory.signals`); answering adds others.
Signals = Mapping[str, float]
#: Passes over a window: one number for all, or one for each window, the last for all that follow.
Schedule = int | tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SleepSettings:
    """How documents are consolidated: passes over windows of L tokens, and windows to a segment."""

    schedule: Schedule = 1
    window_tokens: int = 128
    segment_windows: int = 8

    @property
    def passes(self) -> int:
        """The most passes over any window."""
        return self.schedule if isinstance(self.schedule, int) else max(self.schedule)


@dataclass(frozen=True, slots=True)
class AnswerSettings:
    """How questions are answered; fitted together with the confidence, and kept with it.

    `routed_states` are asked at most; `close_passages` are read for their vectors, and `worded_passages` more by full
    text. A state whose first signal, and a claim whose standing, is `prune` below the best is given up. A tolerant
    match has at least the similarity `tolerant_score`, of 100. An answer is shown where the document answers with the
    probability `check`, yes and no with `check_polarity`, and called supported where it is right with the probability
    `supported`, yes and no with `supported_polarity`.
    """

    routed_states: int = 4
    close_passages: int = 6
    worded_passages: int = 2
    prune: float = 2.5
    tolerant_score: float = 88.0
    check: float = 0.4
    check_polarity: float = 0.4
    supported: float = 0.9
    supported_polarity: float = 0.9


@dataclass(frozen=True, slots=True)
class Identity:
    """SHA-256 of what decides about a state (`reads`, `tokenizer`), and of what decides about an answer from it."""

    reads_sha256: str
    tokenizer_sha256: str
    answers_sha256: str


@dataclass(frozen=True, slots=True)
class Claim:
    """An answer that a `maker` gives: not yet supported by any text.

    The text is empty where nothing was claimed or decoding was given up. `place` is where the maker found it in the
    document's text, if it looked there. `tokens` counts forward steps.
    """

    text: str
    signals: Signals
    tokens: int = 0
    maker: str = "state"
    place: Range | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """A possible answer in a passage: its character range, and its log odds to "the passage does not say"."""

    place: Range
    score: float


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader finds in one passage.

    `answers` is the log odds that the passage answers; `spans` the best that do not overlap, best first; `parts` the
    places of a list; `evidence` what bears on the question; `yes` the log odds of yes to no; `kinds` the
    probabilities that a value, a list, and yes or no is asked for.
    """

    answers: float
    spans: tuple[Span, ...] = ()
    parts: tuple[Range, ...] = ()
    evidence: Range | None = None
    yes: float = 0.0
    kinds: tuple[float, float, float] = (1.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Proposal:
    """An answer to be judged: what is said, and the places in its passage that say so."""

    question: str
    answer: str
    passage: str
    places: tuple[Range, ...]
    title: str = ""


@runtime_checkable
class Decoding(Protocol):
    """Answers under way, a row for each (state, question); rows are independent of one another."""

    @property
    def open(self) -> Sequence[int]:
        """The rows that go on, in order."""
        ...

    def step(self) -> None:
        """One more token on every open row; rows that have ended are closed."""
        ...

    def drop(self, rows: Collection[int]) -> None:
        """Give some open rows up: their claims have no text."""
        ...

    def claim(self, row: int) -> Claim:
        """What a row says: its text so far while it is open. The memory's first signal is known from the start."""
        ...


@runtime_checkable
class Memory(Protocol):
    """A model that reads windows into fast weights and answers from them.

    `stored` is the stored type of each fast weight. `signals` names what a claim tells of itself; the first one ranks
    states before anything is said. `any_question` says that it may be asked in any words, not only in those that the
    embedded memory was taught. `reads_sha256` is over all that decides about fast weights, `answers_sha256` over
    what only decoding uses.
    """

    @property
    def name(self) -> str: ...
    @property
    def settings(self) -> SleepSettings: ...
    @property
    def stored(self) -> Mapping[str, str]: ...
    @property
    def signals(self) -> Sequence[str]: ...
    @property
    def any_question(self) -> bool: ...
    @property
    def reads_sha256(self) -> str: ...
    @property
    def tokenizer_sha256(self) -> str: ...
    @property
    def answers_sha256(self) -> str: ...

    def tokenise(self, text: str) -> Windows:
        """The windows of a text, with character ranges."""
        ...

    def blank_state(self) -> FastWeights:
        """Fast weights before anything was read, one row."""
        ...

    def read(self, windows: Windows, chosen: Sequence[int], state: FastWeights, passes: int) -> FastWeights:
        """`passes` recurrent passes over each of some consecutive windows, started from `state`, which stays.

        Attention sees one window alone; its cache is gone on return.
        """
        ...

    def decoding(self, states: FastWeights, questions: Sequence[str]) -> Decoding:
        """Begin one answer for each row of `states` and its question, in one batch. `states` stay as they are."""
        ...

    def question_tokens(self, question: str) -> int:
        """Tokens that go through a network to encode a question."""
        ...

    def consolidate_flops(self, tokens: int, passes: int) -> float:
        """Floating-point operations to consolidate a text."""
        ...

    def answer_flops(self, tokens: int) -> float:
        """Floating-point operations for `tokens` answer steps from one state: no term in document length."""
        ...


@runtime_checkable
class Router(Protocol):
    """Keys of windows and of questions; a window's score for a question is their dot product."""

    @property
    def reads_sha256(self) -> str: ...
    @property
    def answers_sha256(self) -> str: ...

    def window_keys(self, windows: Windows, chosen: Sequence[int]) -> Tensor:
        """Router keys of some windows, `[W, R]`."""
        ...

    def question_keys(self, questions: Sequence[str]) -> Tensor:
        """Router keys of questions, `[Q, R]`."""
        ...


@runtime_checkable
class Reader(Protocol):
    """Reads passages with attention."""

    @property
    def answers_sha256(self) -> str: ...

    def read(self, question: str, passages: Sequence[str], titles: Sequence[str] = ()) -> Sequence[Reading]:
        """What each passage says; `titles` are those of the passages' documents."""
        ...


@runtime_checkable
class Judge(Protocol):
    """Judges answers that others gave: it proposes none itself."""

    @property
    def answers_sha256(self) -> str: ...

    def judge(self, proposals: Sequence[Proposal]) -> Sequence[float]:
        """The log odds that each is right."""
        ...


@runtime_checkable
class Confidence(Protocol):
    """From signals to probabilities. By one that was not `fitted` nothing is called supported."""

    @property
    def fitted(self) -> bool: ...
    @property
    def answers_sha256(self) -> str: ...

    def standing(self, signals: Signals) -> float:
        """How good a claim of a state is by its memory's own signals; log odds up to a constant."""
        ...

    def confidence(self, signals: Signals) -> float:
        """Probability that a claim of a state is right, before any text is read."""
        ...

    def rank(self, signals: Signals) -> float:
        """What proposed answers to one question are compared by."""
        ...

    def answered(self, signals: Signals) -> float:
        """Probability that the document answers at all, by the best proposed answer."""
        ...

    def probability(self, signals: Signals) -> float:
        """Probability that the best of them is right, by all that is known of it and its margin to the next."""
        ...
