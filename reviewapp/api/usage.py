"""What a matter holds and has cost."""

from datetime import timedelta

from django.db.models import Count, DurationField, ExpressionWrapper, F, Sum

from reviewapp.api.shapes_more import Usage
from reviewapp.documents.models import Document
from reviewapp.jobs.models import Job
from reviewapp.matters.models import Matter
from reviewapp.questions.models import Answer, Question
from reviewapp.states.models import State


def usage_of(matter: Matter) -> Usage:
    """Counts, bytes, and seconds of work of the last attempts: a bounded number of queries."""
    held = Document.objects.filter(matter=matter).aggregate(
        documents=Count("pk"), pages=Sum("page_count"), characters=Sum("char_count"), size=Sum("size_bytes")
    )
    ready = State.objects.filter(document__matter=matter, status=State.Status.READY)
    states = ready.aggregate(number=Count("pk"), size=Sum("bytes"))
    seconds = _seconds(matter)
    return Usage(
        documents=held["documents"],
        pages=held["pages"] or 0,
        characters=held["characters"] or 0,
        bytes_stored=held["size"] or 0,
        states_ready=states["number"],
        state_bytes=states["size"] or 0,
        questions=Question.objects.filter(matter=matter).count(),
        answers=Answer.objects.filter(question__matter=matter).exclude(state=Answer.State.WAITING).count(),
        answer_seconds=seconds.get("answer", 0.0),
        reading_seconds=seconds.get("ingest_item", 0.0),
        consolidation_seconds=seconds.get("consolidate", 0.0),
    )


def _seconds(matter: Matter) -> dict[str, float]:
    took = ExpressionWrapper(F("finished_at") - F("started_at"), output_field=DurationField())
    ended = Job.objects.filter(matter=matter, finished_at__isnull=False, started_at__isnull=False)
    sums = ended.order_by().values_list("kind").annotate(took=Sum(took))
    return {kind: max(0.0, (total or timedelta()).total_seconds()) for kind, total in sums}
