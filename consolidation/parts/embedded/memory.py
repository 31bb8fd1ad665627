"""The embedded model behind the `Memory` protocol.

Shape suffixes as in `model`, and B rows, one a (state, question).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor
from torch.nn.utils.rnn import pad_sequence

from consolidation.parts.embedded.model import HybridModel
from consolidation.parts.encoder import SEP, WordPieces
from consolidation.parts.encodings import Encodings
from consolidation.protocol import Claim, FastWeights, SleepSettings
from consolidation.text.windows import Windows

WEIGHTS = "fast_weights"
PRESENCE, LOG_LIKELIHOOD, WEAKEST = SIGNALS = ("presence", "log_likelihood", "weakest")
STORED = {WEIGHTS: "int4"}
#: Modules that write fast weights; all others are for decoding.
READS = ("embed.", "block.", "before_key.", "between.")


@dataclass(frozen=True, slots=True)
class EmbeddedMemory:
    """Windows to fast weights by `HybridModel.sleep`, and answers from them token by token.

    `presence` is the log odds that the state holds an answer; `log_likelihood` the mean over a claim's tokens,
    `weakest` the least of them.
    """

    encodings: Encodings
    model: HybridModel
    reads_sha256: str
    answers_sha256: str
    settings: SleepSettings
    stored: Mapping[str, str]
    name: str = "embedded"
    signals: Sequence[str] = SIGNALS
    any_question: bool = False

    @property
    def tokenizer_sha256(self) -> str:
        return self.encodings.pieces.sha256

    def tokenise(self, text: str) -> Windows:
        return self.encodings.tokenise(text)

    def blank_state(self) -> FastWeights:
        return {WEIGHTS: self.model.blank_state()}

    @torch.inference_mode()
    def read(self, windows: Windows, chosen: Sequence[int], state: FastWeights, passes: int) -> FastWeights:
        read = self.encodings.windows(windows, chosen)
        before_BHVK = state[WEIGHTS].to(self.encodings.device)
        after = self.model.sleep(
            read.ids_WT[None], read.features_WTF[None], read.mask_WT[None], before_BHVK, passes
        )
        return {WEIGHTS: after}

    @torch.inference_mode()
    def decoding(self, states: FastWeights, questions: Sequence[str]) -> EmbeddedDecoding:
        contexts = {question: self._context_CD(question) for question in dict.fromkeys(questions)}
        rows = [contexts[question] for question in questions]
        context_BCD = pad_sequence(rows, batch_first=True)
        lengths_B = torch.tensor([len(row) for row in rows], device=context_BCD.device)
        mask_BC = torch.arange(context_BCD.shape[1], device=context_BCD.device) < lengths_B[:, None]
        state_BHVK = states[WEIGHTS].to(self.encodings.device)
        return EmbeddedDecoding(self.model, self.encodings.pieces, context_BCD, mask_BC, state_BHVK)

    def _context_CD(self, question: str) -> Tensor:
        one = self.encodings.question(question)
        return self.model.question_context(one.ids_1C, one.features_1CF)[0]

    def question_tokens(self, question: str) -> int:
        return self.encodings.question(question).tokens

    def consolidate_flops(self, tokens: int, passes: int) -> float:
        config = self.model.config
        return tokens * (self.encodings.flops_per_token() + passes * config.document_flops_per_token())

    def answer_flops(self, tokens: int) -> float:
        return float(tokens * self.model.config.answer_flops_per_token())


class EmbeddedDecoding:
    """Greedy answers of the embedded model, one row a (state, question)."""

    def __init__(
        self, model: HybridModel, pieces: WordPieces, context_BCD: Tensor, mask_BC: Tensor, state_BHVK: Tensor
    ) -> None:
        self._model, self._pieces = model, pieces
        self._context_BCD, self._mask_BC, self._state_BHVK = context_BCD, mask_BC, state_BHVK
        count = len(state_BHVK)
        self._open = list(range(count))
        self._answer_BA = torch.zeros(count, 0, dtype=torch.long, device=state_BHVK.device)
        self._ids: list[list[int]] = [[] for _ in range(count)]
        self._values: list[list[float]] = [[] for _ in range(count)]
        self._dropped = set[int]()
        # the first forward step tells presence, before anything is said
        self._next_BX, present_B = self._forward()
        self._presence: list[float] = present_B.tolist()

    @property
    def open(self) -> Sequence[int]:
        return tuple(self._open)

    @torch.inference_mode()
    def step(self) -> None:
        if not self._open:
            return
        if self._answer_BA.shape[1]:
            self._next_BX, _ = self._forward()
        best = F.log_softmax(self._model.logits(self._next_BX), dim=-1).max(-1)
        self._answer_BA = torch.cat([self._answer_BA, best.indices[:, None]], dim=1)
        longest = self._answer_BA.shape[1] == self._model.config.max_answer - 1
        ended = set[int]()
        for row, token, value in zip(self._open, best.indices.tolist(), best.values.tolist(), strict=True):
            self._values[row].append(value)
            if token != SEP:
                self._ids[row].append(token)
            if token == SEP or longest:
                ended.add(row)
        self._close(ended)

    def drop(self, rows: Collection[int]) -> None:
        self._dropped |= set(rows) & set(self._open)
        self._close(set(rows))

    def claim(self, row: int) -> Claim:
        values = self._values[row]
        signals = {
            PRESENCE: self._presence[row],
            LOG_LIKELIHOOD: sum(values) / len(values) if values else 0.0,
            WEAKEST: min(values, default=0.0),
        }
        said = "" if row in self._dropped else self._pieces.decode(self._ids[row])
        # a list that has lost its thread says its parts again; each counts once
        parts = dict.fromkeys(part.strip() for part in said.split(";") if part.strip())
        return Claim("; ".join(parts), signals, len(values))

    @torch.inference_mode()
    def _forward(self) -> tuple[Tensor, Tensor]:
        rows = self._open
        y_BAX, present_B = self._model.decode(
            self._context_BCD[rows], self._mask_BC[rows], self._answer_BA, self._state_BHVK[rows]
        )
        return y_BAX[:, -1], present_B

    def _close(self, rows: set[int]) -> None:
        going = [i for i, row in enumerate(self._open) if row not in rows]
        if len(going) < len(self._open):
            self._open = [self._open[i] for i in going]
            self._answer_BA, self._next_BX = self._answer_BA[going], self._next_BX[going]
