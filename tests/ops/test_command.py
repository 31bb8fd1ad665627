"""What `./nightbrief` says when a machine lacks something, and that it works from anywhere."""

import os
import shutil
import socket
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY

FILES = ("nightbrief", "pyproject.toml", "requirements.lock", "requirements-dev.lock")


def nightbrief(
    *arguments: str,
    root: Path = REPOSITORY,
    cwd: Path = REPOSITORY,
    settings: Mapping[str, str] | None = None,
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(root / "nightbrief"), *arguments],
        cwd=cwd,
        env={**os.environ, **(settings or {})},
        capture_output=True,
        text=True,
        timeout=120,
    )


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """The command and its locks without a virtual environment."""
    for name in FILES:
        shutil.copy(REPOSITORY / name, tmp_path / name)
    return tmp_path


@pytest.fixture
def prepared() -> None:
    """Skips where the packages were not installed by ./nightbrief itself, lest a test installs some."""
    if not (REPOSITORY / ".venv/.installed-requirements.lock").exists():
        pytest.skip("the virtual environment was not made by ./nightbrief")


def program(path: Path, text: str) -> str:
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return str(path)


def test_an_old_python_is_named(bare: Path) -> None:
    old = program(bare / "old", 'case "$1" in --version) echo Python 3.9.2;; *) exit 1;; esac')
    done = nightbrief("setup", root=bare, settings={"NIGHTBRIEF_PYTHON": old})
    assert done.returncode == 1
    assert "Python 3.11 to 3.14 is needed" in done.stderr
    assert "3.9.2" in done.stderr
    assert not (bare / ".venv").exists()


def test_no_python_at_all(bare: Path) -> None:
    done = nightbrief("setup", root=bare, settings={"NIGHTBRIEF_PYTHON": "no-such-python"})
    assert done.returncode == 1
    assert "no Python found" in done.stderr


def test_a_python_without_venv(bare: Path) -> None:
    half = program(bare / "half", 'case "$2" in *ensurepip*) exit 1;; *) exit 0;; esac')
    done = nightbrief("setup", root=bare, settings={"NIGHTBRIEF_PYTHON": half})
    assert done.returncode == 1
    assert "no venv module" in done.stderr
    assert "python3-venv" in done.stderr


def test_a_full_disk(bare: Path) -> None:
    (bare / "bin").mkdir()
    program(bare / "bin/df", "echo header; echo disk 1000000 990000 10000 99% /")
    done = nightbrief("setup", root=bare, settings={"PATH": f"{bare / 'bin'}:{os.environ['PATH']}"})
    assert done.returncode == 1
    assert "only 9 MiB are free" in done.stderr
    assert not (bare / ".venv").exists()


def test_packages_that_cannot_be_installed(bare: Path) -> None:
    broken = f"""
if [ "$1" = -m ] && [ "$2" = venv ]; then mkdir -p "$3/bin" && cp {bare}/broken "$3/bin/python"; fi
if [ "$1" = -m ] && [ "$2 $3" = "pip install" ]; then echo no route to the registry >&2; exit 1; fi
exit 0"""
    python = {"NIGHTBRIEF_PYTHON": program(bare / "broken", broken)}
    done = nightbrief("setup", root=bare, settings=python)
    assert done.returncode == 1
    assert "no route to the registry" in done.stderr
    assert "packages could not be installed" in done.stderr
    again = nightbrief("setup", root=bare, settings=python)
    assert again.returncode == 1, "what failed is not taken for done"


@pytest.mark.parametrize("name", ["NIGHTBRIEF_PORT", "NIGHTBRIEF_REDIS_PORT"])
def test_a_port_in_use(prepared: None, tmp_path: Path, name: str) -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        port = listener.getsockname()[1]
        settings = {"NIGHTBRIEF_DATA": str(tmp_path), "NIGHTBRIEF_PORT": "18765", name: str(port)}
        done = nightbrief("demo", settings=settings | {"NIGHTBRIEF_REDIS_URL": ""})
    assert done.returncode == 1
    assert f"port {port} is in use" in done.stderr
    assert f"{name}={port + 1} ./nightbrief demo" in done.stderr


def test_a_port_that_is_none(bare: Path) -> None:
    done = nightbrief("demo", root=bare, settings={"NIGHTBRIEF_PORT": "http"})
    assert done.returncode == 1
    assert 'NIGHTBRIEF_PORT must be a port number, not "http"' in done.stderr


def test_an_unknown_command_shows_the_known_ones() -> None:
    done = nightbrief("dmeo")
    assert done.returncode == 2
    assert "usage: ./nightbrief" in done.stderr


def test_manage_works_from_any_folder(prepared: None, tmp_path: Path) -> None:
    done = nightbrief("manage", "check", cwd=tmp_path, settings={"NIGHTBRIEF_DATA": str(tmp_path / "data")})
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout
