"""Clause spans are drawn from probabilities, and counted as the CUAD paper counts them."""

from __future__ import annotations

import time
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from consolidation.engine import WEIGHTS
from consolidation.findings.clauses import clauses
from consolidation.findings.spans import CLAUSE_RULES, VALUE_RULES, Layout, SpanRule, ranked, spans
from consolidation.parts.encoder import WordPieces
from consolidation.parts.extents import Extents
from consolidation.parts.tagger import CATEGORIES
from consolidation.text.ranges import in_word
from consolidation.text.sentences import sentences
from laboratory.measure.clauses import (
    Predicted,
    aupr,
    count,
    curve,
    jaccard,
    precision_at_recall,
    words,
)

CLAUSE = (
    "Neither party may assign this Agreement, in whole or in part, without the prior consent of the other."
)


def test_words_are_compared_without_case_stops_and_slashes() -> None:
    assert words("First/second; THIRD, fourth.") == {"first", "second", "third", "fourth"}
    assert jaccard(words("a b c"), words("b c d")) == 0.5
    assert jaccard(words("."), words(";")) == 0.0


def test_a_curve_worked_by_hand() -> None:
    gold = [["alpha beta"], [], ["gamma delta", "epsilon zeta"]]
    predicted = [
        [Predicted("alpha beta", 0.95), Predicted("wrong one", 0.55)],
        [Predicted("nothing here", 0.75)],
        [Predicted("gamma delta", 0.65)],
    ]
    precisions, recalls = curve(gold, predicted, ["Insurance"] * 3)
    # from 0.94 on 1 of 1; from 0.74 on 1 of 2; from 0.64 on 2 of 3; from 0.54 on 2 of 4; never the third label
    assert precisions[:2] == [1.0, 0.0]
    assert sorted({(round(p, 3), round(r, 3)) for p, r in zip(precisions, recalls, strict=True)}) == [
        (0.0, 0.0), (0.5, 0.333), (0.5, 0.667), (0.667, 0.667), (1.0, 0.0), (1.0, 0.333),
    ]  # fmt: skip
    # a flat part at 1 up to a third, then a slope from 2/3 (the best at that recall or above) to 2/3
    flat, slope = 1 / 3, (2 / 3) * (1 / 3)
    assert aupr(precisions, recalls) == pytest.approx(flat + slope)
    assert precision_at_recall(precisions, recalls, 0.3) == 1.0
    assert precision_at_recall(precisions, recalls, 0.6) == pytest.approx(2 / 3)
    assert precision_at_recall(precisions, recalls, 0.8) == 0.0


def test_two_predictions_of_one_label_are_one_hit_and_no_error() -> None:
    counted = count(
        [CLAUSE], [Predicted(CLAUSE, 0.4), Predicted(CLAUSE + " Really.", 0.9)], "Anti-Assignment"
    )
    assert counted.found == (0.9,)
    assert counted.false == ()


def test_a_longer_prediction_that_holds_the_label_counts_for_parties_alone() -> None:
    long = Predicted("Orvelane Systems Inc a Delaware corporation with offices at many places", 0.5)
    assert count(["Orvelane"], [long], "Parties").found == (0.5,)
    assert count(["Orvelane"], [long], "Document Name").false == (0.5,)


def test_a_threshold_is_passed_only_from_above() -> None:
    assert curve([["a b"]], [[Predicted("a b", 0.0)]], ["Insurance"])[1][-1] == 0.0
    assert curve([["a b"]], [[Predicted("a b", 0.0005)]], ["Insurance"])[1][-1] == 1.0


def test_without_labels_there_is_no_recall() -> None:
    with pytest.raises(ValueError, match="no labelled span"):
        curve([[]], [[Predicted("a", 0.5)]], ["Insurance"])


questions = st.lists(
    st.tuples(
        st.lists(st.sampled_from(["a b", "c d", "e f"]), max_size=3, unique=True),
        st.lists(
            st.tuples(st.sampled_from(["a b", "c d", "e f", "g h"]), st.floats(0.011, 0.98)), max_size=4
        ),
    ),
    min_size=1,
    max_size=5,
).filter(lambda rows: any(gold for gold, _ in rows))


@settings(deadline=None)
@given(questions)
def test_area_and_precision_stay_within_bounds_and_recall_never_falls(
    rows: list[tuple[list[str], list[tuple[str, float]]]],
) -> None:
    gold = [g for g, _ in rows]
    predicted = [[Predicted(t, c) for t, c in p] for _, p in rows]
    precisions, recalls = curve(gold, predicted, ["Insurance"] * len(rows))
    assert recalls == sorted(recalls)
    assert 0.0 <= aupr(precisions, recalls) <= recalls[-1] + 1e-9
    assert precision_at_recall(precisions, recalls, 0.8) >= precision_at_recall(precisions, recalls, 1.0)


@settings(deadline=None)
@given(questions)
def test_perfect_predictions_score_one(rows: list[tuple[list[str], list[tuple[str, float]]]]) -> None:
    gold = [g for g, _ in rows]
    precisions, recalls = curve(
        gold, [[Predicted(t, 0.9) for t in g] for g in gold], ["Insurance"] * len(gold)
    )
    assert aupr(precisions, recalls) == pytest.approx(1.0)
    assert precision_at_recall(precisions, recalls, 0.8) == 1.0


@settings(deadline=None)
@given(st.text(max_size=300), st.booleans(), st.booleans())
def test_sentences_cover_all_but_white_space_in_order(text: str, lines: bool, items: bool) -> None:
    found = sentences(text, lines=lines, items=items)
    before = 0
    for start, end in found:
        assert before <= start < end <= len(text)
        assert not text[before:start].strip()
        assert text[start:end] == text[start:end].strip()
        before = end
    assert not text[before:].strip()


def test_numbers_and_abbreviations_do_not_end_sentences() -> None:
    text = (
        "1. Term. Acme Inc. and Bolt Corp. agree on $1.50 per item. Of these (a) No. 5 applies; (b) it ends."
    )
    assert [text[a:b] for a, b in sentences(text)] == [
        "1. Term.", "Acme Inc. and Bolt Corp. agree on $1.50 per item.", "Of these (a) No. 5 applies; (b) it ends.",
    ]  # fmt: skip
    assert [text[a:b] for a, b in sentences(text, items=True)][2:] == [
        "Of these (a) No. 5 applies;",
        "(b) it ends.",
    ]


EXTENTS = Extents.load(WEIGHTS.with_name("extents.safetensors"))
SENTENCES = ("The supplier ships goods each week.", CLAUSE, "Notices go to the address above by mail.")
TEXT = " ".join(SENTENCES)


def offsets_of(text: str) -> list[tuple[int, int]]:
    return WordPieces().encode(text)[1]


def marked(
    text: str, start: int, end: int, inside: float = 0.9, outside: float = 0.001
) -> NDArray[np.float32]:
    return np.array([inside if a >= start and b <= end else outside for a, b in offsets_of(text)], np.float32)


def test_a_mostly_marked_sentence_becomes_the_whole_sentence() -> None:
    start = TEXT.index(CLAUSE)
    p = marked(TEXT, start + 8, start + len(CLAUSE) - 10)
    found = spans(p, Layout.of(TEXT, offsets_of(TEXT)), CLAUSE_RULES[0])
    assert [TEXT[s.start : s.end] for s in found] == [CLAUSE]
    assert found[0].confidence > 0.5


def test_values_keep_their_words() -> None:
    start, value = TEXT.index("supplier"), "supplier ships"
    found = spans(marked(TEXT, start, start + len(value)), Layout.of(TEXT, offsets_of(TEXT)), VALUE_RULES[0])
    assert [TEXT[s.start : s.end] for s in found] == [value]


def test_alternatives_are_other_extents_of_the_same_passage_and_less_sure() -> None:
    start = TEXT.index(CLAUSE)
    p = np.maximum(marked(TEXT, start, start + len(CLAUSE), 0.5), marked(TEXT, 0, start + 40, 0.2))
    layout = Layout.of(TEXT, offsets_of(TEXT))
    plain, found = spans(p, layout, CLAUSE_RULES[0]), ranked(p, layout, CLAUSE_RULES)
    assert found[0] == plain[0]
    assert len(found) > 1
    assert [s.confidence for s in found] == sorted((s.confidence for s in found), reverse=True)
    assert all(s.start < plain[0].end and plain[0].start < s.end for s in found)


def test_unlikely_tokens_give_no_span() -> None:
    assert not spans(
        np.zeros(len(offsets_of(TEXT)), np.float32), Layout.of(TEXT, offsets_of(TEXT)), CLAUSE_RULES[0]
    )
    assert not spans(np.zeros(0, np.float32), Layout.of("", []), CLAUSE_RULES[0])


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(st.data(), st.floats(0.0, 1.5), st.integers(0, 5))
def test_spans_lie_in_the_text_in_order_apart(data: st.DataObject, fill: float, gap: int) -> None:
    offsets = offsets_of(TEXT)
    p = np.array(
        data.draw(st.lists(st.floats(0, 1), min_size=len(offsets), max_size=len(offsets))), np.float32
    )
    before = 0
    for span in spans(p, Layout.of(TEXT, offsets), SpanRule(fill=fill, gap=gap)):
        assert before <= span.start < span.end <= len(TEXT)
        assert 0.0 <= span.confidence <= 1.0 + 1e-6
        before = span.end


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(st.data())
def test_clauses_of_a_kind_lie_apart_and_other_extents_of_them_are_less_sure(data: st.DataObject) -> None:
    offsets, column = offsets_of(TEXT), CATEGORIES.index("Anti-Assignment")
    p = np.zeros((len(offsets), len(CATEGORIES)), np.float32)
    p[:, column] = data.draw(st.lists(st.floats(0, 1), min_size=len(offsets), max_size=len(offsets)))
    told = {"Parties": [(0, 12)]}
    found, every = (clauses(p, TEXT, offsets, EXTENTS, told, alternatives=a) for a in (False, True))
    for name in ("Anti-Assignment", "Parties"):
        assert {*found[name]} <= {*every[name]}
        assert found[name] == sorted(found[name], key=lambda s: -s.confidence)
        assert all(0 <= s.start < s.end <= len(TEXT) and 0 <= s.confidence <= 1 for s in every[name])
        apart = sorted(found[name], key=lambda s: s.start)
        assert all(a.end <= b.start for a, b in pairwise(apart))
        assert not any(in_word(TEXT, bound) for s in every[name] for bound in (s.start, s.end))
    assert not any(found[name] for name in CATEGORIES if name not in ("Anti-Assignment", "Parties"))


def test_a_clause_is_its_whole_sentence_and_what_rules_found_is_proposed() -> None:
    start, column = TEXT.index(CLAUSE), CATEGORIES.index("Anti-Assignment")
    p = np.zeros((len(offsets_of(TEXT)), len(CATEGORIES)), np.float32)
    fading = marked(TEXT, start + 8, start + len(CLAUSE) - 10), marked(TEXT, start, start + len(CLAUSE), 0.4)
    p[:, column] = np.maximum(*fading)
    best = clauses(p, TEXT, offsets_of(TEXT), EXTENTS)["Anti-Assignment"][0]
    assert TEXT[best.start : best.end] == CLAUSE
    # what a rule finds is proposed, and likelier for it
    p[:, CATEGORIES.index("Parties")] = marked(TEXT, 4, 12, 0.1)
    told = {"Parties": [(4, 12)]}
    for known, odds in (({}, []), (told, [1])):
        parties = clauses(p, TEXT, offsets_of(TEXT), EXTENTS, known)["Parties"]
        assert [1 for s in parties if TEXT[s.start : s.end] == "supplier"] == odds
    assert not clauses(np.zeros((0, len(CATEGORIES)), np.float32), "", [], EXTENTS, told)["Parties"]


@pytest.mark.slow
def test_clauses_take_time_by_the_length_of_a_contract() -> None:
    def seconds(times: int) -> float:
        text = " ".join(SENTENCES * times)
        offsets = offsets_of(text)
        p = np.random.default_rng(0).beta(0.02, 1.0, (len(offsets), len(CATEGORIES))).astype(np.float32)
        began = time.process_time()
        assert set(clauses(p, text, offsets, EXTENTS)) == set(CATEGORIES)
        return time.process_time() - began

    seconds(50)
    assert seconds(2000) < 8 * seconds(500)


def test_probabilities_of_another_shape_are_refused() -> None:
    with pytest.raises(ValueError, match="probabilities for"):
        clauses(np.zeros((3, 2), np.float32), "a b c", [(0, 1), (2, 3), (4, 5)], EXTENTS)
