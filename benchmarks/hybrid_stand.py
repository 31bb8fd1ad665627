"""A hybrid with random weights on its device, and the time that is left to measure it."""

import copy
import random
import time
from collections.abc import Callable
from functools import cached_property

import torch
from transformers import AutoModelForCausalLM

from benchmarks.hybrid_shapes import SHAPES
from consolidation.parts.hybrid.lanes import begin
from consolidation.parts.hybrid.memory import HybridMemory
from consolidation.parts.hybrid.model import CausalModel
from consolidation.parts.hybrid.prompt import Prompter
from consolidation.parts.hybrid.selftest import self_test
from consolidation.protocol import SleepSettings
from consolidation.states.consolidate import STEP_WINDOWS
from consolidation.table.capacities import ToRead
from consolidation.text.windows import split
from tests.engine import hybrids
from tests.engine.tiny import Words

#: Words of a window, some 128 tokens.
WINDOW_WORDS = 21
QUESTION_TOKENS, ANSWER_TOKENS = 32, 8


class Stand:
    """A model on its device, and the time that is left."""

    def __init__(self, shape: str, device: str, seconds: float) -> None:
        torch.manual_seed(0)
        self.device, self.whole, self.until = torch.device(device), seconds, time.monotonic() + seconds
        kind = torch.bfloat16 if self.device.type == "cuda" else torch.float32
        config = copy.deepcopy(SHAPES[shape])
        # NB: with smaller weights a state says next to nothing, and a lost one would not be seen
        config.initializer_range = 8 / config.hidden_size
        with self.device:  # a card draws random weights in a second, a processor in a minute
            self.raw = AutoModelForCausalLM.from_config(config, dtype=kind)
        self.model = CausalModel(self.raw.to(self.device))

    def give(self, share: float) -> None:
        """From now on, a share of the whole time is left."""
        self.until = time.monotonic() + share * self.whole

    def left(self) -> float:
        return self.until - time.monotonic()

    def tokens(self, rows: int, count: int) -> torch.Tensor:
        return torch.randint(3, 250, (rows, count), device=self.device)

    def seconds(self, call: Callable[[], object], times: int = 3) -> float:
        """The median time of a call; once before, to warm up."""
        taken = []
        for _ in range(times + 1):
            self.wait()
            began = time.perf_counter()
            call()
            self.wait()
            taken.append(time.perf_counter() - began)
        return sorted(taken[1:])[times // 2]

    def wait(self) -> None:
        """Until the device has done what it was given; calls return before."""
        if self.device.type == "cuda":
            torch.cuda.synchronize()

    @cached_property
    def memory(self) -> HybridMemory:
        """The model as the product's memory; tokens are bytes, windows some words."""
        return HybridMemory(
            model=self.model,
            prompter=Prompter(hybrids.bytes_tokenizer()),
            ways=self_test(self.model),
            split=lambda text: split(text, Words(), WINDOW_WORDS),
            split_sha256="",
            reads_sha256="",
            settings=SleepSettings(),
            stored={place.name: "bfloat16" for place in self.model.places},
        )

    def documents(self, count: int) -> tuple[list[ToRead], int]:
        """Documents of random words, no two of them of one length, before their first windows; tokens of these."""
        draw = random.Random(0)
        words = range(STEP_WINDOWS * WINDOW_WORDS)
        texts = [" ".join("x" * draw.randint(1, 9) for _ in words) for _ in range(count)]
        windows = [self.memory.tokenise(text) for text in texts]
        blank = self.memory.blank_state()
        return [(one, range(len(one)), blank) for one in windows], sum(map(len, texts))

    def ask(self, states: dict[str, torch.Tensor], rows: int) -> None:
        """One question to each row, answered."""
        many = {name: held.expand(rows, *held.shape[1:]) for name, held in states.items()}
        lanes = begin(self.model, many, self.tokens(rows, QUESTION_TOKENS).tolist(), together=True)
        for _ in range(ANSWER_TOKENS):
            lanes.step(lanes.logits_BX.argmax(-1))

    def first(self, states: dict[str, torch.Tensor]) -> None:
        begin(self.model, states, self.tokens(1, QUESTION_TOKENS).tolist(), together=True)
