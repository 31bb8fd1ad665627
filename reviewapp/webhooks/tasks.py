"""Delivering as a Celery task, which the clock sends."""

from threading import Lock

from celery import shared_task

from reviewapp.webhooks import delivering

#: What else the process does, as writing letters, is not to wait for receivers.
_alone = Lock()


@shared_task(name="reviewapp.webhooks.deliver")
def deliver() -> None:
    """See `delivering.deliver`; where this process does so already, there is nothing to do."""
    if _alone.acquire(blocking=False):
        try:
            delivering.deliver()
        finally:
            _alone.release()
