"""The picture of training logs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from laboratory.measure.plot import main, read_log, smoothed


def write(path: Path, rows: list[dict[str, Any]], tail: str = "") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows) + tail)
    return path


def memory_rows(steps: int = 200) -> list[dict[str, Any]]:
    return [
        {
            "answer": 5 / step, "present": 0.7 - step / 1000, "norm": 1.0, "rate": 2e-3 * (1 - step / 300),
            "passes": 1 + step % 2, "step": step, "spent": step * 0.5, "windows": 4 if step <= 120 else 16,
        }
        for step in range(1, steps + 1)
    ]  # fmt: skip


@pytest.fixture
def memory(tmp_path: Path) -> Path:
    return write(tmp_path / "memory" / "log.jsonl", memory_rows())


def test_a_log_is_read_as_losses_rates_and_stages(memory: Path) -> None:
    log = read_log(memory)
    assert log.name == "memory"
    assert set(log.curves) == {"answer", "present"}
    assert log.curves["answer"][100] == 0.05
    assert len(log.rate) == 200
    assert list(log.boundaries()) == [(1, 4), (121, 16)]


def test_two_trainings_in_one_log_keep_their_own_steps(tmp_path: Path) -> None:
    rows: list[dict[str, Any]] = [{"router": 3.0, "step": s} for s in range(1, 4)]
    rows += [{"reader": 2.0, "step": s, "held_out_auroc": 0.5} for s in range(1, 3)]
    log = read_log(write(tmp_path / "log.jsonl", rows))
    assert log.curves == {"router": {1: 3.0, 2: 3.0, 3: 3.0}, "reader": {1: 2.0, 2: 2.0}}
    assert log.measured == {"held_out_auroc": {1: 0.5, 2: 0.5}}


def test_a_resumed_run_counts_the_later_line_of_a_step(tmp_path: Path) -> None:
    rows = [{"answer": 1.0, "step": 1}, {"answer": 9.0, "step": 2}, {"answer": 2.0, "step": 2}]
    log = read_log(write(tmp_path / "log.jsonl", rows, tail='{"answer": 3.0, "st'))
    assert log.curves["answer"] == {1: 1.0, 2: 2.0}
    assert log.broken_lines == 1


def test_smoothing_keeps_a_straight_line_and_flattens_noise() -> None:
    line = np.linspace(3, 1, 500)
    assert np.allclose(smoothed(line.tolist()), line)
    noise = np.random.default_rng(0).normal(size=5000)
    assert smoothed(noise.tolist()).std() < 0.2 * noise.std()
    assert smoothed([4.0]).tolist() == [4.0]


@pytest.mark.parametrize(("ending", "start"), [(".svg", b"<?xml"), (".png", b"\x89PNG")])
def test_logs_become_a_picture(memory: Path, tmp_path: Path, ending: str, start: bytes) -> None:
    other = write(tmp_path / "passages" / "log.jsonl", [{"router": 1 / s, "step": s} for s in range(1, 50)])
    out = tmp_path / f"plot{ending}"
    assert main([str(memory), str(other), "--out", str(out)]) == 0
    first = out.read_bytes()
    assert first.startswith(start)
    assert main([str(memory), str(other), "--out", str(out)]) == 0
    assert out.read_bytes() == first
    if ending == ".svg":
        text = first.decode()
        assert all(f"<!-- {said} -->" in text for said in ("16 windows", "learning rate", "router", "answer"))


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [("absent.jsonl", None, "cannot be read"), ("empty.jsonl", "", "holds no losses")],
)
def test_what_cannot_be_drawn_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, content: str | None, said: str
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_text(content)
    with pytest.raises(SystemExit):
        main([str(path), "--out", str(tmp_path / "plot.svg")])
    assert f"{name} {said}" in capsys.readouterr().err


def test_an_unknown_format_is_refused(memory: Path, tmp_path: Path) -> None:
    with pytest.raises(SystemExit):
        main([str(memory), "--out", str(tmp_path / "plot.bmp")])
