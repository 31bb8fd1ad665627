"""Webhooks while the processes that send them are killed, and the receiver misbehaves.

    DATABASE_URL=... python -m benchmarks.webhooks [--events N] [--kills N]

Events are committed by several threads at once; some transactions are rolled back. Redis, the clock and two
processes that deliver run as an installation runs them, on the database that DATABASE_URL names (PostgreSQL; it must
be empty, and is left filled). Each of the two is killed (SIGKILL) at random moments while it works, `webhook_kills`
in all, and started anew. The receiver refuses (500), redirects, hangs, drips or closes the connection, at random,
for one message in ten.

Once all was emitted and nobody is killed any more, what waits for its next attempt has it at once, in place of
waiting up to a day; what a killed process held is waited for.

- `webhook_lost`: of `webhook_events` committed events, those that the receiver never took (answered 200) with a
  signature that the official verifier accepts.
- `webhook_doubled`: events that came under more than one id, which a receiver could not tell to be one.
- `webhook_repeats`: messages that were taken again under the id that they had before.
- `webhook_misbehaved`: messages that the receiver did not take.
"""

import argparse
import json
import logging
import os
import random
import signal
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.reports import report_more

RESULTS = Path(__file__).resolve().parent / "results" / "integration.json"
EMITTERS, SENDERS = 4, 2
MISBEHAVES = 0.1
MISBEHAVIOUR = (500, 500, 500, 302, "close", "close", "hang", "drip")
#: Seconds of work after which a process is killed.
LIVES = (0.2, 6.0)
PATIENCE_SECONDS = 900.0


class Sender:
    """A process that delivers, and its log."""

    def __init__(self, folder: Path, number: int) -> None:
        self._log = folder / f"deliver-{number}.log"
        self.start()

    def start(self) -> None:
        """Start it, or start it anew."""
        from reviewapp.site import processes

        program = processes.deliver()
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                program.command, env=program.full_environment(), stdout=log, stderr=log
            )
        self._dies_at: float | None = None

    def is_to_die(self) -> bool:
        """Whether it has worked for as long as chance has it. Raises SystemExit where it ended by itself."""
        if self._process.poll() is not None:
            raise SystemExit(self._log.read_text()[-2000:])
        if self._dies_at is None and b" ready." in self._log.read_bytes():
            self._dies_at = time.monotonic() + random.uniform(*LIVES)
        return self._dies_at is not None and time.monotonic() > self._dies_at

    def end(self, how: signal.Signals) -> None:
        """Have it end."""
        self._process.send_signal(how)
        self._process.wait(60)


def emit(matter: Any, numbers: range, seconds: float) -> list[int]:
    """Events of these numbers, spread over so many seconds; those whose transaction was committed."""
    from django.db import connection, transaction

    from reviewapp.events.names import Happened
    from reviewapp.events.record import record
    from reviewapp.frame.actor import SYSTEM

    committed = []
    for number in numbers:
        time.sleep(random.expovariate(len(numbers) / seconds))
        is_kept = random.random() > 0.05
        with transaction.atomic():
            record(Happened.BATCH_COMPLETED, matter, actor=SYSTEM, matter=matter, files=number)
            transaction.set_rollback(not is_kept)
        if is_kept:
            committed.append(number)
    connection.close()
    return committed


class Taken:
    """What the receiver took, verified as it comes: the ids of messages by the number of their event."""

    def __init__(self, receiver: Any, secret: str) -> None:
        from standardwebhooks import Webhook

        self._receiver, self._verifier, self._seen = receiver, Webhook(secret), 0
        self.times: Counter[tuple[int, str]] = Counter()
        self.misbehaved = 0

    def look(self) -> set[int]:
        """Verify what came since; the numbers of all events taken. Raises WebhookVerificationError."""
        upto = len(self._receiver.given)
        for (headers, body), answer in zip(
            self._receiver.received[self._seen : upto], self._receiver.given[self._seen : upto], strict=True
        ):
            self._verifier.verify(body, headers)
            if answer == 200:
                number = json.loads(body)["data"]["detail"]["files"]
                self.times[number, headers["webhook-id"]] += 1
            else:
                self.misbehaved += 1
        self._seen = upto
        return {number for number, _ in self.times}


def figures_of(taken: Taken, committed: set[int], kills: int) -> dict[str, float]:
    """What became of the events. Raises SystemExit where one came that was rolled back."""
    arrived = taken.look()
    if arrived - committed:
        raise SystemExit(f"{len(arrived - committed)} events came that never were")
    ids = Counter(number for number, _ in taken.times)
    return {
        "webhook_events": len(committed),
        "webhook_kills": kills,
        "webhook_misbehaved": taken.misbehaved,
        "webhook_lost": len(committed - arrived),
        "webhook_doubled": sum(count > 1 for count in ids.values()),
        "webhook_repeats": sum(taken.times.values()) - len(taken.times),
    }


def kill(senders: list[Sender], kills: int, taken: Taken, emitted: list[Future[Any]]) -> None:
    """Kill senders so often, and go on until all was emitted."""
    while kills or not all(future.done() for future in emitted):
        for sender in senders:
            if kills and sender.is_to_die():
                sender.end(signal.SIGKILL)
                sender.start()
                kills -= 1
        taken.look()
        time.sleep(0.05)


def waited_for(taken: Taken, committed: set[int]) -> None:
    """Until all is taken or nothing waits to be sent; what waits for its next attempt has it now."""
    from django.utils import timezone

    from reviewapp.webhooks.models import Delivery

    until = time.monotonic() + PATIENCE_SECONDS
    while committed - taken.look() and time.monotonic() < until:
        waiting = Delivery.objects.filter(status="waiting")
        waiting.filter(held_until=None, next_at__gt=timezone.now()).update(next_at=timezone.now())
        time.sleep(1)


@contextmanager
def installation(folder: Path) -> Iterator[list[Sender]]:
    """Redis, the clock and the processes that deliver, until the context ends."""
    from reviewapp.site import processes

    with (folder / "log").open("wb") as log:
        beside = [
            subprocess.Popen(program.command, env=program.full_environment(), stdout=log, stderr=log)
            for program in (processes.redis(), processes.beat())
        ]
    senders = [Sender(folder, number) for number in range(SENDERS)]
    try:
        yield senders
    finally:
        for sender in senders:
            sender.end(signal.SIGTERM)
        for process in reversed(beside):
            process.terminate()
            process.wait(60)


def measure(events: int, kills: int, folder: Path) -> dict[str, float]:
    """The figures of a run."""
    import django

    django.setup()
    logging.disable(logging.CRITICAL)
    from django.contrib.auth.models import User
    from django.core.management import call_command

    from reviewapp.events.names import Happened
    from reviewapp.frame.actor import Actor
    from reviewapp.matters.actions import create_matter
    from reviewapp.webhooks.actions import add_endpoint
    from tests.webhooks.receiver import receiving

    call_command("migrate", verbosity=0)
    admin = Actor(User.objects.create_user("admin", is_staff=True))
    matter = create_matter("Harbour Street leases", actor=admin)
    seconds = kills * (sum(LIVES) / 2 + 3) / SENDERS
    with receiving() as receiver, installation(folder) as senders, ThreadPoolExecutor(EMITTERS) as pool:
        receiver.answers = [
            random.choice(MISBEHAVIOUR) if random.random() < MISBEHAVES else 200 for _ in range(50 * events)
        ]
        endpoint = add_endpoint(matter, receiver.url, actor=admin, kinds=[Happened.BATCH_COMPLETED])
        taken = Taken(receiver, endpoint.secret)
        parts = [range(number, events, EMITTERS) for number in range(EMITTERS)]
        emitted = [pool.submit(emit, matter, part, seconds) for part in parts]
        kill(senders, kills, taken, emitted)
        committed = {number for future in emitted for number in future.result()}
        waited_for(taken, committed)
        return figures_of(taken, committed, kills)


def main() -> None:
    """Measure and write."""
    from tests.ops.ports import free_port

    parser = argparse.ArgumentParser()
    parser.add_argument("--events", type=int, default=5000)
    parser.add_argument("--kills", type=int, default=60)
    given = parser.parse_args()
    if not os.environ.get("DATABASE_URL", "").startswith("postgres"):
        parser.error("DATABASE_URL must name an empty database of PostgreSQL.")
    with tempfile.TemporaryDirectory(prefix="nightbrief-benchmark-") as folder:
        os.environ.pop("NIGHTBRIEF_REDIS_URL", None)
        os.environ.update(
            DJANGO_SETTINGS_MODULE="reviewapp.site.settings",
            NIGHTBRIEF_DATA=folder,
            NIGHTBRIEF_REDIS_PORT=str(free_port()),
            NIGHTBRIEF_WEBHOOK_NETWORKS="127.0.0.0/8",
            NIGHTBRIEF_WEBHOOK_SECONDS="0.5",
        )
        figures = measure(given.events, given.kills, Path(folder))
    command = f"python -m benchmarks.webhooks --events {given.events} --kills {given.kills} on postgresql"
    report_more(RESULTS, command, figures)


if __name__ == "__main__":
    main()
