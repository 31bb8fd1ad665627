"""A question without a sure answer is asked again in the trade's words; what that brings is to be checked."""

from __future__ import annotations

from pathlib import Path

import torch

from consolidation import Engine, answer_question
from consolidation.answers.again import LIKELIER, UNSURE, examine_again
from consolidation.answers.examine import examine
from consolidation.asking.understand import understand
from tests.engine.conftest import CONTRACT, source_of

PAYMENTS = """
9. Payments. All payments owed by Customer under this Agreement shall be made without set-off. Any amounts not paid
when due will be subject to finance charges at the rate of 1% per month until the date paid.
"""
LATE = "What if Tamberlin pays late?"


def test_what_other_words_bring_is_told_and_to_be_checked(engine: Engine, folder: Path) -> None:
    source = source_of(engine, CONTRACT + PAYMENTS, folder)
    found = answer_question(engine, LATE, source)
    assert (found.state, found.asked.asked) == ("check", LATE)
    assert "1% per month" in found.text and found.quotes
    assert found.provenance.read_as == "What if Tamberlin does not pay when due?"


def test_only_a_likelier_answer_takes_the_place_of_another(engine: Engine, folder: Path) -> None:
    source = source_of(engine, CONTRACT + PAYMENTS, folder)
    state = source.bank.load(str(source.state_name))
    for question in (
        LATE,
        "Who pays late?",
        "What does Tamberlin get if fired after a takeover?",
        "Governing law?",
    ):
        with torch.inference_mode():
            first, told = (
                look(engine, understand(question), source, state, lambda *stage: None)
                for look in (examine, examine_again)
            )
        if told.read_as:
            assert told.decision.state == "check"
            assert told.decision.answer == 0
            assert first.decision.state == "not_found" or (
                first.decision.probability < UNSURE
                and told.decision.probability >= first.decision.probability + LIKELIER
            )
        else:
            assert (told.decision, told.candidates) == (first.decision, first.candidates)
