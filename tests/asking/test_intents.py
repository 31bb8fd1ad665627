"""What the shipped reader of intents tells of questions about a whole matter, and how it is trained."""

from __future__ import annotations

import json
import lzma
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from safetensors import safe_open
from safetensors.torch import save_file

from consolidation.asking.intents import SLOTS
from consolidation.engine import WEIGHTS
from consolidation.errors import ModelFileError
from consolidation.parts.encoder import Encoder, WordPieces
from consolidation.parts.intents import IntentReader
from laboratory.asking import intents

UNSEEN = intents.WORDINGS.with_name("of_matters_unseen.jsonl.xz")
DATA = Path(__file__).parents[3] / "shared" / "data"


@pytest.fixture(scope="module")
def reader() -> IntentReader:
    return IntentReader(WEIGHTS.with_name("intents.safetensors"), WordPieces(), Encoder().word_embeddings_NE)


@pytest.mark.parametrize(
    ("question", "form", "subject"),
    [
        ("which of these just keep rolling over", "which", "renewal"),
        ("how many have an MFN", "count", "mfn"),
        ("governing law for each contract", "each", "governing_law"),
        ("which contract expires first?", "earliest", "expiry"),
        ("who is allowed to audit our books", "which", "audit"),
        ("highest liability cap", "max", "liability_cap"),
    ],
)
def test_plain_wordings_are_told(reader: IntentReader, question: str, form: str, subject: str) -> None:
    told = reader.read([question])[0]
    assert (told.form, told.subject, told.lacking) == (form, subject, False)
    assert told.form_sure > 0.5 and told.subject_sure > 0.5


def test_what_documents_lack_is_told(reader: IntentReader) -> None:
    has, lacks = reader.read(
        ["Which contracts have a liability cap?", "Which contracts have no liability cap?"]
    )
    assert (has.lacking, lacks.lacking) == (False, True)


def test_wordings_of_people_that_nothing_was_learned_from(reader: IntentReader) -> None:
    lines = intents.wordings(UNSEEN)
    figures = intents.figures(reader, lines)
    assert figures["count"] == len(lines) >= 400
    assert figures["form"] > 0.8 and figures["sure_subject"] > 0.85


@settings(max_examples=40, deadline=None)
@given(question=st.text(max_size=300))
def test_any_text_has_an_intent_whose_slots_are_its_words(reader: IntentReader, question: str) -> None:
    told = reader.read([question])[0]
    assert 0 <= told.form_sure <= 1 and 0 <= told.subject_sure <= 1
    assert all(getattr(told, slot) in question for slot in SLOTS)


def test_weights_of_other_subjects_are_refused(reader: IntentReader, tmp_path: Path) -> None:
    other = tmp_path / "intents.safetensors"
    with safe_open(WEIGHTS.with_name("intents.safetensors"), "pt") as kept:
        tensors = {name: kept.get_tensor(name) for name in kept.keys()}  # noqa: SIM118 -- not a dict
        manifest = json.loads(kept.metadata()["manifest"])
    manifest["subjects"] = manifest["subjects"][::-1]
    save_file(tensors, other, metadata={"manifest": json.dumps(manifest)})
    with pytest.raises(ModelFileError, match="subjects are others"):
        IntentReader(other, reader.pieces, reader.words_NE)


@pytest.mark.slow
def test_a_reader_of_intents_is_trained_from_wordings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    some = tmp_path / "some.jsonl.xz"
    with lzma.open(intents.WORDINGS, "rt") as lines, lzma.open(some, "wt") as out:
        out.writelines(line for at, line in enumerate(lines) if at % 12 == 0)
    out_file = tmp_path / "intents.safetensors"
    arguments = ["--data", DATA, "--wordings", some, "--out", out_file, "--seconds", 3, "--test", UNSEEN]
    monkeypatch.setattr(sys, "argv", ["intents", *map(str, arguments)])
    intents.main()
    rows = [json.loads(line) for line in out_file.with_suffix(".jsonl").read_text().splitlines()]
    assert rows[-1]["stage"] == "tested" and rows[-1]["count"] == len(intents.wordings(UNSEEN))
    assert out_file.exists()
