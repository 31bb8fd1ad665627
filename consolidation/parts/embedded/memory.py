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
from consolidation.protocol import Claim, Decoding, FastWeights, SleepSettings
from consolidation.table.capacities import ToRead
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
        return self.read_many([(windows, chosen, state)], passes)[0]

    @torch.inference_mode()
    def read_many(self, documents: Sequence[ToRead], passes: int) -> list[FastWeights]:
        after: dict[int, Tensor] = {}
        for alike in _by_count(documents):
            read = [self.encodings.windows(*documents[at][:2]) for at in alike]
            longest = max(one.ids_WT.shape[1] for one in read)
            ids, mask = (
                torch.stack([F.pad(t, (0, longest - t.shape[1])) for t in tensors])
                for tensors in ([one.ids_WT for one in read], [one.mask_WT for one in read])
            )
            features = torch.stack(
                [F.pad(one.features_WTF, (0, 0, 0, longest - one.ids_WT.shape[1])) for one in read]
            )
            before = torch.cat([documents[at][2][WEIGHTS].to(self.encodings.device) for at in alike])
            after |= zip(alike, self.model.sleep(ids, features, mask, before, passes).split(1), strict=True)
        return [{WEIGHTS: after[at]} for at in range(len(documents))]

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
        return tokens * (self.encodings.flops_per_token() + config.document_flops_per_token(passes))

    def answer_flops(self, tokens: int) -> float:
        return float(tokens * self.model.config.answer_flops_per_token())


def _by_count(documents: Sequence[ToRead]) -> list[list[int]]:
    """Which documents have as many windows to read as each other."""
    by_count: dict[int, list[int]] = {}
    for at, (_, chosen, _) in enumerate(documents):
        by_count.setdefault(len(chosen), []).append(at)
    return list(by_count.values())


class EmbeddedDecoding:
    """Greedy answers of the embedded model, one row a (state, question)."""

    def __init__(
        self, model: HybridModel, pieces: WordPieces, context_BCD: Tensor, mask_BC: Tensor, state_BHVK: Tensor
    ) -> None:
        self._model, self._pieces = model, pieces
        self._context_BCD, self._mask_BC, self._state_BHVK = context_BCD, mask_BC, state_BHVK
        self._count = len(state_BHVK)
        #: the open rows, as the tensors have them; answers shorter than the longest are padded at their ends
        self._open = list(range(self._count))
        self._answer_BA = torch.zeros(self._count, 0, dtype=torch.long, device=state_BHVK.device)
        self._lengths_B = torch.zeros(self._count, dtype=torch.long, device=state_BHVK.device)
        self._ids: dict[int, list[int]] = {row: [] for row in self._open}
        self._values: dict[int, list[float]] = {row: [] for row in self._open}
        self._dropped = set[int]()
        # the first forward step tells presence, before anything is said
        self._next_BX, present_B = self._forward()
        self._presence: dict[int, float] = dict(enumerate(present_B.tolist()))

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
        if int(self._lengths_B.max()) == self._answer_BA.shape[1]:
            self._answer_BA = F.pad(self._answer_BA, (0, 1))
        self._answer_BA = self._answer_BA.scatter(1, self._lengths_B[:, None], best.indices[:, None])
        self._lengths_B = self._lengths_B + 1
        most = self._model.config.max_answer - 1
        ended = set[int]()
        for row, token, value in zip(self._open, best.indices.tolist(), best.values.tolist(), strict=True):
            self._values[row].append(value)
            if token != SEP:
                self._ids[row].append(token)
            if token == SEP or len(self._values[row]) == most:
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
    def join(self, other: Decoding) -> int:
        if not isinstance(other, EmbeddedDecoding):
            raise TypeError("decodings of two memories cannot go on together")
        first, self._count = self._count, self._count + other._count
        self._open += [first + row for row in other._open]
        self._dropped |= {first + row for row in other._dropped}
        self._presence |= {first + row: value for row, value in other._presence.items()}
        self._ids |= {first + row: ids for row, ids in other._ids.items()}
        self._values |= {first + row: values for row, values in other._values.items()}
        self._context_BCD = _stacked(self._context_BCD, other._context_BCD)
        self._mask_BC = _stacked(self._mask_BC, other._mask_BC)
        self._answer_BA = _stacked(self._answer_BA, other._answer_BA)
        self._state_BHVK = torch.cat([self._state_BHVK, other._state_BHVK])
        self._lengths_B = torch.cat([self._lengths_B, other._lengths_B])
        self._next_BX = torch.cat([self._next_BX, other._next_BX])
        return first

    def forget(self, rows: Collection[int]) -> None:
        self._dropped -= set(rows)
        for row in rows:
            del self._ids[row], self._values[row], self._presence[row]

    @torch.inference_mode()
    def _forward(self) -> tuple[Tensor, Tensor]:
        y_BAX, present_B = self._model.decode(
            self._context_BCD, self._mask_BC, self._answer_BA, self._state_BHVK
        )
        return y_BAX[torch.arange(len(y_BAX), device=y_BAX.device), self._lengths_B], present_B

    @torch.inference_mode()
    def _close(self, rows: set[int]) -> None:
        going = [i for i, row in enumerate(self._open) if row not in rows]
        if len(going) == len(self._open):
            return
        self._open = [self._open[i] for i in going]
        self._lengths_B = self._lengths_B[going]
        self._answer_BA = self._answer_BA[going][:, : int(self._lengths_B.max()) if going else 0]
        self._context_BCD, self._mask_BC = self._context_BCD[going], self._mask_BC[going]
        self._state_BHVK, self._next_BX = self._state_BHVK[going], self._next_BX[going]


def _stacked(one: Tensor, other: Tensor) -> Tensor:
    """The rows of both, those of the shorter padded at their ends."""
    longest = max(one.shape[1], other.shape[1])
    around = (0, 0) * (one.dim() - 2)
    return torch.cat([F.pad(rows, (*around, 0, longest - rows.shape[1])) for rows in (one, other)])
