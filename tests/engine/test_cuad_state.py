"""The figures of answers from states, from scores that can be counted by hand."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.cuad_state import Rate, computed, figures_of, rates
from laboratory.measure.answers import ClauseScore, Score

CATEGORIES = ("Governing Law", "Agreement Date", "Document Name", "Effective Date", "Parties")
WANTED = {
    "governing_law_em", "agreement_date_em", "document_name_em", "effective_date_em", "parties_f1",
    "short_em_4k", "short_f1_4k", "short_em_whole", "short_f1_whole", "yesno_balanced_accuracy",
    "evidence_short_em", "placed_quote_precision", "abstention_auroc", "fabrication_rate",
    "supported_share", "supported_precision",
}  # fmt: skip


def score(contract: int, category: str, gold: str, answer: str, confidence: float = 0.9, *, quote: bool | None = None,
          state: str = "check") -> Score:  # fmt: skip
    return Score(f"c{contract}", category, gold, answer, confidence, state, quote)


def states() -> list[Score]:
    """Five contracts: the first is answered wrongly throughout, one question of each has no answer."""
    answers = {c: "Other Corp" if c == 0 else "Acme Corp" for c in range(5)}
    scores = [
        score(c, name, "Acme Corp", answer, 0.8) for c, answer in answers.items() for name in CATEGORIES
    ]
    made_up = [score(0, "Renewal Term", "", "one year", 0.9)]
    return [*scores, *made_up, *(score(c, "Renewal Term", "", "", 0.1) for c in range(1, 5))]


def clauses() -> list[ClauseScore]:
    """One kind of clause, in half of the contracts, missed once."""
    return [
        ClauseScore(f"c{c}", "Anti-Assignment", 0.9 if c % 2 else 0.1, bool(c % 2) and c > 1, bool(c % 2))
        for c in range(8)
    ]  # fmt: skip


@pytest.mark.slow
def test_every_figure_is_there_with_its_interval() -> None:
    quoted = [replace(one, quote_right=True) if one.gold else one for one in states()]
    supported = [replace(one, state="supported") for one in quoted]
    figures = figures_of(rates(states(), states(), supported, clauses()))
    assert set(figures) >= WANTED
    assert set(figures["intervals"]) >= WANTED
    for name in WANTED:
        low, high = figures["intervals"][name]
        assert 0 <= low <= figures[name] <= high <= 100


def test_figures_by_hand() -> None:
    figures = figures_of(rates(states()[:2], states(), states(), clauses()))
    assert figures["short_em_4k"] == 0
    assert figures["short_f1_4k"] == 50
    assert figures["governing_law_em"] == figures["short_em_whole"] == 80
    assert figures["parties_f1"] == 90
    assert figures["fabrication_rate"] == 20
    # of 25 x 5 pairs, those with the one unanswerable question that was answered are in the wrong order
    assert figures["abstention_auroc"] == 80
    # 20 of 26 given answers are right; 25 with confidence 0.8 in one bin, one with 0.9 in another
    assert figures["answer_calibration_error"] == pytest.approx(100 * 0.9 / 26, abs=0.1)
    assert figures["yesno_balanced_accuracy"] == pytest.approx((75 + 100) / 2)
    assert figures["yesno_auroc"] == 100
    assert figures["yesno_calibration_error"] == 10


def test_quotes_count_only_for_answers_to_questions_with_a_label() -> None:
    scores = [
        score(0, "Parties", "Acme", "Acme", quote=True),
        score(1, "Parties", "Acme", "Acme", quote=False),
        score(2, "Parties", "", "Acme", quote=None),
    ]
    assert figures_of(rates(scores, scores, scores, clauses()))["placed_quote_precision"] == 50


def test_supported_answers_are_counted_and_compared() -> None:
    scores = [
        score(0, "Parties", "Acme", "Acme", state="supported"),
        score(1, "Parties", "Acme", "Acme"),
        score(1, "Parties", "Acme", "Other", state="supported"),
        score(2, "Parties", "Acme", ""),
        score(2, "Term", "", "one year", state="supported"),
        score(3, "Parties", "Acme", "Acme", state="supported"),
    ]
    figures = figures_of(rates(scores, scores, scores, clauses()))
    assert figures["supported_share"] == 60
    assert figures["supported_precision"] == 50


def test_what_was_not_measured_is_left_out(tmp_path: Path) -> None:
    assert figures_of([Rate("nothing", [], lambda scores: None)]) == {"intervals": {}}
    assert computed(tmp_path / "none.json") == {}
    results = {"command": "python", "n1": {"em": 41.5, "n": 200}, "n4": {"em": 50.0, "n": 200}}
    (tmp_path / "passes.json").write_text(json.dumps(results))
    assert computed(tmp_path / "passes.json") == {"computed_em_n1": 41.5, "computed_em_n4": 50.0}
