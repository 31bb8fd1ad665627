"""The model that tells what a question of a whole matter wants, trained on wordings, and what it is worth on others'.

`python -m laboratory.asking.intents --data FOLDER --out FILE.safetensors [--start FOLDER] [--seconds N]
[--test FILE.jsonl.xz ...]`

`--data` holds the natural questions, of which those of training contracts are asked of each document as they stand.
Starts from a retriever, the shipped one if no other is given. Figures of `--test`, wordings of people whose others
were not learned from, go to `intents.jsonl` beside `--out`.

Shape suffixes: B questions, T tokens, S slots, X outputs.
"""

from __future__ import annotations

import argparse
import json
import lzma
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from torch import Tensor

from consolidation.asking.intents import FORMS, SLOTS, SUBJECT_NAMES
from consolidation.asking.subjects import SUBJECTS
from consolidation.engine import WEIGHTS
from consolidation.parts.encoder import Encoder, WordPieces
from consolidation.parts.intents import IntentReader, composed_question, parted
from consolidation.parts.sequences import Composed
from consolidation.parts.transformer import Transformer, dequantised
from consolidation.text.windows import Range
from laboratory.data.facts import held_out
from laboratory.reading.facts import YES_NO_KINDS, natural, typo
from laboratory.reading.fitting import Log, fit, new_model, save_shipped

#: Wordings by people, a file of which each line says who wrote it.
WORDINGS = Path(__file__).parents[1] / "data" / "of_matters.jsonl.xz"
RATE, BATCH = 2e-4, 32
#: Questions of one document that are learned as asked of each.
NATURAL = 700
LEADS = (
    "can you tell me {}", "quick question - {}", "pls {}", "hi, {}", "I need to know {}", "{} thanks", "hey - {}",
    "{} asap", "for the board: {}", "could you check {}", "Client asks: {}", "one more thing: {}",
)  # fmt: skip
#: How far apart subjects are told at the beginning.
SHARP = 1.6
LEAD, BARE, TYPO, MASKED = 0.15, 0.3, 0.15, 0.06
MASK, IGNORED = 103, -100


@dataclass(frozen=True, slots=True)
class Line:
    """One question; what is not known of it is None."""

    question: str
    form: str
    subject: str | None = None
    lacking: bool | None = None
    second: str | None = None
    slots: tuple[Range | None, ...] | None = None


def line_of(row: dict[str, Any]) -> Line:
    """A line of a file of wordings."""
    said = [row.get(slot, "") for slot in SLOTS]
    places = tuple((row["q"].index(one), row["q"].index(one) + len(one)) if one else None for one in said)
    second = (row["topic2"] or "other") if row["form"] == "which_and" else None
    return Line(row["q"], row["form"], row["topic"], row["not"], second, places)


def wordings(path: Path) -> list[Line]:
    """The lines of a file of wordings."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        return [line_of(json.loads(line)) for line in lines]


def by_subject() -> Iterator[Line]:
    """The words of the subjects themselves."""
    for name, subject in SUBJECTS.items():
        if subject.has:
            for form, question in (
                ("which", f"which contracts {subject.has}"), ("count", f"how many contracts {subject.has}"),
                ("any", f"do any contracts {subject.has}"), ("all", f"do all contracts {subject.has}"),
            ):  # fmt: skip
                yield Line(question, form, name, False)
            yield Line(f"which contracts {subject.lacks}", "which", name, True)
        if subject.noun:
            yield Line(f"{subject.noun} of each contract", "each", name, False)


def of_one(data: Path, dice: random.Random) -> list[Line]:
    """Natural questions about training contracts that are neither yes nor no."""
    rows = natural(data / "questions" / "questions.jsonl.xz")
    asked = [
        row["question"]
        for contract, some in sorted(rows.items())
        if not held_out(contract)
        for row in some
        if row["kind"] not in YES_NO_KINDS
    ]
    return [Line(question, "each") for question in dice.sample(asked, NATURAL)]


def varied(line: Line, dice: random.Random) -> Line:
    """A line in another form: led in, without its mark, with typos."""
    question, slots = line.question, line.slots
    if dice.random() < BARE:
        question = question.rstrip("?. ")
    if dice.random() < TYPO:
        question, slots = typo(question, dice), None
    if dice.random() < LEAD:
        lead = dice.choice(LEADS)
        at = lead.index("{}")
        moved = slots and tuple((s[0] + at, s[1] + at) if s else None for s in slots)
        question, slots = lead.format(question), moved
    return Line(question, line.form, line.subject, line.lacking, line.second, slots or None)


class Course:
    """What is learned from."""

    def __init__(self, lines: Sequence[Line], words: Tensor, seed: int) -> None:
        self.lines, self.words, self.dice, self.pieces = lines, words, random.Random(seed), WordPieces()

    def rows(self, questions: Sequence[str]) -> tuple[list[Composed], Tensor, Tensor, Tensor]:
        """Questions as they are read: word pieces, the part of each, and the mask `[B, T]`."""
        composed = [composed_question(self.pieces, one) for one in questions]
        ids, part = (
            torch.nn.utils.rnn.pad_sequence([torch.tensor(v) for v in values], batch_first=True)
            for values in zip(*((one.ids, one.part) for one in composed), strict=True)
        )
        mask = torch.arange(ids.shape[1]) < torch.tensor([len(one.ids) for one in composed])[:, None]
        return composed, ids, part, mask

    @torch.inference_mode()
    def centred(self, model: Transformer) -> None:
        """Begin with forms and subjects told by the mean of the questions of each, as the model has them."""
        lines = sorted(set(self.lines), key=lambda one: len(one.question))
        vectors = torch.cat(
            [
                model.embed(F.embedding(ids, self.words), part, mask)
                for low in range(0, len(lines), BATCH)
                for _, ids, part, mask in [self.rows([one.question for one in lines[low : low + BATCH]])]
            ]
        )
        forms, subjects = (
            torch.stack([vectors[[name in (q.form, q.subject) for q in lines]].mean(0) for name in names])
            for names in (FORMS, SUBJECT_NAMES)
        )
        means = [F.normalize(one - one.mean(0), dim=-1) for one in (forms, subjects, subjects)]
        model.passage_outputs.weight[:-1] = SHARP * torch.cat(means)
        model.passage_outputs.bias.zero_()

    def loss(self, model: Transformer) -> Tensor:
        """The loss of lines drawn anew."""
        lines = [varied(one, self.dice) for one in self.dice.choices(self.lines, k=BATCH)]
        composed, ids, part, mask = self.rows([one.question for one in lines])
        hidden = (torch.rand(ids.shape) < MASKED) & mask
        tokens, said = model.intend(F.embedding(torch.where(hidden, MASK, ids), self.words), part, mask)
        truth = torch.zeros(*ids.shape, len(SLOTS))
        known = torch.zeros(len(lines), 1, len(SLOTS))
        for row, (line, one) in enumerate(zip(lines, composed, strict=True)):
            for slot, place in enumerate(line.slots or ()):
                known[row, 0, slot] = 1.0
                for at, (a, b) in enumerate(one.offsets):
                    truth[row, one.begin + at, slot] = float(bool(place and a < place[1] and place[0] < b))
        slots = F.binary_cross_entropy_with_logits(tokens, truth, reduction="none") * known * mask[..., None]
        form, subject, second, lacking = parted(said)
        return (
            F.cross_entropy(form, _numbers(FORMS, [one.form for one in lines]))
            + _known(subject, _numbers(SUBJECT_NAMES, [one.subject for one in lines]))
            + 0.5 * _known(second, _numbers(SUBJECT_NAMES, [one.second for one in lines]))
            + 0.5 * _signs(lacking[:, 0], [one.lacking for one in lines])
            + 4.0 * slots.sum() / (known * mask[..., None]).sum().clamp(min=1)
        )


def _numbers(names: Sequence[str], said: Sequence[str | None]) -> Tensor:
    return torch.tensor([names.index(one) if one is not None else IGNORED for one in said])


def _known(logits: Tensor, truth: Tensor) -> Tensor:
    known = (truth != IGNORED).sum().clamp(min=1)
    return F.cross_entropy(logits, truth, ignore_index=IGNORED, reduction="sum", label_smoothing=0.05) / known


def _signs(logits: Tensor, said: Sequence[bool | None]) -> Tensor:
    known = torch.tensor([one is not None for one in said])
    truth = torch.tensor([float(bool(one)) for one in said])
    return F.binary_cross_entropy_with_logits(logits[known], truth[known])


def figures(reader: IntentReader, lines: Sequence[Line]) -> dict[str, float]:
    """How often what is told of others' wordings is right; `both` is form, subject and whether it is lacking."""
    told = reader.read([one.question for one in lines])
    pairs = list(zip(told, lines, strict=True))
    right = {
        "form": [t.form == one.form for t, one in pairs],
        "subject": [t.subject == one.subject for t, one in pairs],
        "lacking": [t.lacking == one.lacking for t, one in pairs],
        "second": [t.second == one.second for t, one in pairs if one.second is not None],
        "both": [
            t.form == one.form and t.subject == one.subject and t.lacking == one.lacking for t, one in pairs
        ],
        "sure_subject": [t.subject == one.subject for t, one in pairs if t.subject_sure >= 0.6],
        "sure_form": [t.form == one.form for t, one in pairs if t.form_sure >= 0.6],
    }
    for slot, name in enumerate(SLOTS):
        right[name] = [getattr(t, name) == _said_by(one, slot) for t, one in pairs]
    shares = {name: sum(values) / max(1, len(values)) for name, values in right.items()}
    return shares | {
        "count": len(lines),
        "surely_subject": len(right["sure_subject"]) / len(lines),
        "surely_form": len(right["sure_form"]) / len(lines),
    }


def _said_by(line: Line, slot: int) -> str:
    place = line.slots[slot] if line.slots else None
    return line.question[slice(*place)] if place else ""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--wordings", type=Path, default=WORDINGS)
    parser.add_argument("--start", type=Path, default=WEIGHTS.parent, help="folder with a retriever")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--test", type=Path, nargs="*", default=())
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    torch.manual_seed(args.seed)
    torch.set_num_threads(args.threads)
    dice, log = random.Random(args.seed), Log(args.out.with_suffix(".jsonl"))
    written = wordings(args.wordings)
    lines = [*written, *written, *written, *by_subject(), *of_one(args.data, dice)]
    start = dequantised(load_file(args.start / "retriever.safetensors"))
    encoder = Encoder()
    course = Course(lines, encoder.word_embeddings_NE, args.seed)
    model = new_model("intents", start, torch.device("cpu"))
    course.centred(model)
    model = fit(model, course.loss, args.seconds, RATE, log, "intents")
    made_of = {"seconds": args.seconds, "wordings": len(written), "command": " ".join(sys.argv)}
    names = {"forms": FORMS, "slots": SLOTS, "subjects": SUBJECT_NAMES}
    save_shipped(model, args.out, made_of | names)
    reader = IntentReader(args.out, WordPieces(), encoder.word_embeddings_NE)
    for path in args.test:
        log("tested", file=path.name, **figures(reader, wordings(path)))


if __name__ == "__main__":
    main()
