"""The state record."""

import uuid

from django.conf import settings
from django.db import models

from reviewapp.documents.models import Document
from reviewapp.matters.models import Matter


class State(models.Model):
    """The fast weights of one document: what was asked for, and, once ready, the file in the bank.

    `memory` is the kind of model that the fast weights are of; a document has a state for each. `name` is the hash of
    the inputs the file was built from, empty until it is built; `model_sha256` is over all that decides about fast
    weights, answers not. While a successor is built the document stays answerable from its ready state.
    """

    class Status(models.TextChoices):
        WAITING = "waiting"
        CONSOLIDATING = "consolidating"
        READY = "ready"
        FAILED = "failed"
        CANCELLED = "cancelled"
        STALE = "stale"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="states")
    memory = models.CharField(max_length=40, default="embedded")
    name = models.CharField(max_length=64, blank=True)
    status = models.CharField(max_length=14, choices=Status, default=Status.WAITING)
    model_sha256 = models.CharField(max_length=64, blank=True)
    tokenizer_sha256 = models.CharField(max_length=64, blank=True)
    passes = models.IntegerField(default=0)
    window_tokens = models.IntegerField(default=0)
    segment_windows = models.IntegerField(default=0)
    dtype = models.CharField(max_length=40, blank=True)
    tokens = models.BigIntegerField(default=0)
    windows = models.IntegerField(default=0)
    segments = models.IntegerField(default=0)
    bytes = models.BigIntegerField(default=0)
    seconds = models.FloatField(default=0)

    class Meta:
        ordering = ("-created_at",)
        constraints = (
            # NB: the same bytes in two matters have the same name; each matter keeps its own file.
            models.UniqueConstraint(
                fields=["document", "name"], condition=~models.Q(name=""), name="one_state_per_name"
            ),
            models.UniqueConstraint(
                fields=["document", "memory"], condition=models.Q(status="ready"), name="one_ready_state"
            ),
            models.UniqueConstraint(
                fields=["document", "memory"],
                condition=models.Q(status__in=["waiting", "consolidating"]),
                name="one_state_under_way",
            ),
        )
        indexes = (models.Index(fields=["created_at", "id"], name="states_in_order"),)

    def __str__(self) -> str:
        return f"{self.document}: {self.status}"


STATES_UNDER_WAY = (State.Status.WAITING, State.Status.CONSOLIDATING)


class Night(models.Model):
    """The consent of an admin that a matter's documents are consolidated at night, and not as they arrive."""

    matter = models.OneToOneField(Matter, primary_key=True, on_delete=models.CASCADE, related_name="night")
    allowed_at = models.DateTimeField(auto_now_add=True)
    allowed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"nights of {self.matter_id}"
