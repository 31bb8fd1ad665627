"""What pages call things: every value has its words, and templates are readable."""

import re
from pathlib import Path
from typing import get_args

import pytest
from django.contrib.messages.constants import DEFAULT_TAGS

from readers import result
from reviewapp.frame import words, words_answers
from reviewapp.frame.icons import PATHS
from reviewapp.frame.templatetags.nightbrief import breakable
from reviewapp.frame.words_numbers import answer_words, brief_words
from reviewapp.home.overview import STRIP_ORDER, NextStep
from reviewapp.intake.models import UNUSABLE, Disposition
from reviewapp.jobs.models import Status
from reviewapp.matters.models import Role
from reviewapp.questions.models import Answer
from reviewapp.states.models import State
from reviewapp.states.progress import IN_TURN

MOST_COLUMNS = 140
# A stale state is never the one that a document is shown with.
SHOWN_STATES = {"", *State.Status.values} - {State.Status.STALE}


@pytest.mark.parametrize(
    ("named", "values"),
    [
        (words.STATES, SHOWN_STATES),
        (dict.fromkeys(IN_TURN), SHOWN_STATES),
        (dict.fromkeys(STRIP_ORDER), SHOWN_STATES),
        (words.DISPOSITIONS, {*Disposition.values}),
        (words.JOB_STATUSES, {*Status.values}),
        (words.ROLES, {*Role.values}),
        (words_answers.VERIFICATIONS, {*Answer.Verification.values}),
        (words.STEPS, {*get_args(NextStep)}),
        (words.MESSAGES, {*DEFAULT_TAGS.values()}),
    ],
)
def test_every_value_has_its_words_and_no_other(named: dict[str, object], values: set[str]) -> None:
    assert {str(value) for value in named} == {str(value) for value in values}


def test_dispositions_are_those_that_readers_give() -> None:
    given_here = {Disposition.PENDING, Disposition.DUPLICATE, Disposition.NOT_READ, Disposition.WITHDRAWN}
    assert {*Disposition.values} - given_here == result.DISPOSITIONS


def test_what_failed_has_advice() -> None:
    assert {*map(str, UNUSABLE)} <= set(words.ADVICE) <= {*Disposition.values}


def test_every_label_has_an_icon_that_there_is() -> None:
    labels = [
        label
        for table in (vars(words) | vars(words_answers)).values()
        if isinstance(table, dict)
        for label in table.values()
        if isinstance(label, words.Label | words.Step)
    ]
    assert len(labels) > 30
    assert {label.icon for label in labels} - {""} <= set(PATHS)


def test_nothing_is_promised_of_documents_that_are_not_ready() -> None:
    """A document without a state is not examined, by reading either."""
    says = words.step_words("wait", documents=3, ready=0, failed=0, being_read=0).says
    assert "answers" in says
    assert "reading" not in says


@pytest.mark.parametrize("name", sorted(words.STEPS))
def test_steps_are_worded_with_their_numbers(name: str) -> None:
    step = words.step_words(name, documents=1200, ready=1, failed=1, being_read=2)
    assert "{" not in step.head + step.says


def test_templates_are_readable(repository: Path) -> None:
    long = [
        f"{path.relative_to(repository)}:{number}"
        for path in sorted((repository / "templates").rglob("*.html"))
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if len(line) > MOST_COLUMNS
    ]
    assert long == []


def test_times_of_day_are_told_with_their_zone(repository: Path) -> None:
    """A person chooses a zone in the profile: what is shown is in that one, beside the time or above the column."""
    bare = re.compile(r'\bdate:"[^"]*H:i(?::s)?"|\}\} UTC')
    without = [
        str(path.relative_to(repository))
        for path in sorted((repository / "templates").rglob("*.html"))
        if bare.search(path.read_text()) and '{% now "T" %}' not in path.read_text()
    ]
    assert without == []


def test_values_of_briefs_are_told_as_people_write_them() -> None:
    told = {"3 year": "3 years", "1 month": "1 month", "USD 5000000": "USD 5,000,000", "Ohio": "Ohio"}
    told |= {"2024-03-02": "March 2, 2024", "2001-05": "May 2001", "2004": "2004", "perpetual": "perpetual"}
    assert {value: brief_words(value) for value in told} == told
    typed = {"kind": "date", "comparable": "2008-04-01"}
    assert (
        answer_words("04-01-08", typed)
        == answer_words("the 1st day of April, 2008", typed)
        == "April 1, 2008"
    )
    assert answer_words("April 1, 2008, unless renewed", typed) == "April 1, 2008, unless renewed"
    assert breakable("hard\xa0spaces") == "hard spaces"
