"""compose.yaml and the image: what `docker compose config` cannot know."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from reviewapp.jobs.kinds import MODEL
from reviewapp.site.management.commands.process import PROGRAMS

OWN = ("setup", "web", "ingest", "ocr", "gpu_worker", "answer", "deliver", "beat", "watch")


@pytest.fixture(scope="module")
def compose(repository: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((repository / "compose.yaml").read_text())
    return loaded


def test_all_parts_are_there_and_say_when_they_are_healthy(compose: dict[str, Any]) -> None:
    services = compose["services"]
    assert set(services) == {*OWN, "redis", "postgres"}
    assert [name for name, service in services.items() if "healthcheck" not in service] == ["setup"]


def test_every_process_of_the_supervisor_runs_once(compose: dict[str, Any]) -> None:
    commands = [service["command"] for name, service in compose["services"].items() if name in OWN]
    # `model` stands for two of the others, where somebody starts it in their place
    assert sorted(c[1] for c in commands if c[0] == "process") == sorted({*PROGRAMS} - {MODEL})


def test_services_are_called_as_the_processes_they_run(compose: dict[str, Any]) -> None:
    commands = {name: compose["services"][name]["command"] for name in OWN}
    names = {name: command[1] for name, command in commands.items() if command[0] == "process"}
    assert {name: process for name, process in names.items() if name != process} == {
        "gpu_worker": "consolidate"
    }


@pytest.mark.parametrize("name", OWN)
def test_own_containers_are_locked_down(compose: dict[str, Any], name: str) -> None:
    service = compose["services"][name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]


def test_only_the_web_is_published_and_what_leaves_the_inner_network_is_known(
    compose: dict[str, Any],
) -> None:
    services = compose["services"]
    assert [name for name, service in services.items() if "ports" in service] == ["web"]
    assert [name for name, service in services.items() if "outside" in service["networks"]] == [
        "web",
        "deliver",
    ]
    assert compose["networks"]["inside"]["internal"] is True


def test_with_a_card_the_workers_that_hold_the_model_have_it(
    repository: Path, compose: dict[str, Any]
) -> None:
    added = yaml.safe_load((repository / "compose.gpu.yaml").read_text())["services"]
    assert set(added) == {"gpu_worker", "answer"} <= set(compose["services"])
    for service in added.values():
        reserved = service["deploy"]["resources"]["reservations"]["devices"]
        assert [one["capabilities"] for one in reserved] == [["gpu"]]
        assert all(mount.endswith(":/models:ro") for mount in service["volumes"])


def test_what_is_kept_lies_in_named_volumes(compose: dict[str, Any]) -> None:
    mounts = [mount for service in compose["services"].values() for mount in service.get("volumes", [])]
    assert {mount.partition(":")[0] for mount in mounts} == set(compose["volumes"])


def test_no_secret_has_a_default(repository: Path) -> None:
    text = (repository / "compose.yaml").read_text()
    assert not re.search(r"\$\{\w*(PASSWORD|SECRET)\w*:?-[^}]", text)


def test_the_image_runs_as_a_user_of_its_own(repository: Path) -> None:
    last_stage = (repository / "Dockerfile").read_text().rpartition("\nFROM ")[2]
    assert re.findall(r"^USER (\S+)$", last_stage, re.MULTILINE) == ["nightbrief"]


def test_what_the_image_copies_exists_and_is_not_ignored(repository: Path) -> None:
    kept = {
        line[1:] for line in (repository / ".dockerignore").read_text().splitlines() if line.startswith("!")
    }
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", (repository / "Dockerfile").read_text(), re.MULTILINE)
    names = {name for line in copied for name in line.split()}
    assert names == kept
    assert [name for name in names if not (repository / name).exists()] == []


def test_the_image_installs_the_torch_of_the_project(repository: Path) -> None:
    pin = re.search(r'"(torch==[^"]+)"', (repository / "pyproject.toml").read_text())
    assert pin
    assert f"ARG TORCH={pin.group(1)}\n" in (repository / "Dockerfile").read_text()
