import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from reviewapp.demo import watch
from reviewapp.demo.fill import fill_demo
from reviewapp.demo.key import DemoKeyError, close_key, open_with_key, refuse_elsewhere
from reviewapp.demo.load import demo_matter, load_demo
from reviewapp.demo.logins import ADMIN, REVIEWER, Login, ensure_logins, logins_file
from reviewapp.frame.address import address
from reviewapp.matters.models import Matter


class Command(BaseCommand):
    help = "Make the demo's people and its matter of a dozen contracts; nothing is made twice."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--watch",
            action="store_true",
            help="with Nightbrief running: also show its address, the logins and the progress",
        )
        parser.add_argument(
            "--api",
            action="store_true",
            help="also open the demo's matter to a key that is the same everywhere, for a day, on this machine alone",
        )
        parser.add_argument(
            "--only",
            action="append",
            default=[],
            metavar="WORD",
            help="only contracts whose name holds it, where time matters; may be given more than once",
        )
        parser.add_argument("--supervisor", type=int, help="with --watch: stop when this process ends")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["api"]:
                refuse_elsewhere()
            if options["watch"]:
                self._watch(options["supervisor"], options["only"], api=options["api"])
            else:
                self._load(ensure_logins(), options["only"], api=options["api"])
                self.stdout.write(f"The passwords are in {logins_file()}")
        except (watch.WatchError, DemoKeyError) as error:
            raise CommandError(str(error)) from None

    def _watch(self, supervisor_id: int | None, only: list[str], *, api: bool) -> None:
        watch.wait_until_served(address(), supervisor_id)
        logins = ensure_logins()
        self._say_where(logins)
        progress = watch.follow(
            self._load(logins, only, api=api), watch.StatusLine(sys.stdout), supervisor_id
        )
        matter = demo_matter()
        if matter is not None and progress.ready:
            fill_demo(matter, logins[REVIEWER].user)
        waiting = progress.documents - progress.ready
        if waiting:
            self.stdout.write(
                f"    {progress.ready} documents are ready, {waiting} are not; the page says why."
            )
        else:
            self.stdout.write(f"    All {progress.documents} documents are ready.")
        self.stdout.write(f"\n  Ask at {address()}  (Ctrl-C stops Nightbrief)\n")
        self.stdout.flush()

    def _say_where(self, logins: dict[str, Login]) -> None:
        self.stdout.write(f"\n  Nightbrief is at  {address()}\n")
        for name, login in logins.items():
            role = "admin" if name == ADMIN else "reviewer"
            self.stdout.write(f"  {role:<16}  {name:<15} {login.password or '(the one you set)'}")
        self.stdout.write("")
        self.stdout.flush()

    def _load(self, logins: dict[str, Login], only: list[str], *, api: bool) -> Matter:
        matter = load_demo({name: login.user for name, login in logins.items()}, only)
        if not api:
            close_key()
            return matter
        self.stdout.write(
            f"  API key           {open_with_key(matter, logins[ADMIN].user)}  (this demo alone, for a day)"
        )
        self.stdout.write(f"  Matter            {matter.pk}, documents from DEMO-01 to DEMO-12\n")
        self.stdout.flush()
        return matter
