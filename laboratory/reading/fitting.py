"""Fitting one model for so many seconds, with rates that fall by the clock and an average of its weights."""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import save_file
from torch import Tensor

from consolidation.parts.transformer import Purpose, Transformer, quantised

WARM_UP, LAST_RATE, CLIP, DECAY, DROPOUT = 0.04, 0.02, 1.0, 0.01, 0.1
#: Share of a new value in the average of the weights, at least; early on the average follows faster.
AVERAGED = 0.003


class Log:
    """Rows of figures, printed and kept."""

    def __init__(self, path: Path) -> None:
        self.path, self.began = path, time.monotonic()

    def __call__(self, stage: str, **figures: Any) -> None:
        row = {"stage": stage, "at": round(time.monotonic() - self.began, 1)} | {
            k: round(v, 4) if isinstance(v, float) else v for k, v in figures.items()
        }
        with self.path.open("a") as handle:
            handle.write(json.dumps(row) + "\n")
        print(json.dumps(row), flush=True)


@contextlib.contextmanager
def half_precision(device: torch.device) -> Iterator[None]:
    """Matrix products in bfloat16 where the device is a GPU, or a processor that has them."""
    able = device.type == "cuda" or torch.cpu._is_avx512_bf16_supported()
    with torch.autocast(device.type, torch.bfloat16, enabled=able):
        yield


def new_model(
    purpose: Purpose, start: dict[str, Tensor], device: torch.device, dropout: float = DROPOUT
) -> Transformer:
    """A model of one purpose that starts from given layers, as far as these have its tensors."""
    model = Transformer(purpose, dropout=dropout)
    own = model.state_dict()
    given = {k: v for k, v in start.items() if k in own and v.shape == own[k].shape}
    model.load_state_dict(own | given)
    return model.to(device)


def no_figures(model: Transformer) -> dict[str, float]:
    """Where nothing is measured."""
    return {}


def fit(
    model: Transformer,
    loss_of: Callable[[Transformer], Tensor],
    seconds: float,
    rate: float,
    log: Log,
    stage: str,
    figures: Callable[[Transformer], dict[str, float]] = no_figures,
) -> Transformer:
    """Train until the time is over; the model then holds the average of its weights.

    What `figures` tells of the weights as they stand is logged as training goes on; a processor would measure for
    longer than it learns.
    """
    device = next(model.parameters()).device
    groups = [
        {"params": [p for p in model.parameters() if p.ndim > 1], "weight_decay": DECAY},
        {"params": [p for p in model.parameters() if p.ndim < 2], "weight_decay": 0.0},
    ]
    optimiser = torch.optim.AdamW(groups, lr=rate, betas=(0.9, 0.98), fused=device.type == "cuda")
    weights = list(model.parameters())
    average = [p.detach().clone() for p in weights]
    model.train()
    began, step, shown, total = time.monotonic(), 0, 0.0, torch.zeros((), device=device)
    since = 0
    while (spent := time.monotonic() - began) < seconds:
        share = min(1.0, spent / seconds / WARM_UP + 0.01) * max(LAST_RATE, 1 - spent / seconds)
        for group in optimiser.param_groups:
            group["lr"] = rate * share
        with half_precision(device):
            loss = loss_of(model)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(weights, CLIP)
        optimiser.step()
        step, since = step + 1, since + 1
        torch._foreach_lerp_(average, [p.detach() for p in weights], max(AVERAGED, 1 / (step / 3 + 1)))
        total += loss.detach()
        if spent - shown > max(5.0, seconds / 8) or step == 5:
            now = figures(model.eval()) if device.type == "cuda" else {}
            model.train()
            log(stage, step=step, loss=float(total) / since, rate=rate * share, spent=round(spent, 1), **now)
            shown, total, since = spent, torch.zeros((), device=device), 0
    with torch.no_grad():
        for weight, kept in zip(weights, average, strict=True):
            weight.copy_(kept)
    log(stage, step=step, done=True)
    return model.eval()


def save_whole(model: Transformer, path: Path) -> None:
    """All weights in half precision, to go on from."""
    state = {k: v.detach().cpu().half().contiguous() for k, v in model.state_dict().items()}
    save_file(state, path)


def save_shipped(model: Transformer, path: Path, manifest: dict[str, Any]) -> None:
    """The weights as they are shipped, with what they were made of."""
    kept = {"purpose": model.purpose} | manifest
    save_file(quantised(model.state_dict()), path, metadata={"manifest": json.dumps(kept, sort_keys=True)})
