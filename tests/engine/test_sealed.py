"""States in a vault that encrypts: all that is done with a state works, and nothing of it lies in the open."""

import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from consolidation import Bank, Cancelled, Engine, Source, answer_question, consolidate
from consolidation.answers.route import likely_states
from tests.engine.conftest import KeyOf, state_file
from vault.vault import Draft, FolderVault

QUESTION = "What is the governing law?"
PIECE = 24


@dataclass
class SealedDraft:
    """Bytes in memory; they are encrypted when they get their name, which they are bound to."""

    inner: FolderVault
    cipher: AESGCM
    file: IO[bytes]

    def keep(self, name: str, *, replace: bool = False) -> None:
        self.file.seek(0)
        nonce = os.urandom(12)
        with self.inner.draft() as draft:
            draft.file.write(nonce + self.cipher.encrypt(nonce, self.file.read(), name.encode()))
            draft.keep(name, replace=replace)


@dataclass(frozen=True)
class SealedVault:
    """Encrypted bytes in a folder: a vault without files to map."""

    inner: FolderVault
    cipher: AESGCM

    def open(self, name: str) -> IO[bytes]:
        with self.inner.open(name) as file:
            content = file.read()
        try:
            return io.BytesIO(self.cipher.decrypt(content[:12], content[12:], name.encode()))
        except InvalidTag:
            raise OSError("not what was written under this name") from None

    @contextmanager
    def draft(self) -> Iterator[Draft]:
        yield SealedDraft(self.inner, self.cipher, io.BytesIO())

    @contextmanager
    def write(self, name: str) -> Iterator[IO[bytes]]:
        with self.draft() as draft:
            yield draft.file
            draft.keep(name, replace=True)

    def remove(self, name: str) -> None:
        self.inner.remove(name)

    def exists(self, name: str) -> bool:
        return self.inner.exists(name)

    def size(self, name: str) -> int:
        return self.inner.size(name)

    def names(self, folder: str = "") -> Iterator[str]:
        return self.inner.names(folder)

    def local(self, name: str) -> Path | None:
        return None


def pieces(content: bytes) -> set[bytes]:
    return {content[at : at + PIECE] for at in range(0, len(content) - PIECE, PIECE)}


def after(calls: int) -> Callable[[], bool]:
    left = iter([False] * calls)
    return lambda: next(left, True)


def in_the_open(plain: set[bytes], folder: Path) -> list[str]:
    """The files below the folder that hold a piece of the plain bytes."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path.name for path in files if any(piece in path.read_bytes() for piece in plain)]


def test_a_document_lives_and_goes_in_a_vault_that_encrypts(
    tiny: Engine, long_text: str, key_of: KeyOf, tmp_path: Path
) -> None:
    key, sealed = key_of(long_text), tmp_path / "sealed"
    vault = SealedVault(FolderVault(sealed), AESGCM(AESGCM.generate_key(128)))
    bank, plain = Bank(vault, "matter"), Bank(tmp_path / "plain")
    for one in (bank, plain):
        with pytest.raises(Cancelled):
            consolidate(tiny, long_text, key, one, should_stop=after(2))
    half = plain.unfinished(key.begun())
    assert half is not None and bank.unfinished(key.begun()) == half
    assert not in_the_open(pieces(half) | {long_text[:PIECE].encode()}, sealed)
    assert in_the_open(pieces(half), tmp_path / "plain")

    seen: list[int] = []
    resumed = consolidate(tiny, long_text, key, Bank(vault, "matter"), lambda done, _: seen.append(done))
    consolidate(tiny, long_text, key, plain)
    assert seen[0] == 8, "it went on from where it was stopped"
    content = state_file(tmp_path / "plain", key.name()).read_bytes()
    with vault.open(bank.file(key.name())) as opened:
        assert opened.read() == content
    assert list(vault.names()) == [bank.file(key.name())]
    assert not in_the_open(pieces(content), sealed)

    source = Source("d", "supply.pdf", bank, resumed.name, long_text)
    assert answer_question(tiny, QUESTION, source).text == "State of Oregon"
    assert likely_states(tiny, QUESTION, bank, [resumed.name, "0" * 64]) == [
        *likely_states(tiny, QUESTION, plain, [resumed.name])
    ]
    elsewhere = Bank(vault, "matter")
    elsewhere.load(resumed.name)
    bank.remove(resumed.name)
    for one in (bank, elsewhere):
        assert answer_question(tiny, QUESTION, Source("d", "d.pdf", one, resumed.name, "")).state == "waiting"
        assert not likely_states(tiny, QUESTION, one, [resumed.name])
    assert not [path for path in sealed.rglob("*") if path.is_file()]


def test_altered_bytes_are_noticed(tiny: Engine, long_text: str, key_of: KeyOf, tmp_path: Path) -> None:
    vault = SealedVault(FolderVault(tmp_path), AESGCM(AESGCM.generate_key(128)))
    name = consolidate(tiny, long_text, key_of(long_text), Bank(vault)).name
    path = state_file(tmp_path, name)
    content = path.read_bytes()
    with vault.inner.write(path.name) as file:
        file.write(content[:-1] + bytes([content[-1] ^ 1]))
    assert not Bank(vault).holds(name)
