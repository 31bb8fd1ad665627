"""A worker that knows two more memories, both tiny: `celery -A tests.jobs.small_memories worker`."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import gpu_worker.celery  # noqa: F401  what a worker with a model does when it starts
from consolidation import Engine
from consolidation.engine import Device, register_memory
from reviewapp.jobs.queue import app
from tests.engine.tiny import tiny_engine

__all__ = ["app"]


def other_engine(weights: Path | None = None, device: Device = "cpu") -> Engine:
    engine = tiny_engine(weights, device)
    memory: Any = engine.memory
    return replace(engine, memory=replace(memory, name="other"))


register_memory("tiny", tiny_engine)
register_memory("other", other_engine)
