"""The night, as the clock sends it."""

from celery import shared_task

from reviewapp.grids.nights import go_on


@shared_task(name="reviewapp.grids.nights")
def nights() -> None:
    """See `go_on`; run by every worker, whichever is free."""
    go_on()
