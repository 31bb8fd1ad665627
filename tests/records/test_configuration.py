"""Configurations that are refused, and the secret that is made when none is given."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.checks import run_checks

from reviewapp.site import environment


def failures() -> set[str]:
    """The ids of the project's own checks that fail now."""
    return {str(found.id) for found in run_checks() if str(found.id).startswith("nightbrief.")}


def test_the_default_is_allowed() -> None:
    assert failures() == set()


@pytest.mark.parametrize(
    ("changes", "failure"),
    [
        ({"SECRET_KEY_GIVEN": False}, "nightbrief.E001"),
        ({"SECRET_KEY": "short"}, "nightbrief.E002"),
        ({"DEBUG": True}, "nightbrief.E003"),
        ({"ALLOWED_HOSTS": ["*"]}, "nightbrief.E004"),
    ],
)
def test_public_hosts_need_a_safe_configuration(
    monkeypatch: pytest.MonkeyPatch, changes: dict[str, object], failure: str
) -> None:
    safe = {"ALLOWED_HOSTS": ["review.example.org"], "SECRET_KEY_GIVEN": True, "SECRET_KEY": "x" * 50}
    for name, value in (safe | {"DEBUG": False}).items():
        monkeypatch.setattr(settings, name, value)
    assert failures() == set()
    for name, value in changes.items():
        monkeypatch.setattr(settings, name, value)
    assert failures() == {failure}


def test_a_heartbeat_has_time_to_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "JOB_STALE_SECONDS", 2 * settings.JOB_HEARTBEAT_SECONDS)
    assert failures() == {"nightbrief.E005"}


def test_a_memory_is_named_and_not_only_placed(monkeypatch: pytest.MonkeyPatch) -> None:
    for names in (["/models/granite"], ["embedded", "hybrid@" + "x" * 40], [""]):
        monkeypatch.setattr(settings, "MEMORIES", names)
        assert failures() == {"nightbrief.E012"}
    monkeypatch.setattr(settings, "MEMORIES", ["embedded", "hybrid@granite-4.0-H"])
    assert failures() == set()


def test_the_companys_sign_in_is_safe_and_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "OIDC_SERVER", "http://id.example.org")
    monkeypatch.setattr(settings, "SAML_ENTITY_ID", "urn:company")
    assert failures() == {"nightbrief.E007", "nightbrief.E008", "nightbrief.E009"}
    monkeypatch.setattr(settings, "OIDC_SERVER", "https://id.example.org")
    monkeypatch.setattr(settings, "OIDC_CLIENT_ID", "nightbrief")
    assert failures() == {"nightbrief.E009"}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("NIGHTBRIEF_TWO_FACTOR", "some"),
        ("NIGHTBRIEF_DEBUG", "perhaps"),
        ("NIGHTBRIEF_PORT", "http"),
        ("NIGHTBRIEF_PORT", "0"),
        ("NIGHTBRIEF_MAX_PAGES", "1.5"),
    ],
)
def test_a_setting_that_cannot_be_read_is_named(tmp_path: Path, name: str, value: str) -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=settings.BASE_DIR,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "reviewapp.site.settings",
            "NIGHTBRIEF_DATA": str(tmp_path),
            name: value,
        },
        capture_output=True,
        text=True,
    )
    assert done.returncode != 0 and name in done.stderr


def test_the_secret_is_made_once_and_private(tmp_path: Path) -> None:
    path = tmp_path / "deeper" / "secret_key"
    secret = environment.kept_secret(path)
    assert len(secret) >= 50 and environment.kept_secret(path) == secret
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [child.name for child in path.parent.iterdir()] == ["secret_key"]
