"""Checkpoints of hybrids in their folders: loaded as they say, or refused by what is wrong with them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from safetensors.torch import load_file, save_file

from consolidation import load_engine
from consolidation.errors import ModelFileError
from tests.engine import hybrids


def test_a_checkpoint_is_loaded_from_its_folder(tmp_path: Path) -> None:
    folder = tmp_path / "checkpoint"
    hybrids.random_model(
        "FalconH1", sleep={"passes": 2, "stored": "int8", "segment_windows": 2}
    ).save_pretrained(folder)
    hybrids.bytes_tokenizer().save_pretrained(folder)
    engine = load_engine(memory=f"hybrid:{folder}")
    assert (engine.memory.settings.passes, engine.memory.settings.segment_windows) == (2, 2)
    assert set(engine.memory.stored.values()) == {"int8"}
    assert "several tokens at once" in engine.about
    assert load_engine(memory=f"hybrid:{folder}", dtype="bfloat16").identity != engine.identity
    refused: tuple[tuple[dict[str, Any], str], ...] = (
        ({"memory": f"hybrid:{folder}", "dtype": "int3"}, "float16"),
        ({"memory": f"hybrid:{folder}", "revision": "v2"}, "no repository, so that it has no revision v2"),
        ({"memory": "embedded", "dtype": "float16"}, "embedded takes no dtype"),
    )
    for asked, words in refused:
        with pytest.raises(ModelFileError, match=words):
            load_engine(**asked)


def _changed(file: Path, **more: Any) -> None:
    file.write_text(json.dumps(json.loads(file.read_text()) | more))


def _without_a_weight(folder: Path) -> None:
    weights = load_file(folder / "model.safetensors")
    del weights["backbone.layers.1.mixer.A_log"]
    save_file(weights, folder / "model.safetensors", {"format": "pt"})


def _of_another_model(folder: Path) -> None:
    said = json.loads((folder / "tokenizer.json").read_text())
    said["model"]["vocab"]["\u0100\u0100"] = 400
    (folder / "tokenizer.json").write_text(json.dumps(said))


def _asked_by(template: str) -> Callable[[Path], object]:
    return lambda folder: (folder / "chat_template.jinja").write_text(template)


def _cut(folder: Path) -> None:
    file = folder / "model.safetensors"
    file.write_bytes(file.read_bytes()[:-100])


def _emptied(folder: Path) -> None:
    for name in ("config.json", "tokenizer.json"):
        (folder / name).unlink()


def test_what_is_wrong_with_a_checkpoint_is_said(tmp_path: Path) -> None:
    """Each damage of a good one by itself: no model with random or missing weights ever becomes a memory."""
    damages: dict[str, Callable[[Path], object]] = {
        "no config.json and no tokenizer.json": _emptied,
        "no weights as": lambda one: (one / "model.safetensors").rename(one / "pytorch_model.bin"),
        "lacks part-2.safetensors": lambda one: (one / "model.safetensors.index.json").write_text(
            '{"weight_map": {"a": "model.safetensors", "b": "part-2.safetensors"}}'
        ),
        "damaged or not whole": _cut,
        "config.json cannot be read": lambda one: (one / "config.json").write_text("{"),
        "no causal model of the type 'quux'": lambda one: _changed(one / "config.json", model_type="quux"),
        "needs code of its own": lambda one: _changed(
            one / "config.json", model_type="quux", auto_map={"AutoModelForCausalLM": "own.Model"}
        ),
        "do not fit one another": lambda one: _changed(one / "config.json", hidden_size=64, expand=4),
        "weights are missing": _without_a_weight,
        "of two models": _of_another_model,
        "chat template does not take a question": _asked_by("{{ messages[0].content"),
        "chat template does not take a question:": _asked_by(
            "{% for one in messages %}{{ one.role }}{% endfor %}"
        ),
    }
    sleeps = {"pases": 2, "passes": 0, "stored": "int3", "recurrent": 1, "segment_windows": "many"}
    for name, value in sleeps.items():
        damages[name] = lambda one, said={name: value}: _changed(one / "config.json", sleep=said)  # type: ignore[misc]
    good, wrong = tmp_path / "good", list[str]()
    hybrids.random_model("Mamba2").save_pretrained(good)
    hybrids.bytes_tokenizer().save_pretrained(good)
    (tmp_path / "of-one.gguf").touch()
    for at, (words, damage) in enumerate(damages.items()):
        folder = tmp_path / str(at)
        shutil.copytree(good, folder)
        damage(folder)
        wrong += _not_told(f"hybrid:{folder}", words)
    wrong += _not_told("hybrid", "say which checkpoint") + _not_told(f"hybrid:{good}/none", "no such folder")
    wrong += _not_told("hybrid:firm/none", "hf download") + _not_told(
        f"hybrid:{tmp_path}/x.gguf", "no such file"
    )
    assert not wrong


def _not_told(memory: str, words: str) -> list[str]:
    """What is said in other words than these, or not at all."""
    try:
        load_engine(memory=memory)
    except ModelFileError as error:
        return [] if words in str(error) else [f"{words}: {error}"]
    return [f"{words}: loaded"]


#: Kernels as an NVIDIA machine has them: they are found and imported, and fail where there is no card.
KERNELS = """
def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    def kernel(*given, **more):
        raise RuntimeError("no NVIDIA card")
    return kernel
"""
READS = """
import sys, torch, transformers
from consolidation.parts.hybrid.load import load_causal
if sys.argv[2] == "left out":
    model, _ = load_causal(sys.argv[1], "cpu")
else:
    model = transformers.AutoModelForCausalLM.from_pretrained(sys.argv[1])
print(tuple(model(torch.tensor([[5, 6, 7]])).logits.shape))
"""


@pytest.mark.parametrize(("kernels", "said"), [("left out", "(1, 3, 258)"), ("bound", "no NVIDIA card")])
def test_kernels_of_a_card_are_left_out_where_there_is_none(tmp_path: Path, kernels: str, said: str) -> None:
    """That they fail where they are bound is what makes leaving them out a finding."""
    for name in ("fla", "causal_conv1d", "mamba_ssm"):
        (tmp_path / "packages" / name).mkdir(parents=True)
        (tmp_path / "packages" / name / "__init__.py").write_text(KERNELS)
    folder, root = tmp_path / "checkpoint", Path(__file__).resolve().parents[2]
    hybrids.random_model("Qwen3Next").save_pretrained(folder)
    hybrids.bytes_tokenizer().save_pretrained(folder)
    without_card = {"CUDA_VISIBLE_DEVICES": "", "PYTHONPATH": f"{tmp_path / 'packages'}:{root}"}
    done = subprocess.run(
        [sys.executable, "-c", READS, str(folder), kernels],
        env=os.environ | without_card, cwd=root, capture_output=True, text=True,
    )  # fmt: skip
    assert said in (done.stdout if kernels == "left out" else done.stderr), done.stderr[-2000:]
