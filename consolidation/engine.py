"""The engine: the embedded model with its encoder, router and reader, loaded once and shared by threads.

Shape suffixes as in `model` and `passages`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F
from safetensors import SafetensorError, safe_open
from torch import Tensor

from consolidation.errors import ModelFileError
from consolidation.parts.confidence import Calibration
from consolidation.parts.embedded.codes import unpacked_codes
from consolidation.parts.embedded.model import HybridModel, ModelConfig
from consolidation.parts.encoder import SEP, TUNED_FROM, Encoder, WordPieces, file_sha256, tags_of
from consolidation.parts.passages import PassageConfig, Reader, Router
from consolidation.protocol import Claim, FastWeights, Identity
from consolidation.states.state import SleepSettings, StateKey
from consolidation.text.windows import Windows, split

WEIGHTS = Path(__file__).parent / "weights" / "model.safetensors"
QUESTION_TOKENS = 96
ENCODE_WINDOWS = 32
#: States whose log odds of holding an answer are this far below the best one's are not decoded, nor further those
#: whose claims stand this far below one that is finished.
PRUNE = 2.5


@dataclass(frozen=True, slots=True)
class Asked:
    """A question made ready once: its hidden states for the decoder, its router key, its reader input."""

    text: str
    context_1CD: Tensor
    mask_1C: Tensor
    key_R: Tensor
    features_1CF: Tensor
    words_1CE: Tensor
    tokens: int


@dataclass(frozen=True, slots=True)
class ReadWindow:
    """A window's encoder output: all that router, reader and memory need of it."""

    features_WTF: Tensor
    sentences_WE: Tensor
    mask_WT: Tensor


@dataclass(slots=True)
class Said:
    """What was decoded from one state so far."""

    presence: float = 0.0
    ids: list[int] = field(default_factory=list)
    values: list[float] = field(default_factory=list)
    finished: bool = False

    def add(self, token: int, log_likelihood: float) -> None:
        self.values.append(log_likelihood)
        self.finished = token == SEP
        if not self.finished:
            self.ids.append(token)

    @property
    def log_likelihood(self) -> float:
        return sum(self.values) / len(self.values) if self.values else 0.0

    @property
    def weakest(self) -> float:
        return min(self.values, default=0.0)

    def standing(self, calibration: Calibration) -> float:
        return calibration.standing(self.presence, self.log_likelihood, self.weakest)


class EmbeddedMemory:
    """The embedded model behind the `Memory` protocol."""

    def __init__(self, weights: Path = WEIGHTS) -> None:
        tensors, self.manifest = _load_weights(weights)
        self.encoder, self.pieces = Encoder(), WordPieces()
        self.encoder.tune(_part(tensors, "tuned"), _part(tensors, "tagger"))
        self.model = HybridModel(ModelConfig(**self.manifest["model"]), self.encoder.word_embeddings_NE)
        self.router = Router(PassageConfig(**self.manifest["passages"]))
        self.reader = Reader(PassageConfig(**self.manifest["passages"]))
        parts = {"model": self.model, "router": self.router, "reader": self.reader}
        for name, module in parts.items():
            module.load_state_dict(_part(tensors, name))
            module.eval().requires_grad_(False)
        self.model.codes_NX.copy_(unpacked_codes(tensors["codes"]))
        self.settings = SleepSettings(**self.manifest["sleep"])
        self.calibration = Calibration.from_dict(self.manifest["calibration"])
        joint = file_sha256(weights) + self.encoder.sha256
        self._identity = Identity(hashlib.sha256(joint.encode()).hexdigest(), self.pieces.sha256)
        self.ask = lru_cache(maxsize=1024)(self._ask)

    @property
    def identity(self) -> Identity:
        return self._identity

    def state_key(self, *, document_sha256: str, text_version: str, text_sha256: str) -> StateKey:
        """The key of a document's state under this model and the current settings."""
        s = self.settings
        return StateKey(
            document_sha256, text_version, text_sha256, self.identity.model_sha256, self.identity.tokenizer_sha256,
            s.passes, s.window_tokens, s.segment_windows, s.dtype,
        )  # fmt: skip

    def tokenise(self, text: str) -> Windows:
        return split(text, self.pieces, self.settings.window_tokens)

    def blank_state(self) -> FastWeights:
        return {"fast_weights": self.model.blank_state()}

    @torch.inference_mode()
    def encode(self, windows: Windows, chosen: list[int]) -> ReadWindow:
        """Encoder features of some windows."""
        parts = [chosen[i : i + ENCODE_WINDOWS] for i in range(0, len(chosen), ENCODE_WINDOWS)]
        encoded = [self.encoder.features(windows.ids_WT[part], windows.lengths_W[part]) for part in parts]
        mask = torch.arange(windows.ids_WT.shape[1]) < windows.lengths_W[chosen, None]
        return ReadWindow(torch.cat([e[0] for e in encoded]), torch.cat([e[1] for e in encoded]), mask)

    @torch.inference_mode()
    def read_window(self, windows: Windows, index: int, state: FastWeights, passes: int) -> FastWeights:
        read = self.encode(windows, [index])
        after = self.model.read_window(
            windows.ids_WT[[index]], read.features_WTF, read.mask_WT, state["fast_weights"], passes
        )
        return {"fast_weights": after}

    @torch.inference_mode()
    def read_windows(
        self, windows: Windows, chosen: Sequence[int], state: FastWeights, passes: int
    ) -> tuple[FastWeights, Tensor]:
        """`read_window` on consecutive windows, encoded together; also their router keys `[W, R]`."""
        indices = list(chosen)
        read = self.encode(windows, indices)
        ids_WT = windows.ids_WT[indices]
        after = self.model.sleep(
            ids_WT[None], read.features_WTF[None], read.mask_WT[None], state["fast_weights"], passes
        )
        keys = self.router.window_keys(
            read.features_WTF,
            self.model.words_NE[ids_WT],
            read.mask_WT,
            read.sentences_WE,
            torch.tensor(indices),
        )
        return {"fast_weights": after}, keys

    @torch.inference_mode()
    def clause_probabilities(self, windows: Windows) -> Tensor:
        """For each token, `[W, T, L]`, how likely it belongs to a clause of each of `clauses.CATEGORIES`."""
        read = self.encode(windows, list(range(len(windows))))
        return tags_of(read.features_WTF)

    @torch.inference_mode()
    def _ask(self, question: str) -> Asked:
        """Encode a question; recent ones are kept."""
        ids = torch.tensor([(self.pieces.encode(question)[0] or [0])[:QUESTION_TOKENS]])
        features, sentence = self.encoder.features(ids, torch.tensor([ids.shape[1]]), tagged=False)
        words, mask = self.model.words_NE[ids], torch.ones_like(ids, dtype=torch.bool)
        key = self.router.question_keys(features, words, mask, sentence)[0]
        context = self.model.question_context(ids, features)
        return Asked(question, context, mask, key, features, words, ids.shape[1])

    @torch.inference_mode()
    def decode(
        self, states: FastWeights, question: str, on_text: Callable[[str], None] = lambda text: None
    ) -> list[Claim]:
        state_BHVK = states["fast_weights"]
        asked, said = self.ask(question), [Said() for _ in state_BHVK]
        rows, answer = torch.arange(len(said)), torch.zeros(len(said), 0, dtype=torch.long)
        top = float("-inf")
        for step in range(self.model.config.max_answer - 1):
            context, mask = asked.context_1CD.expand(len(rows), -1, -1), asked.mask_1C.expand(len(rows), -1)
            y, present = self.model.decode(context, mask, answer, state_BHVK[rows])
            if step == 0:
                for one, p in zip(said, present.tolist(), strict=True):
                    one.presence = p
                likely = present >= present.max() - PRUNE
                rows, answer, y = rows[likely], answer[likely], y[likely]
            best = F.log_softmax(self.model.logits(y[:, -1]), dim=-1).max(-1)
            answer = torch.cat([answer, best.indices[:, None]], dim=1)
            going = []
            for row, token, value in zip(
                rows.tolist(), best.indices.tolist(), best.values.tolist(), strict=True
            ):
                said[row].add(token, value)
                standing = said[row].standing(self.calibration)
                if said[row].finished:
                    top = max(top, standing)
                going.append(not said[row].finished and standing >= top - PRUNE)
            on_text(self.pieces.decode(max(said, key=lambda one: one.presence).ids))
            rows, answer = rows[going], answer[going]
            if not len(rows):
                break
        for row in rows.tolist():
            said[row].finished = True  # at the longest an answer may be
        return [self._claim(one) for one in said]

    def _claim(self, said: Said) -> Claim:
        parts = self.pieces.decode(said.ids).split(";") if said.finished else []
        # a list that has lost its thread says its parts again; each counts once
        text = "; ".join(dict.fromkeys(part.strip() for part in parts if part.strip()))
        return Claim(text, said.presence, said.log_likelihood, said.weakest, len(said.values))

    def encoder_flops_per_token(self) -> float:
        """Multiply-adds x 2 of the encoder, frozen and tuned layers, on one token of a full window."""
        c = self.encoder.model.config
        layer = 4 * c.hidden_size**2 + 2 * c.hidden_size * c.intermediate_size
        layers = 2 * c.num_hidden_layers - TUNED_FROM
        return 2.0 * layers * (layer + 2 * self.settings.window_tokens * c.hidden_size)

    def consolidate_flops(self, tokens: int, passes: int) -> float:
        return tokens * (
            self.encoder_flops_per_token() + passes * self.model.config.document_flops_per_token()
        )

    def answer_flops(self, tokens: int) -> float:
        return float(tokens * self.model.config.answer_flops_per_token())


def _part(tensors: dict[str, Tensor], name: str) -> dict[str, Tensor]:
    """The tensors of one module, in float32."""
    return {k.removeprefix(name + "."): v.float() for k, v in tensors.items() if k.startswith(name + ".")}


def _load_weights(path: Path) -> tuple[dict[str, Tensor], dict[str, Any]]:
    try:
        with safe_open(path, framework="pt") as handle:
            manifest = json.loads(handle.metadata()["manifest"])
            return {name: handle.get_tensor(name) for name in handle.keys()}, manifest  # noqa: SIM118
    except FileNotFoundError as error:
        raise ModelFileError(path, "the weights are missing; fetch the whole repository") from error
    except (OSError, SafetensorError, KeyError, TypeError, json.JSONDecodeError) as error:
        raise ModelFileError(path, "the weights cannot be read; fetch the file again") from error


Engine = EmbeddedMemory


def load_engine(weights: Path | None = None) -> Engine:
    """Load the embedded model (seconds). Raises `ModelFileError`."""
    return EmbeddedMemory(weights or WEIGHTS)
