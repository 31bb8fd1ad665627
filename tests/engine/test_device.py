"""No network makes a tensor on the processor whatever the device: on `meta`, mixing devices is an error."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest
import torch

from consolidation.parts.embedded import delta
from consolidation.parts.embedded.config import ModelConfig
from consolidation.parts.embedded.model import HybridModel
from consolidation.parts.transformer import Purpose, Transformer
from tests.conftest import REPOSITORY

MAKERS = {"arange", "zeros", "ones", "full", "empty", "eye", "tensor", "rand", "randn", "linspace"}
#: Tensors of what is not computed on the device: windows as text, files, packed states, codes read from a file.
ON_THE_PROCESSOR = {
    "consolidation/text/windows.py",
    "consolidation/states/consolidate.py",
    "consolidation/states/unfinished.py",
    "consolidation/parts/embedded/codes.py",
    "consolidation/findings/hypotheses.py",
    "consolidation/findings/hypothesis_features.py",
    "consolidation/parts/cross_encoder.py",
}
NETWORK = ModelConfig(vocabulary=500)


def made(tree: ast.AST) -> Iterator[ast.Call]:
    """Tensors that are made when a network runs; parameters move with their module."""
    built = {
        id(node)
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef) and function.name == "__init__"
        for node in ast.walk(function)
    }
    for node in ast.walk(tree):
        if id(node) in built:
            continue
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            of = node.func.value
            if node.func.attr in MAKERS and isinstance(of, ast.Name) and of.id == "torch":
                yield node


def test_every_tensor_is_made_on_a_device() -> None:
    wrong = [
        f"{path.relative_to(REPOSITORY)}:{call.lineno}"
        for path in sorted((REPOSITORY / "consolidation").rglob("*.py"))
        if str(path.relative_to(REPOSITORY)) not in ON_THE_PROCESSOR
        for call in made(ast.parse(path.read_text()))
        if "device" not in {keyword.arg for keyword in call.keywords}
    ]
    assert wrong == []


@pytest.fixture
def model() -> HybridModel:
    words = torch.zeros(NETWORK.vocabulary, NETWORK.encoder_width)
    return HybridModel(NETWORK, words).to("meta").eval()


def test_reading_and_decoding_stay_on_the_device(model: HybridModel) -> None:
    ids, mask = (
        torch.zeros(2, 3, dtype=torch.long, device="meta"),
        torch.ones(2, 3, dtype=torch.bool, device="meta"),
    )
    state = model.blank_state(2)
    mixed = model.block.mix(torch.zeros(2, 3, NETWORK.width, device="meta"), mask)
    k, v = (torch.zeros(2, 4, 3, width, device="meta") for width in (NETWORK.key_width, NETWORK.value_width))
    writes = delta.prepare(k, v, k[..., 0], k[..., 0])
    after, u = delta.write(state, writes)
    assert {one.device.type for one in (mixed, after, delta.read(k, after, writes, u))} == {"meta"}
    context = torch.zeros(2, 3, NETWORK.width, device="meta")
    y, present = model.decode(context, mask, ids[:, :1], state)
    assert (y.device.type, present.device.type, state.device.type) == ("meta",) * 3
    assert model.logits(y).device.type == "meta"


@pytest.mark.parametrize("purpose", ["retriever", "reader", "judge"])
def test_passages_are_read_and_judged_on_the_device(purpose: Purpose) -> None:
    network = Transformer(purpose).to("meta").eval()
    words = torch.zeros(2, 3, network.shape.width, device="meta")
    part, mask = (torch.zeros(2, 3, dtype=kind, device="meta") for kind in (torch.long, torch.bool))
    made: tuple[torch.Tensor, ...]
    if purpose == "reader":
        made = network.read(words, part, mask)
    else:
        made = (
            network.embed(words, part, mask) if purpose == "retriever" else network.judge(words, part, mask),
        )
    assert {one.device.type for one in made} == {"meta"}
