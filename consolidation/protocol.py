"""What the engine asks of a model, whatever its architecture.

A hybrid checkpoint takes part by implementing `Memory`: its fast weights are named tensors of fixed size (the
recurrent and convolution states of its layers), its attention cache never leaves `read_window`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from torch import Tensor

from consolidation.text.windows import Windows

#: Named tensors of fixed size, one row a segment; all that is left of a window that was read.
FastWeights = Mapping[str, Tensor]


@dataclass(frozen=True, slots=True)
class Identity:
    """SHA-256 of everything that decides what a model does with a text."""

    model_sha256: str
    tokenizer_sha256: str


@dataclass(frozen=True, slots=True)
class Claim:
    """An answer decoded from one state: not yet supported by any text.

    The text is empty where decoding was given up.
    `presence` is the log odds that the state holds an answer; `log_likelihood` the mean over its tokens,
    `weakest` the least of them. `tokens` counts forward steps.
    """

    text: str
    presence: float
    log_likelihood: float
    weakest: float
    tokens: int


class Memory(Protocol):
    """A model that reads windows into fast weights and answers from them."""

    @property
    def identity(self) -> Identity: ...

    def tokenise(self, text: str) -> Windows:
        """The windows of a text, with character ranges."""
        ...

    def blank_state(self) -> FastWeights:
        """Fast weights before anything was read, one row."""
        ...

    def read_window(self, windows: Windows, index: int, state: FastWeights, passes: int) -> FastWeights:
        """`passes` recurrent passes over one window, started from `state`, which stays as it is.

        Attention sees the window alone; its cache is gone on return.
        """
        ...

    def decode(
        self, states: FastWeights, question: str, on_text: Callable[[str], None] = ...
    ) -> Sequence[Claim]:
        """One claim a row of `states`, all rows in one batch. `states` stay as they are.

        A row that can no longer lead is given up; its claim has no text.

        `on_text` gets what the most promising row has said so far, after each token.
        """
        ...

    def consolidate_flops(self, tokens: int, passes: int) -> float:
        """Floating-point operations to consolidate a text."""
        ...

    def answer_flops(self, tokens: int) -> float:
        """Floating-point operations for `tokens` answer steps from one state: no term in document length."""
        ...
