"""A file of weights: named tensors of several modules, and a manifest of what they were trained and fitted with."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError, safe_open
from torch import Tensor

from consolidation.errors import ModelFileError


@dataclass(frozen=True, slots=True)
class Weights:
    """The content of a weights file."""

    path: Path
    tensors: dict[str, Tensor]
    manifest: dict[str, Any]

    def part(self, module: str) -> dict[str, Tensor]:
        """The tensors of one module, in float32."""
        start = module + "."
        return {k.removeprefix(start): v.float() for k, v in self.tensors.items() if k.startswith(start)}

    def sha256(self, chosen: Callable[[str], bool], *more: str) -> str:
        """SHA-256 of names, types, shapes and bytes of the chosen tensors, and of further words."""
        digest = hashlib.sha256("\n".join(more).encode())
        for name in sorted(filter(chosen, self.tensors)):
            tensor = self.tensors[name]
            digest.update(f"{name} {tensor.dtype} {tuple(tensor.shape)}\n".encode())
            digest.update(raw_bytes(tensor))
        return digest.hexdigest()


def raw_bytes(tensor: Tensor) -> bytes:
    """A tensor's bytes as they are stored, whatever its type and device."""
    return tensor.detach().cpu().contiguous().reshape(-1).view(torch.uint8).numpy().tobytes()


def load_weights(path: Path) -> Weights:
    """Read a weights file. Raises `ModelFileError`."""
    try:
        with safe_open(path, framework="pt") as handle:
            manifest = json.loads(handle.metadata()["manifest"])
            return Weights(path, {name: handle.get_tensor(name) for name in handle.keys()}, manifest)  # noqa: SIM118
    except FileNotFoundError as error:
        raise ModelFileError(path, "the weights are missing; fetch the whole repository") from error
    except (OSError, SafetensorError, KeyError, TypeError, json.JSONDecodeError) as error:
        raise ModelFileError(path, "the weights cannot be read; fetch the file again") from error


def shas_of_memory(weights: Weights, encoder_sha256: str, reads: tuple[str, ...]) -> tuple[str, str]:
    """SHA-256 of what the embedded memory needs to write fast weights, and of the rest of it."""
    written = ("codes", "tuned.", "tagger.", *(f"model.{name}" for name in reads))
    config = json.dumps(weights.manifest["model"], sort_keys=True)

    def only_answers(name: str) -> bool:
        return name.startswith("model.") and not name.startswith(written)

    read = weights.sha256(lambda name: name.startswith(written), encoder_sha256, config)
    return read, weights.sha256(only_answers)
