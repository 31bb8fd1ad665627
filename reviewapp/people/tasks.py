"""What is done of itself to sessions."""

from celery import shared_task

from reviewapp.people import sessions


@shared_task(name="reviewapp.people.forget_ended_sessions")
def forget_ended_sessions() -> None:
    """See `sessions.forget_ended`; sent every hour."""
    sessions.forget_ended()
