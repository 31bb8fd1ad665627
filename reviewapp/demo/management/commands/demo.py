import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from reviewapp import supervisor
from reviewapp.demo import watch
from reviewapp.demo.load import demo_matter, load_demo
from reviewapp.demo.logins import ADMIN, Login, ensure_logins, logins_file


class Command(BaseCommand):
    help = "Make the demo's people and its matter of a dozen contracts; nothing is made twice."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--watch",
            action="store_true",
            help="show the address, the logins and the progress of a running Nightbrief instead",
        )
        parser.add_argument("--supervisor", type=int, help="with --watch: stop when this process ends")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["watch"]:
            try:
                self._watch(options["supervisor"])
            except watch.WatchError as error:
                raise CommandError(str(error)) from None
        else:
            matter = load_demo({name: login.user for name, login in ensure_logins().items()})
            self.stdout.write(
                f"    {matter.name}: {matter.batches.count()} batch, passwords in {logins_file()}"
            )

    def _watch(self, supervisor_id: int | None) -> None:
        address = supervisor.address()
        watch.wait_until_served(address, supervisor_id)
        self._say_where(address, ensure_logins())
        matter = demo_matter()
        if matter is None:
            raise CommandError("There is no demo matter; run `manage.py demo` first.")
        progress = watch.follow(matter, watch.StatusLine(sys.stdout), supervisor_id)
        waiting = progress.documents - progress.ready
        if waiting:
            self.stdout.write(
                f"    {progress.ready} documents are ready, {waiting} are not; the page says why."
            )
        else:
            self.stdout.write(f"    All {progress.documents} documents are ready.")
        self.stdout.write(f"\n  Ask at {address}  (Ctrl-C stops Nightbrief)\n")
        self.stdout.flush()

    def _say_where(self, address: str, logins: dict[str, Login]) -> None:
        self.stdout.write(f"\n  Nightbrief is at  {address}\n")
        for name, login in logins.items():
            role = "admin" if name == ADMIN else "reviewer"
            self.stdout.write(f"  {role:<16}  {name:<15} {login.password or '(the one you set)'}")
        self.stdout.write("")
        self.stdout.flush()
