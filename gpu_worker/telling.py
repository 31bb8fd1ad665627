"""What this process says of itself while it lives: its model, its device, and the states and bytes that it holds."""

import threading
from typing import Any

import psutil
import torch

from gpu_worker.engine import banks, chosen_device, current_engine
from reviewapp.jobs import workers

_ends = threading.Event()


def begin_telling() -> None:
    """Tell at once, and then every few seconds, from a thread that ends with the process."""
    _ends.clear()
    threading.Thread(target=_tell_on, name="telling", daemon=True).start()


def end_telling() -> None:
    """Tell no more."""
    _ends.set()


def _tell_on() -> None:
    while True:
        workers.tell(numbers())
        if _ends.wait(workers.EVERY):
            return


def numbers() -> dict[str, Any]:
    """What holds now. Raises ConsolidationError where there is no model."""
    engine, device, open_banks = current_engine(), chosen_device(), banks()
    on_card = device.startswith("cuda")
    return {
        "memory": engine.memory.name,
        "reads": engine.about,
        "device": torch.cuda.get_device_name(device) if on_card else device,
        "state_hits": sum(bank.hits for bank in open_banks),
        "state_misses": sum(bank.misses for bank in open_banks),
        "state_bytes": sum(bank.held_bytes for bank in open_banks),
        "process_bytes": psutil.Process().memory_info().rss,
        "card_bytes": torch.cuda.memory_allocated(device) if on_card else 0,
    }
