"""Keys of windows and of questions: vectors of the passages that are read for windows.

Shape suffixes: W windows, Q questions, R key width.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from torch import Tensor

from consolidation.parts.cross_encoder import Retriever
from consolidation.text.windows import Windows


@dataclass(frozen=True, slots=True)
class PassageRouter:
    """The `Router` of a retriever."""

    retriever: Retriever
    answers_sha256: str = ""

    @property
    def reads_sha256(self) -> str:
        return self.retriever.answers_sha256

    def window_keys(self, windows: Windows, chosen: Sequence[int]) -> Tensor:
        """Keys `[W, R]` of the passages around windows."""
        spans = [windows.passages[window] for window in chosen]
        return self.retriever.embed_passages([windows.text[low:high] for low, high in spans])

    def question_keys(self, questions: Sequence[str]) -> Tensor:
        """Keys `[Q, R]` of questions."""
        return self.retriever.embed_questions(questions)
