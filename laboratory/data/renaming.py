"""Contexts whose tokens are renamed afresh each time they are used, so that answers can only be copied.

A renaming permutes the vocabulary inside groups of like tokens: months, years, days, other numbers, number words, and
rarer words and word endings. It is applied to the tokens of a context, of its questions and of their answers alike,
but not to the encoder's features, which still tell what kind of token stands where. Copying from the state gives the
renamed answer; what was memorised of the contract does not. Swaps (`swaps`) change the text itself and must be
encoded anew; a renaming costs nothing.

Shape suffixes as in `batches`; N vocabulary.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import torch
from torch import Tensor

from consolidation.parts.encoder import WordPieces
from consolidation.text.values import MONTHS, WORD_NUMBERS
from laboratory.data.batches import Batch
from laboratory.data.clause_wordings import CLAUSE_CATEGORIES, clause_paraphrases
from laboratory.data.examples import YES
from laboratory.data.wordings import PARAPHRASES, UNRELATED, paraphrases

#: So many of the most frequent words keep their names, and those that questions are worded with: they are what
#: contracts and questions are written with.
FREQUENT = 400
_DAYS, _YEARS = range(1, 32), range(1900, 2100)


class Renamer:
    """Draws renamings of a vocabulary, given the frequencies of its tokens."""

    def __init__(self, pieces: WordPieces, counts_N: Tensor) -> None:
        self.groups = [torch.tensor(group) for group in _groups(pieces, counts_N) if len(group) > 1]
        self.size = len(counts_N)

    def draw(self, generator: torch.Generator) -> Tensor:
        """A renaming `[N]`: the new token of each."""
        new = torch.arange(self.size)
        for group in self.groups:
            new[group] = group[torch.randperm(len(group), generator=generator)]
        return new

    def renamed(self, batch: Batch, which: Sequence[bool], generator: torch.Generator) -> Batch:
        """The batch with the documents for which `which` says so under a renaming each."""
        ids, questions, answers = (t.clone() for t in (batch.ids_BWT, batch.question_ids_QC, batch.answer_QA))
        for b in (b for b, chosen in enumerate(which) if chosen):
            new, asked = self.draw(generator), batch.document_Q == b
            ids[b] = new[ids[b]]
            questions[asked] = new[questions[asked]]
            answers[asked] = torch.where(answers[asked] >= 0, new[answers[asked]], answers[asked])
        return replace(batch, ids_BWT=ids, question_ids_QC=questions, answer_QA=answers)


def _worded(pieces: WordPieces) -> set[int]:
    """Tokens of every wording of a question, without its subject."""
    wordings = [w for category in PARAPHRASES for w in paraphrases(category)]
    wordings += ["day days week weeks month months year years"]
    wordings += [w for category in CLAUSE_CATEGORIES for w in clause_paraphrases(category)]
    return {token for wording in (*wordings, *UNRELATED) for token in pieces.encode(wording)[0]}


def _groups(pieces: WordPieces, counts_N: Tensor) -> Iterator[list[int]]:
    kept = {*counts_N.topk(FREQUENT).indices.tolist(), YES, *_worded(pieces)}
    months, numbers = {m.lower() for m in MONTHS}, {w for w in WORD_NUMBERS if w.isalpha()}
    groups: dict[str, list[int]] = {}
    for token in range(len(counts_N)):
        piece = pieces.piece(token)
        word = piece.removeprefix("##")
        if piece in months:
            kind = "month"
        elif piece in numbers:
            kind = "number word"
        elif piece.isdecimal() and piece.isascii():
            kind = "day" if int(piece) in _DAYS else "year" if int(piece) in _YEARS else "number"
        elif word.isalpha() and word.isascii() and len(word) > 1 and token not in kept:
            kind = "ending" if word != piece else "word"
        else:
            continue
        if counts_N[token] > 0:
            groups.setdefault(kind, []).append(token)
    yield from groups.values()
