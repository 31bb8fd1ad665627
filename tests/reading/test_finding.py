"""Passages of a text, and those that full text and vectors find for a question."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from consolidation.parts.encoder import WordPieces
from consolidation.passages.passages import Recent
from consolidation.passages.retrieval import joined, retrieve
from consolidation.text.bm25 import FullText
from consolidation.text.wide import BEFORE_TOKENS, PASSAGE_TOKENS, wide_passages
from consolidation.text.windows import WINDOW_TOKENS, Windows, split

SENTENCES = [
    f"Clause {n} says that the supplier keeps record {n} of every order it fills." for n in range(60)
]


@pytest.fixture(scope="module")
def pieces() -> WordPieces:
    return WordPieces()


def test_passages_hold_their_windows_and_whole_sentences(pieces: WordPieces) -> None:
    text = " ".join(SENTENCES)
    _, offsets = pieces.encode(text)
    passages = wide_passages(text, offsets, WINDOW_TOKENS)
    for row, (first, last) in enumerate(passages):
        low, high = row * WINDOW_TOKENS, min((row + 1) * WINDOW_TOKENS, len(offsets))
        assert low - BEFORE_TOKENS <= first <= low < high <= last <= first + PASSAGE_TOKENS
        assert text[offsets[first][0] :].startswith("Clause")
        assert text[offsets[last - 1][0]] == "."


def test_a_text_without_an_end_of_sentence_is_read_in_full(pieces: WordPieces) -> None:
    text = "order " * 500
    _, offsets = pieces.encode(text)
    covered = {t for first, last in wide_passages(text, offsets, WINDOW_TOKENS) for t in range(first, last)}
    assert covered == set(range(len(offsets)))


@pytest.mark.parametrize("question", ["Who pays the taxes?", "tax payments", "PAID TAXÉS"])
def test_full_text_finds_words_in_other_forms(question: str) -> None:
    index = FullText(["The seller delivers.", "The buyer shall pay all taxes.", "Notices go to the agent."])
    assert int(index.scores(question).argmax()) == 1


def test_full_text_of_nothing_gives_nothing() -> None:
    assert FullText([]).scores("who pays?").tolist() == []
    assert FullText(["one", "two"]).scores("of the").tolist() == [0.0, 0.0]


def test_close_passages_come_first_and_worded_ones_are_added() -> None:
    closeness = np.array([0.1, 0.9, 0.8, 0.0, 0.2], dtype=np.float32)
    full_text = np.array([3.0, 9.0, 0.0, 4.0, 0.0], dtype=np.float32)
    assert joined(closeness, full_text, close=2, worded=2) == [1, 2, 3, 0]
    assert joined(closeness, full_text, close=1, worded=9) == [1, 3, 0]


def test_passages_are_found_without_a_common_word() -> None:
    index = FullText(["The fee is due monthly.", "Rent falls due on the first."])
    found = retrieve("lease?", index, torch.tensor([0.0, 1.0]), torch.eye(2), close=1)
    assert found == [1]


def test_passages_of_the_texts_asked_last_are_kept_up_to_so_many_characters(pieces: WordPieces) -> None:
    def windows(text: str) -> Windows:
        return split(text, pieces, WINDOW_TOKENS)

    texts = [" ".join(SENTENCES[n : n + 5]) for n in range(3)]
    kept = Recent(len(texts[0]) + len(texts[1]))
    first, second = kept(texts[0], windows), kept(texts[1], windows)
    assert kept(texts[0], windows) is first
    kept(texts[2], windows)
    assert kept(texts[0], windows) is first
    assert kept(texts[1], windows) is not second
