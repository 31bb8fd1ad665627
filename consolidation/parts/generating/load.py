"""A causal model as a writer, tried before its words are asked for."""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor

from consolidation.errors import DeviceFull, MemoryRefused, ModelFileError
from consolidation.halving import is_full
from consolidation.parts.generating.writer import Writer
from consolidation.parts.hybrid.lanes import Lanes, begin
from consolidation.parts.hybrid.load import load_causal
from consolidation.parts.hybrid.selftest import NO_NUMBERS, ROUGH, TOLERANCE

#: What two trials are asked, of different length.
_ASKED = ("Which law governs?", "Who pays?")


def load_writer(place: Path | str, device: torch.device | str, *, dtype: str = "") -> Writer:
    """A model and its tokenizer, from where `load_causal` finds them, as what reads and judges in words.

    Raises:
        ModelFileError: they cannot be loaded, or what the model says cannot be used.
        DeviceFull: there is not memory enough for it.
    """
    model, tokenizer = load_causal(place, device, dtype=dtype)
    try:
        writer = Writer(model, tokenizer, device)
        problem = _problem_of(writer)
    except MemoryRefused as error:
        raise ModelFileError(
            Path(place), f"{error.model} cannot read or judge in words: {error.problem}"
        ) from None
    except (RuntimeError, MemoryError) as error:
        if not is_full(error):
            raise
        raise DeviceFull from None
    if problem:
        raise ModelFileError(Path(place), problem)
    return writer


@torch.inference_mode()
def _problem_of(writer: Writer) -> str:
    """Why what a model says cannot be used; empty where it can."""
    one, other = (writer.prompter.ask("Answer.", question) for question in _ASKED)
    alone = _begun(writer, one)
    first_1X = alone.logits_BX
    token_1 = first_1X.argmax(-1)
    alone.step(token_1)
    said_1X, by_turns = alone.logits_BX, _begun(writer, one)
    second = _begun(writer, other)
    if not bool(torch.isfinite(torch.cat([first_1X, said_1X, second.logits_BX])).all()):
        return NO_NUMBERS
    effect = float((first_1X - second.logits_BX).abs().max())
    by_turns.step(token_1)
    if _differ(writer, by_turns.logits_BX, said_1X, effect):
        return (
            f"{type(writer.model.model).__name__} cannot answer two questions by turns: each sees the other's"
        )
    return ""


def _begun(writer: Writer, prompt: list[int]) -> Lanes:
    return begin(writer.model, writer.model.blank(), [prompt], together=True)


def _differ(writer: Writer, given: Tensor, expected: Tensor, effect: float) -> bool:
    """Whether two ways say different things, measured by what the question does."""
    return float((given - expected).abs().max()) > TOLERANCE.get(writer.model.dtype, ROUGH) * effect
