from typing import Any

from django.core.management.base import BaseCommand, CommandError

from reviewapp.supervisor import Supervisor, SupervisorError


class Command(BaseCommand):
    help = "Run the web server, the workers, the clock and an embedded Redis until interrupted."
    requires_migrations_checks = False

    def handle(self, *args: Any, **options: Any) -> None:
        self.check(fail_level=30)
        _refuse_unmigrated()
        try:
            Supervisor().run()
        except SupervisorError as error:
            raise CommandError(str(error)) from None


def _refuse_unmigrated() -> None:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise CommandError("The database is not up to date: run `manage.py migrate` first.")
