"""Reports on a terminal how far the demo matter is, until it is ready or the supervisor ends."""

import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TextIO

import psutil

from reviewapp.intake.jobs import INGEST_ITEM, RECOGNISE_ITEM
from reviewapp.intake.models import BatchItem, Disposition
from reviewapp.jobs.models import UNDER_WAY, Job
from reviewapp.matters.models import Matter
from reviewapp.states.progress import MatterProgress, of_matter

POLL_SECONDS = 1.0
START_SECONDS = 60.0
PLAIN_SECONDS = 10.0


class WatchError(Exception):
    """Nightbrief did not start or has ended; the message is for people."""


@dataclass
class StatusLine:
    """One line that is rewritten on a terminal, and printed anew now and then where there is none."""

    stream: TextIO
    _shown: str = field(default="", init=False)
    _shown_at: float = field(default=-PLAIN_SECONDS, init=False)

    def show(self, text: str) -> None:
        if text == self._shown:
            return
        if self.stream.isatty():
            self.stream.write(f"\r\x1b[2K    {text}")
        elif time.monotonic() - self._shown_at >= PLAIN_SECONDS:
            self.stream.write(f"    {text}\n")
            self._shown_at = time.monotonic()
        self.stream.flush()
        self._shown = text

    def end(self) -> None:
        """Leave the line standing."""
        if self._shown and self.stream.isatty():
            self.stream.write("\n")
            self.stream.flush()
        self._shown = ""


def wait_until_served(address: str, supervisor: int | None) -> None:
    """Return once the pages answer. Raises WatchError."""
    deadline = time.monotonic() + START_SECONDS
    while True:
        _refuse_ended(supervisor)
        try:
            with urllib.request.urlopen(f"{address}health", timeout=5):  # noqa: S310  our own address
                return
        except (urllib.error.URLError, TimeoutError) as error:
            if time.monotonic() > deadline:
                raise WatchError(f"{address} did not answer within {START_SECONDS:.0f} seconds.") from error
        time.sleep(0.2)


def follow(matter: Matter, line: StatusLine, supervisor: int | None) -> MatterProgress:
    """Show the matter's progress until nothing is under way; returns where it stands then.

    Raises WatchError when the supervisor ends before.
    """
    try:
        _until(lambda: _reading(matter, line), supervisor)
        _until(lambda: _consolidating(matter, line), supervisor)
    finally:
        line.end()
    return of_matter(matter)


def _until(finished: Callable[[], bool], supervisor: int | None) -> None:
    while not finished():
        _refuse_ended(supervisor)
        time.sleep(POLL_SECONDS)


def _reading(matter: Matter, line: StatusLine) -> bool:
    items = BatchItem.objects.filter(batch__matter=matter)
    total, pending = items.count(), items.filter(disposition=Disposition.PENDING).count()
    under_way = Job.objects.filter(
        matter=matter, kind__in=(INGEST_ITEM.name, RECOGNISE_ITEM.name), status__in=UNDER_WAY
    ).exists()
    if not pending or not under_way:
        return True
    line.show(f"reading files: {total - pending} of {total}")
    return False


def _consolidating(matter: Matter, line: StatusLine) -> bool:
    progress = of_matter(matter)
    if not progress.is_under_way:
        return True
    left = f", {_duration(progress.seconds_left)} left" if progress.seconds_left else ""
    line.show(
        f"consolidating: {progress.percent} % of the text, "
        f"{progress.ready} of {progress.documents} documents ready{left}"
    )
    return False


def _duration(seconds: float) -> str:
    return (
        f"about {round(seconds / 60)} min" if seconds >= 90 else f"about {max(5, round(seconds / 5) * 5)} s"
    )


def _refuse_ended(supervisor: int | None) -> None:
    if supervisor is None:
        return
    try:
        ended = psutil.Process(supervisor).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        ended = True
    if ended:
        raise WatchError("Nightbrief has stopped.")
