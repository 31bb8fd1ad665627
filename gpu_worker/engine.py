"""The process's one engine and the place of each matter's bank."""

import threading
from pathlib import Path

from django.conf import settings

from consolidation import Bank, Engine, load_engine
from reviewapp.matters.models import Matter

_lock = threading.Lock()
_loaded: list[Engine] = []


def current_engine() -> Engine:
    """The engine, loaded at the first call; one per process. Raises ConsolidationError."""
    with _lock:
        if not _loaded:
            _loaded.append(load_engine())
        return _loaded[0]


def bank_of(matter: Matter) -> Bank:
    """The matter's own bank of states."""
    return Bank(Path(settings.DATA) / "bank" / str(matter.pk))
