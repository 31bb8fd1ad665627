"""Numbers of the installation: counts, bytes and seconds, and nothing of any document.

Workers are other processes: what waits and what was done is in the database, what they hold is what they tell.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Sum
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from reviewapp.documents.models import Document
from reviewapp.jobs import workers
from reviewapp.jobs.models import Job
from reviewapp.states.models import State

#: What workers tell: its name among their numbers, its name for Prometheus, and what it is.
TOLD = (
    ("state_hits", "state_cache_hits", "States that were asked for and held in memory."),
    ("state_misses", "state_cache_misses", "States that had to be read from where they are stored."),
    ("state_bytes", "state_cache_bytes", "Bytes of states held in memory."),
    (
        "card_state_hits",
        "card_state_cache_hits",
        "Segments of states that were asked for and held on the card.",
    ),
    (
        "card_state_misses",
        "card_state_cache_misses",
        "Segments of states that had to be brought to the card.",
    ),
    ("card_state_bytes", "card_state_cache_bytes", "Bytes of states held on the card."),
    (
        "states_lost",
        "states_lost",
        "States that were asked for and could not be read; each was told and is rebuilt.",
    ),
    ("answered_tokens", "answered_tokens", "Tokens that went through the model for answers."),
    ("consolidated_tokens", "consolidated_tokens", "Tokens of documents that were consolidated."),
    ("cells", "cells", "Documents that were asked a question."),
    ("briefs_failed", "briefs_failed", "Attempts at briefs that failed; each was told."),
    ("most_together", "rows_together", "States that were answered from in one batch at most."),
    ("halved", "batches_halved", "Batches that the device had no memory for and were made smaller."),
    ("process_bytes", "worker_resident_bytes", "Memory of the process."),
    ("free_bytes", "worker_free_bytes", "Memory that is free on the worker's machine."),
    ("card_bytes", "worker_device_bytes", "Memory of the card that the process uses."),
)
#: Of these, those that only grow.
COUNTED = frozenset(
    "state_hits state_misses card_state_hits card_state_misses states_lost answered_tokens consolidated_tokens cells "
    "briefs_failed halved".split()
)


class Installation(Collector):
    """All that is known now."""

    def collect(self) -> Iterable[Metric]:
        yield from _work()
        yield from _states()
        yield from _workers()

    def describe(self) -> Iterable[Metric]:
        return ()


def _work() -> Iterable[Metric]:
    jobs = GaugeMetricFamily(
        "nightbrief_jobs", "Jobs by kind, memory and status.", labels=["kind", "memory", "status"]
    )
    for kind, memory, status, count in Job.objects.values_list("kind", "memory", "status").annotate(
        Count("pk")
    ):
        jobs.add_metric([kind, memory, status], count)
    yield jobs
    yield GaugeMetricFamily("nightbrief_documents", "Documents.", value=Document.objects.count())


def _states() -> Iterable[Metric]:
    ready = State.objects.filter(status=State.Status.READY).values("memory")
    summed = ready.annotate(Count("pk"), Sum("bytes"), Sum("tokens"), Sum("seconds"))
    rows: list[dict[str, Any]] = [dict(row) for row in summed]
    named = {
        "pk__count": ("nightbrief_states", "States that are ready."),
        "bytes__sum": ("nightbrief_states_bytes", "Bytes of their files."),
        "tokens__sum": ("nightbrief_states_tokens", "Tokens that were consolidated into them."),
        "seconds__sum": ("nightbrief_states_seconds", "Seconds that this took."),
    }
    for column, (name, words) in named.items():
        family = GaugeMetricFamily(name, words, labels=["memory"])
        for row in rows:
            family.add_metric([row["memory"]], row[column])
        yield family


def _workers() -> Iterable[Metric]:
    said = workers.told()
    yield GaugeMetricFamily(
        "nightbrief_broker_up", "Whether the broker answers.", value=float(said is not None)
    )
    about = GaugeMetricFamily(
        "nightbrief_worker", "Workers that hold a model.", labels=["worker", "memory", "device", "reads"]
    )
    for one in said or ():
        about.add_metric([one["worker"], one["memory"], one["device"], one["reads"]], 1)
    yield about
    refused = GaugeMetricFamily(
        "nightbrief_worker_cannot_start", "Workers that cannot start.", labels=["host", "does", "memory"]
    )
    for one in workers.refused():
        refused.add_metric([one["host"], one["does"], one["memory"]], 1)
    yield refused
    for key, name, words in TOLD:
        kind = CounterMetricFamily if key in COUNTED else GaugeMetricFamily
        family = kind(f"nightbrief_{name}", words, labels=["worker"])
        for one in said or ():
            family.add_metric([one["worker"]], one[key])
        yield family
