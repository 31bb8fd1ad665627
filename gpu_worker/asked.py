"""What a question of the records asks, understood on the day that it was asked."""

import datetime

from django.utils import timezone

from consolidation.asking.understand import Understanding, understand
from gpu_worker.briefs import understood
from gpu_worker.hypotheses import stated
from reviewapp.briefs.standing import STANDING
from reviewapp.briefs.statements import STATEMENTS
from reviewapp.people.models import preferences_of
from reviewapp.questions.models import Question


def asked_by(question: Question) -> Understanding:
    """What a question asks: "this year" is the year in which it was asked, whenever its answers are folded.

    The day is the asker's, by the time zone that their pages show; without a person the installation's.
    """
    if question.standing in STATEMENTS:
        return stated(question.standing)
    if question.standing in STANDING:
        return understood(question.standing)
    return understand(question.whole, today=day_of(question))


def day_of(question: Question) -> datetime.date:
    """The day on which a question was asked, where who asked it is."""
    zone = preferences_of(getattr(question, "asked_by", None)).zone
    return timezone.localdate(question.created_at, zone)
