"""The one engine of a worker's process, as its settings choose it."""

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import torch
from celery.exceptions import WorkerShutdown
from celery.platforms import EX_FAILURE
from django.conf import LazySettings
from django.db import OperationalError

from consolidation import ConsolidationError
from consolidation.parts.generating.reader import GeneratingReader
from gpu_worker import engine as engines
from gpu_worker import telling
from gpu_worker.celery import prepare
from reviewapp.jobs import workers
from reviewapp.states import actions
from tests.engine import hybrids
from tests.engine.tiny import tiny_engine


@pytest.fixture
def none_loaded() -> Iterator[None]:
    kept = dict(engines._loaded)
    engines._loaded.clear()
    yield
    engines._loaded.clear()
    engines._loaded.update(kept)


def test_a_checkpoint_is_the_memory_under_its_plain_name(
    settings: LazySettings, tmp_path: Path, none_loaded: None
) -> None:
    hybrids.random_model("Bamba").save_pretrained(tmp_path)
    hybrids.bytes_tokenizer().save_pretrained(tmp_path)
    settings.MEMORY, settings.MEMORY_PLACE, settings.DEVICE = "hybrid", str(tmp_path), "cpu"
    settings.MEMORY_OPTIONS, settings.GENERATING_READER = {"dtype": "bfloat16"}, str(tmp_path)
    engine = engines.current_engine()
    assert engine.memory.name == engines.memory_name() == "hybrid"
    assert engines.readable(engine)["memory"] == settings.MEMORY
    assert isinstance(engine.reader, GeneratingReader)
    assert engine.about.count(", bfloat16") == 2 and engine.reader.writer.model.dtype is torch.bfloat16
    assert engines.current_engine() is engine
    settings.MEMORY, settings.READER_DTYPE = "hybrid@second", "float32"
    second = engines.current_engine()
    assert second.about.count(", bfloat16") == second.about.count(", float32") == 1
    assert isinstance(second.reader, GeneratingReader) and second.reader.writer.model.dtype is torch.float32
    assert second.memory.name == engines.readable(second)["memory"] == "hybrid@second"
    assert second.identity.reads_sha256 != engine.identity.reads_sha256
    settings.MEMORY = "embedded@second"
    with pytest.raises(ConsolidationError, match="only a hybrid takes a name of its own"):
        engines.current_engine()


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"MEMORY_OPTIONS": {"dtype": "bfloat16"}}, "embedded takes no dtype; leave NIGHTBRIEF_MEMORY_DTYPE"),
        ({"MEMORY_OPTIONS": {"revision": "v2"}}, "embedded takes no revision; leave NIGHTBRIEF_MEMORY_REV"),
        ({"READER_DTYPE": "bfloat16"}, "NIGHTBRIEF_READER_DTYPE is bfloat16, but NIGHTBRIEF_READER names no"),
    ],
)
def test_what_is_set_for_what_is_not_there_is_not_passed_over(
    said: dict[str, Any], words: str, settings: LazySettings, none_loaded: None
) -> None:
    for name, value in said.items():
        setattr(settings, name, value)
    with pytest.raises(ConsolidationError, match=words):
        engines.current_engine()


@pytest.mark.parametrize("device", ["cuda:7", "gpu", "meta"])
def test_a_device_that_is_not_there_is_named(device: str, settings: LazySettings, none_loaded: None) -> None:
    settings.DEVICE = device
    with pytest.raises(ConsolidationError, match=f"NIGHTBRIEF_DEVICE is {device}, which is not there"):
        engines.current_engine()


@pytest.mark.parametrize(
    "failure", [torch.OutOfMemoryError("CUDA out of memory."), OSError("No such device")]
)
def test_a_worker_that_has_no_model_for_whatever_reason_takes_no_jobs(
    failure: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Celery would go on with one whose handler failed, and each job would fail there."""
    said = list[str]()

    def load(**options: object) -> None:
        raise failure

    monkeypatch.setattr(engines, "_loaded", {})
    monkeypatch.setattr(engines, "load_engine", load)
    monkeypatch.setattr(workers, "refuse", lambda does, memory, reason: said.append(f"{does}: {reason}"))
    with pytest.raises(WorkerShutdown) as ended:
        prepare(SimpleNamespace(hostname="answer@here"))
    assert (ended.value.code, said) == (workers.CANNOT_BEGIN, [f"answer: {failure}"])


def test_a_worker_that_cannot_look_through_the_states_is_started_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def away(*given: object) -> int:
        raise OperationalError("the database is starting up")

    monkeypatch.setattr(engines, "_loaded", {engines.memory_name(): tiny_engine()})
    monkeypatch.setattr(workers, "begin", lambda does, memory: True)
    monkeypatch.setattr(telling, "begin_telling", lambda process: None)
    monkeypatch.setattr(actions, "retire_states_of_other_models", away)
    with pytest.raises(WorkerShutdown) as ended:
        prepare(SimpleNamespace(hostname="answer@here"))
    assert ended.value.code == EX_FAILURE
