"""Codes of tokens: what values hold of a token, so that it can be copied exactly.

Word embeddings of like tokens (years, days, months) point the same way; codes are nearly orthogonal.

Shape suffixes: N vocabulary, X code width.
"""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor

CODES_SEED = 0


def codes(vocabulary: int, width: int) -> Tensor:
    """A unit vector of random signs for each token, `[N, X]`."""
    signs = np.random.default_rng(CODES_SEED).integers(0, 2, (vocabulary, width), dtype=np.int8)
    return (torch.from_numpy(signs).float() * 2 - 1) / width**0.5


def packed_codes(codes_NX: Tensor) -> Tensor:
    """Codes as bits, uint8 `[N, X/8]`, to be kept with the weights that were trained on them."""
    return torch.from_numpy(np.packbits(codes_NX.numpy() > 0, axis=1))


def unpacked_codes(bits: Tensor) -> Tensor:
    """Codes from their bits."""
    signs = torch.from_numpy(np.unpackbits(bits.numpy(), axis=1)).float() * 2 - 1
    return signs / signs.shape[1] ** 0.5
