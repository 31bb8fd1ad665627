"""What this process says of itself while it lives: its model, its device, and the states and bytes that it holds."""

import logging
import threading
from typing import Any

import psutil
import torch
from django.db import Error, connection

from consolidation.halving import times_halved
from gpu_worker.counted import counts
from gpu_worker.engine import chosen_device, current_engine, memory_name, tiers
from reviewapp.jobs import workers
from reviewapp.jobs.selectors import waiting

logger = logging.getLogger(__name__)

_ends = threading.Event()


def begin_telling(process: str) -> None:
    """Tell at once, and then every few seconds, from a thread that ends with the process; `process` is its name."""
    _ends.clear()
    threading.Thread(target=_tell_on, args=(process,), name="telling", daemon=True).start()


def end_telling() -> None:
    """Tell no more."""
    _ends.set()


def _tell_on(process: str) -> None:
    while True:
        try:
            workers.tell({"does": process, "waiting": waiting(process, memory_name()), **numbers()})
        except Error as error:
            logger.warning("what waits could not be counted: %s", type(error).__name__)
        connection.close()
        if _ends.wait(workers.EVERY):
            return


def numbers() -> dict[str, Any]:
    """What holds now. Raises ConsolidationError where there is no model."""
    engine, device, kept = current_engine(), chosen_device(), tiers()
    on_card, memory = device.startswith("cuda"), psutil.virtual_memory()
    table = engine.table
    return {
        "memory": engine.memory.name,
        "reads": engine.about,
        "device": torch.cuda.get_device_name(device) if on_card else device,
        "state_hits": kept.host.hits,
        "state_misses": kept.host.misses,
        "state_bytes": kept.host.held_bytes,
        "card_state_hits": kept.on_device.hits,
        "card_state_misses": kept.on_device.misses,
        "card_state_bytes": kept.on_device.held_bytes,
        "states_lost": kept.lost,
        "process_bytes": psutil.Process().memory_info().rss,
        "free_bytes": memory.available,
        "card_bytes": torch.cuda.memory_allocated(device) if on_card else 0,
        "most_together": table.most_together if table else 0,
        "halved": times_halved() + (table.halved if table else 0),
        **counts(),
    }
