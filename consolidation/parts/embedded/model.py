"""The embedded hybrid model: attention inside a window, gated delta writes across windows, a small decoder.

Shape suffixes: B documents, T tokens of a window, Q questions of a document, C tokens of a question,
A tokens of an answer, D model width, E encoder width, H heads, K key width, V value width, N vocabulary.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.utils.checkpoint import checkpoint

from consolidation.parts.embedded import delta
from consolidation.parts.embedded.blocks import Block, DecoderLayer, Embed, Mixer, heads, of_before, projected
from consolidation.parts.embedded.codes import codes
from consolidation.parts.embedded.config import ModelConfig


class HybridModel(nn.Module):
    """Reads windows into fast weights (`pass_over`) and decodes answers from them (`answer_logits`)."""

    words_NE: Tensor
    codes_NX: Tensor

    def __init__(self, config: ModelConfig, words_NE: Tensor) -> None:
        """`words_NE` is the encoder's normalised word table; it is frozen and not part of the weights."""
        super().__init__()
        self.config = config
        #: Whether training keeps only the states between (window, pass) and computes the rest again.
        self.checkpointing = False
        self.register_buffer("words_NE", words_NE, persistent=False)
        values = config.heads * config.value_width
        self.register_buffer("codes_NX", codes(config.vocabulary, values), persistent=False)
        self.embed = Embed(config)
        self.drop = nn.Dropout(config.dropout)
        self.block = Block(config)
        self.before_key = nn.Linear(values, config.heads * config.key_width, bias=False)
        self.between = nn.LayerNorm(config.width)
        self.question_norm = nn.LayerNorm(config.width)
        self.begin = nn.Parameter(torch.zeros(config.width))
        self.token_in = nn.Linear(config.encoder_width, config.width)
        self.positions = nn.Parameter(torch.zeros(config.max_answer, config.width))
        self.decoder = nn.ModuleList(DecoderLayer(config) for _ in range(config.decoder_layers))
        self.final_norm = nn.LayerNorm(config.width)
        self.token_out = nn.Linear(config.width, config.encoder_width)
        self.copy_scale = nn.Parameter(torch.full((config.decoder_layers,), 2.5))
        self.word_bias = nn.Parameter(torch.zeros(config.vocabulary))
        self.presence = nn.Sequential(
            nn.Linear(config.width + values * config.decoder_layers, 128), nn.GELU(), nn.Linear(128, 1)
        )
        self.initialise()

    def initialise(self) -> None:
        """All initialisation: small normal weights, two copy priors, gates that write a quarter and keep long.

        A value holds its token's code (see `codes`) and is read back against the codes of all tokens. `before_key`
        is shared by keys and queries, so that memory continues a sequence from the first step (an induction head).
        """
        for module in self.modules():
            if isinstance(module, nn.Linear):
                nn.init.normal_(module.weight, std=module.in_features**-0.5 * 0.7)
                if module.bias is not None:
                    nn.init.zeros_(module.bias)
        for linear in (self.block.k, *(layer.q for layer in self.decoder_layers)):
            nn.init.normal_(linear.weight, std=0.3 * linear.in_features**-0.5)
        nn.init.normal_(self.before_key.weight, std=1.0)
        nn.init.normal_(self.embed.tags.weight, std=0.2)
        nn.init.normal_(self.block.v.weight, std=0.1 * self.config.width**-0.5)
        nn.init.normal_(self.token_out.weight, std=0.05 * self.config.width**-0.5)
        nn.init.normal_(self.positions, std=0.02)
        nn.init.normal_(self.begin, std=0.02)
        for mixer in self.block.deeper:
            cast("Mixer", mixer).initialise()
        h = self.config.heads
        with torch.no_grad():
            self.block.gates.weight.mul_(0.3)
            self.block.gates.bias[:h] = -8.0
            self.block.gates.bias[h:] = -1.0

    @property
    def decoder_layers(self) -> Iterator[DecoderLayer]:
        """The decoder's layers, typed."""
        return (cast("DecoderLayer", layer) for layer in self.decoder)

    def blank_state(self, batch: int = 1) -> Tensor:
        """Fast weights before anything was read: zeros `[B, H, V, K]`."""
        c = self.config
        return self.words_NE.new_zeros(batch, c.heads, c.value_width, c.key_width)

    def embedded(self, ids_BT: Tensor, features_BTF: Tensor) -> Tensor:
        """First hidden states of windows or questions, `[B, T, D]`."""
        own, before = self.embed.words.weight.chunk(2, dim=1)
        words = projected(self.words_NE, ids_BT, own) + of_before(self.words_NE, ids_BT, before)
        return self.drop(self.embed(features_BTF, words * self.config.encoder_width**0.5))

    def offered(
        self, x_BTD: Tensor, ids_BT: Tensor, mask_BT: Tensor
    ) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Unit keys, values, log decays and write strengths of windows; padding writes and forgets nothing."""
        c, block = self.config, self.block
        y = block.norm_memory(x_BTD)
        k = heads(block.k(y) + of_before(self.codes_NX, ids_BT, self.before_key.weight), c.heads)
        v = heads(block.v(y) + self.codes_NX[ids_BT], c.heads)
        decay, strength = block.gates(y).transpose(1, 2).chunk(2, dim=1)
        inside = mask_BT[:, None, :]
        return F.normalize(k, dim=-1), v, -F.softplus(decay) * inside, torch.sigmoid(strength) * inside

    def writes(
        self, x_BTD: Tensor, ids_BT: Tensor, mask_BT: Tensor, strengths: list[Tensor] | None = None
    ) -> delta.Writes:
        """What windows write, given their mixed hidden states; padding writes nothing.

        The write strengths `[B, H, T]` are appended to `strengths`.
        """
        k, v, log_a, b = self.offered(x_BTD, ids_BT, mask_BT)
        if strengths is not None:
            strengths.append(b)
        return delta.prepare(k, v, log_a, b, additive=self.config.writes == "additive")

    def pass_over(
        self, x_BTD: Tensor, ids_BT: Tensor, mask_BT: Tensor, state_BHVK: Tensor, *, last: bool
    ) -> tuple[Tensor, Tensor]:
        """One recurrent pass of the whole stack over a window: `h, S <- Blocks(h, S)`.

        After the `last` pass the hidden states are discarded, so their read is not computed.
        """
        block = self.block
        x_BTD = block.mix(x_BTD, mask_BT)
        writes = self.writes(x_BTD, ids_BT, mask_BT)
        after, u = delta.write(state_BHVK, writes)
        if last:
            return x_BTD, after
        return self.memory_read(x_BTD, state_BHVK, writes, u), after

    def memory_read(self, x_BTD: Tensor, state_BHVK: Tensor, writes: delta.Writes, u_BHTV: Tensor) -> Tensor:
        """Hidden states for the next pass: what the window reads back, normalised between passes."""
        block = self.block
        q = F.normalize(heads(block.q(block.norm_memory(x_BTD)), self.config.heads), dim=-1)
        read = delta.read(q, state_BHVK, writes, u_BHTV).transpose(1, 2).flatten(2)
        return self.between(x_BTD + block.out(read))

    def question_context(self, ids_BC: Tensor, features_BCF: Tensor) -> Tensor:
        """Hidden states of question tokens, `[B, C, D]`."""
        return self.question_norm(self.embedded(ids_BC, features_BCF))

    def decode(
        self, context_BCD: Tensor, context_mask_BC: Tensor, answer_BA: Tensor, state_BHVK: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Output embeddings `[B, A+1, E+X]` for each next token of an answer so far, and presence logits `[B]`.

        The first part of an output embedding is compared with word embeddings, the second, copied from the state,
        with codes.

        `state_BHVK` has one row per question. It is only read.
        """
        c = self.config
        current = F.pad(self.words_NE[answer_BA], (0, 0, 1, 0))
        x = self.token_in(current * c.encoder_width**0.5)
        x[:, 0] = x[:, 0] + self.begin
        mean = (context_BCD * context_mask_BC.unsqueeze(-1)).sum(1) / context_mask_BC.sum(1, keepdim=True)
        x = self.drop(x + self.positions[: x.shape[1]] + mean.unsqueeze(1))
        shared_key = self.before_key(F.pad(self.codes_NX[answer_BA], (0, 0, 1, 0)))
        mask = context_mask_BC[:, None, None, :]
        copied: Tensor | float = 0.0
        reads = []
        for i, layer in enumerate(self.decoder_layers):
            y = layer.norms[0](x)
            x = x + layer.self_attention(y, y, causal=True)
            x = x + layer.question_attention(layer.norms[1](x), context_BCD, mask)
            q = F.normalize(heads(layer.q(layer.norms[2](x)) + shared_key, c.heads), dim=-1)
            read = (q @ state_BHVK.transpose(-1, -2)).transpose(1, 2).flatten(2)
            reads.append(read[:, 0])
            copied = copied + self.copy_scale[i].exp() * read
            x = x + layer.out(read)
            x = x + layer.mlp(layer.norms[3](x))
        x = self.final_norm(x)
        present = self.presence(torch.cat([x[:, 0], *reads], dim=-1)).squeeze(-1)
        return torch.cat([self.token_out(x) * c.encoder_width**0.5, cast("Tensor", copied)], dim=-1), present

    def logits(self, y_BAX: Tensor, vocabulary: Tensor | None = None) -> Tensor:
        """Scores of next tokens over the whole vocabulary, or over the given ids."""
        said, copied = y_BAX.split([self.words_NE.shape[1], self.codes_NX.shape[1]], dim=-1)
        tables = self.words_NE, self.codes_NX, self.word_bias
        words, kept, bias = tables if vocabulary is None else (table[vocabulary] for table in tables)
        return said @ words.T + copied @ kept.T + bias

    def sleep(
        self,
        ids_BWT: Tensor,
        features_BWTF: Tensor,
        mask_BWT: Tensor,
        state_BHVK: Tensor,
        passes: int,
        strengths: list[Tensor] | None = None,
    ) -> Tensor:
        """The sleep over consecutive windows: `passes` over each in turn, after which only the state is left of it.

        What does not depend on the state (the first pass's attention and writes) is computed for all
        windows together. The first pass's write strengths `[B*W, H, T]` are appended to `strengths`, unless
        checkpointing.
        """
        batch, count = ids_BWT.shape[:2]
        if self.checkpointing and torch.is_grad_enabled():
            for w in range(count):
                state_BHVK = self._checkpointed(
                    ids_BWT[:, w], features_BWTF[:, w], mask_BWT[:, w], state_BHVK, passes
                )
            return state_BHVK
        ids, mask = ids_BWT.flatten(0, 1), mask_BWT.flatten(0, 1)
        first = self.block.mix(self.embedded(ids, features_BWTF.flatten(0, 1)), mask)
        first_writes = self.writes(first, ids, mask, strengths)
        # unbound, not indexed: the gradient of each index would fill zeros as large as all windows
        x_all = first.unflatten(0, (batch, count)).unbind(1)
        writes_all = [part.unflatten(0, (batch, count)).unbind(1) for part in first_writes]
        for w, parts in enumerate(zip(*writes_all, strict=True)):
            writes = delta.Writes(*parts)
            state, u = delta.write(state_BHVK, writes)
            if passes > 1:
                x = self.memory_read(x_all[w], state_BHVK, writes, u)
                for i in range(1, passes):
                    x, state = self.pass_over(x, ids_BWT[:, w], mask_BWT[:, w], state, last=i == passes - 1)
            state_BHVK = state
        return state_BHVK

    def _checkpointed(
        self, ids_BT: Tensor, features_BTF: Tensor, mask_BT: Tensor, state_BHVK: Tensor, passes: int
    ) -> Tensor:
        """The sleep over one window for training: what lies between two (window, pass) points is computed again
        backward."""
        x: Tensor = checkpoint(self.embedded, ids_BT, features_BTF, use_reentrant=False)
        for i in range(passes):
            last = i == passes - 1
            x, state_BHVK = checkpoint(
                self.pass_over, x, ids_BT, mask_BT, state_BHVK, last=last, use_reentrant=False
            )
        return state_BHVK
