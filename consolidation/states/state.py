"""Saved states: what names one, how fast weights are packed, and the file that holds them.

A file is named by the SHA-256 of the inputs that made it and is built from a blank start, so the same inputs
give the same bytes. A document longer than a segment has several rows of fast weights, one a segment.

Shape suffixes: G segments, H heads, V value width, K key width, W windows, R router key width.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save
from torch import Tensor

from consolidation.errors import StateError
from consolidation.files import write_atomically
from consolidation.text.windows import Range

FORMAT = 1
LEVELS = {"int4": 7, "int8": 127}


@dataclass(frozen=True, slots=True)
class SleepSettings:
    """How documents are consolidated: N passes, windows of L tokens, windows to a segment, stored type."""

    passes: int = 1
    window_tokens: int = 128
    segment_windows: int = 8
    dtype: str = "int4"


@dataclass(frozen=True, slots=True)
class StateKey:
    """Everything a state depends on."""

    document_sha256: str
    text_version: str
    text_sha256: str
    model_sha256: str
    tokenizer_sha256: str
    passes: int
    window_tokens: int
    segment_windows: int
    dtype: str

    def name(self) -> str:
        """The state's name: SHA-256 of these inputs and the file format, 64 hexadecimal digits."""
        content = json.dumps({"format": FORMAT, **asdict(self)}, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(content.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class StoredState:
    """The content of a state file: packed fast weights, and for each window its router key and place."""

    key: StateKey
    tokens: int
    packed_GX: Tensor
    scales_GHV: Tensor
    router_keys_WR: Tensor
    ranges_W2: Tensor

    @property
    def segments(self) -> int:
        return len(self.packed_GX)

    @property
    def windows(self) -> int:
        return len(self.ranges_W2)

    def segment_of(self, window: int) -> int:
        return window // self.key.segment_windows

    def segment_range(self, segment: int) -> Range:
        """Character range of the text that a segment has read."""
        low = segment * self.key.segment_windows
        high = min(low + self.key.segment_windows, self.windows) - 1
        return int(self.ranges_W2[low, 0]), int(self.ranges_W2[high, 1])

    def fast_weights(self, segments: list[int]) -> Tensor:
        """A private float32 copy of some segments' fast weights, `[G, H, V, K]`."""
        return unpack(self.packed_GX[segments], self.scales_GHV[segments], self.key.dtype)


def pack(state_GHVK: Tensor, dtype: str) -> tuple[Tensor, Tensor]:
    """Quantise fast weights row by row: integers `[G, X]` (int4: two to a byte) and float16 scales `[G, H, V]`."""
    levels = LEVELS[dtype]
    scales = (state_GHVK.abs().amax(-1) / levels).half()
    step = scales.float().clamp(min=1e-12).unsqueeze(-1)
    whole = (state_GHVK / step).round().clamp(-levels, levels).to(torch.int8).flatten(1)
    if dtype == "int8":
        return whole, scales
    pairs = (whole + 8).to(torch.uint8).unflatten(1, (-1, 2))
    return pairs[..., 0] | (pairs[..., 1] << 4), scales


def unpack(packed_GX: Tensor, scales_GHV: Tensor, dtype: str) -> Tensor:
    """Fast weights `[G, H, V, K]` in float32 from their packed form."""
    whole = packed_GX
    if dtype == "int4":
        pairs = torch.stack([packed_GX & 15, packed_GX >> 4], dim=-1)
        whole = pairs.flatten(1).to(torch.int8) - 8
    rows = whole.float().view(*scales_GHV.shape, -1)
    return rows * scales_GHV.float().unsqueeze(-1)


def _checksum(tensors: dict[str, Tensor]) -> str:
    digest = hashlib.sha256()
    for name in sorted(tensors):
        digest.update(name.encode())
        digest.update(tensors[name].contiguous().numpy().tobytes())
    return digest.hexdigest()


def save_state(path: Path, state: StoredState) -> int:
    """Write a state file atomically; returns its size in bytes."""
    tensors = {
        "fast_weights": state.packed_GX.contiguous(),
        "scales": state.scales_GHV.contiguous(),
        "router_keys": state.router_keys_WR.contiguous(),
        "ranges": state.ranges_W2.contiguous(),
    }
    manifest = {
        "format": FORMAT,
        "key": asdict(state.key),
        "tokens": state.tokens,
        "windows": state.windows,
        "segments": state.segments,
        "checksum": _checksum(tensors),
    }
    # one metadata entry: the order of several is not fixed in the file, and equal inputs must give equal bytes
    content = save(tensors, metadata={"manifest": json.dumps(manifest, sort_keys=True)})
    with write_atomically(path) as handle:
        handle.write(content)
    return len(content)


def load_state(path: Path) -> StoredState:
    """Read a state file and verify name, format and checksum.

    Raises `StateError` where the file is missing, damaged or not what its name says.
    """
    try:
        with safe_open(path, framework="pt") as handle:
            manifest: dict[str, Any] = json.loads(handle.metadata()["manifest"])
            tensors = {name: handle.get_tensor(name) for name in handle.keys()}  # noqa: SIM118
    except FileNotFoundError as error:
        raise StateError(
            f"state {path.stem[:12]} is not in the bank; consolidate the document again"
        ) from error
    except (OSError, SafetensorError, KeyError, TypeError, json.JSONDecodeError) as error:
        raise StateError(f"state {path.stem[:12]} cannot be read; consolidate the document again") from error
    if manifest.get("format") != FORMAT:
        raise StateError(f"state {path.stem[:12]} has format {manifest.get('format')}, expected {FORMAT}")
    key = StateKey(**manifest["key"])
    if key.name() != path.stem or _checksum(tensors) != manifest["checksum"]:
        raise StateError(f"state {path.stem[:12]} is damaged; consolidate the document again")
    return StoredState(
        key,
        manifest["tokens"],
        tensors["fast_weights"],
        tensors["scales"],
        tensors["router_keys"],
        tensors["ranges"],
    )
