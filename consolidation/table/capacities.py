"""What parts may offer besides what the engine asks of all: to serve many at once, to be heard while they write."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol, runtime_checkable

from consolidation.protocol import Decoding, FastWeights, Reading
from consolidation.text.windows import Range, Windows

#: A document's windows, those to be read now, and the state that they are read into.
ToRead = tuple[Windows, Sequence[int], FastWeights]


@runtime_checkable
class ReadsTogether(Protocol):
    """A memory that reads windows of many documents in one batch."""

    def read_many(self, documents: Sequence[ToRead], passes: int) -> Sequence[FastWeights]:
        """As `Memory.read` does for each document."""
        ...


@runtime_checkable
class Joining(Decoding, Protocol):
    """A decoding that rows can join while others are under way. Rows keep their numbers; no two have the same."""

    def join(self, other: Decoding) -> int:
        """Go on with the rows of another decoding of this memory too, which is over then.

        Both have taken a step. Returns the number of its first row here; the others follow in order.
        """
        ...

    def forget(self, rows: Collection[int]) -> None:
        """Keep nothing of rows that are not open."""
        ...


class ToAnswer(NamedTuple):
    """A question and a passage to be read for it, its document's title, and who hears what is written meanwhile."""

    question: str
    passage: str
    title: str = ""
    on_text: Callable[[str], None] | None = None


@runtime_checkable
class ReadsMany(Protocol):
    """A reader that reads passages of several questions in one batch."""

    def read_many(self, items: Sequence[ToAnswer]) -> Sequence[Reading]:
        """What each passage says."""
        ...


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence of an answer, and the place in the passage of this number whose words say so."""

    says: str
    passage: int
    place: Range


@dataclass(frozen=True, slots=True)
class Composed:
    """An answer by its sentences, perhaps none, and the mean log-likelihood of its tokens."""

    statements: tuple[Statement, ...]
    log_likelihood: float


@runtime_checkable
class Composer(Protocol):
    """Answers free questions in sentences."""

    @property
    def answers_sha256(self) -> str: ...

    def compose(self, question: str, passages: Sequence[str], on_text: Callable[[str], None]) -> Composed:
        """An answer of which every sentence has its place; `on_text` hears what is written, not checked yet."""
        ...
