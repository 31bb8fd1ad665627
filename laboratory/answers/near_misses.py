"""Questions for another thing than a contract speaks of: whether any gets an answer, and one called supported.

Each question names its thing by a word that a text answering it would have to use; of a contract without that word
only "not found" is right, whatever it says of itself. No label is needed, so any text can be asked.
"""

from __future__ import annotations

import json
import lzma
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch

from consolidation.answers.answer import answer_question
from consolidation.asking.understand import understand
from consolidation.engine import load_engine
from laboratory.answers.banked import consolidated
from laboratory.data.facts import Contract

QUESTIONS = Path(__file__).parents[1] / "data" / "near_misses.jsonl.xz"


@dataclass(frozen=True, slots=True)
class NearMiss:
    """What was said to one question that a contract cannot answer; `kind` is of the question."""

    contract: str
    kind: str
    answered: bool
    supported: bool


def near_misses(contracts: Sequence[Contract]) -> list[NearMiss]:
    """What is said to all questions of whose thing a contract has no word."""
    torch.set_num_threads(1)
    engine, rows = load_engine(), list[NearMiss]()
    with lzma.open(QUESTIONS, "rt", encoding="utf-8") as lines:
        questions = [json.loads(line) for line in lines]
    for contract in contracts:
        with consolidated(engine, [contract], tagged=True) as ((_, source),):
            for row in questions:
                if re.search(row["key"], contract.text, re.IGNORECASE):
                    continue
                found = answer_question(engine, understand(row["question"]), source)
                state = found.state
                rows.append(NearMiss(contract.id, row["kind"], state != "not_found", state == "supported"))
    return rows
