"""What parts may offer besides what the engine asks of all: to serve many at once, to be heard while they write."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Protocol, runtime_checkable

from consolidation.protocol import Decoding, FastWeights, Reading
from consolidation.text.windows import Windows

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


@runtime_checkable
class ReadsMany(Protocol):
    """A reader that reads passages of several questions in one batch."""

    def read_many(self, items: Sequence[tuple[str, str, str]]) -> Sequence[Reading]:
        """What each passage says; of each a question, the passage and the title of its document."""
        ...
