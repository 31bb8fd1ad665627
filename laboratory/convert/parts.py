"""Tensors in several files, none larger than can be carried at once.

`python -m laboratory.convert.parts CHECKPOINT.safetensors FOLDER`
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import torch
from safetensors.torch import load_file, save
from torch import Tensor

from consolidation.files import write_atomically

MOST_BYTES = 24 * 2**20
LIST = "parts.json"


class PartsError(Exception):
    """A folder does not hold all parts that its list names."""


def write_parts(tensors: Mapping[str, Tensor], folder: Path, most: int = MOST_BYTES) -> list[Path]:
    """Write tensors in half precision as parts of at most `most` bytes, a larger tensor alone, with a list."""
    folder.mkdir(parents=True, exist_ok=True)
    names = []
    for number, part in enumerate(_packed(tensors, most)):
        names.append(f"part-{number:03}.safetensors")
        with write_atomically(folder / names[-1]) as handle:
            handle.write(save(part))
    with write_atomically(folder / LIST) as handle:
        handle.write(json.dumps(names).encode())
    return [folder / name for name in names]


def read_parts(folder: Path) -> dict[str, Tensor]:
    """All tensors of a folder. Raises `PartsError` where one is missing."""
    try:
        names = json.loads((folder / LIST).read_text())
    except FileNotFoundError as error:
        raise PartsError(f"{folder} has no {LIST}") from error
    absent = [name for name in names if not (folder / name).exists()]
    if absent:
        raise PartsError(f"{folder} lacks {', '.join(absent)}")
    return {key: value for name in names for key, value in load_file(folder / name).items()}


def _packed(tensors: Mapping[str, Tensor], most: int) -> Iterator[dict[str, Tensor]]:
    part, size = dict[str, Tensor](), 0
    for name, tensor in tensors.items():
        half = tensor.detach().to("cpu", torch.bfloat16).contiguous()
        if part and size + half.nbytes > most:
            yield part
            part, size = {}, 0
        part[name], size = half, size + half.nbytes
    if part:
        yield part


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("folder", type=Path)
    args = parser.parse_args()
    print("\n".join(map(str, write_parts(load_file(args.checkpoint), args.folder))))


if __name__ == "__main__":
    main()
