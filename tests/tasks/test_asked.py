"""A question of the records is understood on the day that it was asked."""

import datetime

from gpu_worker.asked import asked_by
from reviewapp.briefs.standing import STANDING
from reviewapp.briefs.statements import STATEMENTS
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
