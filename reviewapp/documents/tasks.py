"""What is done of itself to the bytes of documents."""

import logging

from celery import shared_task

from reviewapp.documents import storage

logger = logging.getLogger(__name__)


@shared_task(name="reviewapp.documents.remove_drafts")
def remove_drafts() -> None:
    """See `storage.remove_drafts`; sent every hour."""
    removed = storage.remove_drafts()
    if removed:
        logger.warning("%d files that were never finished are removed", removed)
