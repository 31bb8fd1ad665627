"""An installation of a benchmark's own: a data folder with an empty database, gone when the figures are there."""

import logging
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.test import Client


@contextmanager
def own_installation(broker: str = "memory://") -> Iterator[str]:
    """Have this process's settings name a new data folder; yields it. `broker` is what messages are sent to."""
    with tempfile.TemporaryDirectory(prefix="nightbrief-benchmark-") as folder:
        os.environ |= {
            "NIGHTBRIEF_DATA": folder,
            "NIGHTBRIEF_SECRET_KEY": "only-for-this-run-" + "x" * 40,
            "DJANGO_SETTINGS_MODULE": "reviewapp.site.settings",
            "NIGHTBRIEF_REDIS_URL": broker,
        }
        os.environ.pop("DATABASE_URL", None)
        yield folder


def pages_ready() -> "tuple[User, Client]":
    """Set the product up as far as pages can be asked for; a user, and a client signed in as that user."""
    import django

    django.setup()
    logging.disable(logging.WARNING)
    from django.contrib.auth.models import User
    from django.core.management import call_command
    from django.test import Client

    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    user = User.objects.create_user("ada")
    client = Client(headers={"host": "localhost"})
    client.force_login(user)
    return user, client
