"""What a matter's home says of what is best done with its documents, and of its nights."""

from typing import Any

from django.conf import settings
from django.utils import timezone

from reviewapp.documents.policy import visible_documents
from reviewapp.frame.actor import Actor
from reviewapp.frame.words_grids import night_did_words, night_words
from reviewapp.grids.advice import advice_words, reckoned_words
from reviewapp.grids.forecast import coming, forecast_of
from reviewapp.grids.nights import planned
from reviewapp.jobs.models import UNDER_WAY, Job
from reviewapp.jobs.policy import visible_jobs
from reviewapp.matters.models import Matter
from reviewapp.matters.policy import may_administer
from reviewapp.states.jobs import CONSOLIDATE
from reviewapp.states.models import Night
from reviewapp.states.nights import NightDone, began, has_nights, last_nights
from reviewapp.states.policy import may_consolidate

#: Documents of the next night that are named.
NAMED = 5


def planner_of(actor: Actor, matter: Matter) -> dict[str, Any]:
    """The planner's sentences, and the night: its hours, who allowed it, what it does and did."""
    asked = coming(actor, matter)
    found = forecast_of(visible_documents(actor, matter), asked)
    night = Night.objects.filter(matter=matter).select_related("allowed_by").first()
    told: dict[str, Any] = {
        "advice": advice_words(found, at_night=has_nights(matter)),
        "reckoned": reckoned_words(found),
        "coming": asked,
    }
    if settings.NIGHT is None:
        return told
    if may_administer(actor, matter):
        told["last_nights"] = [(one.began, _did(one)) for one in last_nights(visible_jobs(actor, matter))]
    may = may_consolidate(actor, matter)
    if night is None and not may:
        return told
    work = planned(matter)
    return told | {
        "night": night,
        "night_hours": night_words(*settings.NIGHT),
        "is_night": began(timezone.now()) is not None,
        "may_allow_nights": may,
        "planned": work,
        "at_work": Job.objects.filter(kind=CONSOLIDATE.name, matter=matter, status__in=UNDER_WAY).count(),
        "planned_named": work.documents[:NAMED],
        "planned_more": max(0, len(work.documents) - NAMED),
    }


def _did(one: NightDone) -> str:
    return night_did_words(one.consolidated, one.seconds, one.failed, one.taken_back, one.under_way)
