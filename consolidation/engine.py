"""The engine: a memory, a router, readers, a judge and a confidence, bound on a device and shared by threads."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict, dataclass, replace
from functools import partial
from inspect import signature
from pathlib import Path

import torch
from torch import Tensor

from consolidation.errors import ModelFileError, OptionRefused
from consolidation.key import StateKey, sha256_of
from consolidation.parts import cross_encoder
from consolidation.parts.confidence import Lent, Unfitted, fitted
from consolidation.parts.embedded import memory
from consolidation.parts.embedded.codes import unpacked_codes
from consolidation.parts.embedded.config import ModelConfig
from consolidation.parts.embedded.memory import EmbeddedMemory
from consolidation.parts.embedded.model import HybridModel
from consolidation.parts.encoder import Encoder, WordPieces
from consolidation.parts.encodings import Encodings
from consolidation.parts.extents import Extents
from consolidation.parts.intents import IntentReader
from consolidation.parts.router import PassageRouter
from consolidation.parts.weights import load_weights, shas_of_memory
from consolidation.parts.window_tagger import WindowTagger
from consolidation.protocol import (
    AnswerSettings,
    Confidence,
    FastWeights,
    Identity,
    Judge,
    Memory,
    Proposal,
    Reader,
    Reading,
    Router,
    SleepSettings,
)
from consolidation.table.capacities import Composer, ReadsMany, ReadsTogether, ToAnswer, ToRead
from consolidation.table.table import MOST_BYTES, MOST_ROWS, Table

WEIGHTS = Path(__file__).parent / "weights" / "model.safetensors"
EMBEDDED, HYBRID = "embedded", "hybrid"
Device = torch.device | str
OnText = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Engine:
    """The parts that consolidate and answer.

    `sentences` reads single sentences for Yes and No, `intents` what questions of many documents want, where there
    are such readers. `encodings` is what finders of clauses and hypotheses share with the parts; `weights` is the
    file that the parts came from; `about` says in words how the memory is used. Threads share an engine at its
    `table`; a `composer` answers free questions in sentences.
    """

    memory: Memory
    router: Router
    reader: Reader
    judge: Judge
    confidence: Confidence
    settings: AnswerSettings
    sentences: cross_encoder.Reader | None = None
    intents: IntentReader | None = None
    encodings: Encodings | None = None
    weights: Path | None = None
    about: str = ""
    table: Table | None = None
    composer: Composer | None = None

    @property
    def identity(self) -> Identity:
        """What states are named by, and what answers are stamped by."""
        answers = (
            self.memory.answers_sha256,
            self.router.answers_sha256,
            self.reader.answers_sha256,
            self.judge.answers_sha256,
            self.confidence.answers_sha256,
            json.dumps(asdict(self.settings), sort_keys=True),
            *((self.sentences.answers_sha256,) if self.sentences else ()),
            *((self.composer.answers_sha256,) if self.composer else ()),
        )
        return Identity(
            sha256_of(self.memory.name, self.memory.reads_sha256, self.router.reads_sha256),
            self.memory.tokenizer_sha256,
            sha256_of(*answers),
        )

    def turn(self) -> AbstractContextManager[None]:
        """The model for the body alone, where others share it."""
        return self.table.turn() if self.table else nullcontext()

    def heard(self, on_text: OnText) -> OnText:
        """`on_text` for what is written token by token, between which others have their turn."""

        def hear(text: str) -> None:
            on_text(text)
            if self.table:
                self.table.turns.give_way()

        return hear

    def read_windows(self, document: ToRead, passes: int) -> FastWeights:
        """The state after `passes` over some windows of a document; beside windows of others on a card."""
        memory = self.memory
        if self.table and isinstance(memory, ReadsTogether):
            read = partial(memory.read_many, passes=passes)
            weights: FastWeights = self.table.merged(("windows", passes), read, [document])[0]
            return weights
        with self.turn():
            return memory.read(*document, passes)

    def question_keys(self, questions: Sequence[str]) -> Tensor:
        """The router's keys of questions, `[Q, R]`."""
        with self.turn():
            return self.router.question_keys(questions)

    def read(
        self, question: str, passages: Sequence[str], titles: Sequence[str], on_text: OnText
    ) -> list[Reading]:
        """What the reader finds in passages; beside those of others where it reads several questions at once.

        A reader that writes is heard by `on_text` while it writes of the first passage.
        """
        if not isinstance(self.reader, ReadsMany):
            with self.turn():
                return list(self.reader.read(question, passages, titles))
        heard = [self.heard(on_text), *[None] * len(passages)]
        items = [ToAnswer(question, *one) for one in zip(passages, titles, heard, strict=False)]
        read = self.reader.read_many
        return self.table.merged("read", read, items) if self.table else list(read(items))

    def said_by(self, question: str, sentences: Sequence[str]) -> list[float]:
        """The log odds of yes to no that each sentence says by itself; 0 where there is no reader of sentences."""
        if not self.sentences:
            return [0.0] * len(sentences)
        items, read = [ToAnswer(question, one) for one in sentences], self.sentences.verdicts
        return self.table.merged("sentences", read, items) if self.table else read(items)

    def judged(self, proposals: Sequence[Proposal]) -> list[float]:
        """The judge's log odds that proposals are right; beside those of others."""
        judge = self.judge.judge
        return self.table.merged("judge", judge, proposals) if self.table else list(judge(proposals))

    def state_key(
        self, *, document_sha256: str | tuple[str, ...], text_version: str, text_sha256: str
    ) -> StateKey:
        """The key of a document's state, or of an ordered family's, under this memory and its settings."""
        settings, identity = self.memory.settings, self.identity
        return StateKey(
            members=(document_sha256,) if isinstance(document_sha256, str) else document_sha256,
            text_version=text_version,
            text_sha256=text_sha256,
            memory=self.memory.name,
            reads_sha256=identity.reads_sha256,
            tokenizer_sha256=identity.tokenizer_sha256,
            schedule=settings.schedule,
            window_tokens=settings.window_tokens,
            segment_windows=settings.segment_windows,
            stored=tuple(sorted(self.memory.stored.items())),
        )


_memories: dict[str, Callable[..., Engine]] = {}


def register_memory(name: str, loader: Callable[..., Engine]) -> None:
    """Make a memory known: `loader` is given its place (None: the memory's own), a device and its options by name."""
    _memories[name] = loader


def load_engine(
    weights: Path | None = None, *, memory: str = EMBEDDED, device: Device = "cpu", **options: str
) -> Engine:
    """Load the engine around a memory (seconds to minutes).

    Args:
        weights: the file or folder of the memory.
        memory: its name, or `name:place`, where the place stands for `weights`; a hybrid also `hybrid@granite:place`.
        device: where it runs.
        options: what its loader takes besides, such as `revision` and `dtype` of a hybrid.

    Raises:
        ModelFileError: it cannot be loaded; also for a memory that is not known (`OptionRefused` for such an option).
        MemoryRefused: it cannot be trusted to keep its states.
    """
    name, _, place = memory.partition(":")
    kind, _, own = name.partition("@")
    if kind not in _memories:
        known = ", ".join(sorted(_memories))
        raise ModelFileError(Path(memory), f"no memory has this name; there is {known}")
    if own:
        if kind != HYBRID:
            raise ModelFileError(Path(memory), "only a hybrid takes a name of its own after @")
        options["name"] = name
    if unknown := set(options) - set(signature(_memories[kind]).parameters):
        raise OptionRefused(Path(memory), kind, min(unknown))
    return _memories[kind](Path(place) if place else weights, device, **options)


def load_embedded(path: Path | None, device: Device) -> Engine:
    """The engine around the embedded memory, of the shipped weights by default; the other parts are those beside the
    weights, where there are any, else the shipped ones. Raises `ModelFileError`.
    """
    weights = load_weights(path or WEIGHTS)
    manifest, encoder = weights.manifest, Encoder(device=device)
    encoder.tune(weights.part("tuned"), weights.part("tagger"))
    pieces, sleep = WordPieces(), SleepSettings(**manifest["sleep"])
    shared, fast = (pieces, encoder.word_embeddings_NE, device), cross_encoder.fast_precision(device)
    tagger = WindowTagger(_beside(weights.path, "tagger"), *shared, fast)
    extents = Extents.load(_beside(weights.path, "extents"))
    encodings = Encodings(encoder, pieces, tagger, extents, window_tokens=sleep.window_tokens)
    model = HybridModel(ModelConfig(**manifest["model"]), encoder.words_NE).to(device)
    model.eval().requires_grad_(False).load_state_dict(weights.part("model"))
    model.codes_NX.copy_(unpacked_codes(weights.tensors["codes"]))
    shas = shas_of_memory(weights, encoder.sha256, memory.READS)
    # NB: keys of windows are part of states, which must be the same bytes everywhere; reading need not be.
    return Engine(
        EmbeddedMemory(encodings, model, *shas, sleep, manifest["stored"]),
        PassageRouter(cross_encoder.Retriever(_beside(weights.path, "retriever"), *shared)),
        cross_encoder.Reader(_beside(weights.path, "reader"), *shared, fast),
        cross_encoder.Judge(_beside(weights.path, "judge"), *shared, fast),
        *fitted(manifest),
        cross_encoder.Reader(_beside(weights.path, "sentences"), *shared, fast),
        IntentReader(_beside(weights.path, "intents"), *shared, fast),
        encodings,
        weights.path,
    )


def _beside(weights: Path, name: str) -> Path:
    path = weights.with_name(f"{name}.safetensors")
    return path if path.exists() else WEIGHTS.with_name(path.name)


def load_hybrid(
    place: Path | None, device: Device, *, name: str = HYBRID, revision: str = "", dtype: str = ""
) -> Engine:
    """The engine around a hybrid checkpoint of transformers, beside the router, reader and judge that are shipped.

    No confidence is fitted for it, so that nothing is called supported on its word alone. Raises `ModelFileError`,
    `MemoryRefused` and `DeviceFull`.
    """
    from consolidation.parts.hybrid.load import load_causal, memory_of

    if place is None:
        raise ModelFileError(Path(HYBRID), f"say which checkpoint: {HYBRID}:<folder or name>")
    model, tokenizer = load_causal(place, device, revision=revision, dtype=dtype)
    beside = load_embedded(None, device)
    memory = memory_of(model, tokenizer, beside.memory.tokenise, beside.memory.tokenizer_sha256, device)
    confidence = Lent(Unfitted(memory.signals[0]), beside.confidence)
    about = f"{place.name}, {str(memory.model.dtype).removeprefix('torch.')}, {memory.ways.words()}"
    return replace(beside, memory=replace(memory, name=name), confidence=confidence, about=about)


def with_generating_reader(
    engine: Engine, place: Path | str, device: Device, *, judges: bool = False, dtype: str = ""
) -> Engine:
    """The engine with a causal model in place of its reader, and of its judge where it `judges` too.

    Nothing was fitted for its words, so that nothing is called supported. Raises `ModelFileError`, `DeviceFull`.
    """
    from consolidation.parts.generating.composer import GeneratingComposer
    from consolidation.parts.generating.load import load_writer
    from consolidation.parts.generating.reader import GeneratingJudge, GeneratingReader

    writer = load_writer(place, device, dtype=dtype)
    by = f"{Path(place).name}, {str(writer.model.dtype).removeprefix('torch.')}"
    return replace(
        engine,
        about="; ".join(filter(None, (engine.about, f"reads and judges in words by {by}"))),
        reader=GeneratingReader(writer),
        judge=GeneratingJudge(writer) if judges else engine.judge,
        confidence=Unfitted(engine.memory.signals[0]),
        sentences=None,
        composer=GeneratingComposer(writer),
    )


def shared(engine: Engine, *, most_rows: int = MOST_ROWS, most_bytes: int = MOST_BYTES) -> Engine:
    """The engine for threads that use it at once; `most_rows` states, of `most_bytes`, are decoded from together.

    Answers are as if asked alone, but for the rounding of what goes through the model together.
    """
    memory = engine.memory
    merges = next(iter(memory.blank_state().values())).device.type != "cpu"
    return replace(engine, table=Table(memory, merges=merges, most_rows=most_rows, most_bytes=most_bytes))


register_memory(EMBEDDED, load_embedded)
register_memory(HYBRID, load_hybrid)
