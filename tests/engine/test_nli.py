"""Hypotheses about non-disclosure agreements are judged with the sentences that say so."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from consolidation.errors import ModelFileError
from consolidation.findings.hypotheses import (
    LABELS,
    WEIGHTS,
    Encodes,
    Nli,
    label_log_probabilities,
    load_nli,
    pooled,
)
from consolidation.findings.hypothesis_features import CUES, Features, features, openings, split, word_groups
from consolidation.parts.encoder import Encoder, WordPieces
from laboratory.fit.hypotheses import Agreement, Settings, figures, out_of_fold, train, write

NDA = """MUTUAL NON-DISCLOSURE AGREEMENT

1. "Confidential Information" means any business, financial or technical information disclosed in writing, orally or
by inspection.
2. The Receiving Party shall not solicit or hire any employee of the Disclosing Party for two years.
3. The Receiving Party shall not reverse engineer, decompile or disassemble any sample or software received.
4. The Receiving Party may disclose Confidential Information to those of its employees who need to know it.
5. Confidential Information does not include information which:
(a) is independently developed by the Receiving Party; or
(b) is rightfully received from a third party without a duty of confidence.
6. On termination the Receiving Party shall promptly return or destroy all Confidential Information.
7. The obligations of this Agreement survive its termination for three years.
"""
SAYING = {
    "nda-3": "orally", "nda-5": "employees", "nda-11": "reverse engineer", "nda-12": "independently developed",
    "nda-16": "return or destroy", "nda-18": "solicit", "nda-19": "survive",
}  # fmt: skip


@pytest.fixture(scope="module")
def tools() -> Encodes:
    torch.set_num_threads(1)
    return cast(Encodes, SimpleNamespace(encoder=Encoder(), pieces=WordPieces()))


@pytest.fixture(scope="module")
def nli() -> Nli:
    return load_nli()


def test_plain_clauses_entail_their_hypotheses_and_are_quoted(nli: Nli, tools: Encodes) -> None:
    judged = {j.hypothesis.id: j for j in nli.judge(tools, NDA)}
    assert len(judged) == 17
    right = {key for key, cue in SAYING.items() if judged[key].label == "entailment"
             and any(cue in NDA[a:b] for a, b in judged[key].evidence)}  # fmt: skip
    assert len(right) >= len(SAYING) - 1, SAYING.keys() - right


def test_what_is_not_said_is_not_mentioned(nli: Nli, tools: Encodes) -> None:
    cut = "\n".join(line for line in NDA.splitlines() if not line.startswith(("2.", "3.")))
    judged = {j.hypothesis.id: j for j in nli.judge(tools, cut)}
    assert judged["nda-18"].label == judged["nda-11"].label == "not mentioned"
    assert judged["nda-18"].evidence == ()


def test_an_empty_text_mentions_nothing(nli: Nli, tools: Encodes) -> None:
    for judgement in nli.judge(tools, " \n "):
        assert judgement.label == "not mentioned"
        assert judgement.evidence == ()


def test_probabilities_add_up_and_evidence_is_of_the_text(nli: Nli, tools: Encodes) -> None:
    places = set(split(NDA))
    for judgement in nli.judge(tools, NDA):
        assert sum(judgement.probabilities.values()) == pytest.approx(1.0, abs=1e-4)
        assert judgement.label == max(LABELS, key=judgement.probabilities.__getitem__)
        assert set(judgement.evidence) <= places
        assert bool(judgement.evidence) == (judgement.label != "not mentioned")


def test_the_shipped_weights_are_small(nli: Nli) -> None:
    assert WEIGHTS.stat().st_size < 3_000_000
    assert len(nli.hypotheses) == 17


def test_missing_or_damaged_weights_are_named(tmp_path: Path) -> None:
    with pytest.raises(ModelFileError, match="missing"):
        load_nli(tmp_path / "none.safetensors")
    (tmp_path / "bad.safetensors").write_bytes(b"nothing of the kind")
    with pytest.raises(ModelFileError, match="cannot be read"):
        load_nli(tmp_path / "bad.safetensors")


@settings(deadline=None)
@given(st.lists(st.lists(st.floats(-20, 20), min_size=4, max_size=4), min_size=1, max_size=8))
def test_pooling_is_the_log_of_summed_exponentials(rows: list[list[float]]) -> None:
    scores = torch.tensor(rows).view(len(rows), 2, 2)
    document = torch.arange(len(rows)) % 2
    documents = 2 if len(rows) > 1 else 1
    got = pooled(scores, document, documents)
    for n in range(documents):
        assert torch.allclose(got[n], scores[document == n].logsumexp(0), atol=1e-4)
    assert torch.allclose(label_log_probabilities(got).exp().sum(-1), torch.ones(documents, 2), atol=1e-4)


def test_items_of_a_list_know_the_sentence_that_opens_it() -> None:
    texts = [
        "It does not include information which:",
        "(a) is public; or",
        "(b) is old.",
        "Notices are written.",
    ]
    assert openings(texts) == ["", texts[0], texts[0], ""]


@settings(deadline=None)
@given(st.text(max_size=200))
def test_word_groups_do_not_depend_on_case(text: str) -> None:
    if text.isascii():
        assert word_groups(text.upper()) == word_groups(text.lower())


def agreement(name: str, said: bool) -> Agreement:
    """A labelled agreement of two sentences whose second one says something about hypothesis 0, or nothing."""
    text = "The parties met in spring.\n" + (
        "Staff shall not be hired away." if said else "The weather was fine."
    )
    places = split(text)
    vectors = torch.nn.functional.normalize(torch.eye(len(places), 384) + 0.01, dim=-1)
    x = features(text, places, vectors)
    evidence = torch.tensor([[False, False], [said, False]])
    gold = ((places[1],) if said else (), ())
    return Agreement(name, x, torch.tensor([int(said), 0]), evidence, gold)


def test_training_learns_what_the_words_tell_and_repeats_itself(tmp_path: Path, nli: Nli) -> None:
    agreements = [agreement(f"a{i}", said=i % 2 == 0) for i in range(30)]
    hypotheses, chosen = nli.hypotheses[:2], Settings(steps=30)
    made = figures(hypotheses, out_of_fold(hypotheses, agreements, chosen))
    assert made["nli_accuracy_dev"] == 100.0
    assert made["nli_evidence_first_right_dev"] == 100.0
    assert made["nli_majority_accuracy_dev"] < 90.0
    first, second = (train(agreements, 2, chosen) for _ in range(2))
    assert torch.equal(first.groups, second.groups)
    write(tmp_path / "own.safetensors", first, hypotheses, chosen)
    loaded, x = load_nli(tmp_path / "own.safetensors"), agreements[0].x
    before = Nli(first, hypotheses, chosen.scales).judge_features(x)
    for left, right in zip(before, loaded.judge_features(x), strict=True):
        assert left.label == right.label
        assert left.probabilities["entailment"] == pytest.approx(right.probabilities["entailment"], abs=0.01)


def test_features_line_up_with_sentences() -> None:
    places = split(NDA)
    x: Features = features(NDA, places, torch.zeros(len(places), 384))
    assert x.dense_SD.shape == (len(places), 384 + len(CUES))
    assert len(x.firsts_S) == len(places)
    assert len(x.groups_N) == len(x.weights_N)
    assert x.firsts_S.tolist() == sorted(x.firsts_S.tolist())
