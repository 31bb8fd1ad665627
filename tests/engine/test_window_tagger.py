"""The tagger: windows seen with their context, and its training."""

import json
import lzma
import sys
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file

from consolidation import Engine
from consolidation.parts.cross_encoder import PartModel
from consolidation.parts.tagger import CATEGORIES
from consolidation.parts.window_tagger import CONTEXT, WindowTagger, in_context
from consolidation.text.windows import Windows
from laboratory.data.facts import held_out
from laboratory.fit import tagger as training
from laboratory.reading import fitting

LAW = "This Agreement shall be governed by the laws of the State of Oregon, without regard to conflicts of laws."
FILLER = "The parties met in the office of the company and spoke about the weather of the coming week. "


@pytest.fixture(scope="module")
def contracts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Labelled contracts that are learned from, of either half."""
    path = tmp_path_factory.mktemp("contracts") / "contracts.jsonl.xz"
    names = [name for name in (f"contract {number}" for number in range(12)) if not held_out(name)]
    labels: dict[str, Any] = {category: {"spans": [], "answer": ""} for category in CATEGORIES}
    labels["Governing Law"] = {"spans": [LAW], "answer": "Oregon"}
    with lzma.open(path, "wt", encoding="utf-8") as out:
        for name in names:
            text = 20 * FILLER + LAW + 20 * FILLER
            out.write(json.dumps({"id": name, "text": text, "labels": labels}) + "\n")
    return path


def tagger_of(engine: Engine) -> WindowTagger:
    assert engine.encodings is not None
    return engine.encodings.tagger


def windows_of(engine: Engine, text: str) -> Windows:
    return engine.memory.tokenise(text)


def test_a_clause_is_tagged_where_it_stands(engine: Engine) -> None:
    text = 12 * FILLER + LAW + 12 * FILLER
    windows = windows_of(engine, text)
    p_WTL = tagger_of(engine).probabilities(windows, range(len(windows)))
    assert p_WTL.shape == (len(windows), 128, len(CATEGORIES))
    law_N = p_WTL.flatten(0, 1)[: len(windows.offsets), CATEGORIES.index("Governing Law")]
    low, high = text.index(LAW), text.index(LAW) + len(LAW)
    inside = torch.tensor([low <= a and b <= high for a, b in windows.offsets])
    assert law_N[inside].median() > 0.9
    assert law_N[~inside].max() < 0.5


def test_padding_belongs_to_nothing(engine: Engine) -> None:
    windows = windows_of(engine, LAW)
    p_WTL = tagger_of(engine).probabilities(windows, [0])
    assert p_WTL[0, : int(windows.lengths_W[0])].max() > 0.5
    assert not p_WTL[0, int(windows.lengths_W[0]) :].any()
    assert tagger_of(engine).probabilities(windows, []).shape == (0, 128, len(CATEGORIES))


def test_settled_windows_are_tagged_alike_however_the_text_goes_on(engine: Engine) -> None:
    tagger, text = tagger_of(engine), 4 * (6 * FILLER + LAW)
    part, whole = windows_of(engine, text), windows_of(engine, text + 3 * LAW)
    settled = [row for row in range(len(part)) if tagger.settled(part, row)]
    assert settled == list(range(len(part) - 2))
    torch.testing.assert_close(
        tagger.probabilities(part, settled), tagger.probabilities(whole, settled), atol=0.02, rtol=0
    )


def test_windows_are_seen_with_what_stands_beside_them(engine: Engine) -> None:
    windows = windows_of(engine, 20 * FILLER)
    flat = windows.ids_WT.flatten()
    ids, mask, firsts = in_context(windows, [0, 1, len(windows) - 1])
    assert firsts == [1, 1 + CONTEXT, 1 + CONTEXT]
    for at, row in enumerate((0, 1)):
        assert torch.equal(ids[at, firsts[at] : firsts[at] + 128], windows.ids_WT[row])
    assert torch.equal(ids[1, 1 : 1 + CONTEXT], flat[128 - CONTEXT : 128])
    assert int(mask[0].sum()) == 128 + CONTEXT + 2
    assert int(mask[2].sum()) == int(windows.lengths_W[-1]) + CONTEXT + 2


def test_a_tagger_is_trained_stopped_and_gone_on_with(
    engine: Engine, contracts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, encodings = tmp_path / "tagger.safetensors", engine.encodings
    assert encodings is not None
    told = ["tagger", "--contracts", str(contracts), "--out", str(out), "--device", "cpu", "--size", "2"]
    monkeypatch.setattr(training, "SHOWN", 1)
    monkeypatch.setattr(training, "SAVE_SECONDS", 0.0)
    shipped = fitting.save_shipped
    monkeypatch.setattr(training, "save_shipped", lambda *_: sys.exit("stopped"))
    monkeypatch.setattr(sys, "argv", [*told, "--steps", "2"])
    with pytest.raises(SystemExit, match="stopped"):
        training.main()
    monkeypatch.setattr(training, "save_shipped", shipped)
    monkeypatch.setattr(sys, "argv", [*told, "--steps", "3"])
    training.main()
    steps = [json.loads(line)["step"] for line in out.with_suffix(".jsonl").read_text().splitlines()]
    assert steps == [1, 2, 3]
    assert not out.with_suffix(".checkpoint").exists()
    assert load_file(out)["token_outputs.bias"].shape == (len(CATEGORIES),)
    made: PartModel = WindowTagger(out, encodings.pieces, encodings.encoder.word_embeddings_NE)
    assert made.answers_sha256 != tagger_of(engine).answers_sha256


def test_a_half_learns_from_none_of_the_other(contracts: Path) -> None:
    every, *halves = (training.read_tokens(contracts, half) for half in (None, 0, 1))
    assert len(every) == sum(map(len, halves))
    assert all(halves)
    segments = training.Segments(every, seed=0)
    rows = segments.draw(40)
    ids, mask, target = segments.tensors(rows)
    assert ids.shape == mask.shape == (40, training.SEGMENT + 2)
    assert target[0::2].flatten(1).any(1).all(), "every other segment holds a label"
