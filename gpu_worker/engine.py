"""The process's one engine and the place of each matter's bank."""

import os
import threading
from pathlib import Path
from uuid import UUID

from django.conf import settings

from consolidation import Bank, Engine, load_engine
from consolidation.engine import EMBEDDED
from reviewapp.matters.models import Matter

_lock = threading.Lock()
_loaded: list[Engine] = []
_banks: dict[UUID, Bank] = {}


def current_engine() -> Engine:
    """The engine around the memory that `NIGHTBRIEF_MEMORY` names, loaded at the first call; one per process.

    Raises ConsolidationError.
    """
    with _lock:
        if not _loaded:
            _loaded.append(load_engine(memory=memory_name()))
        return _loaded[0]


def memory_name() -> str:
    """The memory of this process's worker."""
    return os.environ.get("NIGHTBRIEF_MEMORY") or EMBEDDED


def bank_of(matter: Matter) -> Bank:
    """The matter's own bank; one per process, because it keeps the states it has read."""
    with _lock:
        if matter.pk not in _banks:
            _banks[matter.pk] = Bank(bank_folder(matter))
        return _banks[matter.pk]


def bank_folder(matter: Matter) -> Path:
    """Where the files of the matter's states are."""
    return Path(settings.DATA) / "bank" / str(matter.pk)
