"""The recipe from labelled contracts to weights, on small contracts and for seconds: every command, in order."""

from __future__ import annotations

import json
import lzma
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest
import torch

from consolidation import load_engine
from consolidation.answers.claims import decode
from consolidation.parts.confidence import fitted
from consolidation.parts.embedded.config import ModelConfig
from consolidation.parts.embedded.model import HybridModel
from consolidation.parts.encoder import Encoder
from consolidation.parts.tagger import CATEGORIES
from consolidation.table.rows import Row
from laboratory.data import prepare
from laboratory.data.batches import hidden_tags
from laboratory.data.examples import Store
from laboratory.data.facts import half_of, held_out, load_contracts
from laboratory.fit import average, calibrate, experiments, export
from laboratory.fit import encoder as train_encoder
from laboratory.fit import memory as train
from laboratory.measure.answers import read_blank

NAMES = ("Orvelane Systems, Inc.", "Tamberlin Foods LLC", "Quillmark Media Corp.", "Bastionfield Energy L.P.")


def contract(number: int) -> dict[str, object]:
    """A labelled contract in the form of CUAD's file."""
    supplier, customer = NAMES[number % 4], NAMES[(number + 1) % 4]
    law = ("Oregon", "Texas", "Delaware")[number % 3]
    text = (
        f"SUPPLY AGREEMENT\n\nThis Supply Agreement is made on March {number + 1}, 2014 by and between {supplier} "
        f'("Supplier") and {customer} ("Customer").\n\n1. Term. It renews automatically for successive periods of '
        "two (2) years unless either party gives ninety (90) days written notice.\n\n"
        + "2. Delivery. The Supplier shall deliver the Products in accordance with the delivery schedule. "
        * 4
        + f"\n\n3. Governing Law. This Agreement shall be governed by the laws of the State of {law}.\n"
    )
    labels = {c: {"spans": [], "answer": ""} for c in CATEGORIES}
    labels["Document Name"] = {"spans": ["SUPPLY AGREEMENT"], "answer": "SUPPLY AGREEMENT"}
    labels["Parties"] = {
        "spans": [supplier, customer],
        "answer": f'{supplier} ("Supplier"); {customer} ("Customer")',
    }
    labels["Agreement Date"] = {
        "spans": [f"March {number + 1}, 2014"],
        "answer": f"3/{number + 1}/14",
    }
    labels["Governing Law"] = {
        "spans": [f"This Agreement shall be governed by the laws of the State of {law}."],
        "answer": law,
    }
    return {"id": f"contract {number}", "text": text, "labels": labels}


@pytest.fixture
def contracts(tmp_path: Path) -> Path:
    path = tmp_path / "contracts.jsonl.xz"
    rows = [row for row in map(contract, range(20)) if not held_out(str(row["id"]))][:7]
    rows += [row for row in map(contract, range(60)) if held_out(str(row["id"]))][:2]
    with lzma.open(path, "wt", encoding="utf-8") as out:
        out.writelines(json.dumps(row) + "\n" for row in rows)
    return path


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    def call(module: ModuleType, *words: object) -> None:
        monkeypatch.setattr(sys, "argv", [module.__name__, *map(str, words)])
        threads = torch.get_num_threads()
        module.main()
        torch.set_num_threads(threads)

    return call


def rows(log: Path) -> list[dict[str, float]]:
    return [json.loads(line) for line in log.read_text().splitlines()]


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_the_recipe_makes_weights_that_load_and_answer(
    tmp_path: Path, contracts: Path, run: Callable[..., None]
) -> None:
    features, tuned = tmp_path / "features", tmp_path / "encoder" / "encoder.pt"
    run(prepare, "--contracts", contracts, "--out", features / "base", "--tokens")
    lower = Path(shutil.copytree(features / "base", tmp_path / "lower" / "base"))
    assert {p.name for p in lower.iterdir()} == {"ids.npy", "lengths.npy", "index.json"}
    run(prepare, "--out", features / "base")
    run(prepare, "--out", lower, "--lower")
    stored = np.load(features / "base" / "features.npy")
    assert np.array_equal(np.load(lower / "features.npy"), stored[..., : stored.shape[-1] // 2])
    run(prepare, "--contracts", contracts, "--out", features / "swap1", "--swap", 1)
    halves = [tmp_path / f"encoder{half}" / "encoder.pt" for half in (0, 1)]
    for half, path in enumerate(halves):
        how = ("--half", half, "--steps", 2, "--windows", 4)
        run(train_encoder, "--features", lower.parent, "--out", path.parent, *how)
    run(train_encoder, "--features", features, "--out", tuned.parent, "--start", halves[0], "--steps", 2)
    assert [row["step"] for row in rows(tuned.parent / "log.jsonl")] == [1, 2]
    run(prepare, "--contracts", contracts, "--out", features / "base", "--encoders", *halves)
    run(prepare, "--contracts", contracts, "--out", features / "swap1", "--swap", 1, "--encoders", *halves)

    memory = tmp_path / "memory"
    words = ("--features", features, "--out", memory)
    run(train, *words, "--stages", "4x1:1,4x2:1000", "--steps", 3)
    assert [row["step"] for row in rows(memory / "log.jsonl")] == [1, 2, 3]
    run(train, *words, "--stages", "4x2:1000", "--steps", 5, "--checkpointing")
    assert [row["step"] for row in rows(memory / "log.jsonl")] == [1, 2, 3, 4, 5]

    results = tmp_path / "parts.json"
    few = ("--steps", 2, "--windows", 4, "--only", "frozen_encoder")
    run(
        experiments,
        "parts",
        *words[:2],
        "--out",
        tmp_path / "parts",
        "--results",
        results,
        *few,
    )
    found = json.loads(results.read_text())
    assert set(found) == {"command", "machine", "frozen_encoder"}
    assert found["frozen_encoder"]["n"] > 0
    closed = ("closed", *words[:2], "--out", tmp_path / "closed", "--results", tmp_path / "closed.json")
    run(experiments, *closed, "--steps", 2, "--windows", 2, "--seeds", 2, "--only", "closed_form", "n2")
    of_seeds = json.loads((tmp_path / "closed.json").read_text())
    for seed in (of_seeds["seed0"], of_seeds["seed1"]):
        one = seed["closed_form"]
        assert one["contracts"] == one["equal_in_any_order"] == one["equal_taken_away"] == 2
        assert {"em_read", "em_backwards", "em_after_others", "em_taken_away_interval"} <= one.keys()
        assert "em_taken_away" not in seed["n2"] and seed["n2"]["questions"] == one["questions"] > 0

    unfitted, weights, claims = (
        tmp_path / name for name in ("a.safetensors", "b.safetensors", "claims.json")
    )
    parts = ("--memory", memory / "checkpoint.pt", "--encoder", tuned, "--passes", 2)
    run(export, *parts, "--out", unfitted)
    by_half = {half_of(one.id): one for one in load_contracts(contracts)}
    found = calibrate.fit_all([calibrate.ask(list(by_half.values()), unfitted)])
    claims.write_text(json.dumps(found))
    run(export, *parts, "--claims", claims, "--out", weights)

    engine = load_engine(weights)
    assert engine.memory.settings.passes == 2
    assert engine.confidence == fitted(found)[0]
    windows = engine.memory.tokenise(str(contract(0)["text"]))
    state = read_blank(engine, windows, range(len(windows)))
    assert len(engine.router.window_keys(windows, range(len(windows)))) == len(windows)
    assert len(decode(engine, [Row(state, "What is the governing law?")])) == 1
    assert engine.encodings is not None
    assert engine.encodings.tags(windows, range(len(windows))).shape == (len(windows), 128, len(CATEGORIES))


@pytest.fixture(scope="module")
def words() -> torch.Tensor:
    return Encoder().words_NE


def sample(windows: int, config: ModelConfig) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Random windows of 32 tokens, the last ones short."""
    generator = torch.Generator().manual_seed(windows)
    ids = torch.randint(1000, 20000, (2, windows, 32), generator=generator)
    width = config.feature_layers * config.encoder_width + config.tags
    features = torch.randn(2, windows, 32, width, generator=generator)
    mask = torch.ones(2, windows, 32, dtype=torch.bool)
    mask[:, -1, 20:] = False
    return ids, features, mask


@pytest.mark.parametrize("passes", [1, 2, 4])
@pytest.mark.parametrize("writes", ["gated_delta", "additive"])
def test_checkpointing_changes_no_gradient(words: torch.Tensor, passes: int, writes: str) -> None:
    torch.manual_seed(0)
    model = HybridModel(ModelConfig(writes=writes, dropout=0.0), words)
    found = []
    for model.checkpointing in (False, True):
        model.zero_grad()
        model.sleep(*sample(3, model.config), model.blank_state(2), passes).square().sum().backward()
        found.append({n: p.grad.clone() for n, p in model.named_parameters() if p.grad is not None})
    assert found[0].keys() == found[1].keys()
    for name, gradient in found[0].items():
        assert torch.allclose(gradient, found[1][name], rtol=1e-3, atol=1e-4 * float(gradient.abs().max())), (
            name
        )


def test_a_deeper_model_starts_as_the_one_it_is_made_from(words: torch.Tensor, tmp_path: Path) -> None:
    torch.manual_seed(0)
    model = HybridModel(ModelConfig(), words).eval()
    torch.save({"model": model.state_dict()}, tmp_path / "kept.pt")
    deeper = HybridModel(ModelConfig(depth=3), words).eval()
    train.started(deeper, tmp_path / "kept.pt")
    with torch.no_grad():
        left, right = (m.sleep(*sample(2, m.config), m.blank_state(2), 1) for m in (model, deeper))
    assert torch.allclose(left, right, atol=1e-5)


def test_answer_tokens_are_wanted_and_hidden_tags_are_zero(tmp_path: Path) -> None:
    np.save(tmp_path / "ids.npy", np.zeros((3, 128), np.uint16))
    np.save(tmp_path / "lengths.npy", np.full(3, 128, np.int16))
    np.save(tmp_path / "features.npy", np.zeros((3, 128, 768), np.float16))
    (tmp_path / "index.json").write_text("[]")
    store = Store(tmp_path)
    document = {"facts": [{"places": [(126, 130)]}, {"places": [(300, 301)]}]}
    wanted = store.wanted(document, [0, 2])
    assert wanted.nonzero().tolist() == [[0, 126], [0, 127], [1, 44]]
    features = store.token_features([0, 1])
    assert features.shape == (2, 128, 2 * 384 + len(CATEGORIES))
    torch.manual_seed(0)
    ones = torch.ones(200, 1, 2, 768 + 41)
    hidden = hidden_tags(ones, 41)
    assert bool((hidden[..., :768] == 1).all())
    assert 0.1 < float((hidden[..., 768:] == 0).float().mean()) < 0.3


def test_features_of_other_tokens_are_not_kept(tmp_path: Path) -> None:
    names = {"ids.npy", "features.npy", "tags.npy", "sentences.npy"}
    for name in names:
        np.save(tmp_path / name, np.arange(4, dtype=np.uint16))
    prepare.forget_if_changed(tmp_path, torch.arange(4))
    assert {p.name for p in tmp_path.iterdir()} == names
    prepare.forget_if_changed(tmp_path, torch.arange(5))
    assert {p.name for p in tmp_path.iterdir()} == {"ids.npy"}


def test_an_average_lies_between_and_refuses_what_does_not_fit() -> None:
    def kept(value: float, count: int = 1, heads: int = 4) -> dict[str, Any]:
        model = {"weight": torch.full((2, 3), value), "count": torch.tensor(count)}
        return {"model": model, "config": {"heads": heads}, "step": 7}

    found = average.averaged([kept(1.0), kept(2.0), kept(6.0)])
    assert torch.equal(found["model"]["weight"], torch.full((2, 3), 3.0))
    assert (found["config"], found["steps"]) == ({"heads": 4}, [7, 7, 7])
    with pytest.raises(ValueError, match="count"):
        average.averaged([kept(1.0), kept(1.0, count=2)])
    with pytest.raises(ValueError, match="configurations"):
        average.averaged([kept(1.0), kept(1.0, heads=8)])
