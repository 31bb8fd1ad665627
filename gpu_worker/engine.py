"""The process's one engine and the place of each matter's bank."""

import threading
from uuid import UUID

from django.conf import settings

from consolidation import Bank, Engine, load_engine
from reviewapp.documents.storage import vault_of
from reviewapp.matters.models import Matter

_lock = threading.Lock()
_loaded: dict[str, Engine] = {}
_banks: dict[UUID, Bank] = {}


def current_engine() -> Engine:
    """The engine around the memory that `NIGHTBRIEF_MEMORY` names, loaded at the first call; one per process.

    Raises ConsolidationError.
    """
    with _lock:
        name = memory_name()
        if name not in _loaded:
            _loaded[name] = load_engine(memory=name)
        return _loaded[name]


def readable(engine: Engine) -> dict[str, str]:
    """What states must have that an engine can ask."""
    identity = engine.identity
    return {
        "memory": engine.memory.name,
        "model_sha256": identity.reads_sha256,
        "tokenizer_sha256": identity.tokenizer_sha256,
    }


def memory_name() -> str:
    """The memory of this process's worker."""
    return str(settings.MEMORY)


def bank_of(matter: Matter) -> Bank:
    """The matter's own bank; one per process, because it keeps the states it has read."""
    with _lock:
        if matter.pk not in _banks:
            _banks[matter.pk] = fresh_bank_of(matter)
        return _banks[matter.pk]


def fresh_bank_of(matter: Matter) -> Bank:
    """The matter's bank as it is on the disk, whatever this process remembers of it."""
    return Bank(vault_of("bank"), str(matter.pk))
