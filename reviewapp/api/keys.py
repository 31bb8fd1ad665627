"""Who has the claim to a request that may be repeated; see `repeats`."""

import json
import uuid
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils import timezone

from reviewapp.api.models import Operation, Repeat, Upload
from reviewapp.api.problems import Refused
from reviewapp.documents.models import Document
from reviewapp.grids.models import Grid
from reviewapp.intake.models import Batch
from reviewapp.lab.models import Comparison
from reviewapp.loads.models import Load
from reviewapp.moving.models import Arrival
from reviewapp.questions.models import Answer, Question
from reviewapp.webhooks.models import Delivery, Endpoint

KEPT = timedelta(hours=24)
PATIENCE = timedelta(seconds=60)


def claim(owner: str, key: str, fingerprint: str) -> Repeat:
    """The request's row, claimed for this attempt unless it is finished.

    Raises Refused while another attempt is at work on it (409), and when the key was used for another request (422).
    """
    now = timezone.now()
    Repeat.objects.filter(created_at__lt=now - KEPT).delete()
    try:
        with transaction.atomic():
            return Repeat.objects.create(owner=owner, key=key, fingerprint=fingerprint)
    except IntegrityError:
        return _known(owner, key, fingerprint)


def _known(owner: str, key: str, fingerprint: str) -> Repeat:
    known = Repeat.objects.filter(owner=owner, key=key).first()
    if known is None:
        raise in_flight()
    if known.fingerprint != fingerprint:
        message = "This Idempotency-Key was used for another request; use a new key for each."
        raise Refused("idempotency-key-reused", message, 422)
    if known.finished_at is None:
        silent = Repeat.objects.filter(
            pk=known.pk, attempt=known.attempt, finished_at=None, claimed_at__lt=timezone.now() - PATIENCE
        )
        attempt = uuid.uuid4()
        if not silent.update(attempt=attempt, claimed_at=timezone.now()):
            raise in_flight()
        known.attempt = attempt
    return known


def in_flight() -> Refused:
    """Another attempt is at work on the request."""
    message = "The first request with this Idempotency-Key is being worked on; ask again in a moment."
    return Refused("idempotency-in-flight", message, 409, headers={"Retry-After": "1"})


def locked(claimed: Repeat) -> Repeat:
    """The row, locked in the caller's transaction. Raises Refused when another attempt has it meanwhile."""
    mine = Repeat.objects.select_for_update().filter(pk=claimed.pk, attempt=claimed.attempt, finished_at=None)
    row = mine.first()
    if row is None:
        raise in_flight()
    return row


def finish(row: Repeat, status: int, headers: Mapping[str, str], body: str, path: Mapping[str, Any]) -> None:
    """Keep the answer to a request of this path; in the transaction of the work."""
    row.finished_at = timezone.now()
    row.status, row.headers, row.body = status, dict(headers), body
    row.matter_id = _matter_of(path, body)
    row.save()


#: What the path of a request names, where it does not name the matter itself; and how that leads to its matter.
HOLDERS: dict[str, tuple[type[Model], str]] = {
    "arrival_id": (Arrival, "matter"),
    "batch_id": (Batch, "matter"),
    "claim_id": (Answer, "question__matter"),
    "comparison_id": (Comparison, "matter"),
    "delivery_id": (Delivery, "endpoint__matter"),
    "document_id": (Document, "matter"),
    "grid_id": (Grid, "matter"),
    "load_id": (Load, "matter"),
    "operation_id": (Operation, "matter"),
    "question_id": (Question, "matter"),
    "upload_id": (Upload, "matter"),
    "webhook_id": (Endpoint, "matter"),
}


def _matter_of(path: Mapping[str, Any], body: str) -> UUID:
    """The matter with which the answer goes. Raises KeyError for a path that tells none."""
    if not path:
        made = UUID(json.loads(body)["id"])  # a matter, or what will be one
        arrival = Arrival.objects.filter(pk=made).values_list("matter", flat=True).first()
        return arrival or made
    if "matter_id" in path:
        return UUID(str(path["matter_id"]))
    ((name, key),) = path.items()
    model, matter = HOLDERS[name]
    found: UUID = model._base_manager.values_list(matter, flat=True).get(pk=key)
    return found


def release(claimed: Repeat) -> None:
    """Give the key back: nothing was done."""
    Repeat.objects.filter(pk=claimed.pk, attempt=claimed.attempt, finished_at=None).delete()
