"""A hybrid checkpoint as a memory, beside the parts that are shipped."""

from __future__ import annotations

import hashlib
import logging
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import torch

from consolidation.errors import DeviceFull, ModelFileError
from consolidation.halving import is_full
from consolidation.parts.hybrid.checkpoint import (
    GGUF,
    LOADING_ERRORS,
    missing_of,
    problem_of,
    problem_of_parts,
    sleep_of,
)
from consolidation.parts.hybrid.memory import HybridMemory
from consolidation.parts.hybrid.model import CausalModel
from consolidation.parts.hybrid.prompt import Prompter
from consolidation.parts.hybrid.selftest import self_test
from consolidation.parts.weights import raw_bytes
from consolidation.protocol import SleepSettings
from consolidation.text.windows import WINDOW_TOKENS, Windows

logger = logging.getLogger(__name__)

#: Packages of kernels that transformers binds when it imports a model, whatever the device.
KERNELS = ("fla", "mamba_ssm", "causal_conv1d")
DTYPES = {"float32": torch.float32, "bfloat16": torch.bfloat16, "float16": torch.float16}


def leave_kernels_out(device: torch.device) -> None:
    """On a machine without an NVIDIA card, keep transformers from kernels that only run on one.

    transformers imports them wherever they are installed, and models then fail at the first token. To be called
    before the first model is imported.
    """
    if device.type != "cuda":
        for name in KERNELS:
            sys.modules.setdefault(name, None)  # type: ignore[arg-type]


def load_causal(
    place: Path | str, device: torch.device | str, *, revision: str = "", dtype: str = ""
) -> tuple[Any, Any]:
    """A causal model and its tokenizer, from a folder or from what was fetched of the hub; nothing is fetched here.

    Args:
        place: a folder, a GGUF file, or the name of a repository in the local cache of the hub.
        device: where it runs.
        revision: branch, tag or commit of the repository; its main branch by default. What lies in a folder has none.
        dtype: type of its numbers; float32 on a processor and the checkpoint's own on a card by default.

    Raises:
        ModelFileError: it is not there, not whole, of a class that is not known, or needs code of its own.
        DeviceFull: there is not memory enough for it.
    """
    device, where = torch.device(device), Path(place)
    if dtype and dtype not in DTYPES:
        raise ModelFileError(where, f"{dtype} is no type of numbers; there is {', '.join(DTYPES)}")
    leave_kernels_out(device)
    if problem := missing_of(where):
        raise ModelFileError(where, problem)
    if revision and where.exists():
        raise ModelFileError(
            where, f"it is no repository, so that it has no revision {revision}; leave the revision empty"
        )
    kind: Any = DTYPES[dtype] if dtype else ("auto" if device.type == "cuda" else torch.float32)
    try:
        tokenizer, loaded = _read(str(place), kind, revision)
    except LOADING_ERRORS as error:
        if is_full(error):
            raise DeviceFull from None
        raise ModelFileError(where, problem_of(where, error)) from error
    model, found = loaded
    if problem := problem_of_parts(model, tokenizer, found):
        raise ModelFileError(where, problem)
    return model, tokenizer


def _read(place: str, dtype: Any, revision: str) -> tuple[Any, Any]:
    """The tokenizer, and the model with what was found of it. Raises one of `LOADING_ERRORS`."""
    from transformers import AutoModelForCausalLM, AutoTokenizer
    from transformers.utils.logging import disable_progress_bar

    disable_progress_bar()
    given: dict[str, Any] = {"local_files_only": True, "trust_remote_code": False}
    if revision:
        given["revision"] = revision
    weights = {"use_safetensors": True}
    where = Path(place)
    if where.suffix == GGUF:
        place, given["gguf_file"], weights = str(where.parent), where.name, {}
    tokenizer = AutoTokenizer.from_pretrained(place, **given)
    loaded = AutoModelForCausalLM.from_pretrained(
        place, dtype=dtype, output_loading_info=True, **weights, **given
    )
    return tokenizer, loaded


def memory_of(
    model: Any, tokenizer: Any, split: Callable[[str], Windows], split_sha256: str, device: torch.device | str
) -> HybridMemory:
    """A memory around a model: tried first, and used as the trial says.

    Args:
        model: a causal model of transformers, on the processor.
        tokenizer: its fast tokenizer.
        split: text to the windows that router, reader and tagger know.
        split_sha256: SHA-256 of what decides about these windows.
        device: where it is to run.

    Raises:
        MemoryRefused: its states cannot be trusted.
        ModelFileError: `sleep` of its configuration says what is not known.
        DeviceFull: the device has no memory for it.
    """
    sleep = sleep_of(model.config)
    reads_sha256 = _weights_sha256(model, sleep)
    try:
        causal = CausalModel(model.to(device))
        ways = self_test(causal)
    except (RuntimeError, MemoryError) as error:
        if not is_full(error):
            raise
        raise DeviceFull from None
    name = type(model).__name__
    (logger.info if ways.several and ways.together else logger.warning)("%s reads %s", name, ways.words())
    return HybridMemory(
        model=causal,
        prompter=Prompter(tokenizer),
        ways=ways,
        split=split,
        split_sha256=split_sha256,
        reads_sha256=reads_sha256,
        settings=SleepSettings(sleep["passes"], WINDOW_TOKENS, sleep["segment_windows"]),
        stored={p.name: sleep["stored"] for p in causal.places},
        recurrent=sleep["recurrent"],
        answer_tokens=sleep["answer_tokens"],
    )


def _weights_sha256(model: Any, sleep: Mapping[str, Any]) -> str:
    """SHA-256 over the weights, their types, and how windows are read."""
    how = {name: sleep[name] for name in ("recurrent",)}
    digest = hashlib.sha256(f"{type(model).__name__} {how}".encode())
    for name, tensor in sorted(model.state_dict().items()):
        digest.update(f"{name} {tensor.dtype} {tuple(tensor.shape)}\n".encode())
        digest.update(raw_bytes(tensor))
    return digest.hexdigest()
