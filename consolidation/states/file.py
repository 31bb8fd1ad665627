"""Saved states: the file that holds one.

A file is named by the SHA-256 of the inputs that made it and is built from a blank start, so the same inputs
give the same bytes. A document longer than a segment has several rows of fast weights, one a segment.

Shape suffixes: W windows, R router key width.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import PurePosixPath
from typing import Any

from safetensors import SafetensorError, safe_open
from safetensors.torch import load, save
from torch import Tensor

from consolidation.errors import StateError
from consolidation.key import FORMAT, StateKey
from consolidation.parts.weights import raw_bytes
from consolidation.protocol import FastWeights
from consolidation.states.packing import Packed, unpack
from consolidation.text.windows import Range
from vault.vault import Vault

WEIGHTS, SCALES, WINDOW_KEYS, RANGES = "weights.", "scales.", "window_keys", "ranges"


@dataclass(frozen=True, slots=True)
class StoredState:
    """The content of a state file: fast weights as stored, and for each window its router key and place."""

    key: StateKey
    tokens: int
    packed: Mapping[str, Packed]
    window_keys_WR: Tensor
    ranges_W2: Tensor

    @property
    def segments(self) -> int:
        return -(-self.windows // self.key.segment_windows)

    @property
    def windows(self) -> int:
        return len(self.ranges_W2)

    @property
    def nbytes(self) -> int:
        """Bytes that the state takes in memory."""
        own = self.window_keys_WR.nbytes + self.ranges_W2.nbytes
        return own + sum(packed.nbytes for packed in self.packed.values())

    def windows_of(self, segment: int) -> range:
        """The windows that a segment has read."""
        low = segment * self.key.segment_windows
        return range(low, min(low + self.key.segment_windows, self.windows))

    def segment_range(self, segment: int) -> Range:
        """Character range of the text that a segment has read."""
        windows = self.windows_of(segment)
        return int(self.ranges_W2[windows[0], 0]), int(self.ranges_W2[windows[-1], 1])

    def window_range(self, window: int) -> Range:
        """Character range of a window."""
        return int(self.ranges_W2[window, 0]), int(self.ranges_W2[window, 1])

    def fast_weights(self, segments: list[int]) -> FastWeights:
        """A private float32 copy of some segments' fast weights, a row each."""
        return {name: unpack(packed, segments) for name, packed in self.packed.items()}


def _checksum(manifest: dict[str, Any], tensors: Mapping[str, Tensor]) -> str:
    digest = hashlib.sha256(json.dumps(manifest, sort_keys=True).encode())
    for name in sorted(tensors):
        tensor = tensors[name]
        digest.update(f"{name} {tensor.dtype} {tuple(tensor.shape)}\n".encode())
        digest.update(raw_bytes(tensor))
    return digest.hexdigest()


def save_state(vault: Vault, file: str, state: StoredState) -> int:
    """Write a state under a name of the vault, whole or not at all; returns its size in bytes. Raises OSError."""
    tensors = {
        WINDOW_KEYS: state.window_keys_WR.contiguous(),
        RANGES: state.ranges_W2.contiguous(),
        **{WEIGHTS + name: packed.values.contiguous() for name, packed in state.packed.items()},
        **{SCALES + n: p.scales.contiguous() for n, p in state.packed.items() if p.scales is not None},
    }
    weights = [
        {"name": name, "shape": list(packed.shape), "stored": packed.stored}
        for name, packed in sorted(state.packed.items())
    ]
    manifest = {"format": FORMAT, "key": asdict(state.key), "tokens": state.tokens, "weights": weights}
    manifest["checksum"] = _checksum(manifest, tensors)
    # one metadata entry: the order of several is not fixed in the file, and equal inputs must give equal bytes
    content = save(tensors, metadata={"manifest": json.dumps(manifest, sort_keys=True)})
    with vault.write(file) as handle:
        handle.write(content)
    return len(content)


def load_state(vault: Vault, file: str) -> StoredState:
    """Read a state and verify name, format and checksum.

    Raises `StateError` where it is missing, damaged or not what its name says.
    """
    stem = PurePosixPath(file).stem
    name = stem[:12]
    try:
        manifest, tensors = _content(vault, file)
        if manifest["format"] != FORMAT:
            raise StateError(f"state {name} has format {manifest['format']}, expected {FORMAT}")
        checksum = manifest.pop("checksum")
        state = _state(manifest, tensors)
    except FileNotFoundError as error:
        raise StateError(f"state {name} is not in the bank; consolidate the document again") from error
    except (OSError, SafetensorError, LookupError, TypeError, ValueError, AttributeError) as error:
        raise StateError(f"state {name} cannot be read; consolidate the document again") from error
    if state.key.name() != stem or _checksum(manifest, tensors) != checksum:
        raise StateError(f"state {name} is damaged; consolidate the document again")
    return state


def _content(vault: Vault, file: str) -> tuple[dict[str, Any], dict[str, Tensor]]:
    """The manifest and the tensors: mapped into memory where the vault has a file to map, read otherwise."""
    path = vault.local(file)
    if path is not None:
        with safe_open(path, framework="pt") as handle:
            tensors = {name: handle.get_tensor(name) for name in handle.keys()}  # noqa: SIM118
            return json.loads(handle.metadata()["manifest"]), tensors
    with vault.open(file) as opened:
        content = opened.read()
    # the head of a safetensors file: its length in 8 bytes, then JSON
    head = json.loads(content[8 : 8 + int.from_bytes(content[:8], "little")])
    return json.loads(head["__metadata__"]["manifest"]), load(content)


def _state(manifest: dict[str, Any], tensors: Mapping[str, Tensor]) -> StoredState:
    packed = {
        weight["name"]: Packed(
            weight["stored"], tuple(weight["shape"]), tensors[WEIGHTS + weight["name"]],
            tensors.get(SCALES + weight["name"]),
        )
        for weight in manifest["weights"]
    }  # fmt: skip
    key = StateKey.from_dict(manifest["key"])
    return StoredState(key, manifest["tokens"], packed, tensors[WINDOW_KEYS], tensors[RANGES])
