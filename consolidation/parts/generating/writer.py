"""Answers of a causal model to prompts, token by token; hybrids and pure transformers alike.

Shape suffixes: B prompts, X vocabulary.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import torch
from torch import Tensor

from consolidation.halving import halving
from consolidation.parts.hybrid.lanes import begin
from consolidation.parts.hybrid.model import CausalModel
from consolidation.parts.hybrid.prompt import Prompter
from consolidation.parts.weights import raw_bytes

#: Prompts that are answered together.
BATCH = 8


@dataclass(frozen=True, slots=True)
class Prompt:
    """What is asked of the model, what it is asked of, and the words that its answer is begun with.

    An answer ends with its line unless it has several `lines`; `on_text` hears it after each token.
    """

    instruction: str
    content: str
    begun: str = ""
    lines: bool = False
    on_text: Callable[[str], None] | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """What a model wrote: its words, the mean log-likelihood of its tokens, and the logits `[X]` of the first."""

    text: str
    log_likelihood: float
    first_X: Tensor

    def odds(self, tokens: Sequence[int], others: Sequence[int] | None = None) -> float:
        """Log odds of beginning with one of some tokens, to beginning with one of others (any that is not)."""
        known = self.first_X.log_softmax(-1)
        one = known[list(tokens)].logsumexp(-1)
        if others is not None:
            return float(one - known[list(others)].logsumexp(-1))
        return float(one - torch.log(-torch.expm1(one.clamp(max=-1e-6))))


class Writer:
    """A model that answers prompts greedily, of at most `most` tokens on one line.

    Args:
        model: a causal model of transformers.
        tokenizer: its fast tokenizer.
        most: most tokens of an answer.
    """

    def __init__(self, model: Any, tokenizer: Any, device: torch.device | str, most: int = 48) -> None:
        self.prompter, self.most = Prompter(tokenizer), most
        self._raw = model
        self.model = CausalModel(model.to(device))
        self._ends = self.prompter.ends(self.model.config)

    @cached_property
    def sha256(self) -> str:
        """SHA-256 over the weights, the tokenizer and how it is asked."""
        digest = hashlib.sha256(f"{self.prompter.sha256} {self.prompter.asks_sha256} {self.most}".encode())
        for name, tensor in sorted(self._raw.state_dict().items()):
            digest.update(name.encode())
            digest.update(raw_bytes(tensor))
        return digest.hexdigest()

    def words(self, *words: str) -> list[int]:
        """The tokens that some words begin with, as an answer begins."""
        before = "" if self.prompter.tokenizer.chat_template else " "
        return [self.prompter.read(before + word)[0] for word in words]

    def write(self, prompts: Sequence[Prompt], most: int | None = None) -> list[Written]:
        """An answer to each prompt; with `most` of 0 only the logits of its first token. Raises `DeviceFull`."""
        limit = self.most if most is None else most
        batches = [prompts[at : at + BATCH] for at in range(0, len(prompts), BATCH)]
        parts = [part for batch in batches for part in halving(lambda some: self._batch(some, limit), batch)]
        return [one for part in parts for one in part]

    @torch.inference_mode()
    def _batch(self, prompts: Sequence[Prompt], most: int) -> list[Written]:
        ids = [
            self.prompter.ask(one.instruction, one.content)
            + (self.prompter.read(one.begun) if one.begun else [])
            for one in prompts
        ]
        states = self.model.blank(len(ids))
        rows = begin(self.model, states, ids, together=not self.model.sliding)
        first = dict(zip(rows.rows, rows.logits_BX.cpu(), strict=True))
        said: dict[int, list[int]] = {row: [] for row in range(len(ids))}
        sure: dict[int, list[float]] = {row: [] for row in range(len(ids))}
        while rows.lanes and most:
            best = rows.logits_BX.log_softmax(-1).max(-1)
            going = set[int]()
            tokens = dict(zip(rows.rows, best.indices.tolist(), strict=True))
            for row, value in zip(rows.rows, best.values.tolist(), strict=True):
                sure[row].append(value)
                if tokens[row] not in self._ends:
                    said[row].append(tokens[row])
                    if len(said[row]) < most and not self._over(prompts[row], said[row]):
                        going.add(row)
                    if (on_text := prompts[row].on_text) is not None:
                        on_text(self._text(prompts[row], said[row]))
            rows.keep(going)
            if rows.lanes:
                rows.step(torch.tensor([tokens[row] for row in rows.rows], device=self.model.device))
        return [
            Written(self._text(prompts[row], said[row]), sum(sure[row]) / max(1, len(sure[row])), first[row])
            for row in range(len(ids))
        ]

    def _over(self, prompt: Prompt, said: list[int]) -> bool:
        return not prompt.lines and self.prompter.over(said)

    def _text(self, prompt: Prompt, said: list[int]) -> str:
        return self.prompter.lines(said) if prompt.lines else self.prompter.said(said)
