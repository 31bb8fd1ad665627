"""Measure the brief on labelled contracts: exact match of CUAD's eight fields, all labelled values counted.

    python -m laboratory.briefs.measure --contracts shared/data/cuad/contracts.jsonl.xz

Rules are made on training contracts only (`--part training` shows these); what is printed by default is of the
held-out ones. Intervals are 95 % bootstrap intervals over contracts.
"""

from __future__ import annotations

import argparse
import json
import lzma
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from consolidation.briefs.making import brief
from laboratory.briefs.comparing import FIELDS, Gold, gold, near, said
from laboratory.data.facts import held_out

DRAWS = 2_000
#: What rules of five lines each reached on other held-out contracts, of values that stand literally in the text.
LITERAL_BASELINES = {"Governing Law": 92.0, "Effective Date": 93.0, "Renewal Term": 92.0}
#: What states and reader together reached on other held-out contracts, all labelled values counted.
EXPIRY_BASELINE, ALL_BASELINE = 22.9, 54.1


@dataclass(frozen=True, slots=True)
class Row:
    """One label of one contract: what it says, what the brief says, and by which rule."""

    contract: str
    category: str
    gold: Gold
    said: frozenset[str]
    rule: str

    @property
    def right(self) -> bool:
        """Whether the value is right; of parties, whether the whole set is."""
        if self.category == "Parties":
            return near(self.said, self.gold.values) == len(self.said) == len(self.gold.values)
        return bool(self.said & self.gold.values)


def rows_of(path: Path, part: str) -> tuple[list[Row], list[tuple[int, float]]]:
    """A row for each label of the contracts of a part, and each contract's length and seconds."""
    rows, times = [], []
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            contract = json.loads(line)
            if held_out(contract["id"]) != (part == "held-out") or not contract["labels"]:
                continue
            began = time.process_time()
            made = brief(contract["text"])
            times.append((len(contract["text"]), time.process_time() - began))
            for category, type_ in FIELDS.items():
                label = contract["labels"].get(category, {"answer": "", "spans": []})
                found = made.first(type_)
                rows.append(
                    Row(
                        contract["id"],
                        category,
                        gold(category, label["answer"], label["spans"]),
                        said(category, made),
                        found.rule if found else "",
                    )
                )
    return rows, times


def exact(rows: Sequence[Row]) -> float:
    """Percent of labelled values that are right."""
    valued = [row for row in rows if row.gold.values]
    return 100 * sum(row.right for row in valued) / len(valued) if valued else 0.0


def parties_f1(rows: Sequence[Row]) -> float:
    """F1 of party names over all contracts, in percent; a letter or two aside."""
    valued = [row for row in rows if row.category == "Parties" and row.gold.values]
    shared = sum(near(row.said, row.gold.values) for row in valued)
    given, wanted = sum(len(row.said) for row in valued), sum(len(row.gold.values) for row in valued)
    return 200 * shared / (given + wanted) if given + wanted else 0.0


def parties_f1_by_contract(rows: Sequence[Row]) -> float:
    """Mean F1 of party names of each contract, in percent."""
    valued = [row for row in rows if row.category == "Parties" and row.gold.values]
    return sum(parties_f1([row]) for row in valued) / len(valued) if valued else 0.0


def interval(rows: Sequence[Row], figure: Callable[[Sequence[Row]], float]) -> list[float]:
    """95 % bootstrap interval of a figure, contracts drawn with replacement."""
    by_contract: dict[str, list[Row]] = {}
    for row in rows:
        by_contract.setdefault(row.contract, []).append(row)
    groups, dice = list(by_contract.values()), random.Random(0)
    draws = sorted(figure([r for g in dice.choices(groups, k=len(groups)) for r in g]) for _ in range(DRAWS))
    return [round(draws[int(DRAWS * q)], 1) for q in (0.025, 0.975)]


def figures(rows: Sequence[Row], times: Sequence[tuple[int, float]]) -> dict[str, object]:
    """Everything that is printed."""
    fields = {}
    for category in FIELDS:
        own = [row for row in rows if row.category == category]
        none = [row for row in own if row.gold.none]
        fields[category] = {
            "exact": round(exact(own), 1),
            "interval": interval(own, exact),
            "labelled_values": sum(bool(row.gold.values) for row in own),
            "given_where_none": sum(bool(row.said) for row in none),
            "labelled_none": len(none),
            "given": sum(bool(row.said and row.gold.values) for row in own),
            "baseline_literal_only": LITERAL_BASELINES.get(category),
        }
    named = [row for row in rows if row.category == "Parties"]
    seconds = sorted(second for _, second in times)
    return {
        "contracts": len(times),
        "brief_em": round(exact(rows), 1),
        "brief_em_interval": interval(rows, exact),
        "expiry_em_all_baseline": EXPIRY_BASELINE,
        "brief_em_baseline": ALL_BASELINE,
        "parties_letter_for_letter": round(
            100 * sum(row.said == row.gold.values for row in named) / len(named), 1
        ),
        "parties_f1_all": round(parties_f1(named), 1),
        "parties_f1_all_interval": interval(named, parties_f1),
        "parties_f1_by_contract": round(parties_f1_by_contract(named), 1),
        "parties_f1_by_contract_interval": interval(named, parties_f1_by_contract),
        "fields": fields,
        "seconds_median": round(seconds[len(seconds) // 2], 3),
        "seconds_longest": round(seconds[-1], 3),
        "seconds_per_million_characters": round(1e6 * sum(seconds) / sum(n for n, _ in times), 2),
    }


def main() -> None:
    """Print the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--contracts", type=Path, required=True)
    parser.add_argument("--part", choices=("held-out", "training"), default="held-out")
    args = parser.parse_args()
    print(json.dumps(figures(*rows_of(args.contracts, args.part)), indent=1))


if __name__ == "__main__":
    main()
