"""The benchmark of hybrids, with everything as small as it can be: it says what it is to say."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch

from benchmarks import gpu_serving, hybrid_restart, hybrid_stand


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_every_figure_is_measured(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    torch.set_num_threads(1)
    lengths = {"4k": 128, "32k": 256, "128k": 512, "1m": 10**9}
    monkeypatch.setattr(gpu_serving, "LENGTHS", lengths)
    monkeypatch.setattr(hybrid_restart, "DOCUMENTS", 3)
    for name, value in {"ANSWER_TOKENS": 2, "QUESTION_TOKENS": 8}.items():
        monkeypatch.setattr(hybrid_stand, name, value)
    stand = hybrid_stand.Stand("small", "cpu", 5)
    monkeypatch.setattr(stand, "seconds", _once)
    growing = gpu_serving.Growing(stand)
    found, states = gpu_serving.awake(stand, growing, lengths), growing.states()
    assert found["first_token_s_128k"] > 0
    assert found["first_token_s_1m"] is None
    found |= gpu_serving.against_attention(stand, states) | gpu_serving.batches(stand, states)
    for name, value in {"TOGETHER": 2, "TOGETHER_SHARE": 20}.items():
        monkeypatch.setattr(gpu_serving, name, value)
    found |= gpu_serving.sleeping(stand) | gpu_serving.together(stand) | _again(stand, tmp_path)
    assert found["silent_misses"] == 0
    assert found["distinct_answers"] == 3
    wanted = [
        "memory_ratio_vs_kv_128k",
        "throughput_ratio_vs_reread_128k",
        "throughput_ratio_vs_warm_prefix_128k",
    ]
    wanted += ["batch64_speedup", "restore_s_disk", "restore_s_host", "restart_s"]
    wanted += [f"consolidate_fraction_of_forward{of}_n{n}" for of in ("", "_together") for n in (1, 2, 4)]
    assert all(found[name] > 0 for name in wanted)


def _once(call: Callable[[], object], times: int = 1) -> float:
    began = time.perf_counter()
    call()
    return time.perf_counter() - began


def _again(stand: hybrid_stand.Stand, folder: Path) -> dict[str, Any]:
    kept = hybrid_restart.Kept(stand, folder, "cpu")
    return hybrid_restart.restoring(kept) | hybrid_restart.restart(kept)
