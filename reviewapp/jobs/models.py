"""The job record."""

import uuid
from datetime import datetime

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils import timezone

from reviewapp.frame.actor import Actor, Client
from reviewapp.jobs.kinds import Kind, Priority, kind_named
from reviewapp.matters.models import Matter


class Status(models.TextChoices):
    """Where a job is in its life; see `lifecycle`."""

    WAITING = "waiting"
    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"


UNDER_WAY = (Status.WAITING, Status.RUNNING)


class Job(models.Model):
    """A piece of work for a worker, written in the transaction of the change that needs it.

    `kind` names a registered kind, `subject` is the record that the work is about. A job is not begun before
    `not_before`; of those that may begin, `priority` and `size` decide, see `lifecycle.claim_next`.
    `memory` is the one that work which needs a model is done for, and "" for other work.
    `trigger` says who wanted it: "user" (then `acting_user` is set) or what part of the system.
    `progress_done` and `progress_total` count `unit`s. `reason` says in a sentence for people why the last
    attempt did not succeed; `apart` that the next one is made with nothing beside it in its process, see `sweeping`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="jobs")
    kind = models.CharField(max_length=40)
    subject_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    subject_id = models.UUIDField()
    subject = GenericForeignKey("subject_type", "subject_id")
    memory = models.CharField(max_length=40, blank=True)
    priority = models.PositiveSmallIntegerField(choices=Priority, default=Priority.BULK)
    size = models.BigIntegerField(default=0)
    not_before = models.DateTimeField(null=True)
    trigger = models.CharField(max_length=20)
    acting_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="jobs"
    )
    client = models.CharField(max_length=100, blank=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.WAITING)
    attempts = models.IntegerField(default=0)
    max_attempts = models.IntegerField(default=3)
    progress_done = models.BigIntegerField(default=0)
    progress_total = models.BigIntegerField(default=0)
    unit = models.CharField(max_length=20, blank=True)
    result = models.JSONField(default=dict)
    reason = models.CharField(max_length=500, blank=True)
    apart = models.BooleanField(default=False)
    cancel_requested = models.BooleanField(default=False)
    sent_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    heartbeat_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    worker = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("-created_at",)
        indexes = (
            models.Index(fields=["status", "heartbeat_at"]),
            models.Index(fields=["matter", "kind", "status", "created_at"], name="jobs_oldest_of_matter"),
            models.Index(fields=["kind", "status", "matter", "priority", "size"], name="jobs_next_of_matter"),
            models.Index(fields=["matter", "kind", "started_at"], name="jobs_matter_served"),
            models.Index(fields=["subject_id", "kind"], name="jobs_of_subject"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["kind", "subject_id", "memory"],
                condition=Q(status__in=["waiting", "running"]),
                name="one_job_under_way",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.id}: {self.status}"

    @property
    def registered_kind(self) -> Kind:
        """The kind of the job. Raises KindError when no room registers it any more."""
        return kind_named(self.kind)

    @property
    def actor(self) -> Actor:
        """Who wanted the work, for what it writes; a client as it is named, without scopes of its own."""
        if not self.client:
            return Actor(self.acting_user)
        return Actor(self.acting_user, Client(self.client), frozenset())

    @property
    def is_under_way(self) -> bool:
        return self.status in UNDER_WAY

    @property
    def wait_seconds(self) -> float:
        """Seconds from creation to the start of the newest attempt, or until now or the end without one."""
        return _seconds(self.created_at, self.started_at or self.finished_at)

    @property
    def run_seconds(self) -> float | None:
        """Seconds the newest attempt has run or ran; None before the first."""
        return _seconds(self.started_at, self.finished_at) if self.started_at else None

    @property
    def time_left(self) -> float | None:
        """Seconds left at the rate of the newest attempt so far; None while nothing can be said."""
        if self.status != Status.RUNNING or not self.progress_done or not self.progress_total:
            return None
        return _seconds(self.started_at, None) * (self.progress_total / self.progress_done - 1)


def _seconds(start: datetime | None, end: datetime | None) -> float:
    return max(0.0, ((end or timezone.now()) - start).total_seconds()) if start else 0.0
