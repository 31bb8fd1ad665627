"""A question of the records is understood on the day that it was asked."""

import datetime

import pytest
from django.contrib.auth.models import User

from gpu_worker.asked import asked_by
from reviewapp.briefs.standing import STANDING
from reviewapp.briefs.statements import STATEMENTS
from reviewapp.people.models import Preferences
from reviewapp.questions.models import Question

DAY = datetime.datetime(2024, 5, 6, tzinfo=datetime.UTC)


def test_this_year_is_the_year_in_which_it_was_asked() -> None:
    found = asked_by(Question(text="Which NDAs expire this year?", created_at=DAY)).condition
    assert found is not None
    assert (found.low, found.high) == (
        datetime.date(2024, 1, 1).toordinal(),
        datetime.date(2024, 12, 31).toordinal(),
    )


def test_standing_questions_and_statements_ask_what_they_stand_for() -> None:
    standing, statement = next(iter(STANDING)), next(iter(STATEMENTS))
    asked = asked_by(Question(text="?", standing=standing, created_at=DAY))
    assert asked.question == STANDING[standing].words
    assert asked_by(Question(text="?", standing=statement, created_at=DAY)).value == "free"


@pytest.mark.parametrize(
    ("zone", "year"), [("America/Los_Angeles", 2023), ("Asia/Tokyo", 2024), ("UTC", 2024), ("No/Where", 2024)]
)
def test_the_day_is_that_of_who_asked(zone: str, year: int) -> None:
    asker = User(pk=7)
    asker.preferences = Preferences(user=asker, time_zone=zone)
    night = datetime.datetime(2024, 1, 1, 3, 30, tzinfo=datetime.UTC)
    asked = asked_by(Question(text="Which NDAs expire this year?", created_at=night, asked_by=asker))
    assert asked.condition and asked.condition.low == datetime.date(year, 1, 1).toordinal()
