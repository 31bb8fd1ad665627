"""`scripts/services.sh` starts the servers of the tests wherever temporary files lie."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from redis import Redis

from scripts.chromium import chromium

SERVERS = ("/usr/lib/postgresql", "/opt/homebrew/opt/postgresql")


@pytest.fixture
def temporary() -> Iterator[Path]:
    """A folder whose name breaks what is not quoted; the server's own user passes through it."""
    with tempfile.TemporaryDirectory() as within:
        Path(within).chmod(0o711)
        folder = Path(within) / "one user's own files"
        folder.mkdir(mode=0o711)
        yield folder


@pytest.mark.skipif(
    not (shutil.which("redis-server") and chromium() and any(map(os.path.isdir, SERVERS))),
    reason="PostgreSQL, Redis or Chromium is not installed; a test installs nothing",
)
def test_servers_start_and_stop_where_the_folder_of_temporary_files_has_spaces(
    temporary: Path, tmp_path: Path, repository: Path
) -> None:
    program = str(repository / "scripts" / "services.sh")
    environment = {
        **os.environ, "TMPDIR": str(temporary), "NIGHTBRIEF_SERVICES": str(tmp_path / "its state"),
    }  # fmt: skip

    def run(what: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [program, what], env=environment, capture_output=True, text=True, timeout=300, check=False
        )

    try:
        done = run("start")
        assert done.returncode == 0, done.stderr
        exported = [line.removeprefix("export ").partition("=") for line in done.stdout.splitlines()]
        address = {name: value for name, _, value in exported}
        with Redis.from_url(address["NIGHTBRIEF_TEST_REDIS_URL"]) as redis:
            assert redis.ping()
        with psycopg.connect(address["NIGHTBRIEF_TEST_DATABASE_URL"]) as database:
            assert database.execute("select 1").fetchone() == (1,)
        assert run("running").returncode == 0
    finally:
        stopped = run("stop")
    assert stopped.returncode == 0, stopped.stderr
    assert run("running").returncode == 1
    assert list(temporary.iterdir()) == []
