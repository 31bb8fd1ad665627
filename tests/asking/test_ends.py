"""Dates of ends: which questions ask for that of the agreement, and dates that follow from a time and a day."""

from __future__ import annotations

import pytest

from consolidation.answers.signals import signals
from consolidation.asking.fields import asked_field
from consolidation.asking.understand import understand
from consolidation.passages.passages import passages_of
from consolidation.proposals.candidates import Candidate, from_brief, shown
from consolidation.proposals.computing import computed_dates
from consolidation.text.windows import split
from tests.engine.tiny import Words

TEXT = (
    "This Supply Agreement is made as of March 3, 2014 (the \"Effective Date\") between Acme Ltd and Beta Inc. "
    "The initial training shall be finished within ninety (90) days after the Effective Date. "
    "Either party may end this Agreement upon thirty (30) days written notice. "
    "A draft shall be sent at least seven (7) days before its use."
)  # fmt: skip


@pytest.mark.parametrize(
    ("question", "field"),
    [
        ("On what calendar date does it expire if left to run its course?", "expiry"),
        ("In what year does the initial term finish?", "expiry"),
        ("The consultant dies - when does the agreement end?", ""),
        ("When does the job end once the disability notice has been posted?", ""),
        ("When does the agreement run out, default aside?", "expiry"),
        ("Until what date does the first contract period run?", "expiry"),
        ("On what date does the contract run out if it isn't renewed?", "expiry"),
        ("Up to what date would the buyer still be barred from hiring our people?", ""),
        ("Until what date do the secrecy obligations keep running?", ""),
        ("What day did the deal start running?", "effective_date"),
        ("How long is the renewal term?", "renewal_term"),
    ],
)
def test_the_end_of_the_agreement_is_told_from_other_ends(question: str, field: str) -> None:
    assert asked_field(understand(question)) == field


def _computed(question: str, said: str) -> list[str]:
    asked = understand(question)
    passages = passages_of(TEXT, lambda text: split(text, Words(), 200), None)
    at = TEXT.index(said)
    read = Candidate("reader", said, ((at, at + len(said)),), 0, reads=1.0, score=2.0)
    found = list(computed_dates(asked, passages, [read]))
    assert all(TEXT[low:high] for one in found for low, high in one.places)
    return [shown(asked, one) for one in found]


def test_a_date_follows_from_a_time_and_the_day_it_runs_from() -> None:
    asked = "By what calendar date should the training have been finished?"
    assert _computed(asked, "ninety (90) days") == ["June 1, 2014"]
    supposed = "If the buyer gives notice on June 1, 2019, on what date is it over?"
    assert _computed(supposed, "thirty (30) days") == ["July 1, 2019"]


def test_nothing_follows_from_a_time_before_a_day_or_for_another_question() -> None:
    assert _computed("On what date at the latest is a draft for May 9, 2015 due?", "seven (7) days") == []
    assert _computed("How long may the training take?", "ninety (90) days") == []


def test_half_an_answer_and_one_figure_of_a_sum_do_not_fit() -> None:
    def fits(question: str, said: str, places: int = 1, value: str = "") -> float:
        one = Candidate("reader", said, ((0, 5),) * places, 0, value=value)
        return signals(understand(question), one, fitting=True)["fits"]

    assert not fits("Who signed for Kiddo, and his title?", "Jo Parsi")
    assert fits("Who signed for Kiddo, and his title?", "Jo Parsi; President", 2)
    assert not fits("What do both fees come to in all?", "$500")
    assert fits("On what date is it over in total?", "a year; May 1, 2010", 2, "2011-05-01")
    assert fits("Who is the consultant?", "Kiddo, Inc.")


def test_what_does_not_end_by_itself_lasts_so_long() -> None:
    text = (
        "LICENSE AGREEMENT\n\nThis Agreement is made on May 1, 2001 between Acme, Inc. and Franklin, LLC.\n\n"
        "4.1 The term of this Agreement shall be perpetual, subject to termination as said herein.\n"
    )
    five = text.replace("be perpetual, subject to termination as said herein", "be five (5) years")
    said = [
        [one.said for one in from_brief(asked, passages_of(words, lambda text: split(text, Words(), 64)))]
        for asked in [understand("How long does the license run?")]
        for words in (text, five)
    ]
    assert said == [["perpetual"], ["five (5) years"]]
