"""Questions as people ask them, each put to its contract: what passages, answers and "supported" are worth.

    python -m benchmarks.natural ../shared/data [--table FILE] [--written FILE] [--harder FILE]

Contracts are those that nothing was trained on; constants are fitted on one half of them and told of the other. With
tables of `laboratory.answers.collect`, of the natural, `--written` and `--harder` questions, nothing is asked again.
Adds to `benchmarks/results/answers.json`; rates are percent, and `<name>_interval` is 95 % over contracts.

`natural_passage_at_k`: a passage that holds an answer (or touches the quote, where the answer is no place) is among
the first k shown. `natural_values_right`: all answerable questions but those of yes and no, joined ones included, by
token F1 of 0.6 or the same set; `natural_values_equal` counts equal dates, durations, amounts and laws in other words
too. `natural_yesno_right`, by polarity, and `natural_yesno_balanced` where both polarities weigh alike;
`natural_absent_answered` of what a contract does not say.
`supported_precision`: right in words or in value; `supported_strict`: in words alone; `supported_quote_right`: from a
right quote; `supported_coverage`: of all answerable questions. `natural_from_states_alone` are answered, all of them
supported, before anything is read; `..._right` of these are right in words or in value. `question_s_*`: processor
seconds of one question; `from_states_alone_s_median` of those that need no reading, and `..._if_read_s_median` of the
same ones where everything is read.
`written_*` are the same of questions that were written by readers of whole held-out contracts, three times as many;
part of what the constants are fitted on are such questions about the other half of the contracts. `harder_*` are
those of questions about training contracts of which reader and judge learned nothing, none about what is absent.
"""

import argparse
import statistics
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.reports import report_more, with_interval
from consolidation.engine import WEIGHTS
from laboratory.answers.banked import in_processes
from laboratory.answers.collect import ASKED_FILE, NATURAL_FILE, UNSEEN_FILE, chosen_contracts, table_of
from laboratory.answers.fit import Given, Row, given, read_table, shipped_halves

RESULTS = Path(__file__).parent / "results" / "answers.json"
COMMAND = "python -m benchmarks.natural ../shared/data"
Figures = dict[str, Any]


def share(
    name: str, told: Sequence[Given], counts: Callable[[Given], bool], of: Callable[[Given], bool]
) -> Figures:
    """The percentage of the questions that count of which something is so, and its interval over contracts."""

    def percent(some: Sequence[Given]) -> float | None:
        values = [float(of(one)) for one in some if counts(one)]
        return 100 * statistics.mean(values) if values else None

    return _of_contracts(name, told, percent)


def balanced(name: str, told: Sequence[Given]) -> Figures:
    """The mean of the percentages of right ones of the questions whose answer is Yes and of those whose is No."""

    def percent(some: Sequence[Given]) -> float | None:
        rights = [[float(one.right) for one in some if one.row["kind"] == kind] for kind in ("yes", "no")]
        return 100 * statistics.mean(map(statistics.mean, rights)) if all(rights) else None

    return _of_contracts(name, told, percent)


def _of_contracts(
    name: str, told: Sequence[Given], percent: Callable[[list[Given]], float | None]
) -> Figures:
    return with_interval(name, told, percent, lambda one: str(one.row["id"]))


def is_value(one: Given) -> bool:
    """Whether an answerable question asks for more than yes or no."""
    return bool(one.row["answerable"]) and one.row["kind"] not in ("yes", "no")


def shares(told: Sequence[Given], name: str, supported_name: str) -> Figures:
    """All rates, their names beginning with `name`, those of support with `supported_name`."""

    def answerable(one: Given) -> bool:
        return bool(one.row["answerable"])

    def supported(one: Given) -> bool:
        return one.decision.state == "supported"

    def found(k: int, one: Given) -> bool:
        return any(rank < k for rank in one.row["right_ranks"])

    def answered(one: Given) -> bool:
        return one.decision.answer is not None

    return {
        **share(f"{name}passage_at_1", told, answerable, partial(found, 1)),
        **share(f"{name}passage_at_3", told, answerable, partial(found, 3)),
        **share(f"{name}values_right", told, is_value, lambda g: g.right),
        **share(f"{name}values_equal", told, is_value, lambda g: g.equal),
        **share(
            f"{name}values_right_without_joined",
            told, lambda g: is_value(g) and g.row["kind"] != "joined", lambda g: g.right,
        ),
        **share(f"{name}yesno_right", told, lambda g: g.row["kind"] in ("yes", "no"), lambda g: g.right),
        **balanced(f"{name}yesno_balanced", told),
        **share(f"{name}yes_right", told, lambda g: g.row["kind"] == "yes", lambda g: g.right),
        **share(f"{name}no_right", told, lambda g: g.row["kind"] == "no", lambda g: g.right),
        **share(f"{name}absent_answered", told, lambda g: not answerable(g), answered),
        **share(f"{name}answerable_answered", told, answerable, answered),
        **share(f"{supported_name}precision", told, supported, lambda g: g.equal),
        **share(f"{supported_name}strict", told, supported, lambda g: g.right),
        **share(f"{supported_name}quote_right", told, supported, lambda g: g.quote),
        **share(f"{supported_name}coverage", told, answerable, supported),
        **share(f"{name}from_states_alone", told, answerable, lambda g: not g.read),
        **share(f"{name}from_states_alone_right", told, lambda g: not g.read, lambda g: g.equal),
        f"{name}from_states_alone_count": sum(not g.read for g in told),
        f"{supported_name}count": sum(map(supported, told)),
        f"{name}questions": len(told),
        f"{name}contracts": len({one.row["id"] for one in told}),
        f"{name}by_kind": _by_kind(told),
    }  # fmt: skip


def figures(rows: Sequence[Row], written: Sequence[Row], harder: Sequence[Row]) -> Figures:
    """All figures of the tables of natural, of written and of harder questions."""
    halves = shipped_halves(WEIGHTS)
    told, more, hard = ([given(row, halves[row["half"]]) for row in own] for own in (rows, written, harder))
    seconds = sorted(row["seconds"] for row in rows)
    return {
        **shares(told, "natural_", "supported_"),
        **shares(more, "written_", "written_supported_"),
        **shares(hard, "harder_", "harder_supported_"),
        "question_s_median": round(statistics.median(seconds), 2),
        "question_s_p95": round(seconds[int(0.95 * len(seconds))], 2),
        **_saved([one.row for one in (*told, *more) if not one.read]),
    }


def _saved(rows: Sequence[Row]) -> Figures:
    """What questions cost that states alone answer."""
    if not rows:
        return {}
    return {
        "from_states_alone_s_median": round(statistics.median(row["unread"]["seconds"] for row in rows), 2),
        "from_states_alone_if_read_s_median": round(statistics.median(row["seconds"] for row in rows), 2),
    }


def _by_kind(told: Sequence[Given]) -> Figures:
    kinds = sorted({one.row["kind"] for one in told if one.row["answerable"]})
    return {
        kind: round(100 * statistics.mean(float(g.right) for g in told if g.row["kind"] == kind), 1)
        for kind in kinds
    }


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("--table", type=Path)
    parser.add_argument("--written", type=Path)
    parser.add_argument("--harder", type=Path)
    args = parser.parse_args()
    files = {args.data / NATURAL_FILE: args.table, ASKED_FILE: args.written, UNSEEN_FILE: args.harder}
    tables = (read_table(t) if t else _asked(args.data, file) for file, t in files.items())
    report_more(RESULTS, COMMAND, figures(*tables))


def _asked(data: Path, questions: Path) -> list[Row]:
    """The table of a file of questions."""
    chosen = chosen_contracts(data, questions, training=questions == UNSEEN_FILE)
    return [row for part in in_processes(partial(table_of, questions=questions), chosen) for row in part]


if __name__ == "__main__":
    main()
