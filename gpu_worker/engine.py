"""The process's one engine, which its threads share, and the place of each matter's bank."""

import threading
from functools import cache
from typing import Any
from uuid import UUID

import torch
from django.conf import settings

from consolidation import Bank, ConsolidationError, Engine, Tiers, load_engine, shared
from consolidation.engine import with_generating_reader
from consolidation.errors import OptionRefused
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
            _loaded[name] = shared(
                _engine_of(name), most_rows=settings.BATCH_STATES, most_bytes=settings.BATCH_MIB * MIB
            )
        return _loaded[name]


def _engine_of(name: str) -> Engine:
    """The memory, and the reader in words where there is one. What is set for what is not there is refused."""
    place, reader, dtype = settings.MEMORY_PLACE, settings.GENERATING_READER, settings.READER_DTYPE
    if dtype and not reader:
        raise ConsolidationError(
            f"NIGHTBRIEF_READER_DTYPE is {dtype}, but NIGHTBRIEF_READER names no reader; leave it empty too"
        )
    options: dict[str, Any] = settings.MEMORY_OPTIONS
    device, memory = chosen_device(), f"{name}:{place}" if place else name
    try:
        engine = load_engine(memory=memory, device=device, **options)
    except OptionRefused as error:
        raise ConsolidationError(
            f"the memory {error.memory} takes no {error.option}; leave NIGHTBRIEF_MEMORY_{error.option.upper()} empty"
        ) from None
    if reader:
        # NB: a reader of other weights beside it is to be as exact or as small, where nothing else is said
        dtype = dtype or options.get("dtype", "")
        return with_generating_reader(engine, reader, device, judges=True, dtype=dtype)
    return engine


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
