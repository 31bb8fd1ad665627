"""Delivering as a Celery task, which the clock sends."""

from celery import shared_task

from reviewapp.webhooks import delivering

ROUNDS = 100


@shared_task(name="reviewapp.webhooks.deliver")
def deliver() -> None:
    """See `delivering.deliver`: as long as there is something to send, within bounds."""
    for _ in range(ROUNDS):
        if not delivering.deliver():
            return
