"""The same rules, and one death of each kind of worker, on PostgreSQL and a Redis outside the process."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

DEATHS = (
    "test_ingestion_survives_the_death_of_its_worker",
    "test_consolidation_survives_the_death_of_its_worker",
    "test_answering_survives_the_death_of_its_worker",
)


@pytest.mark.postgres
@pytest.mark.redis
@pytest.mark.faults
@pytest.mark.timeout(600)
def test_on_postgresql(empty_postgres_url: str, redis_url: str, repository: Path, tmp_path: Path) -> None:
    if connection.vendor == "postgresql":
        pytest.skip("the tests run on PostgreSQL already")
    here = Path(__file__).parent
    chosen = [here / "test_lifecycle.py", here.parent / "policy" / "test_rules.py"]
    chosen_names = [str(path) for path in chosen] + [f"{here / 'test_faults.py'}::{name}" for name in DEATHS]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *chosen_names],
        cwd=repository,
        env={
            **os.environ,
            "DATABASE_URL": empty_postgres_url,
            "NIGHTBRIEF_TEST_REDIS_URL": redis_url,
            "NIGHTBRIEF_DATA": str(tmp_path),
        },
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout
    assert "skipped" not in done.stdout
