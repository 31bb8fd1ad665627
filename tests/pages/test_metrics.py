"""Numbers for Prometheus: behind a token, and the same whichever process tells them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client
from prometheus_client.parser import text_string_to_metric_families

from tests.pages.world import World

TOLD = """
import django; django.setup()
from reviewapp.jobs.workers import tell
from reviewapp.site.numbers import TOLD
numbers = {name: 7 for name, _, _ in TOLD}
assert tell({"memory": "hybrid", "device": "cpu", "reads": "token by token", **numbers})
"""


def numbers(client: Client, token: str) -> dict[str, float]:
    answer = client.get("/metrics", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 200
    found = text_string_to_metric_families(answer.content.decode())
    return {f"{s.name} {s.labels.get('status', '')}".strip(): s.value for f in found for s in f.samples}


@pytest.mark.django_db
def test_without_its_token_there_is_no_such_page(client: Client, settings: LazySettings) -> None:
    assert client.get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404
    settings.METRICS_TOKEN = "right"
    for given in ({}, {"Authorization": "Bearer wrong"}):
        assert client.get("/metrics", headers=given).status_code == 404


def test_what_waits_and_what_is_ready_is_counted(
    world: World, client: Client, settings: LazySettings
) -> None:
    settings.METRICS_TOKEN = "right"
    found = numbers(client, "right")
    assert found["nightbrief_documents"] >= 1
    assert found["nightbrief_states_tokens"] > 0
    assert found["nightbrief_broker_up"] == 0


@pytest.mark.redis
@pytest.mark.django_db
def test_what_another_process_tells_is_shown(
    client: Client, settings: LazySettings, redis_url: str, repository: Path
) -> None:
    settings.METRICS_TOKEN, settings.REDIS_URL = "right", redis_url
    environment = {
        **os.environ,
        "NIGHTBRIEF_REDIS_URL": redis_url,
        "DJANGO_SETTINGS_MODULE": "reviewapp.site.settings",
    }
    subprocess.run([sys.executable, "-c", TOLD], check=True, cwd=repository, env=environment)
    found = numbers(client, "right")
    assert found["nightbrief_broker_up"] == found["nightbrief_worker"] == 1
    assert found["nightbrief_state_cache_hits_total"] == found["nightbrief_state_cache_bytes"] == 7
