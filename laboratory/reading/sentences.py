"""A reader of single sentences: whether one answers a question of Yes and No, and which of the two it says.

`python -m laboratory.reading.sentences --data FOLDER --weights FOLDER --out FILE.safetensors --seconds N`

`--data` is what `prepare` wrote, `--weights` holds the shipped reader, from which it starts, or with `--start
sentences` the shipped reader of sentences; with `--favour` it learns most from what it does not know. It learns what
natural, written and ContractNLI's statements rest on, beside sentences of the same passage and of near ones that do
not answer. One contract of ten is kept out and measured before and after. The figures go to `sentences.jsonl` beside
`--out`.

Shape suffixes: B questions or sequences, T tokens, G sentences of one question, S spans.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor

from consolidation.parts.transformer import Transformer
from laboratory.reading.batches import HYPOTHESES, NATURAL, WRITTEN, YES_NO, Arrays, Sequences
from laboratory.reading.fitting import Log, fit, half_precision, save_shipped
from laboratory.reading.further import arguments, found_passages, parsed, shipped
from laboratory.reading.learning import KNOWN, auroc, kept_out, of_agreements
from laboratory.reading.losses import rank_loss
from laboratory.reading.stages import MASKED, Facts, call, facts_of, may_answer, new_near, wrong

RATE = 1e-4
SHARES = {WRITTEN: 0.75, NATURAL: 0.15, HYPOTHESES: 0.1}
#: Sentences of one question, the first of which answers where one does; tokens of a sequence, and of its sentence.
GROUP, TOKENS, SENTENCE = 3, 112, 80
#: Word pieces that end a sentence.
ENDS = (1012, 1025, 1029)
#: How often the words that an answer rests on are shown with their whole sentence.
WHOLE, TRIES = 0.7, 6


class Sentences:
    """Where the sentences of all documents lie."""

    def __init__(self, arrays: Arrays) -> None:
        self.arrays = arrays
        ending = torch.isin(arrays.tokens, torch.tensor(ENDS, device=arrays.device))
        self.bounds = torch.cat([ending.new_zeros(1, dtype=torch.long), ending.nonzero()[:, 0] + 1])

    def around(self, places_B2: Tensor, within_B2: Tensor) -> Tensor:
        """Places grown to whole sentences inside other places, cut to `SENTENCE` tokens `[B, 2]`."""
        last = len(self.bounds) - 1
        low = self.bounds[
            (torch.searchsorted(self.bounds, places_B2[:, 0].contiguous(), right=True) - 1).clamp(0, last)
        ]
        high = self.bounds[torch.searchsorted(self.bounds, places_B2[:, 1].contiguous()).clamp(0, last)]
        low, high = torch.maximum(low, within_B2[:, 0]), torch.minimum(high, within_B2[:, 1])
        low = torch.maximum(low, places_B2[:, 1] - SENTENCE)
        return torch.stack([low, torch.minimum(torch.maximum(high, low + 1), low + SENTENCE)], 1)

    def of_documents(self, facts: Tensor) -> Tensor:
        """The token places of the facts' documents `[B, 2]`."""
        documents = self.arrays.document[facts]
        return torch.stack([self.arrays.documents[documents], self.arrays.documents[documents + 1]], 1)

    def resting(self, facts: Tensor, whole: float) -> Tensor:
        """What the answers of facts rest on `[B, 2]`, some of it with its whole sentence; -1 where nothing."""
        place = self.arrays.evidence[facts][:, 0]
        grown = self.around(place.clamp(min=0), self.of_documents(facts))
        chosen = torch.rand(len(facts), device=self.arrays.device) < whole
        place = torch.where(chosen[:, None], grown, torch.stack([place[:, 0], place.amax(1)], 1))
        high = torch.minimum(place[:, 1], place[:, 0] + SENTENCE)
        return torch.where(self.arrays.evidence[facts][:, 0] < 0, -1, torch.stack([place[:, 0], high], 1))

    def other(self, facts: Tensor, passages: Tensor) -> Tensor:
        """A sentence of each passage that no evidence touches `[B, 2]`; -1 where chance found none."""
        arrays, out = self.arrays, torch.full((len(facts), 2), -1, device=self.arrays.device)
        within = arrays.passages[passages.clamp(min=0)]
        for _ in range(TRIES):
            drawn = torch.rand(len(facts), device=arrays.device) * (within[:, 1] - within[:, 0])
            at = within[:, 0] + drawn.long()
            place = self.around(torch.stack([at, at + 1], 1), within)
            free = (arrays.shared(place, arrays.evidence[facts]) == 0) & (passages >= 0)
            out = torch.where((free & (out[:, 0] < 0))[:, None], place, out)
        return out


@dataclass(frozen=True, slots=True)
class Drawn:
    """Sentences put to questions: the fact of each, whether it answers, and the sequences; all `[B * G]`."""

    facts: Tensor
    right: Tensor
    sequences: Sequences


class Course:
    """What is learned, and how it is measured."""

    def __init__(self, arrays: Arrays, size: int) -> None:
        self.arrays, self.size, self.sentences = arrays, size, Sentences(arrays)
        facts = facts_of(arrays, sources=tuple(SHARES))
        facts = facts[arrays.kind[facts] == YES_NO]
        self.measured = facts[kept_out(arrays, facts) & (arrays.source[facts] == WRITTEN)]
        self.facts = Facts(arrays, facts[~torch.isin(facts, self.measured)], SHARES)

    @torch.inference_mode()
    def favour(self, model: Transformer) -> float:
        """Draw what a model tells right already less often than other written questions; the share of these."""
        arrays, every = self.arrays, self.facts.facts
        written = ((arrays.source[every] == WRITTEN) & (arrays.polarity[every] > 0)).nonzero()[:, 0]
        if not len(written):
            return 0.0
        knows = []
        for rows in written.split(self.size):
            read = self.drawn(every[rows], 1.0, arrays.questions_of[every[rows]])
            with half_precision(arrays.device):
                said = self.read(model, read.sequences)[::GROUP, 1:3]
            knows.append(said.argmax(1) + 1 == arrays.polarity[every[rows]])
        known = torch.cat(knows)
        self.facts.weights[written[known]] *= KNOWN
        return float(known.float().mean())

    def drawn(self, facts: Tensor, whole: float, rows: Tensor) -> Drawn:
        """Sentences of facts, a right one first; none takes the place of one that chance did not find."""
        arrays = self.arrays
        right = self.sentences.resting(facts, whole)
        has = (arrays.positive.count(facts) > 0) & (right[:, 0] >= 0)
        passages = torch.where(has, arrays.positive.first(facts, 1)[:, 0], wrong(arrays, facts))
        near = wrong(arrays, facts)
        near = torch.where(may_answer(arrays, facts, near[:, None])[:, 0], -1, near)
        others = [self.sentences.other(facts, passages), self.sentences.other(facts, near)]
        first = torch.where(has[:, None], right, others[1])
        places = torch.stack([first, *others], 1)
        known = torch.zeros(places.shape[:2], dtype=torch.bool, device=arrays.device)
        known[:, 0] = has
        places = torch.where(places < 0, 0, places).flatten(0, 1)
        asked = arrays.questions[rows].repeat_interleave(GROUP, 0)
        sequences = arrays.compose(asked, None, places, TOKENS)
        return Drawn(facts.repeat_interleave(GROUP), known.flatten(), sequences)

    def loss(self, model: Transformer) -> Tensor:
        """The loss of sentences drawn anew."""
        facts = self.facts.draw(self.size)
        read = self.drawn(facts, WHOLE, self.arrays.wording(facts))
        said = self.read(model, self.arrays.dropped(read.sequences, MASKED))
        polarity = self.arrays.polarity[read.facts]
        sign = F.cross_entropy(said[:, 1:3], (polarity - 1).clamp(min=0), reduction="none")
        known = read.right & (polarity > 0)
        ranks = rank_loss(said[:, 0].view(-1, GROUP), read.right.view(-1, GROUP))
        return ranks + 2 * (sign * known).sum() / known.sum().clamp(min=1)

    def read(self, model: Transformer, sequences: Sequences) -> Tensor:
        """What the model says of sequences, short and long ones apart: half of a batch is padding else."""
        order = sequences.mask_BT.sum(1).argsort()
        said = []
        for rows in order.chunk(3):
            most = int(sequences.mask_BT[rows].sum(1).max())
            ids, part, mask = (
                tensor[rows, :most] for tensor in (sequences.ids_BT, sequences.part_BT, sequences.mask_BT)
            )
            shorter = Sequences(ids, part, mask, sequences.begin_B[rows])
            said.append(call(model, "read", self.arrays, shorter)[1])
        return torch.cat(said)[order.argsort()]

    @torch.inference_mode()
    def figures(self, model: Transformer) -> dict[str, float]:
        """How often polarities are right on what answers rest on, and how well that is told from other sentences."""
        arrays, outs, truths = self.arrays, [], []
        if not len(self.measured):
            return {"count": 0}
        for facts in self.measured.split(self.size):
            read = self.drawn(facts, 1.0, arrays.questions_of[facts])
            with half_precision(arrays.device):
                outs.append(self.read(model, read.sequences))
            truths.append(torch.stack([read.right.long(), arrays.polarity[read.facts]], 1))
        said, truth = torch.cat(outs), torch.cat(truths)
        right = truth[:, 0] > 0
        signs = said[right, 1:3].argmax(1) + 1 == truth[right, 1]
        best = said[:, 0].view(-1, GROUP)[right.view(-1, GROUP)[:, 0]].argmax(1) == 0
        return {
            "yes_no": float(signs.float().mean()),
            "answers": auroc(said[right, 0], said[~right, 0]),
            "first_of_three": float(best.float().mean()),
            "count": int(right.sum()),
        }


def main() -> None:
    parser = arguments(__doc__, size=20)
    parser.add_argument("--start", choices=("reader", "sentences"), default="reader", help="where it begins")
    args = parsed(parser)
    args.out.parent.mkdir(parents=True, exist_ok=True)
    device, log = torch.device(args.device), Log(args.out.with_suffix(".jsonl"))
    arrays = Arrays(args.data, device)
    new_near(arrays, found_passages(arrays, args, args.size * 4))
    course = Course(arrays, args.size)
    model = shipped(args.weights, "reader", device, dropout=args.dropout, name=args.start).eval()
    log("before", **course.figures(model))
    course.facts.weights[of_agreements(arrays, course.facts.facts)] *= args.fresh
    if args.favour:
        log("known", share=course.favour(model))
    model = fit(model, course.loss, args.seconds, args.rate or RATE, log, "sentences", course.figures)
    log("trained", **course.figures(model))
    save_shipped(model, args.out, {"seconds": args.seconds, "command": " ".join(sys.argv)})


if __name__ == "__main__":
    main()
