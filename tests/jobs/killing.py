"""Workers that are killed in the middle of their work: when, and what is left."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from reviewapp.jobs.models import Job, Status
from reviewapp.states.models import State
from tests.jobs.conftest import Installation, wait_until

CLAUSE = (
    "This Agreement shall be governed by the laws of the State of Delaware. Section {n}. Party {n} shall "
    "deliver the goods of lot {n} to the buyer within {n} days of the order and keep records of it. "
)


LONG = "".join(CLAUSE.format(n=n) for n in range(1, 300))


MIDDLING = "".join(CLAUSE.format(n=n) for n in range(1, 80))


SHORT = "".join(CLAUSE.format(n=n) for n in range(1, 4))


QUESTION = "Which law governs this Agreement?"


def newest(kind: str) -> Job:
    return Job.objects.filter(kind=kind).latest("created_at")


def gone(job: Job) -> None:
    """Nobody has heard of the job's worker for a minute."""
    Job.objects.filter(pk=job.pk).update(heartbeat_at=timezone.now() - timedelta(minutes=1))


def is_running(kind: str, attempt: int = 1) -> bool:
    return Job.objects.filter(kind=kind, status=Status.RUNNING, attempts=attempt).exists()


def kill_when(installation: Installation, name: str, true: Callable[[], object], what: str) -> bool:
    """Kill the worker while `true()`; False when the moment was over before it could be held."""
    wait_until(true, what=what)
    installation.freeze(name)
    if not true():
        installation.thaw(name)
        return False
    installation.kill(name)
    return True


def ended(*kinds: str) -> bool:
    return not Job.objects.filter(kind__in=kinds, status__in=("waiting", "running")).exists()


def bank_path(state: State) -> Path:
    return Path(settings.DATA) / "bank" / str(state.document.matter_id) / f"{state.name}.safetensors"


def bank_file(state: State) -> bytes:
    return bank_path(state).read_bytes()
