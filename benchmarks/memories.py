"""Ways to keep documents, side by side, on held-out contracts: the same weights and questions through each.

    python -m benchmarks.memories ../shared/data [--minutes 20] [--contracts 3 --out FILE]

Writes `benchmarks/results/memories.json` (keys `<way>_<figure>`, see `consolidation.evaluation.compared`), row by row
`memories.csv` beside it, and to `reviewapp/grids/measured.json` what the product plans with. Contracts of at most
`--longest` characters are taken in shuffled order, until the minutes are over. Natural questions give `values_right`
(those of yes and no and joined ones are left out), wordings like those that the memory was taught give `short_em`.
Constants are those fitted on the other half of the contracts. Seconds are of one processor core.

`planner_regret_pct`: seconds of work and of a person, beyond the best way in hindsight, when the way is chosen for
each contract of a matter from the figures of all other matters (`reviewapp.grids.planning`); mean over matters of
some contracts each, in the order in which they were measured, and over forecasts.
"""

import argparse
import json
import random
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import torch

from benchmarks.planning import passes_from, regret, steps, ways_from
from benchmarks.reports import report
from consolidation.engine import load_engine
from consolidation.evaluation.compared import Compared, figures_of, read_table
from consolidation.evaluation.comparing import Asked, beside, compare, kept_anew, table_of, ways_of
from consolidation.evaluation.ways import Kept, Text
from consolidation.files import write_atomically
from laboratory.answers.collect import ABSENT, chosen_contracts
from laboratory.data.facts import Contract, half_of
from laboratory.measure.answers import short_facts, wording
from laboratory.measure.engines import by_halves
from laboratory.reading.facts import natural
from reviewapp.grids.planning import MEASURED

RESULTS = Path(__file__).parent / "results" / "memories.json"
COMMAND = "python -m benchmarks.memories ../shared/data --minutes {minutes:g} --longest {longest}"
#: Kinds of natural questions whose answers are not words of the text.
NOT_VALUES = ("yes", "no", "absent_yesno", "joined")
SEED = 7


def asked_of(contract: Contract, rows: Sequence[dict[str, Any]]) -> Iterator[Asked]:
    """The natural questions for values, and the short facts in words of the kind that was taught."""
    for row in rows:
        if row["kind"] not in NOT_VALUES:
            answers = () if row["kind"] in ABSENT else tuple(row["answers"])
            places = tuple((a, b) for a, b in row["spans"] or row["quote_spans"])
            yield Asked(row["question"], answers, row["kind"], places)
    for fact in short_facts(contract):
        words = wording(contract, fact.category, fact.subject)
        yield Asked(words, (fact.gold,), fact.category, fact.places, trained=True)


def measured(data: Path, most: int | None, longest: int, minutes: float) -> Iterator[list[Compared]]:
    """What the questions gave so far, after each contract, while there is time; the first one is always measured."""
    contracts = [contract for contract in chosen_contracts(data) if len(contract.text) <= longest]
    random.Random(SEED).shuffle(contracts)
    asked, ends = natural(data / "questions" / "questions.jsonl.xz"), time.monotonic() + 60 * minutes
    engines, out = by_halves(load_engine()), list[Compared]()
    for at, contract in enumerate(contracts[:most]):
        if out and time.monotonic() > ends:
            break
        out += compare(
            engines[half_of(contract.id)],
            Text(contract.id, contract.text),
            beside([Text(one.id, one.text) for one in contracts], at),
            list(asked_of(contract, asked[contract.id])),
        )
        print(f"{at + 1} contracts, {len(contract.text)} characters in the last", flush=True)
        yield out


def made_again(data: Path, rows: Sequence[Compared]) -> list[Compared]:
    """The rows with seconds and operations to make, and bytes, of another making; what was asked stays."""
    engine, made = load_engine(), dict[tuple[str, str], Kept]()
    names, out = {row.document for row in rows}, list[Compared]()
    texts = {c.id: Text(c.id, c.text) for c in chosen_contracts(data) if c.id in names}
    for document, text in texts.items():
        with tempfile.TemporaryDirectory() as folder:
            for name, way in ways_of(engine).items():
                made[name, document] = kept_anew(way, text, Path(folder) / name)
    for row in rows:
        kept = made.get((row.way, row.document)) if row.among == 1 else None
        again = (
            (kept.seconds, kept.flops, kept.bytes)
            if kept
            else (row.built_seconds, row.built_flops, row.bytes)
        )
        out.append(replace(row, built_seconds=again[0], built_flops=again[1], bytes=again[2]))
    return out


def write(rows: Sequence[Compared], out: Path, command: str) -> None:
    """Write rows and figures, and, where these are the results, what the product plans with."""
    with write_atomically(out.with_suffix(".csv")) as handle:
        handle.write(table_of(rows))
    report(out, command, figures_of(rows) | regret([row for row in rows if row.among == 1]))
    if out == RESULTS:
        write_plan(rows)


def write_plan(rows: Sequence[Compared]) -> None:
    """Write what the product plans with."""
    alone = [row for row in rows if row.among == 1]
    ways = {way.pop("name"): way for way in map(asdict, ways_from(alone))}
    with write_atomically(MEASURED) as handle:
        plan = {"ways": ways, "steps": steps(rows), "passes": [*map(asdict, passes_from(alone))]}
        handle.write((json.dumps(plan, indent=2) + "\n").encode())


def main() -> None:
    """Measure and write the figures, after each contract."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("--contracts", type=int, help="only so many, for a trial; give --out")
    parser.add_argument(
        "--longest", type=int, default=80_000, help="characters of the longest contract taken"
    )
    parser.add_argument("--minutes", type=float, default=20.0)
    parser.add_argument("--out", type=Path, default=RESULTS)
    parser.add_argument(
        "--made-again", action="store_true", help="measure what making takes once more, and keep the rest"
    )
    args = parser.parse_args()
    if args.contracts and args.out == RESULTS:
        parser.error("a trial must not overwrite the results; give --out")
    torch.set_num_threads(1)
    command = COMMAND.format(minutes=args.minutes, longest=args.longest)
    if args.made_again:
        kept = read_table(args.out.with_suffix(".csv").read_text().splitlines())
        write(made_again(args.data, kept), args.out, command)
        return
    for rows in measured(args.data, args.contracts, args.longest, args.minutes):
        write(rows, args.out, command)


if __name__ == "__main__":
    main()
