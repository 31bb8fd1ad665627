"""What only a card can show: its kernels say what the processor says, and its memory runs out without harm."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
import torch
import torch.nn.functional as F
from torch import Tensor

from consolidation.halving import halving
from consolidation.parts.embedded import delta
from consolidation.parts.embedded.config import ModelConfig
from consolidation.parts.embedded.model import HybridModel
from laboratory.convert import hybrid as converted
from tests.engine import hybrids

pytestmark = pytest.mark.skipif(not torch.cuda.is_available(), reason="no NVIDIA card is at hand")
CLASSES = [*hybrids.SEVERAL, *hybrids.STEPPED]
#: What a class says from a state, on a processor and without any kernel: kernels are bound when a model is imported.
REFERENCE = """
import sys, torch
from consolidation.parts.hybrid.load import leave_kernels_out
leave_kernels_out(torch.device("cpu"))
from tests.engine import hybrids, test_card
torch.save({name: test_card.said_from_state(name, "cpu") for name in test_card.CLASSES}, sys.argv[1])
"""


def said_from_state(name: str, device: str) -> Tensor:
    """Logits of what follows a question that is asked of a state of 40 tokens."""
    memory = hybrids.hybrid_memory(name, device=device)
    # the trial at load has compared documents that are read together with the same ones alone, on this device
    assert memory.ways.documents_together == memory.ways.several
    model = memory.model
    draw = torch.Generator().manual_seed(3)
    ids, asked = (torch.randint(3, 250, (1, count), generator=draw).to(device) for count in (40, 7))
    cache = model.inject(model.blank())
    model.feed(cache, ids)
    return model.feed(model.inject(model.capture(cache)), asked).cpu()


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Tensor]:
    path = tmp_path_factory.mktemp("reference") / "said.pt"
    hidden = os.environ | {"CUDA_VISIBLE_DEVICES": ""}
    root = Path(__file__).resolve().parents[2]
    subprocess.run([sys.executable, "-c", REFERENCE, str(path)], check=True, env=hidden, cwd=root)
    said: dict[str, Tensor] = torch.load(path)
    return said


@pytest.mark.parametrize("name", CLASSES)
def test_a_class_says_on_the_card_what_it_says_on_the_processor(
    name: str, reference: dict[str, Tensor]
) -> None:
    torch.testing.assert_close(said_from_state(name, "cuda"), reference[name], atol=2e-3, rtol=2e-3)


def _written(tokens: int, device: str, dtype: torch.dtype) -> list[Tensor]:
    draw = torch.Generator().manual_seed(1)
    shape = (2, 3, tokens)
    q, k, v = (torch.randn(*shape, 64, generator=draw, dtype=torch.float64) for _ in range(3))
    decay, strength = (torch.randn(*shape, generator=draw, dtype=torch.float64) for _ in range(2))
    state = torch.randn(2, 3, 64, 64, generator=draw, dtype=torch.float64)
    parts = [
        F.normalize(q, dim=-1),
        F.normalize(k, dim=-1),
        v,
        -F.softplus(decay - 4),
        strength.sigmoid(),
        state,
    ]
    return [part.to(device, dtype).requires_grad_() for part in parts]


def test_the_delta_rule_on_the_card_is_that_in_double_precision() -> None:
    said = []
    for device, dtype in (("cpu", torch.float64), ("cuda", torch.float32)):
        q, k, v, log_a, b, state = _written(64, device, dtype)
        writes = delta.prepare(k, v, log_a, b)
        after, u = delta.write(state, writes)
        said.append((delta.read(q, state, writes, u).detach().cpu().float(), after.detach().cpu().float()))
    for one, other in zip(*said, strict=True):
        torch.testing.assert_close(one, other, atol=1e-3, rtol=1e-3)


def test_the_compiled_rule_has_the_gradients_of_the_plain_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(converted, "_compiled", {})
    grads = []
    for compiled in (False, True):
        if compiled:
            converted.compile_for(128)
        given = _written(128, "cuda", torch.float32)
        read, after = converted.chunked(*given)
        (read.square().mean() + after.square().mean()).backward()
        grads.append([part.grad for part in given])
    for plain, made in zip(*grads, strict=True):
        torch.testing.assert_close(made, plain, atol=1e-5, rtol=5e-3)


@torch.inference_mode()
def test_the_embedded_model_reads_and_answers_on_the_card() -> None:
    config, draw = ModelConfig(vocabulary=500), torch.Generator().manual_seed(0)
    words = F.normalize(torch.randn(500, config.encoder_width, generator=draw), dim=-1)
    torch.manual_seed(0)
    model = HybridModel(config, words).eval()
    ids, asked = (
        torch.randint(0, 500, (2, 3, 32), generator=draw),
        torch.randint(0, 500, (2, 9), generator=draw),
    )
    width = config.feature_layers * config.encoder_width + config.tags
    features, of_asked = (torch.randn(*one.shape, width, generator=draw) for one in (ids, asked))
    said = []
    for device in ("cpu", "cuda"):
        own = model.to(device)
        given, inside = features.to(device), torch.ones(ids.shape, dtype=torch.bool, device=device)
        state = own.sleep(ids.to(device), given, inside, own.blank_state(2), passes=2)
        context = own.question_context(asked.to(device), of_asked.to(device))
        mask = torch.ones(asked.shape, dtype=torch.bool, device=device)
        answers, present = own.decode(context, mask, asked[:, :3].to(device), state)
        said.append([state.cpu(), own.logits(answers).cpu(), present.cpu()])
    for one, other in zip(*said, strict=True):
        torch.testing.assert_close(one, other, atol=2e-3, rtol=2e-3)


def test_a_batch_that_the_card_has_no_memory_for_is_halved() -> None:
    free, _ = torch.cuda.mem_get_info()
    sizes = list[int]()

    def take(rows: Sequence[int]) -> int:
        # as one number of bytes a row: all rows together are more than the card has
        torch.empty(len(rows) * (free // 10), dtype=torch.uint8, device="cuda")
        sizes.append(len(rows))
        return sum(rows)

    assert sum(halving(take, range(16))) == sum(range(16))
    assert max(sizes) < 16
