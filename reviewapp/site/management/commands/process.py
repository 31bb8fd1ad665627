import os
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from reviewapp.site import processes

PROGRAMS = {
    "web": processes.web,
    "ingest": processes.ingest,
    "ocr": processes.ocr,
    "consolidate": processes.consolidate,
    "answer": processes.answer,
    "model": processes.model,
    "deliver": processes.deliver,
    "beat": processes.beat,
    "watch": processes.watch,
}


class Command(BaseCommand):
    help = "Run one process of an installation, for containers and service managers; `run` runs all of them."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", choices=PROGRAMS)

    def handle(self, *args: Any, **options: Any) -> None:
        self.check(fail_level=30)
        program = PROGRAMS[options["name"]]()
        # NB: replaced, not started: signals of the service manager reach the process itself.
        os.execvpe(program.command[0], program.command, program.full_environment())  # noqa: S606
