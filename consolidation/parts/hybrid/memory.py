"""A causal hybrid of transformers behind the `Memory` protocol.

Windows are those that the other parts read, as characters; the model reads them in tokens of its own. Shape suffixes:
B rows, one a (state, question) or a document; T tokens; D width of the model.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, zip_longest

import torch

from consolidation.parts.hybrid.lanes import Lanes, begin
from consolidation.parts.hybrid.model import CausalModel
from consolidation.parts.hybrid.prompt import FROM_STATE, Prompter, answer_of
from consolidation.parts.hybrid.selftest import Ways
from consolidation.parts.hybrid.stretches import Stretches
from consolidation.protocol import Claim, Decoding, FastWeights, SleepSettings
from consolidation.table.capacities import ToRead
from consolidation.text.windows import Windows

PRESENCE, LOG_LIKELIHOOD, WEAKEST = SIGNALS = ("presence", "log_likelihood", "weakest")
#: Most tokens of an answer.
ANSWER_TOKENS = 48
#: Most tokens of a document in one call, unless a window has more.
MOST_TOKENS = 2048
#: The tokens of some windows of a document.
Row = list[list[int]]


@dataclass(frozen=True, slots=True)
class HybridMemory:
    """Windows to the recurrent and convolution states of a causal model, and answers from them token by token.

    A pass is the window read once more, from the state that the last pass left; with `recurrent` the model reads
    what the last pass gave instead, which it must have been trained for. Windows that follow one another, and passes
    over them, go through the model in one call, beside those of other documents. `presence` is how much likelier the
    first token of the answer is than that of "absent"; `log_likelihood` the mean over an answer's tokens, `weakest`
    the least.
    """

    model: CausalModel
    prompter: Prompter
    ways: Ways
    split: Callable[[str], Windows]
    split_sha256: str
    reads_sha256: str
    settings: SleepSettings
    stored: Mapping[str, str]
    recurrent: bool = False
    answer_tokens: int = ANSWER_TOKENS
    name: str = "hybrid"
    signals: Sequence[str] = SIGNALS
    any_question: bool = True

    @property
    def tokenizer_sha256(self) -> str:
        return hashlib.sha256(f"{self.split_sha256} {self.prompter.sha256}".encode()).hexdigest()

    @property
    def answers_sha256(self) -> str:
        content = f"{self.reads_sha256} {self.prompter.asks_sha256} {self.answer_tokens} {self.ways}"
        return hashlib.sha256(content.encode()).hexdigest()

    def tokenise(self, text: str) -> Windows:
        return self.split(text)

    def blank_state(self) -> FastWeights:
        return self.model.blank()

    def read(self, windows: Windows, chosen: Sequence[int], state: FastWeights, passes: int) -> FastWeights:
        return self.read_many([(windows, chosen, state)], passes)[0]

    @torch.inference_mode()
    def read_many(self, documents: Sequence[ToRead], passes: int) -> list[FastWeights]:
        rows = [self._tokens(windows, chosen) for windows, chosen, _ in documents]
        after = [state for _, _, state in documents]
        for group in (
            _alike(rows) if self.ways.documents_together else [[at] for at, row in enumerate(rows) if row]
        ):
            states = {name: torch.cat([documents[at][2][name] for at in group]) for name in self.stored}
            read = self._read(states, [rows[at] for at in group], passes)
            for place, at in enumerate(group):
                after[at] = {name: held[place : place + 1] for name, held in read.items()}
        return after

    def _tokens(self, windows: Windows, chosen: Sequence[int]) -> Row:
        read = [self.prompter.read(_characters(windows, window)) for window in chosen]
        return [ids for ids in read if ids]

    def _read(self, states: FastWeights, rows: Sequence[Row], passes: int) -> FastWeights:
        """States `[B, ...]` after the windows of each row."""
        cache, times = self.model.inject(states), 1
        if self.ways.windows_at_once and not self.recurrent:
            calls = zip_longest(*[_cut(row, passes) for row in rows], fillvalue=[])
        else:
            calls, times = zip_longest(*[[[ids] for ids in row] for row in rows], fillvalue=[]), passes
        for call in calls:
            stretches = Stretches([[len(ids) for ids in row] for row in call], self.model.device)
            ids_BT = given = stretches.padded_to_longest([[*chain(*row)] for row in call])
            for _ in range(times):
                hidden_BTD = self.model.hidden_of(cache, given, stretches)
                given = self.model.as_input(hidden_BTD) if self.recurrent else ids_BT
        return self.model.capture(cache)

    def decoding(self, states: FastWeights, questions: Sequence[str]) -> HybridDecoding:
        asked = {question: self.prompter.ask(FROM_STATE, question) for question in dict.fromkeys(questions)}
        prompts = [asked[question] for question in questions]
        lanes = begin(self.model, states, prompts, together=self.ways.together)
        return HybridDecoding(lanes, self.prompter, self.prompter.ends(self.model.config), self.answer_tokens)

    def question_tokens(self, question: str) -> int:
        return len(self.prompter.ask(FROM_STATE, question))

    def consolidate_flops(self, tokens: int, passes: int) -> float:
        return 2.0 * self.model.active * tokens * passes

    def answer_flops(self, tokens: int) -> float:
        return 2.0 * self.model.active * tokens


def _cut(row: Row, passes: int) -> list[Row]:
    """The windows of a row, each as often as it is read, as parts for one call each."""
    parts, tokens = list[Row](), 0
    for ids in (ids for ids in row for _ in range(passes)):
        tokens += len(ids)
        if not parts or tokens > MOST_TOKENS:
            parts, tokens = [*parts, []], len(ids)
        parts[-1].append(ids)
    return parts


def _alike(rows: Sequence[Row]) -> list[list[int]]:
    """Which rows are read together: those that are at least half as long as the longest of them."""
    lengths = [sum(map(len, row)) for row in rows]
    groups, longest = list[list[int]](), 0
    for at in sorted((at for at, row in enumerate(rows) if row), key=lengths.__getitem__, reverse=True):
        if not groups or 2 * lengths[at] < longest:
            groups, longest = [*groups, []], lengths[at]
        groups[-1].append(at)
    return groups


def _characters(windows: Windows, window: int) -> str:
    """The text of a window up to where the next begins, so that no character is lost between two."""
    low, high = windows.ranges[window]
    if window + 1 < len(windows):
        high = windows.ranges[window + 1][0]
    return windows.text[low:high]


class HybridDecoding:
    """Greedy answers, one row a (state, question)."""

    def __init__(self, lanes: Lanes, prompter: Prompter, ends: frozenset[int], most: int) -> None:
        self._lanes, self._prompter, self._ends, self._most = lanes, prompter, ends, most
        order = lanes.rows
        self._count = len(order)
        known = lanes.logits_BX.log_softmax(-1)
        presence = (known.amax(-1) - known[:, prompter.absent]).tolist()
        self._presence = dict(zip(order, presence, strict=True))
        self._ids: dict[int, list[int]] = {row: [] for row in order}
        self._values: dict[int, list[float]] = {row: [] for row in order}
        self._dropped = set[int]()
        #: the token that each open row has said and not read yet
        self._said: dict[int, int] = {}

    @property
    def open(self) -> Sequence[int]:
        return tuple(sorted(self._lanes.rows))

    @torch.inference_mode()
    def step(self) -> None:
        order = self._lanes.rows
        if not order:
            return
        if self._said:
            device = self._lanes.lanes[0].lengths_B.device
            self._lanes.step(torch.tensor([self._said[row] for row in order], device=device))
        best = self._lanes.logits_BX.log_softmax(-1).max(-1)
        self._said = dict(zip(order, best.indices.tolist(), strict=True))
        ended = set[int]()
        for row, value in zip(order, best.values.tolist(), strict=True):
            self._values[row].append(value)
            if self._said[row] not in self._ends:
                self._ids[row].append(self._said[row])
            if self._over(row):
                ended.add(row)
        self._close(ended)

    def _over(self, row: int) -> bool:
        ids = self._ids[row]
        return self._said[row] in self._ends or len(ids) >= self._most or self._prompter.over(ids)

    def drop(self, rows: Collection[int]) -> None:
        self._dropped |= set(rows) & set(self._lanes.rows)
        self._close(set(rows))

    def claim(self, row: int) -> Claim:
        values = self._values[row]
        signals = {
            PRESENCE: self._presence[row],
            LOG_LIKELIHOOD: sum(values) / len(values) if values else 0.0,
            WEAKEST: min(values, default=0.0),
        }
        said = "" if row in self._dropped else answer_of(self._prompter.said(self._ids[row]))
        return Claim(said, signals, len(values))

    @torch.inference_mode()
    def join(self, other: Decoding) -> int:
        if not isinstance(other, HybridDecoding):
            raise TypeError("decodings of two memories cannot go on together")
        first, self._count = self._count, self._count + other._count
        self._lanes.join(other._lanes, first)
        self._dropped |= {first + row for row in other._dropped}
        self._said |= {first + row: token for row, token in other._said.items()}
        self._presence |= {first + row: value for row, value in other._presence.items()}
        self._ids |= {first + row: ids for row, ids in other._ids.items()}
        self._values |= {first + row: values for row, values in other._values.items()}
        return first

    def forget(self, rows: Collection[int]) -> None:
        self._dropped -= set(rows)
        for row in rows:
            del self._presence[row], self._ids[row], self._values[row]

    def _close(self, rows: set[int]) -> None:
        going = set(self._lanes.rows) - rows
        if len(going) < len(self._lanes.rows):
            self._lanes.keep(going)
