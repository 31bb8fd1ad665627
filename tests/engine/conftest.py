from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
import torch

from consolidation import Bank, Engine, Source, StateKey, consolidate, load_engine
from tests.engine.tiny import tiny_engine

CONTRACT = """MASTER SUPPLY AGREEMENT

This Master Supply Agreement (the "Agreement") is made on March 3, 2014 by and between Orvelane Systems, Inc., a
Delaware corporation ("Supplier"), and Tamberlin Foods LLC ("Customer").

1. Term. This Agreement is effective as of April 1, 2014 and expires on March 31, 2019. It renews automatically for
successive periods of two (2) years unless either party gives ninety (90) days written notice of non-renewal.

2. Governing Law. This Agreement shall be governed by the laws of the State of Oregon, without regard to its conflict
of laws rules.

"""
FILLER = "The Supplier shall deliver the Products in accordance with the Specifications and the delivery schedule. "
KeyOf = Callable[[str], StateKey]


@pytest.fixture(scope="session")
def engine() -> Engine:
    """The shipped weights."""
    torch.set_num_threads(1)
    return load_engine()


@pytest.fixture
def tiny() -> Engine:
    """The engine around the tiny memory."""
    return tiny_engine()


def key_for(engine: Engine, text: str) -> StateKey:
    digest = hashlib.sha256(text.encode()).hexdigest()
    return engine.state_key(document_sha256=digest, text_version="test 1", text_sha256=digest)


def state_file(folder: Path, name: str) -> Path:
    """The file of a state in a bank on the disk."""
    return folder / f"{name}.safetensors"


def source_of(engine: Engine, text: str, folder: Path, name: str = "supply.pdf") -> Source:
    """A consolidated document."""
    bank = Bank(folder)
    built = consolidate(engine, text, key_for(engine, text), bank)
    return Source(name, name, bank, built.name, text)


@pytest.fixture
def key_of(tiny: Engine) -> KeyOf:
    return lambda text: key_for(tiny, text)


@pytest.fixture
def long_text() -> str:
    """A contract of several segments; what is asked stands in the first."""
    return CONTRACT + FILLER * 60


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "bank"
