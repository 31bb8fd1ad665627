"""`manage.py load <matter> <load file>`: the same way in as the page's, from the command line."""

import tempfile
import zipfile
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError

from reviewapp.documents import storage
from reviewapp.frame.actor import Actor
from reviewapp.jobs.models import Status
from reviewapp.jobs.work import running
from reviewapp.loads.actions import Sent, create_load, map_columns, start_load
from reviewapp.loads.fields import LoadError
from reviewapp.loads.models import Load
from reviewapp.loads.policy import may_load
from reviewapp.loads.tasks import work
from reviewapp.matters.models import Matter
from reviewapp.matters.policy import NotAvailable, access_matter_by_id, visible_matters

_CHUNK = 1 << 20


class Command(BaseCommand):
    help = "Check a load file of e-discovery, and with --run take its documents in."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("matter", help="id or name of the matter")
        parser.add_argument("table", type=Path, help="the load file: Concordance DAT, or CSV")
        parser.add_argument("--files", type=Path, help="a folder or a ZIP of natives, texts and images")
        parser.add_argument("--images", type=Path, help="the image load file: Opticon OPT")
        parser.add_argument("--source", default="", help="who it comes from; its columns are remembered")
        parser.add_argument(
            "--column", action="append", default=[], metavar="NAME=FIELD", help="what a column is taken as"
        )
        parser.add_argument(
            "--user", required=True, help="name of the user who loads; an admin of the matter"
        )
        parser.add_argument("--run", action="store_true", help="take the documents in after the check")
        parser.add_argument("--here", action="store_true", help="in this process, without a worker")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(username=options["user"]).first()
        if user is None:
            raise CommandError(f"There is no user {options['user']!r}.")
        actor = Actor(user)
        try:
            load = self._created(_matter(options["matter"], actor), actor, options)
            _work_here(load)
            load.refresh_from_db()
            self._show(load, dry=True)
            if options["run"]:
                load = start_load(load, actor=actor)
                self._run(load, here=options["here"])
        except LoadError as error:
            raise CommandError(str(error)) from None

    def _created(self, matter: Matter, actor: Actor, options: dict[str, Any]) -> Load:
        with _files(options["files"]) as files:
            images = _sent(options["images"]) if options["images"] else None
            load = create_load(
                matter,
                _sent(options["table"]),
                actor=actor,
                images=images,
                files=files,
                source=options["source"],
            )
        given = dict(column.rsplit("=", 1) for column in options["column"] if "=" in column)
        if unknown := sorted(set(given) - set(load.columns)):
            raise CommandError(f"The load file has no column {unknown[0]!r}.")
        if given:
            _work_here(load)
            kept = {name: field for name, field in load.mapping.items() if field not in given.values()}
            load = map_columns(load, kept | given, actor=actor)
        return load

    def _run(self, load: Load, *, here: bool) -> None:
        if not here:
            self.stdout.write("The workers take the documents in; see the list of jobs.")
            return
        _work_here(load)
        load.refresh_from_db()
        self._show(load, dry=False)

    def _show(self, load: Load, *, dry: bool) -> None:
        for column, field in load.mapping.items():
            if dry:
                self.stdout.write(f"{column} = {field}")
        for problem in load.problems.filter(dry=dry):
            mark = "rejected" if problem.rejected else "note"
            self.stdout.write(
                f"row {problem.row}  {mark}  {problem.code}  {problem.column}  {problem.sentence}"
            )
        job = load.jobs.order_by("-created_at").first()
        if job is None:
            raise CommandError("Say with --column which column is `begin`, the number of the document.")
        if job.status == Status.FAILED:
            raise CommandError(job.reason)
        counted = ", ".join(f"{name}: {number}" for name, number in load.counts.items())
        self.stdout.write(
            f"Load {load.pk}: " + (counted if dry else f"{load.rows.count()} documents taken in")
        )


def _matter(given: str, actor: Actor) -> Matter:
    named = list(visible_matters(actor).filter(name=given)[:2])
    if len(named) > 1:
        raise CommandError(f"More than one matter is called {given!r}; give its id.")
    try:
        return access_matter_by_id(actor, named[0].pk if named else given, may=may_load)
    except NotAvailable:
        raise CommandError(f"There is no matter {given!r} that this user may load into.") from None


def _sent(path: Path) -> Sent:
    if not path.is_file():
        raise CommandError(f"There is no file {path}.")
    return Sent(path.name, storage.read_chunks(path))


@contextmanager
def _files(path: Path | None) -> Iterator[Sent | None]:
    """The ZIP; a folder is packed as one, without compressing anything."""
    if path is None or path.is_file():
        yield _sent(path) if path else None
        return
    if not path.is_dir():
        raise CommandError(f"There is no folder and no ZIP {path}.")
    with tempfile.TemporaryFile(dir=storage.temporary_folder()) as packed:
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED, strict_timestamps=False) as archive:
            for found in sorted(path.rglob("*")):
                if found.is_file():
                    archive.write(found, found.relative_to(path).as_posix())
        packed.seek(0)
        yield Sent(f"{path.name}.zip", iter(lambda: packed.read(_CHUNK), b""))


def _work_here(load: Load) -> None:
    while job := load.jobs.filter(status=Status.WAITING).first():
        with running(str(job.pk), alone=True) as run:
            if run is not None:
                work(run)
