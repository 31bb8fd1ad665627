from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from reviewapp.grids.sets import ship_sets


class Command(BaseCommand):
    help = "Bring the database and the static files up to date. Needed once before each new version starts."

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", interactive=False, verbosity=0)
        ship_sets()
        call_command("collectstatic", interactive=False, verbosity=0)
        self.stdout.write("The database and the static files are up to date.")
