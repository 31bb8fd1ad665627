"""`manage.py ingest <matter> <paths...>`: the same way in as the browser's, from the command line."""

import time
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError

from reviewapp.frame.actor import Actor
from reviewapp.intake.actions import BatchError, Incoming, create_batch
from reviewapp.intake.ingest import ingest
from reviewapp.intake.jobs import RECOGNISE_ITEM
from reviewapp.intake.manifest import manifest_rows
from reviewapp.intake.models import Batch, Source
from reviewapp.intake.policy import item_for_job, may_upload
from reviewapp.intake.recognise import recognise
from reviewapp.jobs.models import UNDER_WAY, Job, Status
from reviewapp.jobs.work import running
from reviewapp.matters.models import Matter
from reviewapp.matters.policy import NotAvailable, access_matter_by_id, visible_matters

_POLL_SECONDS = 0.5


class Command(BaseCommand):
    help = "Upload files or folders to a matter as one batch and show what became of each file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("matter", help="id or name of the matter")
        parser.add_argument("paths", nargs="+", type=Path, help="files, or folders taken whole")
        parser.add_argument(
            "--user", required=True, help="name of the user who uploads; an admin of the matter"
        )
        parser.add_argument("--label", default="", help="name of the batch")
        parser.add_argument("--wait", action="store_true", help="wait until the workers have read every file")
        parser.add_argument(
            "--here", action="store_true", help="read the files in this process, without a worker"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        user = _user(options["user"])
        matter = _matter(options["matter"], user)
        files = [Incoming.from_path(path, name) for path, name in _files(options["paths"])]
        try:
            batch = create_batch(
                actor=Actor(user), matter=matter, files=files, source=Source.COMMAND, label=options["label"]
            )
        except BatchError as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"Batch {batch.pk}: {len(files)} files stored.")
        if options["here"]:
            _read_here(batch)
        elif options["wait"]:
            _wait(batch)
        self._show(batch)

    def _show(self, batch: Batch) -> None:
        _, *rows = manifest_rows(batch)
        width = max(len(row[4]) for row in rows)
        for name, parent, _, _, disposition, reason, *_ in rows:
            inside = f"{parent} > " if parent else ""
            self.stdout.write(f"{disposition:<{width}}  {inside}{name}" + (f"  ({reason})" if reason else ""))


def _user(name: str) -> User:
    user = User.objects.filter(username=name).first()
    if user is None:
        raise CommandError(f"There is no user {name!r}.")
    return user


def _matter(given: str, user: User) -> Matter:
    named = list(visible_matters(Actor(user)).filter(name=given)[:2])
    if len(named) > 1:
        raise CommandError(f"More than one matter is called {given!r}; give its id.")
    try:
        return access_matter_by_id(Actor(user), named[0].pk if named else given, may=may_upload)
    except NotAvailable:
        message = f"There is no matter {given!r} that {user.get_username()} may upload to."
        raise CommandError(message) from None


def _files(paths: list[Path]) -> Iterator[tuple[Path, str]]:
    """Each file with its name in the batch: its path below the folder that was given."""
    for path in paths:
        if path.is_dir():
            inside = sorted(found for found in path.rglob("*") if found.is_file())
            yield from ((found, str(found.relative_to(path))) for found in inside)
        elif path.is_file():
            yield path, path.name
        else:
            raise CommandError(f"There is no file {path}.")


def _jobs(batch: Batch, *statuses: Status) -> list[str]:
    jobs = Job.objects.filter(item__batch=batch, status__in=statuses).order_by("created_at")
    return [str(key) for key in jobs.values_list("pk", flat=True)]


def _read_here(batch: Batch) -> None:
    # NB: containers add jobs while they are read, and a failed attempt is waiting again.
    while waiting := _jobs(batch, Status.WAITING):
        for key in waiting:
            with running(key, alone=True) as run:
                if run is not None:
                    work = recognise if run.job.kind == RECOGNISE_ITEM.name else ingest
                    work(run, item_for_job(run.job))


def _wait(batch: Batch) -> None:
    while _jobs(batch, *UNDER_WAY):
        time.sleep(_POLL_SECONDS)
