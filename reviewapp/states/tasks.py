"""What is done of itself to states."""

import logging

from celery import shared_task

from reviewapp.states.unfinished import remove_unfinished as remove

logger = logging.getLogger(__name__)


@shared_task(name="reviewapp.states.remove_unfinished")
def remove_unfinished() -> None:
    """See `unfinished.remove_unfinished`; sent every hour."""
    removed = remove()
    if removed:
        logger.info("%d unfinished states that nothing goes on from are removed", removed)
