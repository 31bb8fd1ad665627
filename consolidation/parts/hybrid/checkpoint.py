"""What is wrong with a checkpoint, in words for those who have to put it right."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from huggingface_hub.errors import StrictDataclassError
from safetensors import SafetensorError

from consolidation.errors import ModelFileError
from consolidation.parts.hybrid.memory import ANSWER_TOKENS
from consolidation.parts.hybrid.prompt import Prompter

GGUF = ".gguf"
CONFIG, TOKENIZER = "config.json", "tokenizer.json"
#: What transformers raises where files are missing, damaged, or do not fit one another.
LOADING_ERRORS = (
    OSError, ValueError, LookupError, TypeError, AttributeError, RuntimeError, ImportError, MemoryError,
    SafetensorError, StrictDataclassError,
)  # fmt: skip
#: What `sleep` in a checkpoint's `config.json` may say, and what holds where it does not.
SLEEP: Mapping[str, Any] = {
    "passes": 1,
    "recurrent": False,
    "segment_windows": 64,
    "stored": "bfloat16",
    "answer_tokens": ANSWER_TOKENS,
}
_NAMED = 3


def missing_of(place: Path) -> str:
    """What is missing of a checkpoint before it is opened; empty where nothing is.

    Args:
        place: a folder, a GGUF file, or the name of a repository, of which nothing can be said here.
    """
    if place.suffix == GGUF:
        if not place.is_file():
            return "there is no such file"
        wanted = [name for name in ("gguf", "accelerate") if find_spec(name) is None]
        return f"reading it needs {' and '.join(wanted)}: `pip install gguf accelerate`" if wanted else ""
    if place.is_file():
        return "it is a file; name its folder, or a file that ends with .gguf"
    if not place.is_dir():
        return "there is no such folder that this process may see" if place.is_absolute() else ""
    absent = [name for name in (CONFIG, TOKENIZER) if not (place / name).is_file()]
    if absent:
        return f"its folder has no {' and no '.join(absent)}"
    lost = [name for name in _shards(place) if not (place / name).is_file()]
    if lost:
        return f"its folder lacks {_some(lost)}, which model.safetensors.index.json names"
    if not any(place.glob("*.safetensors")):
        return (
            "its folder has no weights as *.safetensors; other formats are not read, since they can hold code"
        )
    return ""


def _shards(folder: Path) -> list[str]:
    index = folder / "model.safetensors.index.json"
    if not index.is_file():
        return []
    try:
        return sorted(set(json.loads(index.read_text())["weight_map"].values()))
    except (ValueError, LookupError, AttributeError, TypeError):
        raise ModelFileError(index, "it is damaged") from None


def problem_of(place: Path, error: Exception) -> str:
    """Why transformers could not load a checkpoint, as far as its files and its error tell."""
    if place.suffix != GGUF and not place.is_dir():
        return (
            "it is no folder here, and no repository of this name and revision is in the local cache; "
            "nothing is fetched at run time: `hf download NAME`, or give the path of a folder"
        )
    if isinstance(error, SafetensorError):
        return "its weights are damaged or not whole; copy them again"
    try:
        config = json.loads((place / CONFIG).read_text()) if place.is_dir() else {}
    except (OSError, ValueError):
        return f"its {CONFIG} cannot be read"
    if not isinstance(config, dict):
        return f"its {CONFIG} is not that of a model"
    known = transformers_knows(config.get("model_type"))
    if not known and config.get("auto_map"):
        return (
            "it needs code of its own, which is not run; take a checkpoint of a class that transformers has"
        )
    if place.is_dir() and not known:
        return f"transformers knows no causal model of the type {config.get('model_type')!r}"
    said = next((line.strip() for line in str(error).split("\n") if line.strip()), "")
    return (
        f"its files do not fit one another, or one of them is damaged ({type(error).__name__}: {said[:200]})"
    )


def transformers_knows(model_type: object) -> bool:
    """Whether there is a class of causal models for the type that a configuration names."""
    from transformers.models.auto.modeling_auto import MODEL_FOR_CAUSAL_LM_MAPPING_NAMES

    return model_type in MODEL_FOR_CAUSAL_LM_MAPPING_NAMES


def problem_of_parts(model: Any, tokenizer: Any, found: Mapping[str, Any]) -> str:
    """What is wrong with what was loaded; empty where nothing is.

    Args:
        model: the model, in which transformers has put random numbers where weights are missing.
        tokenizer: its tokenizer.
        found: what transformers tells of loading, with the names of weights that were missing.
    """
    lost = sorted(found.get("missing_keys", ()))
    if lost:
        return (
            f"weights are missing, {len(lost)} in all ({_some(lost)}); take the whole checkpoint, unaltered"
        )
    if not getattr(tokenizer, "is_fast", False):
        return f"its tokenizer is not a fast one ({TOKENIZER})"
    known, most = (
        model.get_input_embeddings().weight.shape[0],
        max(tokenizer.get_vocab().values(), default=-1),
    )
    if most >= known:
        return f"its {TOKENIZER} has tokens up to {most}, the model only {known}: they are of two models"
    if not Prompter(tokenizer).asks:
        return "its chat template does not take a question: it is damaged, or for another use"
    return ""


def sleep_of(config: Any) -> dict[str, Any]:
    """What `sleep` of a configuration says, with what holds where it says nothing. Raises `ModelFileError`."""
    said = getattr(config, "sleep", None) or {}
    if not isinstance(said, dict):
        raise ModelFileError(Path(CONFIG), 'sleep is to be written as {"passes": 2}')
    if unknown := set(said) - set(SLEEP):
        known = ", ".join(SLEEP)
        raise ModelFileError(
            Path(CONFIG), f"sleep says {', '.join(sorted(unknown))}; what is known is {known}"
        )
    for name, value in said.items():
        fits, words = _FITS[name]
        if not fits(value):
            raise ModelFileError(Path(CONFIG), f"{name} of sleep is to be {words}, not {value!r}")
    return {**SLEEP, **said}


def _counts(value: object) -> bool:
    return type(value) is int and value >= 1


#: Types that states are stored in, as `states.packing` knows them.
_STORED = ("int4", "int8", "float16", "bfloat16", "float32")
_FITS: Mapping[str, tuple[Callable[[object], bool], str]] = {
    "passes": (_counts, "a whole number from 1 on"),
    "recurrent": (lambda value: isinstance(value, bool), "true or false"),
    "segment_windows": (_counts, "a whole number from 1 on"),
    "stored": (lambda value: value in _STORED, f"one of {', '.join(_STORED)}"),
    "answer_tokens": (_counts, "a whole number from 1 on"),
}


def _some(names: list[str]) -> str:
    return ", ".join(names[:_NAMED]) + (" and more" if len(names) > _NAMED else "")
