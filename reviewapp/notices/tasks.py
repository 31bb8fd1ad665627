"""Telling as a Celery task, which the clock sends."""

from celery import shared_task

from reviewapp.notices import mailing, telling


@shared_task(name="reviewapp.notices.tell")
def tell() -> None:
    """See `telling.tell` and `mailing.send_due`."""
    telling.tell()
    mailing.send_due()
