"""Questions as people ask them, as the memory learns from them."""

from __future__ import annotations

import json
import lzma
import random
from pathlib import Path

import pytest

from consolidation.parts.encoder import WordPieces
from laboratory.data.as_asked import AS_ASKED, as_asked
from laboratory.data.facts import Contract
from laboratory.data.prepare import describe
from laboratory.data.wordings import paraphrases

TEXT = "The lease runs for ten years from May. The tenant may not sublet it. Rent is $40 a month."


def row(question: str, kind: str, answer: str, quote: str) -> dict[str, object]:
    def places(words: str) -> list[list[int]]:
        return [[TEXT.index(words), TEXT.index(words) + len(words)]] if words in TEXT and words else []

    return {
        "id": "lease", "question": question, "kind": kind, "answers": [answer], "spans": places(answer),
        "quotes": [quote], "quote_spans": places(quote),
    }  # fmt: skip


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    path = tmp_path / "questions.jsonl.xz"
    rows = [
        row(
            "how long are we stuck with it?",
            "duration",
            "ten years",
            "The lease runs for ten years from May.",
        ),
        row("can they sublet", "no", "No", "The tenant may not sublet it."),
        row("how long, and what rent?", "joined", "ten years", "The lease runs for ten years from May."),
        row("who insures it?", "absent_value", "", ""),
    ]
    path.write_bytes(lzma.compress("".join(json.dumps(one) + "\n" for one in rows).encode()))
    return path


def test_answers_are_copied_from_their_places_and_verdicts_from_their_quotes(questions: Path) -> None:
    asked = as_asked([questions])["lease"]
    contract = Contract("lease", TEXT, (), {}, {})
    _, offsets = (pieces := WordPieces()).encode(TEXT)
    described = describe(contract, offsets, pieces, random.Random(0), asked)
    facts = [one for one in described["facts"] if one["category"] == AS_ASKED]
    read = [" ".join(TEXT[offsets[a][0] : offsets[b - 1][1]] for a, b in one["places"]) for one in facts]
    assert read == ["ten years", "The tenant may not sublet it."]
    assert [one["gold"] for one in facts] == ["ten years", "no"]
    assert [pieces.decode(one["said"]) if "said" in one else "" for one in facts] == ["", "no"]


def test_each_is_asked_in_its_own_words(questions: Path) -> None:
    asked = as_asked([questions, questions])["lease"]
    assert [paraphrases(AS_ASKED, one.subject) for one in asked[:2]] == [
        ["how long are we stuck with it?"],
        ["can they sublet"],
    ]
