"""How well an extent of the text fits as a clause: a small network over what is known of the extent.

Shape suffixes: R extents, F features.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from consolidation.errors import ModelFileError
from consolidation.parts.weights import load_weights

HIDDEN = 48
#: How much the mean tag, the first of the features, counts beside what the networks say.
TAG_WEIGHT = 0.3


class ExtentNet(nn.Module):
    """The log odds that a lawyer would mark an extent, from its features; of whatever category it is."""

    mean_F: Tensor
    scale_F: Tensor

    def __init__(self, features: int) -> None:
        super().__init__()
        self.register_buffer("mean_F", torch.zeros(features))
        self.register_buffer("scale_F", torch.ones(features))
        self.first = nn.Linear(features, HIDDEN)
        self.second = nn.Linear(HIDDEN, HIDDEN)
        self.last = nn.Linear(HIDDEN, 1)
        self.drop = nn.Dropout(0.1)

    def forward(self, features_RF: Tensor) -> Tensor:
        hidden = F.gelu(self.first((features_RF - self.mean_F) / self.scale_F))
        said: Tensor = self.last(F.gelu(self.second(self.drop(hidden))))[:, 0]
        return said


class Extents:
    """Networks of different beginnings, whose probabilities are averaged."""

    def __init__(self, nets: list[ExtentNet], sha256: str = "") -> None:
        self.nets, self.sha256 = [net.eval().requires_grad_(False) for net in nets], sha256

    @classmethod
    def load(cls, path: Path, part: str = "all") -> Extents:
        """Those of a file; `part` "0" or "1" are fitted without that half of the contracts.

        Raises:
            ModelFileError: the file cannot be read or holds no such part.
        """
        weights = load_weights(path)
        nets = []
        for number in range(int(weights.manifest.get("nets", 0))):
            tensors = weights.part(f"{part}.{number}")
            if not tensors:
                raise ModelFileError(path, f"it holds no networks of part {part}; fetch the file again")
            net = ExtentNet(len(tensors["mean_F"]))
            net.load_state_dict(tensors)
            nets.append(net)
        return cls(nets, hashlib.sha256(path.read_bytes()).hexdigest())

    @torch.inference_mode()
    def probabilities(self, features_RF: Tensor) -> Tensor:
        """How likely each extent is one that a lawyer would mark, `[R]`.

        The first feature is the log odds of the mean tag.
        """
        said_R = torch.stack([net(features_RF).sigmoid() for net in self.nets]).mean(0).logit(eps=1e-5)
        return ((1 - TAG_WEIGHT) * said_R + TAG_WEIGHT * features_RF[:, 0]).sigmoid()
