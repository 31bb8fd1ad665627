"""A random instance of each class of hybrids that transformers has, as small as can be, and a tokenizer of bytes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import torch
import transformers
from tokenizers import Tokenizer, decoders, models, pre_tokenizers
from transformers import AutoModelForCausalLM, PreTrainedTokenizerFast

from consolidation.engine import Device, Engine
from consolidation.parts.confidence import Unfitted
from consolidation.parts.hybrid.load import load_causal, memory_of
from consolidation.parts.hybrid.memory import HybridMemory
from consolidation.text.windows import Windows, split
from tests.engine.tiny import TinyMemory, Words, tiny_engine

BASE: dict[str, Any] = {
    "vocab_size": 258, "hidden_size": 32, "num_hidden_layers": 3,
    "pad_token_id": 256, "bos_token_id": None, "eos_token_id": 257,
}  # fmt: skip
ATTENTION = {"num_attention_heads": 2, "num_key_value_heads": 1, "intermediate_size": 48}
MAMBA = {"mamba_n_heads": 4, "mamba_d_head": 16, "mamba_d_state": 8, "mamba_chunk_size": 8}
DELTA = {"linear_num_key_heads": 2, "linear_num_value_heads": 4} | dict.fromkeys(
    ("linear_key_head_dim", "linear_value_head_dim"), 8
)
LAYERS = {"layer_types": ["linear_attention", "full_attention", "linear_attention"]}
HYBRID_BLOCKS = {"layers_block_type": ["mamba", "hybrid", "mamba"], "attention_head_dim": 32}
EXPERTS = {"moe_intermediate_size": 16, "num_local_experts": 4, "num_experts_per_tok": 2}
LATENT = {"kv_lora_rank": 8, "qk_rope_head_dim": 8, "v_head_dim": 8, "qk_nope_head_dim": 8}
KIMI = (
    {"num_attention_heads": 2, "num_key_value_heads": 2, "intermediate_size": 48} | LAYERS | EXPERTS | LATENT
)

#: By class of configuration: those whose states are given several tokens at once.
SEVERAL: dict[str, dict[str, Any]] = {
    "Bamba": ATTENTION | MAMBA | {"attn_layer_indices": [1]},
    "FalconH1": ATTENTION | MAMBA | {"mamba_d_ssm": 64, "head_dim": 16},
    "GraniteMoeHybrid": ATTENTION | MAMBA | {
        "layer_types": ["mamba", "attention", "mamba"], "num_local_experts": 0,
        "shared_intermediate_size": 32, "embedding_multiplier": 3.0,
    },
    "NemotronH": {
        "hybrid_override_pattern": "M*M", "num_attention_heads": 2, "num_key_value_heads": 1, "head_dim": 16,
        "intermediate_size": 48, "mamba_num_heads": 4, "mamba_head_dim": 16, "ssm_state_size": 8, "n_groups": 1,
        "chunk_size": 8,
    },
    "Zamba2": ATTENTION | HYBRID_BLOCKS | {
        "n_mamba_heads": 4, "mamba_d_state": 8, "mamba_headdim": 16, "mamba_ngroups": 1, "chunk_size": 8,
        "num_mem_blocks": 1, "adapter_rank": 4,
    },
    "Mamba2": {"num_heads": 4, "head_dim": 16, "state_size": 8, "n_groups": 1, "chunk_size": 8},
    "Qwen3Next": ATTENTION | DELTA | LAYERS | {
        "head_dim": 16, "num_experts": 4, "num_experts_per_tok": 2, "moe_intermediate_size": 16,
        "shared_expert_intermediate_size": 16,
    },
    "Qwen3_5Text": ATTENTION | DELTA | LAYERS | {"head_dim": 16},
    "OlmoHybrid": ATTENTION | DELTA | LAYERS,
    "KimiLinear": KIMI | {"linear_head_dim": 8, "linear_num_heads": 4},
    "BailingHybrid": KIMI | {"head_dim": 8, "n_group": 1, "topk_group": 1, "num_mtp_layers": 0},
}  # fmt: skip
#: Those that lose their state where several tokens are given at once, so that they are stepped.
STEPPED: dict[str, dict[str, Any]] = {
    "Jamba": ATTENTION | {
        "attn_layer_period": 3, "attn_layer_offset": 1, "num_experts": 1, "mamba_d_state": 8,
    },
    "FalconMamba": {"state_size": 8},
    "Mamba": {"state_size": 8},
    "Zamba": ATTENTION | HYBRID_BLOCKS | {
        "num_hidden_layers": 4, "layers_block_type": ["mamba", "hybrid"] * 2, "n_mamba_heads": 2, "mamba_d_state": 8,
    },
}  # fmt: skip
#: Those that cannot be memories.
REFUSED: dict[str, dict[str, Any]] = {
    "Lfm2": ATTENTION | {"layer_types": ["conv", "full_attention", "conv"]},
    "Llama": ATTENTION,
    "MiniMax": ATTENTION | {"head_dim": 16, "num_local_experts": 2},
    "RecurrentGemma": {"num_attention_heads": 2, "intermediate_size": 48},
}


def random_model(name: str, **more: Any) -> Any:
    """A random instance of a class, always the same."""
    chosen = (SEVERAL | STEPPED | REFUSED)[name]
    config = getattr(transformers, f"{name}Config")(**(BASE | chosen | more))
    torch.manual_seed(0)
    return AutoModelForCausalLM.from_config(config).eval()


def bytes_tokenizer() -> PreTrainedTokenizerFast:
    """Bytes as tokens, and one token for the end."""
    letters = sorted(pre_tokenizers.ByteLevel.alphabet())
    vocabulary = {letter: i for i, letter in enumerate(letters)} | {"<pad>": 256, "<end>": 257}
    tokenizer = Tokenizer(models.BPE(vocab=vocabulary, merges=[]))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    return PreTrainedTokenizerFast(tokenizer_object=tokenizer, eos_token="<end>", pad_token="<pad>")


def _split(text: str) -> Windows:
    return split(text, Words(), TinyMemory().settings.window_tokens)


def hybrid_memory(name: str, *, device: Device = "cpu", **sleep: Any) -> HybridMemory:
    """A random instance of a class as a memory over the windows of the tiny one."""
    said = {"segment_windows": 4, "answer_tokens": 4} | sleep
    memory = memory_of(random_model(name, sleep=said), bytes_tokenizer(), _split, "2" * 64, device)
    return replace(memory, settings=replace(memory.settings, window_tokens=32))


def hybrid_engine(name: str = "GraniteMoeHybrid") -> Engine:
    """A random instance of a class beside the parts of the tiny engine."""
    return replace(tiny_engine(), memory=hybrid_memory(name), confidence=Unfitted("presence"))


def engine_around(folder: Path, device: Device) -> Engine:
    """A checkpoint beside the parts of the tiny engine."""
    model, tokenizer = load_causal(folder, device)
    memory = memory_of(model, tokenizer, _split, "2" * 64, device)
    memory = replace(memory, settings=replace(memory.settings, window_tokens=32))
    return replace(tiny_engine(), memory=memory, confidence=Unfitted("presence"))
