"""What sentences say to a question of Yes and No by themselves, read without the passages that they stand in.

A passage holds several rules, and a reader of all of it may take the negation of one for that of another. So the
sentence that a Yes or a No rests on is put to the question once more, alone, by a reader that was trained on
sentences.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from consolidation.engine import Engine
from consolidation.passages.passages import Passages
from consolidation.passages.quotes import sentence_around
from consolidation.proposals.candidates import Candidate


def resting_on(passages: Passages, candidates: Sequence[Candidate]) -> dict[Candidate, str]:
    """The sentence, or sentences, that each Yes and No rests on."""
    places = {
        one: sentence_around(passages, one.places[0]) for one in candidates if one.yes_no and one.places
    }
    return {one: " ".join(passages.text[a:b].split()) for one, (a, b) in places.items()}


def said_alone(
    engine: Engine, question: str, passages: Passages, candidates: Sequence[Candidate]
) -> list[Candidate]:
    """Candidates with how far the sentence of each Yes and No says so by itself, in one batch."""
    sentence = resting_on(passages, candidates)
    different = list(dict.fromkeys(sentence.values()))
    yes = dict(zip(different, engine.said_by(question, different), strict=True))
    return [
        replace(one, alone=yes[sentence[one]] * (1.0 if one.said == "Yes" else -1.0))
        if one in sentence
        else one
        for one in candidates
    ]
