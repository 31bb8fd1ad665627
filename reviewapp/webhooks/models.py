"""Endpoints of other systems, and what was sent to them."""

import uuid

from django.conf import settings
from django.db import models

from reviewapp.matters.models import Matter


class Endpoint(models.Model):
    """An address that is told of the events of one matter, from the event after number `reached` on.

    `kinds` are names of events, empty for all. `secret` signs what is sent; for a while after it was changed, until
    `previous_until`, `previous_secret` signs as well. `failing_since` is when the first of the attempts failed that
    none succeeded after. `closed_because` is a code of `Closed`.
    """

    class Closed(models.TextChoices):
        """Why nothing is sent any more."""

        BY_HAND = "by_hand", "switched off by an admin"
        GONE = "gone", "the address answered that it is gone (410)"
        FAILING = "failing", "nothing could be delivered for a day"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="endpoints")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    url = models.URLField(max_length=500)
    kinds = models.JSONField(default=list)
    secret = models.CharField(max_length=100)
    previous_secret = models.CharField(max_length=100, blank=True)
    previous_until = models.DateTimeField(null=True, blank=True)
    reached = models.BigIntegerField(default=0)
    failing_since = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_because = models.CharField(max_length=10, choices=Closed, blank=True)

    class Meta:
        ordering = ("created_at",)

    def __str__(self) -> str:
        return f"endpoint {self.id}"


class Delivery(models.Model):
    """One message to one endpoint: an event, by its `sequence`, or a test, without.

    `body` is sent as it is, whenever it is sent. A process that sends it holds it until `held_until`; if it dies,
    another sends it again, with the same id, so that the receiver can tell. `error` is a code of `Error`, `answered`
    the status that the receiver gave.
    """

    class Status(models.TextChoices):
        WAITING = "waiting", "waiting"
        DELIVERED = "delivered", "delivered"
        DEAD = "dead", "given up"

    class Error(models.TextChoices):
        """Why an attempt did not succeed."""

        ADDRESS = "address", "the address is inside this network"
        CONNECTION = "connection", "no connection"
        TIMEOUT = "timeout", "no answer in time"
        REDIRECT = "redirect", "a redirect, which is not followed"
        STATUS = "status", "an answer that says no"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    endpoint = models.ForeignKey(Endpoint, on_delete=models.CASCADE, related_name="deliveries")
    sequence = models.BigIntegerField(null=True, blank=True)
    kind = models.CharField(max_length=60)
    body = models.TextField()
    status = models.CharField(max_length=10, choices=Status, default=Status.WAITING)
    attempts = models.IntegerField(default=0)
    next_at = models.DateTimeField(null=True, blank=True)
    held_until = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    answered = models.IntegerField(null=True, blank=True)
    error = models.CharField(max_length=10, choices=Error, blank=True)
    seconds = models.FloatField(default=0)

    class Meta:
        ordering = ("-created_at", "-sequence")
        constraints = (
            models.UniqueConstraint(fields=["endpoint", "sequence"], name="one_delivery_per_event"),
        )
        indexes = (
            models.Index(fields=["next_at"], condition=models.Q(status="waiting"), name="deliveries_due"),
            models.Index(fields=["endpoint", "created_at", "id"], name="deliveries_in_order"),
        )

    def __str__(self) -> str:
        return f"delivery {self.id}: {self.status}"
