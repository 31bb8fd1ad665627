"""`manage.py watch`: takes in what is put into the folders of NIGHTBRIEF_WATCH, until it is stopped."""

import signal
import threading
from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import Error, close_old_connections
from django.db.models import Q

from reviewapp.intake.watching import Watch, folders_of
from reviewapp.matters.models import Matter


class Command(BaseCommand):
    help = "Take in the files of watched folders (NIGHTBRIEF_WATCH) until stopped."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="take in what is whole, and end")

    def handle(self, *args: Any, **options: Any) -> None:
        watches = _watches()
        stop = threading.Event()
        if not options["once"]:
            for number in (signal.SIGINT, signal.SIGTERM):
                signal.signal(number, lambda *_: stop.set())
        for look in range(2) if options["once"] else iter(int, 1):
            for watch in watches:
                self._look(watch)
            _note_look()
            if not options["once"]:
                close_old_connections()
            if stop.wait(0.1 if options["once"] and look == 0 else settings.WATCH_SECONDS):
                return

    def _look(self, watch: Watch) -> None:
        try:
            while watch.look():
                pass
        except OSError as error:
            self.stderr.write(f"{watch.folder} cannot be used now: {error.strerror}.")
        except Error:
            self.stderr.write("The database cannot be reached; the folder is looked at again.")


def _note_look() -> None:
    """Leave a file whose time tells that the process is alive."""
    folder = settings.DATA / "run"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "watch-looked").touch()


def _watches() -> list[Watch]:
    """Raises CommandError for a folder or a matter that there is not."""
    try:
        named = folders_of(settings.WATCH)
    except ValueError as error:
        raise CommandError(str(error)) from None
    if not named:
        raise CommandError("NIGHTBRIEF_WATCH names no folder; it is written folder=matter.")
    watches = []
    for folder, name in named:
        if not folder.is_dir():
            raise CommandError(f"There is no folder {folder}.")
        matters = list(Matter.objects.filter(Q(name=name) | Q(pk=_key(name)), archived_at=None)[:2])
        if len(matters) != 1:
            raise CommandError(f"There is {'no' if not matters else 'more than one'} open matter {name!r}.")
        watches.append(Watch(folder.resolve(), matters[0]))
    return watches


def _key(name: str) -> UUID | None:
    try:
        return UUID(name)
    except ValueError:
        return None
