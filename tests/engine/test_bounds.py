"""What a process that answers for days keeps is bounded: shapes that are compiled for, and what was encoded."""

from collections import defaultdict

import pytest
import torch
from torch import Tensor, nn

from consolidation import Engine
from consolidation.parts.cross_encoder import BATCH_TOKENS
from consolidation.parts.encodings import KEPT_QUESTION_BYTES, QUESTION_TOKENS
from consolidation.parts.sequences import MOST_TOKENS
from consolidation.parts.transformer import PASSAGE, Purpose, Shape, Transformer, height_of

SMALL = Shape(width=16, layers=1, heads=2, inner=32, positions=MOST_TOKENS)
#: Heights up to a whole batch: eight up to 256 and four to each double of that.
MOST_HEIGHTS = 24


def given(rows: int, tokens: int) -> tuple[Tensor, Tensor, Tensor]:
    """Word embeddings, parts and mask of sequences, the last a token shorter than the others."""
    words = torch.randn(rows, tokens, SMALL.width, generator=torch.Generator().manual_seed(1)).bfloat16()
    mask = torch.ones(rows, tokens, dtype=torch.bool)
    mask[-1, -1] = tokens == 1
    return words, torch.full((rows, tokens), PASSAGE), mask


@pytest.mark.parametrize("purpose", ["reader", "judge", "tagger"])
@torch.inference_mode()
def test_few_heights_are_multiplied_whatever_is_read(purpose: Purpose) -> None:
    model = Transformer(purpose, SMALL).eval().to("meta", torch.bfloat16)
    seen: dict[str, set[int]] = defaultdict(set)
    for name, layer in model.named_modules():
        if isinstance(layer, nn.Linear):
            layer.register_forward_pre_hook(
                lambda _, inputs, name=name: seen[name].add(inputs[0].flatten(0, -2).shape[0])
            )
    run = {"reader": model.read, "judge": model.judge, "tagger": model.tag}[purpose]
    for tokens in (1, 17, 60, 101, 131, 199, MOST_TOKENS):
        for rows in {1, 2, 3, 5, 7, max(1, BATCH_TOKENS // tokens)}:
            words, kinds = (
                torch.empty(rows, tokens, SMALL.width),
                torch.zeros(rows, tokens, dtype=torch.int),
            )
            run(words.to("meta", torch.bfloat16), kinds.to("meta"), kinds.to("meta", torch.bool))
    assert seen
    assert all(len(heights) <= MOST_HEIGHTS for heights in seen.values())


def test_heights_hold_their_rows_and_are_few() -> None:
    heights = [height_of(rows) for rows in range(1, BATCH_TOKENS + 1)]
    assert all(rows <= height for rows, height in enumerate(heights, 1))
    assert len(set(heights)) == MOST_HEIGHTS
    assert all(height <= 1.25 * rows for rows, height in enumerate(heights, 1) if rows >= 128)


@pytest.mark.parametrize(("rows", "tokens"), [(1, 1), (3, 37), (5, 120)])
@torch.inference_mode()
def test_rows_below_a_table_change_nothing(rows: int, tokens: int) -> None:
    """In float32, where no rows are put below, the same comes out but for the rounding."""
    torch.manual_seed(2)
    model = Transformer("reader", SMALL).eval().to(torch.bfloat16)
    tokens_bf16, passages_bf16 = model.read(*given(rows, tokens))
    words, part, mask = given(rows, tokens)
    tokens_f32, passages_f32 = model.float().read(words.float(), part, mask)
    assert tokens_bf16.shape == tokens_f32.shape
    torch.testing.assert_close(tokens_bf16[mask], tokens_f32[mask], atol=0.05, rtol=0.05)
    torch.testing.assert_close(passages_bf16, passages_f32, atol=0.05, rtol=0.05)


class Blank:
    """An encoder that sees nothing."""

    device = torch.device("cpu")

    def features(self, ids_BT: Tensor, lengths_B: Tensor, *, tagged: bool = True) -> tuple[Tensor, Tensor]:
        return torch.zeros(*ids_BT.shape, 809), torch.zeros(len(ids_BT), 384)


def test_questions_are_kept_up_to_their_bytes(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    encodings = engine.encodings
    assert encodings
    encodings.forget_questions()
    monkeypatch.setattr(encodings, "encoder", Blank())
    words = "agreement " * QUESTION_TOKENS
    first = encodings.question(f"0 {words}")
    assert encodings.question(f"0 {words}") is first
    for number in range(1, KEPT_QUESTION_BYTES // first.nbytes + 1):
        latest = encodings.question(f"{number} {words}")
    assert encodings.question(f"{number} {words}") is latest
    assert encodings.question(f"0 {words}") is not first
    encodings.forget_questions()
