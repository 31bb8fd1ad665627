"""What answers are worth beyond single questions as people ask them, all on contracts that nothing was trained on.

    python -m benchmarks.answers ../shared/data [names] [brief] [which] [clauses] [states]

Adds to `benchmarks/results/answers.json`; rates are percent, and `<name>_interval` is 95 % over contracts.

`named_document_right`: questions that name one of sixty contracts of a matter in any form, by descriptions that the
product makes of the texts; `named_counterparty_right` those of them that name the second party.
`brief_em`, `expiry_em_all`, `parties_f1_all`: CUAD's eight fields by the rules of the brief, every labelled value
counted; `brief_s_per_contract` is mean processor time.
"""

import argparse
import statistics
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, Protocol, TypeVar

import torch

from benchmarks.reports import report_more
from consolidation.evaluation.metrics import bootstrap
from laboratory.asking.matter import named_in_a_matter
from laboratory.briefs import measure as briefs

RESULTS = Path(__file__).parent / "results" / "answers.json"
COMMAND = "python -m benchmarks.answers ../shared/data"
Figures = dict[str, Any]


class OfContract(Protocol):
    """Something measured of one contract."""

    @property
    def contract(self) -> str: ...


T = TypeVar("T", bound=OfContract)


def with_interval(name: str, rows: Iterable[T], figure: Callable[[Sequence[T]], float]) -> Figures:
    """A figure of some rows and its interval, contracts drawn with replacement."""
    groups: dict[str, list[T]] = {}
    for row in rows:
        groups.setdefault(row.contract, []).append(row)
    every = [row for group in groups.values() for row in group]
    drawn = bootstrap(list(groups.values()), figure)
    interval = [round(end, 1) for end in drawn] if drawn else None
    return {name: round(figure(every), 1), f"{name}_interval": interval}


def names(contracts: Path) -> Figures:
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


def brief(contracts: Path) -> Figures:
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
            "brief_s_per_contract": float(f"{statistics.mean(second for _, second in times):.3g}"),
            "brief_values": len(valued),
        }
    )


PARTS: dict[str, Callable[[Path], Figures]] = {"names": names, "brief": brief}


def main() -> None:
    """Measure the parts that are named, or all, and add their figures to the results."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data_folder", type=Path)
    parser.add_argument("parts", nargs="*", choices=[[], *PARTS])
    args = parser.parse_args()
    torch.set_num_threads(2)
    for part in args.parts or PARTS:
        report_more(RESULTS, COMMAND, PARTS[part](args.data_folder / "cuad" / "contracts.jsonl.xz"))


if __name__ == "__main__":
    main()
