"""Renamed contexts and the codes that answers are copied by."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from consolidation.parts.embedded.codes import codes, packed_codes, unpacked_codes
from consolidation.parts.encoder import SEP, WordPieces
from laboratory.data.batches import Batch
from laboratory.data.examples import YES
from laboratory.data.renaming import Renamer


@pytest.fixture(scope="module")
def pieces() -> WordPieces:
    return WordPieces()


@pytest.fixture(scope="module")
def renamer(pieces: WordPieces) -> Renamer:
    return Renamer(pieces, torch.from_numpy(np.random.default_rng(0).integers(1, 1000, 30522)))


def ids(pieces: WordPieces, text: str) -> list[int]:
    return pieces.encode(text)[0]


@pytest.mark.parametrize("seed", range(5))
def test_like_tokens_change_places(pieces: WordPieces, renamer: Renamer, seed: int) -> None:
    new = renamer.draw(torch.Generator().manual_seed(seed))
    assert sorted(new.tolist()) == list(range(30522))
    for group in ("january may december", "1987 1999 2014", "3 17 30"):
        members = ids(pieces, group)
        named = [pieces.piece(t) for t in new[members].tolist()]
        assert named != group.split()
        if group[0].isdigit():
            assert all(
                word.isdecimal() and (len(word) == 4) == (len(group.split()[0]) == 4) for word in named
            )
    for kept in (*ids(pieces, "what is the governing law of the agreement?"), YES, SEP):
        assert new[kept] == kept


def test_context_question_and_answer_are_renamed_alike(pieces: WordPieces, renamer: Renamer) -> None:
    name = ids(pieces, "zebulon harvesters")
    tokens = torch.tensor([name, name]).unsqueeze(1)
    mask = torch.ones_like(tokens, dtype=torch.bool)
    answers = torch.tensor([[*name, SEP, -1], [*name, SEP, -1]])
    batch = Batch(
        tokens, torch.zeros(*tokens.shape, 1), mask, mask, torch.tensor([0, 1]), tokens[:, 0],
        torch.zeros(2, len(name), 1), mask[:, 0], answers, [],
    )  # fmt: skip
    fresh = renamer.renamed(batch, [True, False], torch.Generator().manual_seed(1))
    changed = fresh.ids_BWT[0, 0].tolist()
    assert changed != name
    assert fresh.question_ids_QC[0].tolist() == changed
    assert fresh.answer_QA[0].tolist() == [*changed, SEP, -1]
    assert fresh.ids_BWT[1, 0].tolist() == fresh.question_ids_QC[1].tolist() == name
    assert fresh.answer_QA[1].tolist() == answers[1].tolist()
    assert batch.ids_BWT[0, 0].tolist() == name


def test_codes_tell_tokens_apart_and_come_back_from_their_bits() -> None:
    drawn = codes(2000, 256)
    alike = drawn @ drawn.T
    assert torch.allclose(alike.diagonal(), torch.ones(2000))
    assert float((alike - torch.eye(2000)).abs().max()) < 0.4
    assert torch.equal(unpacked_codes(packed_codes(drawn)), drawn)
