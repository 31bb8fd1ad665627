"""What is worth doing with documents before they are asked."""

from dataclasses import replace

from reviewapp.grids.forecast import plan_words
from reviewapp.grids.planning import Way, best, plan

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
    assert "for 9 of them" in said and "right in 40 of 100 answers" in said and said.endswith("takes 6 min.")
    assert plan([], 11) is None and plan([100.0], 0) is None and plan_words(None) == ""
