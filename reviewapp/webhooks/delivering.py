"""From the outbox to the receivers: what happened becomes messages, and messages are sent until they arrive.

Messages are made in the order of events and each only once; they are sent at least once, by their id.
"""

import json
import random
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from datetime import timedelta
from threading import Lock
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from reviewapp.events.models import Event
from reviewapp.events.names import Happened
from reviewapp.events.record import events_after, record
from reviewapp.frame.actor import SYSTEM
from reviewapp.matters.models import Matter
from reviewapp.webhooks.models import Delivery, Endpoint
from reviewapp.webhooks.sending import GONE, TIMEOUT_SECONDS, Outcome, send

#: Pauses before further attempts, in seconds: a little over a day in all.
PAUSES = (5, 60, 300, 1800, 3600, 7200, 14400, 28800, 32400)
#: So much more or less of a pause, by chance, that those who failed together do not come back together.
JITTER = 0.2
#: A message is held while it is sent, which ends by itself, and written down.
HOLD = timedelta(seconds=3 * TIMEOUT_SECONDS)
PATIENCE = timedelta(days=1)
KEPT = timedelta(days=30)
EVENTS_AT_ONCE = 200
#: Messages on their way at once, in all and to one endpoint, so that one that hangs leaves room for others.
SENDERS, MOST_OF_ONE = 12, 8
ROUND_SECONDS, LOOK_SECONDS = 30.0, 1.0


def deliver() -> int:
    """Make messages of what happened, and send those that are due, for some time; how many were sent."""
    flight, running, sent = _Flight(), set[Future[int]](), 0
    until = time.monotonic() + ROUND_SECONDS
    with ThreadPoolExecutor(SENDERS) as pool:
        while True:
            for endpoint in Endpoint.objects.filter(closed_at=None):
                while _make_messages(endpoint.pk):
                    pass
            if time.monotonic() < until:
                running |= {pool.submit(flight.send_due, until) for _ in range(SENDERS - len(running))}
            done, running = wait(running, timeout=LOOK_SECONDS)
            gained = sum(future.result() for future in done)
            sent += gained
            if not running and (not gained or time.monotonic() >= until):
                break
    Delivery.objects.filter(ended_at__lt=timezone.now() - KEPT).delete()
    return sent


def message(event: Event, matter: Matter) -> str:
    """An event of a matter as receivers get it: ids and counts, never text of a document."""
    return json.dumps(
        {
            "type": event.action,
            "timestamp": event.at.isoformat(),
            "data": {
                "sequence": event.sequence,
                "matter": str(matter.pk),
                "matter_external_id": matter.external_id,
                "object": {"type": event.object_type, "id": event.object_id},
                "actor": {"user": event.user_id, "client": event.client or None},
                "detail": event.detail,
            },
        }
    )


def _make_messages(endpoint_id: UUID) -> bool:
    """The next events of an endpoint's matter as its messages; whether there may be more."""
    Event.objects.number()  # outside the transaction, which would hold its locks
    with transaction.atomic():
        open_ones = Endpoint.objects.select_for_update(of=("self",)).select_related("matter")
        endpoint = open_ones.filter(pk=endpoint_id, closed_at=None).first()
        if endpoint is None:
            return False
        events = events_after(endpoint.reached, matter=endpoint.matter, most=EVENTS_AT_ONCE)
        wanted = [event for event in events if not endpoint.kinds or event.action in endpoint.kinds]
        now = timezone.now()
        Delivery.objects.bulk_create(
            Delivery(
                endpoint=endpoint,
                sequence=event.sequence,
                kind=event.action,
                body=message(event, endpoint.matter),
                next_at=now,
            )
            for event in wanted
        )
        if events:
            endpoint.reached = events[-1].sequence or endpoint.reached
            endpoint.save(update_fields=["reached"])
    return len(events) == EVENTS_AT_ONCE


class _Flight:
    """The messages that this process has on their way."""

    def __init__(self) -> None:
        self._lock, self._of = Lock(), Counter[UUID]()

    def send_due(self, until: float) -> int:
        """Send messages that are due, one after the other; how many."""
        sent = 0
        try:
            while time.monotonic() < until and (claimed := self._claim()):
                key, endpoint_id = claimed
                try:
                    _attempt(key)
                finally:
                    with self._lock:
                        self._of[endpoint_id] -= 1
                sent += 1
        finally:
            connection.close()
        return sent

    def _claim(self) -> tuple[UUID, UUID] | None:
        """A message that is due and that no other process sends, held for this one, and its endpoint."""
        with self._lock:
            busy = [key for key, number in self._of.items() if number >= MOST_OF_ONE]
            claimed = claim(busy)
            if claimed is not None:
                self._of[claimed[1]] += 1
            return claimed


def claim(busy: Sequence[UUID] = ()) -> tuple[UUID, UUID] | None:
    """Hold the message that is due the longest, of none of the `busy` endpoints; its id and its endpoint's."""
    now = timezone.now()
    # what waits for an endpoint that is switched off goes on waiting; a test is sent all the same
    open_or_test = Q(endpoint__closed_at=None) | Q(sequence=None)
    waiting = Delivery.objects.filter(status=Delivery.Status.WAITING, next_at__lte=now)
    due = waiting.filter(open_or_test).exclude(endpoint__in=busy).order_by("next_at", "sequence")
    for key, endpoint_id in due.values_list("pk", "endpoint")[: 4 * SENDERS]:
        # a message that is held has its next attempt after the hold, so that one process alone changes a row.
        # NB: by its own fields alone. With another table's, Django updates what a subquery finds, of which PostgreSQL
        # does not look again at what another process changed meanwhile: both would hold the message.
        if waiting.filter(pk=key).update(next_at=now + HOLD, held_until=now + HOLD):
            return key, endpoint_id
    return None


def _attempt(key: UUID) -> None:
    delivery = Delivery.objects.select_related("endpoint").filter(pk=key).first()
    if delivery is None:
        return
    outcome = send(delivery)
    with transaction.atomic():
        _note(delivery, outcome)


def _note(delivery: Delivery, outcome: Outcome) -> None:
    """Write down how an attempt went, and what follows of it; nothing where the endpoint was removed meanwhile."""
    endpoint = Endpoint.objects.select_for_update().filter(pk=delivery.endpoint_id).first()
    if endpoint is None:
        return
    delivery.attempts += 1
    if outcome.is_delivered:
        _end(delivery, outcome)
        endpoint.failing_since = None
        endpoint.save(update_fields=["failing_since"])
        return
    now = timezone.now()
    is_test = delivery.sequence is None
    if is_test or delivery.attempts > len(PAUSES):
        _end(delivery, outcome)
    else:
        pause = PAUSES[delivery.attempts - 1] * random.uniform(1 - JITTER, 1 + JITTER)  # noqa: S311  no secret
        delivery.next_at, delivery.held_until = now + timedelta(seconds=pause), None
        _save(delivery, outcome)
    if outcome.answered == GONE:
        close(endpoint, Endpoint.Closed.GONE)
        return
    endpoint.failing_since = endpoint.failing_since or now
    endpoint.save(update_fields=["failing_since"])
    if delivery.status == Delivery.Status.DEAD and not is_test and endpoint.failing_since < now - PATIENCE:
        close(endpoint, Endpoint.Closed.FAILING)


def close(endpoint: Endpoint, because: str) -> None:
    """Send nothing more; the audit tells it to the admins, as the page does."""
    if endpoint.closed_at is None:
        endpoint.closed_at, endpoint.closed_because = timezone.now(), because
        endpoint.save(update_fields=["closed_at", "closed_because"])
        record(Happened.WEBHOOK_CLOSED, endpoint, actor=SYSTEM, matter=endpoint.matter, because=because)


def _end(delivery: Delivery, outcome: Outcome) -> None:
    ended = Delivery.Status.DELIVERED if outcome.is_delivered else Delivery.Status.DEAD
    delivery.status, delivery.ended_at, delivery.held_until = ended, timezone.now(), None
    _save(delivery, outcome)


def _save(delivery: Delivery, outcome: Outcome) -> None:
    delivery.answered, delivery.error, delivery.seconds = outcome.answered, outcome.error, outcome.seconds
    delivery.save()
