"""Shapes of hybrids that are measured with random weights: a small one, and those of published checkpoints."""

from typing import Any

from transformers import FalconH1Config, GraniteMoeHybridConfig

from tests.engine import hybrids

SMALL = GraniteMoeHybridConfig(
    **hybrids.BASE | hybrids.ATTENTION | {"hidden_size": 128, "num_hidden_layers": 4, "intermediate_size": 256},
    layer_types=["mamba", "attention", "mamba", "mamba"], num_local_experts=0, shared_intermediate_size=256,
    mamba_n_heads=4, mamba_d_head=64, mamba_d_state=64,
)  # fmt: skip
GRANITE_1B = GraniteMoeHybridConfig(
    vocab_size=100352, hidden_size=1536, num_hidden_layers=40, num_attention_heads=12, num_key_value_heads=4,
    layer_types=[("attention" if i % 10 == 5 else "mamba") for i in range(40)], num_local_experts=0,
    shared_intermediate_size=4096, mamba_n_heads=48, mamba_d_head=64, mamba_d_state=128,
    pad_token_id=256, eos_token_id=257,
)  # fmt: skip
#: Heads are narrower than the width over their number.
HEADS: dict[str, Any] = {"head_dim": 64}
FALCON_H1 = FalconH1Config(
    vocab_size=32784, hidden_size=1024, num_hidden_layers=36, intermediate_size=2048, num_attention_heads=8,
    num_key_value_heads=2, **HEADS, mamba_d_ssm=1536, mamba_n_heads=24, mamba_d_head=64, mamba_d_state=128,
    pad_token_id=256, eos_token_id=257,
)  # fmt: skip
SHAPES = {"small": SMALL, "granite-4.0-h-1b": GRANITE_1B, "falcon-h1-0.5b": FALCON_H1}
