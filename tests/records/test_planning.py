"""What is worth doing with documents before they are asked."""

from collections.abc import Sequence
from dataclasses import replace

from reviewapp.frame.words_numbers import duration_words
from reviewapp.grids.advice import advice_words, reckoned_words
from reviewapp.grids.planning import Passes, Way, best, best_passes, making_seconds, plan

READ = Way(0.0, 0.0, 0.0, 0.5, 0.4, 0.3, 0.5, name="attention")
PREPARED = Way(1.0, 1.0, 0.5, 0.0, 0.4, 0.35, 0.46, name="product")
WAYS = (READ, PREPARED)


def test_few_questions_are_read_for_and_many_prepared_for() -> None:
    assert best(WAYS, 8000, 1) is READ
    assert best(WAYS, 8000, 41) is PREPARED
    # what is right more often saves a person's time
    assert best((READ, replace(PREPARED, right=0.5)), 8000, 2) is not READ


def test_what_would_cost_less_is_told_and_not_called_what_is_done() -> None:
    found = plan([8000.0] * 9 + [400.0], 11, 1, WAYS)
    assert found and found.least == {"consolidate": 9, "read": 1}
    assert found.seconds < found.anew_seconds

    def said(tokens: list[float], questions: int, ready: Sequence[float] = ()) -> str:
        return advice_words(plan(tokens, questions, 0, WAYS, ready=ready), at_night=False)

    # what the app does not carry out is not called what is done
    assert (
        "With 60 s of a person for each answer that is not right, reading it whole for each question would cost less "
        "for 1 of them; but nothing is answered from a document before it is consolidated, so that this is done all "
        "the same." in advice_words(found, at_night=False)
    )
    assert "reading each whole for every question would cost less for all of them;" in said([400.0] * 2, 1)
    assert "would cost less for 1 of the 2 that are not ready;" in said([8000.0, 400.0], 10, [8000.0])
    assert plan([], 11) is None and plan([100.0], 0) is None


def test_times_that_are_summed_in_another_order_are_told_alike() -> None:
    lengths = [1000.0 * number / 7 for number in range(1, 40)]
    assert making_seconds(lengths) == making_seconds(reversed(lengths)) > 0
    assert duration_words(1.75) == duration_words(1.75 - 1e-12) == duration_words(0.35 * 5 + 1e-12) == "1.8 s"


def test_the_home_of_a_matter_says_it_in_a_few_sentences() -> None:
    found = plan([8000.0] * 12, 41, 9, WAYS)
    assert advice_words(found, at_night=False).startswith(
        "41 questions to each of 12 documents: consolidating them takes 2 min, and then asking takes 3 min of one "
        "processor core. That is 21 min less than reading each whole for every question, and right in 40 of 100"
    )
    assert "The briefs will hold 9 of the 41. Each window is best read once, " in advice_words(
        found, at_night=False
    )
    assert ": at night, consolidating them takes 2 min" in advice_words(found, at_night=True)
    whole = advice_words(plan([], 41, 9, WAYS, ready=[8000.0] * 12), at_night=True)
    assert (
        ": all of them are consolidated, and asking takes 3 min" in whole
        and "The briefs hold 9 of the 41." in whole
    )
    assert "night" not in whole and "Each window" not in whole
    held = plan([8000.0], 41, 41, WAYS)
    assert held and held.least == {"consolidate": 1}
    assert advice_words(held, at_night=False) == (
        "41 questions to 1 document: the briefs will hold all of these answers; consolidating it, which makes the "
        "briefs, takes 9.0 s of one processor core."
    )
    assert advice_words(plan([], 41, 41, WAYS, ready=[8000.0] * 2), at_night=False) == (
        "41 questions to each of 2 documents: the briefs hold all of these answers already."
    )
    assert advice_words(None, at_night=False) == ""


def test_what_is_consolidated_already_is_not_counted_again() -> None:
    found = plan([300.0], 41, 0, WAYS, ready=[8000.0] * 7)
    assert found and (found.documents, found.ready, found.once_seconds) == (8, 7, PREPARED.seconds(300, 0))
    assert "consolidating the 1 that is not ready takes 1.3 s, and then" in advice_words(
        found, at_night=False
    )


def test_what_is_counted_as_best_and_how_sure_it_is_are_told() -> None:
    said = reckoned_words(plan([8000.0], 41, 0, WAYS))
    assert "60 s of a person for each answer that is not right" in said
    assert "40 (35 to 46) of 100" in said and "40 (30 to 50) after reading" in said and "(95 %)" in said
    assert reckoned_words(None) == ""
    # where briefs hold everything, nothing is weighed that could be best
    for ready, words in (
        ([], "How long consolidating takes is reckoned"),
        ([400.0], "nothing is left to reckon"),
    ):
        said = reckoned_words(plan([] if ready else [400.0], 41, 41, WAYS, ready=ready))
        assert words in said and "est is" not in said and "look" not in said


def test_more_passes_are_best_where_they_are_surely_better() -> None:
    once = Passes(0.0, 0.7, 0.1, 0.0, passes=1, right=0.36, low=0.29, high=0.43)
    perhaps = replace(once, passes=2, right=0.41, low=0.32, high=0.5)
    surely = replace(once, passes=4, build_seconds_per_1000=40.0, right=0.6, low=0.5, high=0.7)
    assert best_passes((once, perhaps), 8000, 41) == 1
    assert [best_passes((once, perhaps, surely), 8000, questions) for questions in (5, 41)] == [1, 4]
    assert best_passes((), 8000, 41) == 1
