"""The whole course, with budgets of moments, on contracts of the sample."""

from __future__ import annotations

import json
import lzma
import random
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import load_file

from consolidation.parts.encoder import WordPieces
from consolidation.parts.transformer import Purpose, Transformer, dequantised
from laboratory.data.facts import load_contracts
from laboratory.reading import course, facts, further, sentences
from laboratory.reading.batches import WRITTEN
from laboratory.reading.batches import Arrays as Training
from laboratory.reading.facts import Asked, Document, made_of, of_clauses, of_values
from laboratory.reading.prepare import Arrays, write_start
from laboratory.reading.stages import new_near

PART = (0, 2000)
SAMPLE = Path(__file__).parent.parent / "data" / "cuad_sample.jsonl.xz"


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Arrays of the shortest contracts of the sample, with the beginnings of the encoder."""
    folder, dice = tmp_path_factory.mktemp("prepared"), random.Random(0)
    arrays = Arrays(WordPieces())
    for contract in sorted(load_contracts(SAMPLE), key=lambda c: len(c.text))[:2]:
        clauses = list(of_clauses(contract, dice))
        asked = [*of_values(contract, dice), *clauses, *made_of(contract.text, 8, dice)]
        signed = [one for one in clauses if one.kind == "yes_no"]
        natural = [
            Asked("natural", a.wordings, a.kind, a.answers, a.evidence, a.polarity)
            for a in (*asked[:6], *signed[:4])
        ]
        written = [replace(one, source="written") for one in natural if one.answers or one.evidence]
        written.append(Asked("written", ("Who shall pay the agreement's costs?",), "value", within=PART))
        every = (*asked[-4:], *asked[:16], *natural, *written)
        arrays.document(Document(contract.id, "agreement", contract.text, every))
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
    assert {"found", "half_0", "half_1", "answers", "judge"} <= set(stages)
    again: tuple[Purpose, ...] = ("reader", "judge")
    told = ["again", "--data", str(prepared), "--weights", str(tmp_path)]
    one = tmp_path / "alone" / "sentences.safetensors"
    monkeypatch.setattr(sys, "argv", [*told, "--out", str(one), "--seconds", "0.1", "--size", "4"])
    sentences.main()
    Transformer("reader").load_state_dict(dequantised(load_file(one)))
    assert {"before", "trained"} <= {json.loads(row)["stage"] for row in one.with_suffix(".jsonl").open()}
    (tmp_path / "sentences.safetensors").write_bytes(one.read_bytes())
    monkeypatch.setattr(sys, "argv", [*sys.argv, "--start", "sentences", "--by-text", "--favour"])
    sentences.main()
    assert "known" in {json.loads(row)["stage"] for row in one.with_suffix(".jsonl").open()}
    told += ["--out", str(tmp_path / "further")]
    for purpose in again:
        monkeypatch.setattr(sys, "argv", [*told, "--purpose", purpose, "--seconds", "0.1", "--size", "8"])
        further.main()
        Transformer(purpose).load_state_dict(
            dequantised(load_file(tmp_path / "further" / f"{purpose}.safetensors"))
        )
        rows = (tmp_path / "further" / f"{purpose}.jsonl").read_text().splitlines()
        assert {"before", "after"} <= {json.loads(line)["stage"] for line in rows}


def test_questions_about_agreements_are_kept_by_places_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for questions in facts.natural(facts.WRITTEN_OF_AGREEMENTS).values():
        for row in questions:
            assert set(row) <= {"id", "question", "kind", "answers", "spans", "quote_spans", "within"}
            assert row["answers"] in ([], ["Yes"], ["No"])
    text = "The Bank shall pay the fee within ten days. " * 40
    low, high = text.index("within ten days"), text.index("within ten days") + 15
    asked = {"question": "when is the fee due?", "kind": "duration", "answers": [], "spans": [[low, high]]}
    rows = [asked | {"id": "credit/one", "quote_spans": [[0, 43]]}]
    (tmp_path / "edgar").mkdir()
    agreements = [{"id": f"credit/{name}", "kind": "credit", "text": text} for name in ("one", "two")]
    for path, lines in ((tmp_path / "asked", rows), (tmp_path / "edgar" / "agreements.jsonl.xz", agreements)):
        with lzma.open(path, "wt", encoding="utf-8") as out:
            out.writelines(json.dumps(line) + "\n" for line in lines)
    monkeypatch.setattr(facts, "WRITTEN_OF_AGREEMENTS", tmp_path / "asked")
    (document,) = facts.asked_agreements(tmp_path, random.Random(0))
    assert document.id == "credit/one"
    assert document.asked[0].answers == ((low, high),)
    others = facts.unlabelled(tmp_path, 16_000, 4, random.Random(0))
    assert [one.id for one in others] == ["credit/two"], "what was asked about is not taken twice"


def test_what_a_part_does_not_say_is_read_in_that_part_alone(prepared: Path) -> None:
    arrays = Training(prepared, torch.device("cpu"))
    partly = (arrays.source == WRITTEN) & (arrays.positive.count(torch.arange(len(arrays.source))) == 0)
    some = partly.nonzero()[:, 0]
    found = torch.arange(len(arrays.passages))[None, :4].expand(len(arrays.source), -1)
    new_near(arrays, found)
    near = arrays.near.first(some, 16)
    assert (near[:, 0] >= 0).any()
    ends = arrays.passages[near.clamp(min=0)][..., 1] - arrays.documents[arrays.document[some]][:, None]
    assert ends[near >= 0].max() < PART[1] / 2
