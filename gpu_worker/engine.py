"""The process's one engine, which its threads share, and the place of each matter's bank."""

import threading
from functools import cache
from typing import Any
from uuid import UUID

import torch
from django.conf import settings

from consolidation import Bank, ConsolidationError, Engine, Tiers, load_engine, shared
from consolidation.engine import with_generating_reader
from reviewapp.documents.storage import vault_of
from reviewapp.matters.models import Matter

MIB = 2**20

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
            place = settings.MEMORY_PLACE
            options: dict[str, Any] = settings.MEMORY_OPTIONS if place else {}
            memory = f"{name}:{place}" if place else name
            device = chosen_device()
            engine = load_engine(memory=memory, device=device, **options)
            if settings.GENERATING_READER:
                engine = with_generating_reader(engine, settings.GENERATING_READER, device, judges=True)
            _loaded[name] = shared(
                engine, most_rows=settings.BATCH_STATES, most_bytes=settings.BATCH_MIB * MIB
            )
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


def chosen_device() -> str:
    """The device of this process: the one that is set; by default the first CUDA card, if there is one.

    Raises ConsolidationError for one that is not there.
    """
    if settings.DEVICE == "auto":
        return "cuda" if torch.cuda.is_available() else "cpu"
    try:
        # NB: some devices that torch knows keep no numbers.
        torch.zeros(1, device=settings.DEVICE).tolist()
    except (RuntimeError, AssertionError) as error:
        raise ConsolidationError(
            f"NIGHTBRIEF_DEVICE is {settings.DEVICE}, which is not there; leave it empty, or say cpu"
        ) from error
    return str(settings.DEVICE)


def on_card() -> bool:
    """Whether the model runs on a card."""
    return chosen_device() != "cpu"


@cache
def tiers() -> Tiers:
    """Where this process keeps the states of all its matters, each tier up to its bytes."""
    device = torch.device(chosen_device()) if on_card() else None
    return Tiers(settings.STATES_MIB * MIB, device, settings.STATES_CARD_MIB * MIB)


def bank_of(matter: Matter) -> Bank:
    """The matter's own bank; one per process, because it keeps the states it has read."""
    with _lock:
        if matter.pk not in _banks:
            _banks[matter.pk] = Bank(vault_of("bank"), str(matter.pk), tiers())
        return _banks[matter.pk]


def fresh_bank_of(matter: Matter) -> Bank:
    """The matter's bank as it is on the disk, whatever this process remembers of it."""
    return Bank(vault_of("bank"), str(matter.pk))
