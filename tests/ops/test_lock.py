"""The locks hold exact versions and hashes, no addresses, and nothing that differs between machines."""

import re
import tomllib
from pathlib import Path

import pytest

LOCKS = ("requirements.lock", "requirements-dev.lock")


def entries(path: Path) -> dict[str, list[str]]:
    """Hashes by package name."""
    found: dict[str, list[str]] = {}
    name = ""
    for line in path.read_text().splitlines():
        if match := re.match(r"([A-Za-z0-9._-]+)(?:\[[^]]*\])?==\S+", line):
            name = match.group(1).lower()
            found.setdefault(name, [])
        elif hash_ := re.match(r"\s+--hash=(sha256:[0-9a-f]{64})", line):
            found[name].append(hash_.group(1))
        else:
            assert line.startswith("#") or not line, f"unexpected line in {path.name}: {line}"
    return found


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_is_pinned_with_hashes(repository: Path, name: str) -> None:
    locked = entries(repository / name)
    assert locked
    assert all(locked.values())


@pytest.mark.parametrize("name", LOCKS)
def test_no_address_is_recorded(repository: Path, name: str) -> None:
    text = (repository / name).read_text()
    assert "://" not in text
    assert "--index-url" not in text
    assert "--find-links" not in text


@pytest.mark.parametrize("name", LOCKS)
def test_torch_and_its_cuda_packages_are_left_out(repository: Path, name: str) -> None:
    wrong = [p for p in entries(repository / name) if re.match(r"torch$|triton$|nvidia-|cuda-", p)]
    assert wrong == []


def test_everything_asked_for_is_locked(repository: Path) -> None:
    project = tomllib.loads((repository / "pyproject.toml").read_text())["project"]
    run, dev = (set(entries(repository / name)) for name in LOCKS)
    wanted = {re.split(r"[\[<>=~ ;]", line)[0].lower() for line in project["dependencies"]}
    assert "torch==2.13.0" in project["dependencies"], "the pin that ./nightbrief installs first"
    assert wanted - {"torch"} <= run
    wanted_dev = {
        re.split(r"[\[<>=~ ;]", line)[0].lower() for line in project["optional-dependencies"]["dev"]
    }
    assert wanted_dev <= run | dev
    assert not run & dev
