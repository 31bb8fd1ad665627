"""What a model is tried for before its states are trusted: it must keep them, all of them, and in its cache alone.

Classes of transformers differ. Some drop a state silently where several tokens are given at once; they are stepped
token by token. Some keep a part of their state elsewhere, or have none; they are refused.

Shape suffixes: T tokens, X vocabulary.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import torch
from torch import Tensor

from consolidation.errors import MemoryRefused
from consolidation.parts.hybrid.cache import RECURRENT, attention_bytes, drop_attention
from consolidation.parts.hybrid.lanes import begin
from consolidation.parts.hybrid.model import CausalModel
from consolidation.parts.hybrid.stretches import Stretches
from consolidation.protocol import FastWeights

#: Tokens that are read before, and tokens that are said from the state.
BEFORE, AFTER = 9, 5
#: Tokens of windows that are read in one call, by row: of one there is little beside the padding.
_LENGTHS = ((61, 19), (3,))
#: Largest difference between two ways that are equal, as a part of the difference that the state makes.
TOLERANCE = {torch.float32: 0.02, torch.float64: 0.02}
ROUGH = 0.25
#: Differences of logits below this part of the largest one are noise.
NOISE = {torch.float32: 2e-5, torch.float64: 1e-9}
ROUGH_NOISE = 1e-2
#: What a wrong way does to a state counts for no less than this part of it.
LITTLE = 0.1
NO_NUMBERS = "what it says are no numbers: its weights are damaged, or too large for their type"


@dataclass(frozen=True, slots=True)
class Ways:
    """How a model may be used.

    `several` tokens at once may be given to a state; questions of different length may be answered `together`.
    `error` is the largest difference seen between equal ways, as a part of the difference that the state makes.
    `windows_at_once` may be read of a document in one call, and `documents_together` in one batch: that is no part of
    how it answers.
    """

    several: bool
    together: bool
    error: float
    windows_at_once: bool = field(default=False, repr=False)
    documents_together: bool = field(default=False, repr=False)

    def words(self) -> str:
        """For the log and the status page."""
        reads = (
            "several tokens at once" if self.several else "token by token (several at once lose its state)"
        )
        asks = "" if self.together else "; questions of different length apart"
        windows = "" if self.windows_at_once or not self.several else "; a window at a time"
        apart = "" if self.documents_together or not self.several else "; documents apart"
        return f"{reads}{asks}{windows}{apart}; self-test error {self.error:.1e}"


class _Trial:
    """One model under test, stepped unless told otherwise."""

    def __init__(self, model: CausalModel) -> None:
        self.model, self.name = model, type(model.model).__name__
        self.tolerance = TOLERANCE.get(model.dtype, ROUGH)
        self.noise = NOISE.get(model.dtype, ROUGH_NOISE)
        self.words = self._tokens(AFTER, 5)
        self.worst = 0.0

    def _tokens(self, count: int, seed: int) -> Tensor:
        draw = torch.Generator().manual_seed(seed)
        size = int(self.model.config.get_text_config().vocab_size)
        return torch.randint(3, size, (1, count), generator=draw, device="cpu").to(self.model.device)

    def read(self, seed: int) -> dict[str, Tensor]:
        """The state after some tokens, one at a time."""
        cache = self.model.inject(self.model.blank())
        self.stepped(cache, self._tokens(BEFORE, seed))
        return self.model.capture(cache)

    def state(self, seed: int) -> dict[str, Tensor]:
        """A state that says much: that after some tokens, with noise as large as states of trained models are."""
        draw = torch.Generator().manual_seed(seed)
        recurrent = {p.name for p in self.model.places if p.kind == RECURRENT}
        return {
            name: held
            + torch.randn(held.shape, generator=draw, device="cpu").to(held.device) * (name in recurrent)
            for name, held in self.read(seed).items()
        }

    def without(self, state: FastWeights) -> dict[str, Tensor]:
        """A state whose recurrent part is blank."""
        recurrent = {p.name for p in self.model.places if p.kind == RECURRENT}
        return {n: torch.zeros_like(held) if n in recurrent else held for n, held in state.items()}

    def stepped(self, cache: object, ids_1T: Tensor) -> Tensor:
        """Logits `[T, X]` after each token."""
        steps = [self.model.step(cache, ids_1T[:, t : t + 1], t) for t in range(ids_1T.shape[1])]  # type: ignore[arg-type]
        return torch.cat(steps)

    def said(self, state: FastWeights) -> Tensor:
        """Logits `[T, X]` of what is said from a state, token by token."""
        return self.stepped(self.model.inject(state), self.words)

    def equal(self, given: Tensor, expected: Tensor, effect: float) -> bool:
        """Whether two ways say the same, measured by what the state does."""
        scale = float(expected.abs().max())
        error = float((given - expected).abs().max())
        part = max(0.0, error - self.noise * scale) / max(effect, 1e-30)
        if part <= self.tolerance:
            self.worst = max(self.worst, error / max(effect, 1e-30))
        return part <= self.tolerance and bool(torch.isfinite(given).all())

    def refuse(self, problem: str) -> MemoryRefused:
        return MemoryRefused(self.name, problem)


def self_test(model: CausalModel) -> Ways:
    """Try a model, and set how it is used. Raises `MemoryRefused` where its states cannot be trusted."""
    trial = _Trial(model)
    if not any(p.kind == RECURRENT for p in model.places):
        raise trial.refuse("it keeps no recurrent state in its cache, so nothing of a document would be left")
    one, other = trial.state(1), trial.state(2)
    said = trial.said(one)
    if not bool(torch.isfinite(said).all()):
        raise trial.refuse(NO_NUMBERS)
    effect = float((said - trial.said(trial.without(one))).abs().max())
    if effect == 0:
        raise trial.refuse("what it says does not depend on the state that it is given: the state is dropped")
    _keeps_all(trial)
    _keeps_apart(trial, one, other, said, effect)
    model.several = True
    model.several = _several(trial, one, said, effect)
    together = not model.sliding and _together(trial, one, other, effect)
    error, at_once, beside = trial.worst, False, False
    if model.several and not model.sliding:
        rows = {name: torch.cat([blank, other[name]]) for name, blank in model.blank().items()}
        at_once = _reads_as_apart(trial, model.blank(), _LENGTHS[:1])
        beside = at_once and _reads_as_apart(trial, rows, _LENGTHS)
    return Ways(model.several, together, error, at_once, beside)


def _keeps_all(trial: _Trial) -> None:
    """A state that was taken out and put in again must be all that is left once attention is dropped."""
    state = trial.read(1)
    said = trial.said(state)
    effect = float((said - trial.said(trial.model.blank())).abs().max())
    cache = trial.model.inject(trial.model.blank())
    trial.stepped(cache, trial._tokens(BEFORE, 1))
    drop_attention(cache)
    if attention_bytes(cache):
        raise trial.refuse("its attention cannot be cleared")
    if not trial.equal(trial.stepped(cache, trial.words), said, effect):
        raise trial.refuse("a state taken from its cache is not all that it keeps of what it read")


def _keeps_apart(trial: _Trial, one: FastWeights, other: FastWeights, said: Tensor, effect: float) -> None:
    """Rows, side by side or turn by turn, must not see one another."""
    first, second = trial.model.inject(one), trial.model.inject(other)
    turns = []
    for t in range(AFTER):
        turns.append(trial.model.step(first, trial.words[:, t : t + 1], t))
        trial.model.step(second, trial.words[:, t : t + 1], t)
    if not trial.equal(torch.cat(turns), said, effect):
        raise trial.refuse("two documents that are read by turns see one another's state")
    both = trial.model.inject({name: torch.cat([one[name], other[name]]) for name in one})
    rows = [trial.model.step(both, trial.words[:, t : t + 1].expand(2, -1), t)[:1] for t in range(AFTER)]
    if not trial.equal(torch.cat(rows), said, effect):
        raise trial.refuse("rows of a batch see one another's state")


def _several(trial: _Trial, state: FastWeights, said: Tensor, effect: float) -> bool:
    """Whether several tokens at once go on from a state, in what is said and in the state that is left."""
    at_once = trial.model.inject(state)
    logits = trial.model.feed(at_once, trial.words)
    after, expected = trial.model.capture(at_once), _left(trial, state)
    unaware = _left(trial, trial.without(state))
    same = trial.equal(logits, said[-1:], effect)
    for place in trial.model.places:
        if place.kind == RECURRENT:
            wanted = expected[place.name]
            kept = float((wanted - unaware[place.name]).abs().max())
            same = same and trial.equal(after[place.name], wanted, kept)
    return same


def _left(trial: _Trial, state: FastWeights) -> dict[str, Tensor]:
    """The state after the trial's tokens, one at a time."""
    cache = trial.model.inject(state)
    trial.stepped(cache, trial.words)
    return trial.model.capture(cache)


def _together(trial: _Trial, one: FastWeights, other: FastWeights, effect: float) -> bool:
    """Whether prompts of different length, answered as one batch, are answered as each alone."""
    prompts = [trial.words[0].tolist(), trial.words[0, :3].tolist()]
    states = {name: torch.cat([one[name], other[name]]) for name in one}
    rows = begin(trial.model, states, prompts, together=True)
    alone = [
        begin(trial.model, state, [prompt], together=True)
        for state, prompt in zip((one, other), prompts, strict=True)
    ]
    same = True
    for _ in range(3):
        tokens = rows.logits_BX.argmax(-1)
        same = same and trial.equal(rows.logits_BX, torch.cat([a.logits_BX for a in alone]), effect)
        rows.step(tokens)
        for row, single in enumerate(alone):
            single.step(tokens[row : row + 1])
    return same


def _reads_as_apart(trial: _Trial, states: FastWeights, lengths: Sequence[Sequence[int]]) -> bool:
    """Whether windows that are read in one call, a row each document, leave the states that they leave one by one.

    Differences are measured by what a call does that knows neither where windows begin nor where rows end.
    """
    model, stretches, same = trial.model, Stretches(lengths, trial.model.device), True
    rows = [
        [trial._tokens(n, 10 * row + at) for at, n in enumerate(some)] for row, some in enumerate(lengths)
    ]
    ids_BT = stretches.padded_to_longest([torch.cat(row, dim=1)[0].tolist() for row in rows])
    cache, careless = model.inject(states), model.inject(states)
    model.hidden_of(cache, ids_BT, stretches)
    model.hidden(careless, ids_BT)
    together, wrong = model.capture(cache), model.capture(careless)
    for at, row in enumerate(rows):
        alone = model.inject({name: held[at : at + 1] for name, held in states.items()})
        for ids_1T in row:
            model.hidden_of(alone, ids_1T, Stretches([[ids_1T.shape[1]]], model.device))
        for name, wanted in model.capture(alone).items():
            effect = float((wanted - wrong[name][at : at + 1]).abs().max())
            effect = max(effect, LITTLE * float(wanted.abs().max()))
            same = same and trial.equal(together[name][at : at + 1], wanted, effect)
    return same
