"""Retriever, reader and judge of the shipped weights, on passages written for the test."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from consolidation.errors import ModelFileError
from consolidation.parts.cross_encoder import Judge, Reader, Retriever
from consolidation.parts.encoder import Encoder, WordPieces
from consolidation.parts.transformer import attend
from consolidation.protocol import Proposal
from consolidation.table.capacities import ToAnswer
from tests.conftest import REPOSITORY

WEIGHTS = REPOSITORY / "consolidation" / "weights"
RENT = (
    "4. Fees. The Client shall pay Harrow Data Ltd. a monthly fee of $4,250, due within thirty (30) days after "
    "receipt of an invoice. Late payments bear interest."
)
ASSIGN = (
    "9. Assignment. Neither party may assign this Agreement without the prior written consent of the other."
)
LAW = "12. Law. This Agreement is governed by the laws of the State of Ohio, without regard to conflicts of laws."
PASSAGES = [RENT, ASSIGN, LAW]


@pytest.fixture(scope="module")
def words() -> torch.Tensor:
    torch.set_num_threads(1)
    return Encoder().word_embeddings_NE


@pytest.fixture(scope="module")
def pieces() -> WordPieces:
    return WordPieces()


@pytest.fixture(scope="module")
def reader(pieces: WordPieces, words: torch.Tensor) -> Reader:
    return Reader(WEIGHTS / "reader.safetensors", pieces, words)


@pytest.fixture(scope="module")
def judge(pieces: WordPieces, words: torch.Tensor) -> Judge:
    return Judge(WEIGHTS / "judge.safetensors", pieces, words)


@pytest.mark.parametrize(
    ("question", "yes", "no"),
    [
        (
            "Can the supplier assign the agreement?",
            "The Supplier may assign this Agreement to any of its affiliates.",
            "The Supplier shall not assign this Agreement.",
        ),
        (
            "Is Galaxy barred from selling to others?",
            "Galaxy shall not sell the Products to any third party.",
            "Galaxy may sell the Products to any third party.",
        ),
    ],
)
def test_a_sentence_alone_says_yes_or_no(
    pieces: WordPieces, words: torch.Tensor, question: str, yes: str, no: str
) -> None:
    sentences = Reader(WEIGHTS / "sentences.safetensors", pieces, words)
    first, second = sentences.verdicts([ToAnswer(question, yes), ToAnswer(question, no)])
    assert first > 0 > second
    assert sentences.verdicts([ToAnswer(question, no)]) == [pytest.approx(second, abs=1e-3)]


@pytest.mark.parametrize(
    ("question", "passage", "answer"),
    [
        ("how much does the client owe each month", 0, "$4,250"),
        ("How long after getting the invoice must they pay?", 0, "thirty (30) days"),
        ("whose law applies?", 2, "State of Ohio"),
    ],
)
def test_reader_finds_the_passage_and_the_words(
    reader: Reader, question: str, passage: int, answer: str
) -> None:
    readings = reader.read(question, PASSAGES)
    assert max(range(3), key=lambda at: readings[at].answers) == passage
    low, high = readings[passage].spans[0].place
    assert answer in PASSAGES[passage][low:high]


def test_reader_tells_no_from_yes(reader: Reader) -> None:
    allowed = ASSIGN.replace("Neither party may", "Either party may").replace("without", "even without")
    barred, free = reader.read("Can either party assign this agreement?", [ASSIGN, allowed])
    assert barred.yes < 0 < free.yes


def test_what_is_read_together_is_read_as_alone(reader: Reader) -> None:
    together = reader.read("whose law applies?", PASSAGES)
    alone = [reader.read("whose law applies?", [passage])[0] for passage in PASSAGES]
    for one, other in zip(together, alone, strict=True):
        assert one.answers == pytest.approx(other.answers, abs=1e-3)
        assert [s.place for s in one.spans] == [s.place for s in other.spans]


def test_reader_takes_no_passages_and_empty_ones(reader: Reader) -> None:
    assert reader.read("whose law applies?", []) == []
    assert reader.read("whose law applies?", [""])[0].spans == ()


def test_judge_prefers_the_right_answer(judge: Judge) -> None:
    def claim(answer: str) -> Proposal:
        low = RENT.index(answer)
        return Proposal("What is the monthly fee?", answer, RENT, ((low, low + len(answer)),))

    right, other, party = judge.judge([claim("$4,250"), claim("thirty (30) days"), claim("Harrow Data Ltd.")])
    assert right > max(other, party)


def test_retriever_puts_a_question_next_to_its_passage(pieces: WordPieces, words: torch.Tensor) -> None:
    retriever = Retriever(WEIGHTS / "retriever.safetensors", pieces, words)
    asked = retriever.embed_questions(
        ["who has to agree before the deal is handed over?", "which state's law?"]
    )
    kept = retriever.embed_passages(PASSAGES, "Services Agreement")
    assert (asked @ kept.T).argmax(1).tolist() == [1, 2]
    assert torch.allclose(kept.norm(dim=1), torch.ones(3), atol=1e-4)


def test_files_that_are_not_a_readers_are_refused(
    pieces: WordPieces, words: torch.Tensor, tmp_path: Path
) -> None:
    broken = tmp_path / "reader.safetensors"
    broken.write_bytes(b"not weights")
    for path, problem in (
        (broken, "damaged"),
        (tmp_path / "none.safetensors", "missing"),
        (WEIGHTS / "judge.safetensors", "not the weights of a reader"),
    ):
        with pytest.raises(ModelFileError, match=problem):
            Reader(path, pieces, words)


def test_training_attends_to_what_reading_attends_to() -> None:
    torch.manual_seed(0)
    query, key, value = torch.randn(3, 2, 3, 7, 8)
    mask = torch.ones(2, 1, 1, 7, dtype=torch.bool)
    mask[1, ..., 5:] = False
    learned = attend(query.clone().requires_grad_(), key, value, mask)
    torch.testing.assert_close(learned.detach(), attend(query, key, value, mask))
