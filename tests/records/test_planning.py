"""What is worth doing with documents before they are asked."""

from dataclasses import replace

from reviewapp.grids.forecast import advice_words, plan_words
from reviewapp.grids.planning import Passes, Way, best, best_passes, is_consolidated, plan

READ = Way(0.0, 0.0, 0.0, 0.5, name="attention", right=0.4)
PREPARED = Way(1.0, 1.0, 0.5, 0.0, name="product", right=0.4)
WAYS = (READ, PREPARED)


def test_few_questions_are_read_for_and_many_prepared_for() -> None:
    assert best(WAYS, 8000, 1) is READ
    assert best(WAYS, 8000, 41) is PREPARED
    # what is right more often saves a person's time
    assert best((READ, replace(PREPARED, right=0.5)), 8000, 2) is not READ


def test_a_plan_is_told_with_both_times_and_how_often_answers_are_right() -> None:
    found = plan([8000.0] * 9 + [400.0], 11, 1, WAYS)
    assert found and found.chosen == {"consolidate": 9, "read": 1}
    assert found.seconds < found.anew_seconds
    said = plan_words(found)
    assert said.startswith("For 11 questions of 10 documents (1 answered by the briefs), preparing each once")
    assert "for 9 of them, reading each whole for every question for 1 by what was measured" in said
    assert "consolidating now (9 of them) and reading each whole (1 of them) saves" in advice_words(
        found, ready=0
    )
    assert "right in 40 of 100 answers" in said and said.endswith("takes 6 min.")
    assert plan_words(plan([8000.0], 3, 3, WAYS)).endswith("of one processor core.")
    assert plan([], 11) is None and plan([100.0], 0) is None and plan_words(None) == ""


def test_the_home_of_a_matter_says_it_in_one_sentence() -> None:
    found = plan([8000.0] * 12, 41, 9, WAYS)
    assert advice_words(found, ready=0).startswith(
        "41 questions to 12 documents: consolidating now saves 21 min of one processor core"
    )
    assert "; 9 of 41 will be in the briefs. Each window is best read once, " in advice_words(found, ready=3)
    assert "9 of 41 are already in the briefs" in advice_words(found, ready=12)
    held = plan([8000.0], 41, 41, WAYS)
    assert held and held.chosen == {"consolidate": 1} and advice_words(held, ready=0).endswith("makes.")
    assert advice_words(None, ready=0) == ""


def test_what_briefs_hold_is_worth_consolidating_for_and_more_passes_where_they_are_surely_better() -> None:
    assert is_consolidated(8000, 41, 0, WAYS) and is_consolidated(400, 0, 1, WAYS)
    assert not is_consolidated(8000, 1, 0, WAYS)
    once = Passes(0.0, 0.7, 0.1, 0.0, passes=1, right=0.36, low=0.29, high=0.43)
    perhaps = replace(once, passes=2, right=0.41, low=0.32, high=0.5)
    surely = replace(once, passes=4, build_seconds_per_1000=40.0, right=0.6, low=0.5, high=0.7)
    assert best_passes((once, perhaps), 8000, 41) == 1
    assert [best_passes((once, perhaps, surely), 8000, questions) for questions in (5, 41)] == [1, 4]
    assert best_passes((), 8000, 41) == 1
