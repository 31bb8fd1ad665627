"""What answers are worth beyond single questions as people ask them, all on contracts that nothing was trained on.

    python -m benchmarks.answers ../shared/data [--kept FOLDER] [--parts names brief which clauses states near]

Adds to `benchmarks/results/answers.json`; rates are percent, and `<name>_interval` is 95 % over contracts.

`named_document_right`: questions that name one of sixty contracts of a matter in any form, by descriptions that the
product makes of the texts; `named_counterparty_right` those of them that name the second party.
`brief_em`, `expiry_em_all`, `parties_f1_all`: CUAD's eight fields by the rules of the brief, every labelled value
counted; `brief_rules_s_per_contract` is mean processor time.
`which_f1_clauses`, `which_f1_fields`: mean F1 of the documents that "which", "how many", "earliest" and the like name
over all held-out contracts (see `laboratory.answers.which`); `which_f1_clauses_have` without what asks for a lack.
`yes_with_right_quote`: of every yes to "is there a clause of this kind", those right with a labelled passage.
`clause_aupr_one_extent`: AUPR over CUAD's 41 categories where one extent of each passage counts;
`clause_aupr_all_extents` and `clause_p_at_80r` where other extents and whole sentences are ranked with them.
`states_add_em`: exact match of the eight fields in words that the memory was taught, with states less without them,
over the shortest contracts that the time allows (`states_contracts`); what is not answered is not right.
`standing_fields_right`, `standing_clauses_right`: of what briefs hold for standing questions, those right (a clause:
with a labelled passage first), over the shortest contracts that the time allows (`standing_contracts`);
`..._supported_precision` of those called supported, `..._supported_share` how many these are, constants and threshold
being those of the other half of the contracts. `brief_s_per_contract` is mean processor time of all that, beside
consolidating. `near_miss_supported`, `near_miss_answered`: of questions for a thing of which a contract has no word,
those that got a supported answer, and any, over the shortest contracts (`near_miss_contracts`); none is right.
"""

import argparse
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, cast

import torch

from benchmarks.reports import report_more, with_interval
from consolidation.asking.understand import understand
from consolidation.briefs.fields import Type
from laboratory.answers import standing as standings
from laboratory.answers.banked import in_processes
from laboratory.answers.known import held_out_known
from laboratory.answers.near_misses import near_misses
from laboratory.answers.shares import shares_of
from laboratory.answers.which import every_yes, mean_f1, of_clauses, of_fields
from laboratory.asking.matter import named_in_a_matter
from laboratory.briefs import measure as briefs
from laboratory.data.facts import held_out, load_contracts
from laboratory.measure.clauses import Counted, count_contract, load_labelled, summary
from reviewapp.briefs.standing import STANDING

RESULTS = Path(__file__).parent / "results" / "answers.json"
COMMAND = "python -m benchmarks.answers ../shared/data"
Figures = dict[str, Any]
#: Whole contracts take long to consolidate and to read: the shortest are asked.
STATES_CONTRACTS, STANDING_CONTRACTS, NEAR_CONTRACTS = 20, 42, 24


def names(contracts: Path, kept: Path | None) -> Figures:
    """Documents named in a matter."""
    rows = named_in_a_matter(contracts)

    def right(drawn: Sequence[Any]) -> float:
        return 100 * statistics.mean(row.right for row in drawn)

    forms = {row.form: [r for r in rows if r.form == row.form] for row in rows}
    return (
        with_interval("named_document_right", rows, right)
        | with_interval("named_counterparty_right", forms["counterparty"], right)
        | {
            "named_document_right_by_form": {form: round(right(own), 1) for form, own in forms.items()},
            "named_questions": len(rows),
        }
    )


def brief(contracts: Path, kept: Path | None) -> Figures:
    """The eight fields of the brief."""
    rows, times = briefs.rows_of(contracts, "held-out")
    valued = [row for row in rows if row.gold.values]
    expiry = [row for row in valued if row.category == "Expiration Date"]
    parties = [row for row in valued if row.category == "Parties"]
    return (
        with_interval("brief_em", valued, briefs.exact)
        | with_interval("expiry_em_all", expiry, briefs.exact)
        | with_interval("parties_f1_all", parties, briefs.parties_f1)
        | {
            "brief_rules_s_per_contract": float(f"{statistics.mean(second for _, second in times):.3g}"),
            "brief_values": len(valued),
        }
    )


def which(contracts: Path, kept: Path | None) -> Figures:
    """Questions over all held-out contracts, and for one clause."""
    known = list(held_out_known(contracts, kept))
    clauses, said = list(of_clauses(known)), list(every_yes(known))
    have = [one for one in clauses if not one.lacks]

    def quoted(drawn: Sequence[Any]) -> float:
        return 100 * statistics.mean(one.right and one.quoted for one in drawn)

    return (
        with_interval("which_f1_clauses", clauses, mean_f1)
        | with_interval("which_f1_clauses_have", have, mean_f1)
        | with_interval("which_f1_fields", of_fields(known), mean_f1)
        | with_interval("yes_with_right_quote", said, quoted)
        | {"yes_said": len(said), "which_questions": len({one.question for one in clauses})}
    )


@dataclass(frozen=True, slots=True)
class Pooled:
    """One contract's question for a kind of clause, compared with its labels."""

    contract: str
    counted: Counted


def clauses(contracts: Path, kept: Path | None) -> Figures:
    """Clauses by the CUAD paper's measures."""
    labelled = {one.id: one for one in load_labelled(contracts, held_out)}
    one_extent, every = list[Pooled](), list[Pooled]()
    for known in held_out_known(contracts, kept):
        first = {kind: list(spans) for kind, spans in known.clauses.items()}
        for rows, found in ((one_extent, first), (every, known.alternatives)):
            counts = count_contract(labelled[known.id], dict(found))
            rows += [Pooled(known.id, counted) for counted in counts.values()]

    def of(name: str) -> Callable[[Sequence[Pooled]], float]:
        return lambda drawn: summary([row.counted for row in drawn])[name]

    return (
        with_interval("clause_aupr_one_extent", one_extent, of("aupr"))
        | with_interval("clause_aupr_all_extents", every, of("aupr"))
        | with_interval("clause_p_at_80r", every, of("precision_at_80_recall"))
    )


def states(contracts: Path, kept: Path | None) -> Figures:
    """What states add to reading and rules."""
    held = [c for c in load_contracts(contracts) if held_out(c.id) and c.answers]
    chosen = sorted(held, key=lambda c: len(c.text))[:STATES_CONTRACTS]
    rows = [row for part in in_processes(shares_of, chosen) for row in part]

    def percent(name: str) -> Callable[[Sequence[Any]], float]:
        return lambda drawn: 100 * statistics.mean(getattr(row, name) for row in drawn)

    return (
        with_interval("states_add_em", rows, percent("added"))
        | with_interval("states_with_em", rows, percent("right"))
        | with_interval("states_without_em", rows, percent("without"))
        | with_interval("states_alone_em", rows, percent("state"))
        | {"states_questions": len(rows), "states_contracts": len(chosen)}
    )


def standing(contracts: Path, kept: Path | None) -> Figures:
    """What briefs hold for standing questions."""
    asked = {name: understand(one.words) for name, one in STANDING.items()}
    fields = {cast(Type, n.removeprefix("field:")): one for n, one in asked.items() if n.startswith("field:")}
    kinds = {n.removeprefix("clause:"): one for n, one in asked.items() if n.startswith("clause:")}
    found = standings.standing_rows(contracts, (fields, kinds), kept / "standing" if kept else None)
    held = list(islice(found, STANDING_CONTRACTS))
    rows = [row for one, _ in held for row in one]
    figures: Figures = {
        "brief_s_per_contract": float(f"{statistics.mean(seconds for _, seconds in held):.3g}"),
        "standing_contracts": len(held),
    }
    for name, own in (
        ("fields", [row for row in rows if row.is_field]),
        ("clauses", [row for row in rows if not row.is_field]),
    ):
        told = standings.told_by_halves(own)
        odds = standings.fitted(own)
        figures |= with_interval(f"standing_{name}_right", told, _right)
        figures |= with_interval(
            f"standing_{name}_supported_precision", [t for t in told if t.supported], _right
        )
        figures |= with_interval(
            f"standing_{name}_supported_share",
            told,
            lambda drawn: 100 * statistics.mean(t.supported for t in drawn),
        )
        figures |= {
            f"standing_{name}_count": len(told),
            f"standing_{name}_odds": odds,
            f"standing_{name}_threshold": standings.threshold(own, odds),
        }
    return figures


def _right(drawn: Sequence[standings.Told]) -> float:
    return 100 * statistics.mean(one.right for one in drawn)


def near(contracts: Path, kept: Path | None) -> Figures:
    """Questions for another thing than a contract speaks of."""
    held = [c for c in load_contracts(contracts) if held_out(c.id) and c.answers]
    chosen = sorted(held, key=lambda c: len(c.text))[:NEAR_CONTRACTS]
    rows = [row for part in in_processes(near_misses, chosen) for row in part]
    answered = {
        kind: [row.answered for row in rows if row.kind == kind] for kind in sorted({r.kind for r in rows})
    }
    return (
        with_interval(
            "near_miss_supported", rows, lambda drawn: 100 * statistics.mean(row.supported for row in drawn)
        )
        | with_interval(
            "near_miss_answered", rows, lambda drawn: 100 * statistics.mean(row.answered for row in drawn)
        )
        | {
            "near_miss_answered_by_kind": {
                kind: round(100 * statistics.mean(own), 1) for kind, own in answered.items()
            },
            "near_miss_questions": len(rows),
            "near_miss_contracts": len(chosen),
        }
    )


PARTS: dict[str, Callable[[Path, Path | None], Figures]] = {
    "names": names, "brief": brief, "which": which, "clauses": clauses, "states": states,
    "standing": standing, "near": near,
}  # fmt: skip


def main() -> None:
    """Measure the parts that are named, or all, and add their figures to the results."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data_folder", type=Path)
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=list(PARTS))
    parser.add_argument("--kept", type=Path, help="folder in which tags are kept from run to run")
    args = parser.parse_args()
    torch.set_num_threads(2)
    contracts = args.data_folder / "cuad" / "contracts.jsonl.xz"
    for part in args.parts:
        report_more(RESULTS, COMMAND, PARTS[part](contracts, args.kept))


if __name__ == "__main__":
    main()
