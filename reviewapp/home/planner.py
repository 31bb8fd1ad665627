"""What a matter's home says of what is best done with its documents, and of its nights."""

from typing import Any

from django.conf import settings
from django.utils import timezone

from reviewapp.documents.policy import visible_documents
from reviewapp.frame.actor import Actor
from reviewapp.frame.words_grids import night_words
from reviewapp.grids.forecast import advice_words, coming, forecast_of
from reviewapp.grids.nights import planned
from reviewapp.matters.models import Matter
from reviewapp.states.models import Night
from reviewapp.states.nights import began
from reviewapp.states.policy import may_consolidate
from reviewapp.states.progress import of_matter

#: Documents of the next night that are named.
NAMED = 5


def planner_of(actor: Actor, matter: Matter) -> dict[str, Any]:
    """The planner's sentence, and the night: its hours, who allowed it, what it does, whether this person may."""
    questions = coming(matter)
    found = forecast_of(visible_documents(actor, matter), questions.questions, questions.held)
    told: dict[str, Any] = {"advice": advice_words(found, ready=of_matter(matter).ready)}
    if settings.NIGHT is None:
        return told
    night = Night.objects.filter(matter=matter).select_related("allowed_by").first()
    may = may_consolidate(actor, matter)
    if night is None and not may:
        return told
    work = planned(matter, questions)
    return told | {
        "night": night,
        "night_hours": night_words(*settings.NIGHT),
        "is_night": began(timezone.now()) is not None,
        "may_allow_nights": may,
        "planned": work,
        "planned_named": work.documents[:NAMED],
        "planned_more": max(0, len(work.documents) - NAMED),
    }
