"""`manage.py archive out <matter> <file>` and `manage.py archive in <file>`: whole matters, from the command line."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError

from reviewapp.documents.storage import read_chunks
from reviewapp.frame.actor import Actor
from reviewapp.jobs.models import Job, Status
from reviewapp.jobs.work import running
from reviewapp.matters.models import Matter
from reviewapp.matters.policy import NotAvailable, access_matter_by_id, visible_matters
from reviewapp.moving import actions
from reviewapp.moving.arriving import take_in, undo
from reviewapp.moving.bag import in_chunks
from reviewapp.moving.jobs import TAKE_IN
from reviewapp.moving.models import Arrival
from reviewapp.moving.policy import archive_for_job, arrival_for_job, may_bring_in, may_take_out
from reviewapp.moving.writing import make


class Command(BaseCommand):
    help = "Write a whole matter into an open archive, or make a new matter of one, without a worker."

    def add_arguments(self, parser: ArgumentParser) -> None:
        ways = parser.add_subparsers(dest="way", required=True)
        out = ways.add_parser("out", help="write an archive")
        out.add_argument("matter", help="id or name of the matter")
        out.add_argument("file", type=Path, help="where the archive is written; nothing may be there")
        out.add_argument("--without-states", action="store_true", help="leave the states out")
        out.add_argument("--user", required=True, help="name of the user; an admin of the matter")
        into = ways.add_parser("in", help="make a new matter of an archive")
        into.add_argument("file", type=Path, help="the archive")
        into.add_argument("--name", default="", help="name of the new matter")
        into.add_argument("--user", required=True, help="name of the user; one who may make matters")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(username=options["user"]).first()
        if user is None:
            raise CommandError(f"There is no user {options['user']!r}.")
        try:
            (self._out if options["way"] == "out" else self._in)(Actor(user), options)
        except actions.ArchiveError as error:
            raise CommandError(str(error)) from None

    def _out(self, actor: Actor, options: dict[str, Any]) -> None:
        matter = _matter(options["matter"], actor)
        archive = actions.request_archive(matter, actor=actor, with_states=not options["without_states"])
        job = archive.jobs.get()
        with running(str(job.pk), alone=True) as run:
            if run is not None:
                make(run, archive_for_job(run.job))
        _succeeded(job)
        archive.refresh_from_db()
        try:
            with actions.open_archive(archive, actor=actor) as file, options["file"].open("xb") as out:
                for chunk in in_chunks(file):
                    out.write(chunk)
        except FileExistsError:
            raise CommandError(f"{options['file']} is there already.") from None
        counted = ", ".join(f"{name}: {number}" for name, number in archive.counts.items() if number)
        self.stdout.write(f"{options['file']}: {counted}; SHA-256 {archive.sha256}")

    def _in(self, actor: Actor, options: dict[str, Any]) -> None:
        if not may_bring_in(actor):
            raise CommandError("This user may not make matters.")
        path: Path = options["file"]
        if not path.is_file():
            raise CommandError(f"There is no file {path}.")
        kept = actions.keep_arrival(read_chunks(path))
        arrival = actions.bring_in(kept, path.name, actor=actor, name=options["name"])
        _take(arrival)
        arrival.refresh_from_db()
        counted = ", ".join(f"{name}: {number}" for name, number in arrival.counts.items() if number)
        self.stdout.write(f"Matter {arrival.matter_id}, {arrival.matter.name}: {counted}")


def _take(arrival: Arrival) -> None:
    job = arrival.jobs.get(kind=TAKE_IN.name)
    with running(str(job.pk), alone=True) as run:
        if run is not None:
            take_in(run, arrival_for_job(run.job))
    for undoing in arrival.jobs.filter(status=Status.WAITING).exclude(kind=TAKE_IN.name):
        with running(str(undoing.pk), alone=True) as run:
            if run is not None:
                undo(run, arrival_for_job(run.job))
    _succeeded(job)


def _succeeded(job: Job) -> None:
    job.refresh_from_db()
    if job.status != Status.SUCCEEDED:
        raise CommandError(job.reason)


def _matter(given: str, actor: Actor) -> Matter:
    named = list(visible_matters(actor).filter(name=given)[:2])
    if len(named) > 1:
        raise CommandError(f"More than one matter is called {given!r}; give its id.")
    try:
        return access_matter_by_id(actor, named[0].pk if named else given, may=may_take_out)
    except NotAvailable:
        raise CommandError(f"There is no matter {given!r} that this user may take out.") from None
