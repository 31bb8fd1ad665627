"""Floating-point operations of a model of the tasks, by formula: two for each multiply-add of its products.

Norms, activations and the triangular solve of the delta rule are left out: less than a twentieth of the whole at the
published width. `tests/tasks` holds the formula against what the operators report.
"""

from __future__ import annotations

from laboratory.tasks.model import Shape
from laboratory.tasks.samples import Samples

#: A backward pass computes a gradient of inputs and one of weights for every product.
TRAINED = 3


def forward(shape: Shape, samples: Samples, passes: int) -> int:
    """Operations of sleeping on the windows of all samples with so many passes, and of answering once."""
    count, windows, tokens = samples.windows_BWL.shape
    asked = samples.asked_BQ.shape[1]
    said = 2 * shape.width * shape.vocabulary * asked
    # of a sliding window the first sees none before it
    before = tokens if shape.sliding else 0
    first, others = _once(shape, tokens), _once(shape, tokens, before)
    slept = passes * (first + (windows - 1) * others) + windows * _embedded(shape, tokens)
    return count * (slept + _once(shape, asked, before) + _embedded(shape, asked) + said)


def _embedded(shape: Shape, tokens: int) -> int:
    """Operations of telling each token but the first of the one before it."""
    return 2 * shape.width**2 * (tokens - 1)


def _once(shape: Shape, tokens: int, before: int = 0) -> int:
    """Operations of one pass of the stack over one window, whose attention sees so many tokens before it."""
    d, h, k, v, t = shape.width, shape.heads, shape.key_width, shape.value_width, tokens
    inside = t * (4 * d * d + 16 * d * d) + 2 * d * d * before + 2 * t * (before + t) * d
    projected = t * (d * h * (2 * k + v) + d * 2 * h + h * v * d)
    if shape.writes == "closed_form":
        memory = h * (t * k * k + t * k * v + t * k * v)
    else:
        # inside the chunk scores and their values; with the state what u and q read of it, and the write
        scores = 1 if shape.writes == "additive" else 2
        memory = h * (t * t * (scores * k + v) + 3 * t * k * v)
    return 2 * shape.layers * (inside + projected + memory)
