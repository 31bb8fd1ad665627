"""The one engine of a worker's process, as its settings choose it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import LazySettings

from consolidation import ConsolidationError
from consolidation.parts.generating.reader import GeneratingReader
from gpu_worker import engine as engines
from tests.engine import hybrids


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
    settings.MEMORY_OPTIONS, settings.GENERATING_READER = {"dtype": "float32"}, str(tmp_path)
    engine = engines.current_engine()
    assert engine.memory.name == engines.memory_name() == "hybrid"
    assert engines.readable(engine)["memory"] == settings.MEMORY
    assert isinstance(engine.reader, GeneratingReader)
    assert engines.current_engine() is engine
    settings.MEMORY = "hybrid@second"
    second = engines.current_engine()
    assert second.memory.name == engines.readable(second)["memory"] == "hybrid@second"
    assert second.identity.reads_sha256 != engine.identity.reads_sha256
    settings.MEMORY = "embedded@second"
    with pytest.raises(ConsolidationError, match="only a hybrid takes a name of its own"):
        engines.current_engine()


def test_a_device_that_is_not_there_is_named(settings: LazySettings, none_loaded: None) -> None:
    settings.DEVICE = "cuda:7"
    with pytest.raises(ConsolidationError, match="NIGHTBRIEF_DEVICE is cuda:7"):
        engines.current_engine()
