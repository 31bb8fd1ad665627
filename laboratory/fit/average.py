"""Average the weights of several trainings that went on from the same checkpoint.

`python -m laboratory.fit.average CHECKPOINT ... --out CHECKPOINT`

Trainings that part late end in one valley, and the middle of it answers better about contracts not seen than its
edges do (Wortsman et al., 2022, "Model soups"). The optimiser's state is not kept: a training can start from the
average, not go on from it.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from consolidation.files import write_atomically


def averaged(checkpoints: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The mean of each floating-point tensor of the models; other tensors must be equal.

    Raises ValueError where the models differ in their configuration or in a tensor that cannot be averaged.
    """
    first = checkpoints[0]
    if any(one["config"] != first["config"] for one in checkpoints):
        raise ValueError("The checkpoints hold models of different configurations; average those of one.")
    model: dict[str, Tensor] = {}
    for name, tensor in first["model"].items():
        alike = [one["model"][name] for one in checkpoints]
        if tensor.is_floating_point():
            model[name] = torch.stack([t.double() for t in alike]).mean(0).to(tensor.dtype)
        elif all(torch.equal(tensor, t) for t in alike):
            model[name] = tensor
        else:
            raise ValueError(f"The checkpoints differ in {name}, which cannot be averaged.")
    return {"model": model, "config": first["config"], "steps": [one["step"] for one in checkpoints]}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("checkpoints", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    found = averaged([torch.load(path, weights_only=True, map_location="cpu") for path in args.checkpoints])
    args.out.parent.mkdir(parents=True, exist_ok=True)
    with write_atomically(args.out) as handle:
        torch.save(found, handle)


if __name__ == "__main__":
    main()
