from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from reviewapp.site.supervisor import Supervisor, SupervisorError


class Command(BaseCommand):
    """`manage.py run`."""

    help = "Run the web server, the workers, the clock and an embedded Redis until interrupted."

    def handle(self, *args: Any, **options: Any) -> None:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            raise CommandError("The database is not up to date: run `manage.py migrate` first.")
        connection.close()
        try:
            Supervisor().run()
        except SupervisorError as error:
            raise CommandError(str(error)) from None
