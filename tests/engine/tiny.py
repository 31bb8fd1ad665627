"""A memory as small as one can be: what the engine asks of a memory, and nothing more.

It remembers which known answers stand after which keywords. Its two fast weights differ in shape and stored type.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import torch
from torch import Tensor

from consolidation.engine import Device, Engine
from consolidation.parts.confidence import Unfitted
from consolidation.protocol import (
    AnswerSettings,
    Claim,
    FastWeights,
    Proposal,
    Reading,
    SleepSettings,
    Span,
)
from consolidation.text.windows import Windows, split

KEYWORDS = ("law", "date", "supplier", "customer", "deliver", "expires")
ANSWERS = ("oregon", "nevada", "texas", "orvelane", "tamberlin", "products", "march", "april", "2014")
REACH = 6
SLEEP = SleepSettings(window_tokens=32, segment_windows=4)


class Words:
    """Words as tokens."""

    def encode(self, text: str) -> tuple[list[int], list[tuple[int, int]]]:
        found = list(re.finditer(r"\w+", text))
        return [_id(m[0]) for m in found], [m.span() for m in found]


def _id(word: str) -> int:
    return 1 + (zlib.crc32(word.lower().rstrip("s").encode()) & 0xFFFFFF)


def _where(ids_WT: Tensor, words: Sequence[str]) -> Tensor:
    """Which of the words stands at each place, `[W, T, words]`."""
    wanted = torch.tensor([_id(word) for word in words], device=ids_WT.device)
    return (ids_WT.unsqueeze(-1) == wanted).float()


@dataclass(frozen=True)
class TinyMemory:
    """`pairs` holds how surely an answer stands after a keyword, `heard` how often each answer was read."""

    name: str = "tiny"
    settings: SleepSettings = SLEEP
    stored: Mapping[str, str] = field(default_factory=lambda: {"pairs": "int4", "heard": "float16"})
    signals: Sequence[str] = ("presence",)
    any_question: bool = False
    reads_sha256: str = "1" * 64
    tokenizer_sha256: str = "2" * 64
    answers_sha256: str = "3" * 64

    def tokenise(self, text: str) -> Windows:
        return split(text, Words(), self.settings.window_tokens)

    def blank_state(self) -> FastWeights:
        return {"pairs": torch.zeros(1, len(KEYWORDS), len(ANSWERS)), "heard": torch.zeros(1, len(ANSWERS))}

    def read(self, windows: Windows, chosen: Sequence[int], state: FastWeights, passes: int) -> FastWeights:
        pairs, heard = state["pairs"], state["heard"]
        for window in chosen:
            keys = _where(windows.ids_WT[[window]], KEYWORDS)
            near = torch.stack([keys.roll(i + 1, dims=1) * 0.8**i for i in range(REACH)]).amax(0)
            answers = _where(windows.ids_WT[[window]], ANSWERS)
            seen = (near.transpose(1, 2) @ answers).clamp(max=1)
            for _ in range(passes):
                pairs = pairs + 0.5 * (seen - pairs).clamp(min=0)
            heard = heard + answers.sum(1)
        return {"pairs": pairs, "heard": heard}

    def decoding(self, states: FastWeights, questions: Sequence[str]) -> TinyDecoding:
        asked = torch.cat(
            [_where(torch.tensor([Words().encode(q)[0] or [0]]), KEYWORDS).amax(1) for q in questions]
        )
        return TinyDecoding(
            (asked.unsqueeze(1) @ states["pairs"]).squeeze(1) + 1e-3 * states["heard"].clamp(max=1)
        )

    def question_tokens(self, question: str) -> int:
        return len(Words().encode(question)[0])

    def consolidate_flops(self, tokens: int, passes: int) -> float:
        return float(tokens * passes * len(KEYWORDS) * len(ANSWERS))

    def answer_flops(self, tokens: int) -> float:
        return float(tokens * len(KEYWORDS) * len(ANSWERS))


class TinyDecoding:
    """One word, in one step."""

    def __init__(self, scores_BA: Tensor) -> None:
        self._scores, self._said = scores_BA, dict[int, str]()
        self.open: Sequence[int] = range(len(scores_BA))

    def step(self) -> None:
        self._said |= {row: ANSWERS[int(self._scores[row].argmax())] for row in self.open}
        self.open = ()

    def drop(self, rows: Collection[int]) -> None:
        self.open = [row for row in self.open if row not in rows]

    def claim(self, row: int) -> Claim:
        presence = float(self._scores[row].max())
        said = self._said.get(row, "") if presence > 0.1 else ""
        return Claim(said, {"presence": presence}, 1 if row in self._said else 0)


@dataclass(frozen=True)
class TinyRouter:
    """Keys that say which keywords a window or a question has."""

    reads_sha256: str = "4" * 64
    answers_sha256: str = "5" * 64

    def window_keys(self, windows: Windows, chosen: Sequence[int]) -> Tensor:
        return _where(windows.ids_WT[list(chosen)], KEYWORDS).amax(1)

    def question_keys(self, questions: Sequence[str]) -> Tensor:
        return torch.cat(
            [_where(torch.tensor([Words().encode(q)[0] or [0]]), KEYWORDS).amax(1) for q in questions]
        )


def _answer_after(question: str, passage: str) -> re.Match[str] | None:
    """The first known answer soon after a keyword of the question."""
    asked = [word for word in KEYWORDS if re.search(rf"\b{word}\b", question, re.I)]
    pattern = rf"\b(?:{'|'.join(asked)})s?\b.{{0,60}}?\b({'|'.join(ANSWERS)})\b"
    return re.search(pattern, passage, re.I | re.S) if asked else None


@dataclass(frozen=True)
class TinyReader:
    """Marks the first known answer after a keyword of the question."""

    answers_sha256: str = "6" * 64

    def read(self, question: str, passages: Sequence[str], titles: Sequence[str] = ()) -> Sequence[Reading]:
        return [self._reading(question, passage) for passage in passages]

    def _reading(self, question: str, passage: str) -> Reading:
        found = _answer_after(question, passage)
        if not found:
            return Reading(-4.0)
        return Reading(2.0, (Span(found.span(1), 2.0),), evidence=found.span(), yes=2.0)


@dataclass(frozen=True)
class TinyJudge:
    """Holds to be right what stands in the passage after a keyword of the question, and "Yes" where it does."""

    answers_sha256: str = "7" * 64

    def judge(self, proposals: Sequence[Proposal]) -> Sequence[float]:
        return [3.0 if self._right(proposal) else -3.0 for proposal in proposals]

    def _right(self, proposal: Proposal) -> bool:
        found = _answer_after(proposal.question, proposal.passage)
        return bool(found) and proposal.answer.lower() in ("yes", found[1].lower() if found else "")


def tiny_engine(weights: Path | None = None, device: Device = "cpu") -> Engine:
    """The engine around the tiny memory."""
    return Engine(
        TinyMemory(), TinyRouter(), TinyReader(), TinyJudge(), Unfitted("presence"), AnswerSettings()
    )
