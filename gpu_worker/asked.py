"""What a question of the records asks, understood on the day that it was asked."""

from consolidation.asking.understand import Understanding, understand
from gpu_worker.briefs import understood
from gpu_worker.hypotheses import stated
from reviewapp.briefs.standing import STANDING
from reviewapp.briefs.statements import STATEMENTS
from reviewapp.questions.models import Question


def asked_by(question: Question) -> Understanding:
    """What a question asks: "this year" is the year in which it was asked, whenever its answers are folded."""
    if question.standing in STATEMENTS:
        return stated(question.standing)
    if question.standing in STANDING:
        return understood(question.standing)
    return understand(question.whole, today=question.created_at.date())
