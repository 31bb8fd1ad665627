"""A pretrained model of attention made into a hybrid that sleeps, on a random instance of a few layers."""

import json
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from consolidation.parts.hybrid.prompt import Prompter
from laboratory.convert.asked import Arms, Question, said_by, trained
from laboratory.convert.asking import answer, from_kept, from_states
from laboratory.convert.batches import NOT_SAID, Course
from laboratory.convert.compact import compacted
from laboratory.convert.course import PHASES, Conversion, Sizes, loaded
from laboratory.convert.hybrid import Hybrid
from laboratory.convert.measure import measured
from laboratory.convert.parts import PartsError, read_parts, write_parts
from laboratory.convert.prepare import arrays_of
from laboratory.convert.stack import Kept, Stack
from laboratory.reading.facts import Asked, Document
from tests.conftest import REPOSITORY
from tests.engine import hybrids

TEXT = (
    "This Agreement is governed by the laws of Oregon. It begins on 4 May 2020, and ends a year later. " * 3
)
PLACE = TEXT.index("Oregon"), TEXT.index("Oregon") + 6
DOCUMENT = Document("one", "agreement", TEXT, (
    Asked("natural", ("Which law?", "Law?"), "value", (PLACE,), (PLACE,)),
    Asked("natural", ("Is it governed by Oregon?",), "yes_no", (), (PLACE,), "yes"),
    Asked("natural", ("Who pays?",), "value"),
    Asked("natural", ("How long in all?",), "joined", (PLACE,)),
))  # fmt: skip
SIZES = Sizes(window=24, windows=2, batch=2)
SEVERAL_HEADS = {"num_attention_heads": 4, "num_key_value_heads": 2, "num_hidden_layers": 4}


def tiny() -> Any:
    return hybrids.random_model("Llama", **SEVERAL_HEADS)


def short_prompter() -> Prompter:
    """Of bytes, so that prompts are longer than any model's: they are asked plainly and briefly."""
    return Prompter(hybrids.bytes_tokenizer())


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("prepared")
    model, prompter = tiny(), short_prompter()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("laboratory.convert.prepare.FROM_STATE", "Say it.")
        made = arrays_of([DOCUMENT, DOCUMENT], prompter, random.Random(0))
    np.savez_compressed(folder / "arrays.npz", **made)  # type: ignore[arg-type]
    model.config.save_pretrained(folder / "model")
    prompter.tokenizer.save_pretrained(folder / "model")
    write_parts(model.state_dict(), folder / "weights", most=20_000)
    return folder


@torch.inference_mode()
def test_the_stack_says_what_its_model_says_and_goes_on_after_what_it_kept() -> None:
    model = tiny()
    stack, ids = Stack(model), torch.randint(0, 258, (2, 30))
    whole, _ = stack.read(ids)
    torch.testing.assert_close(whole, model(ids).logits)
    _, kept = stack.read(ids[:, :20])
    torch.testing.assert_close(stack.read(ids[:, 20:], kept, 20)[0], whole[:, 20:])
    assert torch.equal(compacted(stack, ids, 30)[0].keys, stack.read(ids)[1][0].keys)


@torch.inference_mode()
def test_compacted_keys_stand_for_more_than_the_same_keys_alone() -> None:
    stack, ids = Stack(tiny()), torch.randint(0, 258, (1, 64))
    _, whole = stack.read(ids)
    few = compacted(stack, ids, 16)
    assert few[0].numbers * 4 == whole[0].numbers
    # the first layer, where what is asked does not depend on what was read: the same tokens asked again
    places = stack.places(stack.words(ids), 64)
    block: Any = stack.blocks[0]
    x = block.input_layernorm(stack.words(ids))
    wanted = stack.mixers[0](x, places, whole[0])[0]
    rows = (whole[0].keys[0, :, :, None] == few[0].keys[0, :, None]).all(-1).int().argmax(1)
    plain = Kept(
        few[0].keys,
        whole[0].values.gather(2, rows[None, ..., None].expand_as(few[0].values)),
        torch.zeros_like(few[0].bias_BGS),
    )
    error = {name: (stack.mixers[0](x, places, kept)[0] - wanted).norm() for name, kept in
             (("matched", few[0]), ("plain", plain))}  # fmt: skip
    assert error["matched"] < 0.8 * error["plain"]


@torch.inference_mode()
def test_a_hybrid_read_in_one_go_or_token_by_token_and_only_fast_weights_remember() -> None:
    stack = Stack(tiny())
    hybrid = Hybrid(stack, layers=[1, 3])
    assert hybrid.layers == Hybrid(stack).layers
    ids, other = torch.randint(0, 258, (2, 1, 70))
    states = hybrid.sleep(ids.split(35, 1), 2)
    assert sum(one.numel() for one in states) == hybrid.numbers
    together = hybrid(other, states)
    one_by_one = from_states(hybrid, states)
    for token in range(70):
        torch.testing.assert_close(
            one_by_one(other[:, token : token + 1]), together[0, token], atol=1e-4, rtol=1e-3
        )
    assert not torch.allclose(hybrid(other), together, atol=1e-4)
    blank = [torch.zeros_like(one) for one in states]
    assert torch.equal(hybrid(other, blank), hybrid(other))
    said = answer(from_states(hybrid, states), [1, 2, 3], (), "cpu", most=4)
    assert len(said) == 4 and said == answer(from_states(hybrid, states), [1, 2, 3], (), "cpu", most=4)


def test_questions_come_with_their_evidence_or_with_absence(prepared: Path) -> None:
    course = Course(prepared, "cpu", short_prompter().read(" absent"))
    whole, seen = short_prompter().tokenizer, set[str]()
    for number in range(12):
        batch = course.asked(number, 4, 48)
        assert torch.equal(batch.asked_BA, course.asked(number, 4, 48).asked_BA)
        for segment, asked, targets in zip(batch.segments_BT, batch.asked_BA, batch.targets_BA, strict=True):
            said = targets[targets != NOT_SAID].tolist()
            assert said[-1] == 257
            words = whole.decode(said[:-1])
            assert ("Oregon" in whole.decode(segment)) or words == " absent"
            assert (words == " Yes") <= ("Is it governed" in whole.decode(asked))
            seen.add(words)
    assert seen == {" Oregon", " Yes", " absent"}
    assert course.text(0, 2, 500).shape == (2, 500)


def test_the_course_goes_on_where_it_stopped_and_leaves_the_rest_of_the_model_alone(
    prepared: Path, tmp_path: Path
) -> None:
    whole = Conversion(prepared, tmp_path / "whole", "cpu", SIZES, seconds=1e9, steps=2)
    before = {k: v.clone() for k, v in whole.stack.blocks.state_dict().items() if "self_attn" not in k}
    assert whole.run(1e9)
    after = whole.stack.blocks.state_dict()
    assert all(torch.equal(value, after[name]) for name, value in before.items())
    calls = 0
    while not Conversion(prepared, tmp_path / "parts", "cpu", SIZES, seconds=1e9, steps=2).run(0.0):
        calls += 1
        assert calls < 10
    assert calls == len(PHASES)
    for name in PHASES:
        one, other = (read_parts(tmp_path / way / name) for way in ("whole", "parts"))
        assert all(torch.equal(value, other[key]) for key, value in one.items())
        assert json.loads((tmp_path / "parts" / name / "figures.json").read_text())["step"] == 2
    assert any(not torch.equal(read_parts(tmp_path / "whole" / "sleep_n1")[key], value)
               for key, value in read_parts(tmp_path / "whole" / "sleep_n4").items())  # fmt: skip
    _measures(prepared, tmp_path / "whole")
    next((tmp_path / "whole" / "teacher").glob("*.safetensors")).unlink()
    with pytest.raises(PartsError, match="part-000"):
        read_parts(tmp_path / "whole" / "teacher")


def _begun(prepared: Path, out: Path) -> "subprocess.Popen[bytes]":
    """The course as it is started by hand, but that it keeps how far it is after every step."""
    code = "from laboratory.convert import course; course.SAVE_SECONDS = 0.0; course.main()"
    sizes = [f"--{name}={getattr(SIZES, name)}" for name in ("window", "windows", "batch")]
    words = [f"--prepared={prepared}", f"--out={out}", "--steps=8", "--device=cpu", *sizes]
    return subprocess.Popen([sys.executable, "-c", code, *words], cwd=REPOSITORY, stdout=subprocess.DEVNULL)


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_a_course_that_is_killed_goes_on_to_the_weights_of_one_that_was_left_alone(
    prepared: Path, tmp_path: Path
) -> None:
    out, whole = tmp_path / "killed", tmp_path / "whole"
    # in the middle of a phase, and where one has ended and the next begins
    for place in ("checkpoint.pt", "teacher/parts.json", "sleep_n1/part-000.safetensors"):
        run = _begun(prepared, out)
        while not (out / place).exists():
            assert run.poll() is None
            time.sleep(0.001)
        run.kill()
        assert run.wait() == -signal.SIGKILL
        for phase in out.glob("*/parts.json"):
            assert json.loads(phase.with_name("figures.json").read_text())["step"] == 8
    steps = [row["step"] for row in map(json.loads, (out / "log.jsonl").read_text().splitlines())]
    assert steps.count(1) <= 3
    assert _begun(prepared, out).wait() == _begun(prepared, whole).wait() == 0
    for name in PHASES:
        one, other = read_parts(out / name), read_parts(whole / name)
        assert one.keys() == other.keys()
        assert all(torch.equal(value, other[key]) for key, value in one.items())
    assert not (out / "checkpoint.pt").exists()


def _measures(prepared: Path, course: Path) -> None:
    stack, prompter = loaded(prepared, "cpu")
    found, took = trained(stack, course, "cpu")
    assert took["train_steps_sleep_n2"] == 2 and took["train_tokens"] > 0
    row = {"kind": "value", "question": "Which law?", "answers": ["Oregon"], "spans": [list(PLACE)]}
    ids = prompter.read(TEXT)
    asked = [Question("one", row, prompter.read("Which law?"), ids[:48], ids[48:96], TEXT[:48])]
    arms, folder = Arms(stack, found, SIZES, "cpu"), course / "said"
    folder.mkdir()
    for name in arms.by_name():
        rows = said_by(arms, name, prompter, asked)
        (folder / f"{name}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    (folder / "took.json").write_text(json.dumps(took))
    figures = measured(asked, folder, None)
    assert figures["hybrid_n1_bytes_per_1k_tokens"] == figures["hybrid_n4_bytes_per_1k_tokens"]
    assert 0 < figures["compacted_kv_bytes_per_1k_tokens"] <= figures["hybrid_n1_bytes_per_1k_tokens"]
    assert figures["no_memory_bytes_per_1k_tokens"] == 0 and figures["values_asked"] == 1
    read = from_kept(stack, stack.read(torch.tensor([ids[:48]]))[1], 48)
    assert read(torch.tensor([ids[48:50]])).shape == (258,)
