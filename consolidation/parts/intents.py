"""Reads what a question of a whole matter wants, with a small model that was trained on people's wordings.

Shape suffixes: B questions, T tokens, S slots, X outputs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import torch
from torch import Tensor

from consolidation.asking.intents import FORMS, SLOTS, SUBJECT_NAMES, Intent
from consolidation.parts.cross_encoder import PartModel
from consolidation.parts.encoder import WordPieces
from consolidation.parts.sequences import Composed, composed
from consolidation.parts.transformer import Purpose

#: What compares a value, before it.
_BEFORE_VALUE = re.compile(
    r"\b(?:this|next|last|coming|before|after|by|until|since|over|under|above|below|within|between|from|(?:more|less|longer|shorter|higher|lower|fewer|greater|"
    r"earlier|later|bigger|smaller)\s+than|at\s+(?:least|most)|up\s+to|not\s+in|outside(?:\s+of)?|other\s+than)\s+(?:(?:the|an?|this|next|last|end\s+of)\s+)*$",
    re.IGNORECASE,
)
#: Tokens of a question that are read.
MOST = 96


def composed_question(pieces: WordPieces, question: str) -> Composed:
    """A question as it is read; its words keep their places."""
    return composed(pieces, (), question, most=MOST)


def parted(outputs: Tensor) -> tuple[Tensor, ...]:
    """Outputs of questions `[..., X]`: forms, subjects, those of what is asked besides, and "lacking"."""
    return outputs.split((len(FORMS), len(SUBJECT_NAMES), len(SUBJECT_NAMES), 1), -1)


class IntentReader(PartModel):
    """Tells forms, subjects and slots of questions."""

    purpose: Purpose = "intents"

    def misfit(self) -> str:
        """What of the file's manifest is none of this program's; empty where all is."""
        named = tuple(self.manifest.get(name) for name in ("forms", "slots", "subjects"))
        known = (list(FORMS), list(SLOTS), list(SUBJECT_NAMES))
        return "" if named == known else "its forms, slots or subjects are others than those of this program"

    @torch.inference_mode()
    def read(self, questions: Sequence[str]) -> list[Intent]:
        """What each question wants. Raises `DeviceFull`."""
        made = [composed_question(self.pieces, question) for question in questions]

        def read_batch(*given: Tensor) -> list[tuple[Tensor, Tensor]]:
            tokens, outputs = self.model.intend(*given)
            return list(zip(tokens.cpu(), outputs.cpu(), strict=True))

        read = self._each(made, read_batch)
        return [
            _intent(question, one, *found) for question, one, found in zip(questions, made, read, strict=True)
        ]


def _intent(question: str, one: Composed, tokens_TS: Tensor, outputs_X: Tensor) -> Intent:
    form, subject, second, lacking = outputs_X.split((len(FORMS), len(SUBJECT_NAMES), len(SUBJECT_NAMES), 1))
    best = [(int(part.argmax()), float(part.softmax(0).max())) for part in (form, subject, second)]
    inside = tokens_TS[one.begin : one.begin + len(one.offsets)]
    words = {name: _words(question, one, inside[:, slot], name) for slot, name in enumerate(SLOTS)}
    return Intent(
        FORMS[best[0][0]],
        best[0][1],
        SUBJECT_NAMES[best[1][0]],
        best[1][1],
        bool(lacking > 0),
        SUBJECT_NAMES[best[2][0]],
        best[2][1],
        question=question,
        **words,
    )


def _words(question: str, one: Composed, odds_T: Tensor, slot: str) -> str:
    """The run of words whose tokens are likeliest together to fill a slot; empty where none are likely."""
    best, at, run, begin = 0.0, (0, 0), 0.0, 0
    for token, odds in enumerate(odds_T.tolist()):
        if run <= 0:
            run, begin = 0.0, token
        run += odds
        if run > best:
            best, at = run, (begin, token + 1)
    if best <= 0:
        return ""
    low, high = one.offsets[at[0]][0], one.offsets[at[1] - 1][1]
    if slot == "value" and (before := _BEFORE_VALUE.search(question[:low])):
        low = before.start()
    while low > 0 and question[low - 1].isalnum():
        low -= 1
    while high < len(question) and question[high].isalnum():
        high += 1
    return question[low:high].strip()
