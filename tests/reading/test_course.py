"""The whole course, with budgets of moments, on contracts of the sample."""

from __future__ import annotations

import json
import random
import sys
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import load_file

from consolidation.parts.encoder import WordPieces
from consolidation.parts.transformer import Transformer, dequantised
from laboratory.data.facts import load_contracts
from laboratory.reading import course
from laboratory.reading.facts import Asked, Document, made_of, of_clauses, of_values
from laboratory.reading.prepare import Arrays, write_start

SAMPLE = Path(__file__).parent.parent / "data" / "cuad_sample.jsonl.xz"


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Arrays of the shortest contracts of the sample, with the beginnings of the encoder."""
    folder, dice = tmp_path_factory.mktemp("prepared"), random.Random(0)
    arrays = Arrays(WordPieces())
    for contract in sorted(load_contracts(SAMPLE), key=lambda c: len(c.text))[:2]:
        asked = [*of_values(contract, dice), *of_clauses(contract, dice), *made_of(contract.text, 8, dice)]
        natural = [Asked("natural", a.wordings, a.kind, a.answers, a.evidence, a.polarity) for a in asked[:6]]
        arrays.document(
            Document(contract.id, "agreement", contract.text, tuple(asked[-4:] + asked[:16] + natural))
        )
    np.savez_compressed(folder / "arrays.npz", **arrays.arrays())  # type: ignore[arg-type]  # numpy takes any name
    write_start(folder)
    return folder


@pytest.mark.slow
def test_course_writes_three_models_that_load(
    prepared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = ["course", "--data", str(prepared), "--out", str(tmp_path), "--device", "cpu"]
    monkeypatch.setattr(
        sys, "argv", [*told, "--seconds", "0.1,0.1,0.1,0.1,0.1", "--size", "8", "--others", "0.05"]
    )
    torch.set_num_threads(1)
    course.main()
    for purpose in ("retriever", "reader", "judge"):
        model = Transformer(purpose)
        model.load_state_dict(dequantised(load_file(tmp_path / f"{purpose}.safetensors")))
        assert (tmp_path / f"{purpose}.safetensors").stat().st_size < 12 * 2**20
    stages = [json.loads(line)["stage"] for line in (tmp_path / "log.jsonl").read_text().splitlines()]
    assert stages[-1] == "end"
    assert {"found", "half_0", "half_1", "answers", "judged"} <= set(stages)
