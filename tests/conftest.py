"""Services and folders that tests share.

`scripts/services.sh start` starts PostgreSQL and Redis and prints the variables read here. A test whose
service is absent is skipped with the reason; under `CI=true` it fails, so that CI never passes by skipping.
"""

import os
import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import psycopg
import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, settings
from psycopg.sql import SQL, Identifier
from pytest_django import DjangoDbBlocker

from scripts.chromium import chromium

# A busy machine is slow, which is no fault of what is tested.
settings.register_profile("everyday", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("everyday")

REPOSITORY = Path(__file__).resolve().parent.parent


def pytest_unconfigure() -> None:
    """Remove the data folder that tests.settings made."""
    from tests.settings import TEMPORARY_DATA

    if TEMPORARY_DATA:
        shutil.rmtree(os.environ["NIGHTBRIEF_DATA"], ignore_errors=True)


def missing(what: str) -> NoReturn:
    """Skip for want of a service; fail instead when CI promises that it is there."""
    reason = f"{what}; `scripts/services.sh start` installs and starts it"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def repository() -> Path:
    """The root of the working tree."""
    return REPOSITORY


@pytest.fixture(scope="session")
def data_folder() -> Iterator[Path]:
    """The session's `NIGHTBRIEF_DATA`."""
    yield Path(os.environ["NIGHTBRIEF_DATA"])


@pytest.fixture(scope="session")
def postgres_url() -> str:
    """Address of a PostgreSQL database that tests may fill and drop."""
    return os.environ.get("NIGHTBRIEF_TEST_DATABASE_URL") or missing("no PostgreSQL server")


@pytest.fixture
def empty_postgres_url(postgres_url: str) -> Iterator[str]:
    """Address of a database of this test's own, for processes that migrate and fill it themselves."""
    name = f"nightbrief_{uuid.uuid4().hex}"
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute(SQL("CREATE DATABASE {}").format(Identifier(name)))
        yield postgres_url.rpartition("/")[0] + f"/{name}"
        connection.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name)))


#: What Django keeps in memory under its numbers, in this process and in those that a test has started.
REMEMBERED = {"django_content_type", "auth_permission"}


@pytest.fixture
def transactional_db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The database as every connection and process sees it; emptied afterwards.

    NB: in place of pytest-django's, which writes content types anew under new numbers, at some cost, so that
    processes could not go on from one test to the next. Its name is what orders tests and sets up the database.
    """
    with django_db_blocker.unblock():
        yield
        tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
        with transaction.atomic(), connection.cursor() as cursor:
            for table in sorted(set(tables) - REMEMBERED):
                cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")


@pytest.fixture(scope="session")
def redis_url() -> str:
    """Address of a Redis database outside the test process, this process's own; a test clears what it wrote."""
    url = os.environ.get("NIGHTBRIEF_TEST_REDIS_URL") or missing("no Redis server")
    number = os.environ.get("PYTEST_XDIST_WORKER", "").removeprefix("gw")
    return f"{url.rpartition('/')[0]}/{number}" if number else url


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """The system's Chromium (Playwright's own download is never used)."""
    return chromium() or missing("no Chromium")
