"""A model that sleeps over sums: a pass does one operation of each fact, as far as fast weights know its operands.

There is no attention. A fact (name, operand, sign, operand) is seen with its words side by side, as a short
convolution would. Fast weights hold facts under three keys: by name where the value is known, by the first and by the
second operand where that is still a name. A pass looks up the operands, does the operation once both are numbers, and
writes the fact as it stands. Then it goes on with a fact that waits for the name whose value is known, so that what a
later window gives reaches facts of earlier ones. Nothing but words goes on to the next pass. A question is seen as a
fact whose name is the token that asks.

Shape suffixes: B samples, W windows, L tokens, T facts of a window, Q tokens asked, P parts of a fact, D width of a
word, H keys, K width of a key, X vocabulary.
"""

from __future__ import annotations

from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from consolidation.parts.embedded import delta
from laboratory.tasks.model import Passes, Shape
from laboratory.tasks.samples import PAD
from laboratory.tasks.settling import State
from laboratory.tasks.sums import FACT, FILLER

#: Words of a fact, but for "is", and which of them are operands.
PARTS, OPERANDS = 4, (1, 3)
#: Where facts are written: by name, by first and by second operand.
KEYS = 3
#: How much a word is said that fast weights know nothing better for.
STAYS = 0.5


class Pass(NamedTuple):
    """Scores of words that one pass says of each fact: operands looked up, what is left, what it goes on with."""

    found_BTPX: Tensor
    left_BTPX: Tensor
    next_BTPX: Tensor


class Reckoning(nn.Module):
    """One layer of fast weights with three keys, and one network that does operations."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        d, key, value = shape.width, shape.key_width, PARTS * shape.width
        self.words = nn.Embedding(shape.vocabulary, d)
        nn.init.orthogonal_(self.words.weight)
        self.q = nn.Linear(d, KEYS * key, bias=False)
        self.k = nn.Linear(d, KEYS * key, bias=False)
        self.v = nn.Linear(value, value, bias=False)
        self.out = nn.Linear(value, value, bias=False)
        self.norm = nn.LayerNorm(value)
        self.gates = nn.Linear(value, 2 * KEYS)
        self.follows = nn.Linear(value, KEYS - 1)
        self.operation = nn.Sequential(nn.Linear(value, 4 * value), nn.GELU(), nn.Linear(4 * value, value))
        self.sure = nn.Parameter(torch.tensor(10.0))
        with torch.no_grad():
            # at first a fact is written under what asks for it, little is forgotten, half of what is offered written
            for each in self.q.weight.split(key):
                nn.init.orthogonal_(each)
            self.k.weight.copy_(self.q.weight)
            self.gates.bias.copy_(torch.tensor([-8.0, 0.0]).repeat_interleave(KEYS))

    def stack(self) -> list[nn.Parameter]:
        """The matrices of what a pass goes through, but for gates."""
        parts = (self.q, self.k, self.v, self.out, self.operation[0], self.operation[2])
        return [part.weight for part in parts]  # type: ignore[misc]

    def blank(self, batch: int) -> State:
        """The fast weights before anything was read, `[B, H, 4D, K]`."""
        s = self.shape
        return (torch.zeros(batch, KEYS, PARTS * s.width, s.key_width, device=self.words.weight.device),)

    def facts(self, window_BL: Tensor) -> Tensor:
        """The words of each fact of a window, `[B, T, P]`; of a place without one, filler."""
        return window_BL.unflatten(1, (-1, FACT))[..., [0, 2, 3, 4]]

    def says(self, x: Tensor) -> Tensor:
        """Scores of words."""
        return self.sure * F.linear(x, self.words.weight)

    def found(self, x_BTPD: Tensor, state: State) -> Tensor:
        """Scores of words that stand for those of facts: of a name the number that it is known to be."""
        read = [self._read(x_BTPD[:, :, part], state, 0)[:, :, OPERANDS[0]] for part in OPERANDS]
        known_BTPD = torch.stack([torch.zeros_like(read[0]), read[0], torch.zeros_like(read[0]), read[1]], 2)
        return self.says(STAYS * x_BTPD + known_BTPD)

    def left(self, found_BTPD: Tensor) -> Tensor:
        """Scores of words of facts whose operands were looked up: with the operation done where both are numbers."""
        return self.says(STAYS * found_BTPD + self._done(found_BTPD))

    def follow(self, left_BTPD: Tensor, state: State) -> Tensor:
        """Scores of words of facts to go on with: one that waits for the name of a known one, or the same."""
        opened_BTH = torch.sigmoid(self.follows(self.norm(left_BTPD.flatten(2))))
        waiting = [self._read(left_BTPD[:, :, 0], state, key + 1) for key in range(KEYS - 1)]
        # a fact that waits by its first operand goes before one that waits by its second
        first, second = (opened_BTH[..., key, None, None] * each for key, each in enumerate(waiting))
        return self.says(STAYS * left_BTPD + 2 * first + second)

    def written(self, left_BTPD: Tensor, state: State, mask_BT: Tensor) -> State:
        """The fast weights after facts were written as they stand, but where the mask is false."""
        flat_BTV = left_BTPD.flatten(2)
        keys = self.k.weight.split(self.shape.key_width)
        by = (0, *OPERANDS)
        k = torch.stack([F.linear(left_BTPD[:, :, part], key) for part, key in zip(by, keys, strict=True)], 1)
        v = self.v(flat_BTV).unsqueeze(1).expand(-1, KEYS, -1, -1)
        decay, strength = self.gates(self.norm(flat_BTV)).transpose(1, 2).chunk(2, dim=1)
        inside = mask_BT[:, None].float()
        offered = delta.prepare(
            F.normalize(k, dim=-1), v, -F.softplus(decay) * inside, strength.sigmoid() * inside
        )
        return (delta.write(state[0], offered)[0],)

    def said(self, scores: Tensor) -> Tensor:
        """Words by their odds."""
        return scores.softmax(-1) @ self.words.weight

    def once(self, x_BTPD: Tensor, state: State, mask_BT: Tensor) -> tuple[Tensor, State]:
        """One pass over the facts of a window: those that it goes on with, and the fast weights."""
        left_BTPD = self.said(self.left(self.said(self.found(x_BTPD, state))))
        following = self.said(self.follow(left_BTPD, state))
        return following, self.written(left_BTPD, state, mask_BT)

    def told(self, x_PASSES: Tensor, state: State, mask_BT: Tensor) -> tuple[Pass, State]:
        """Scores of a pass whose facts are as they should be: `[4, B, T, P]`, words before and after each step."""
        given, found, left, _ = self.words(x_PASSES)
        made = Pass(self.found(given, state), self.left(found), self.follow(left, state))
        return made, self.written(left, state, mask_BT)

    def sleep(
        self, windows_BWL: Tensor, passes: int, how: Passes = "recurrent", settle: float = 0.0
    ) -> tuple[State, float]:
        """The fast weights after all windows, each slept on before the next, and the passes that each took."""
        if how != "recurrent" or settle:
            raise ValueError("Passes over facts feed words back, as often as is said.")
        state = self.blank(len(windows_BWL))
        for window_BL in windows_BWL.unbind(1):
            facts_BTP = self.facts(window_BL)
            x_BTPD, mask_BT = self.words(facts_BTP), facts_BTP[..., 0] != FILLER
            for _ in range(passes):
                x_BTPD, state = self.once(x_BTPD, state, mask_BT)
        return state, passes

    def forward(
        self, windows_BWL: Tensor, asked_BQ: Tensor, passes: int, how: Passes = "recurrent"
    ) -> Tensor:
        """Scores of what is said at each place of the asked window, `[B, Q, X]`."""
        return self.awake(asked_BQ, self.sleep(windows_BWL, passes, how)[0])

    def awake(self, asked_BQ: Tensor, state: State) -> Tensor:
        """What one pass says of a question, at both of its tokens."""
        x_BTPD = self.words(F.pad(asked_BQ, (0, PARTS - asked_BQ.shape[1]), value=PAD))[:, None]
        left_BTX = self.left(self.said(self.found(x_BTPD, state)))[:, :, OPERANDS[0]]
        return left_BTX.expand(-1, asked_BQ.shape[1], -1)

    def _read(self, asked_BTD: Tensor, state: State, key: int) -> Tensor:
        """The words of facts that fast weights hold under these words, `[B, T, P, D]`; near nothing where none."""
        weight = self.q.weight.split(self.shape.key_width)[key]
        q = F.normalize(F.linear(asked_BTD, weight), dim=-1)
        return self.out(q @ state[0][:, key].transpose(-1, -2)).unflatten(-1, (PARTS, -1))

    def _done(self, x_BTPD: Tensor) -> Tensor:
        """What doing its operation adds to the words of a fact."""
        done: Tensor = self.operation(self.norm(x_BTPD.flatten(2)))
        return done.unflatten(-1, (PARTS, -1))
