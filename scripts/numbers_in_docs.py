"""Writes the numbers of README and model card from benchmarks/results/; `--check` only compares."""

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scripts import beyond_tables, method_plots, method_tables, task_tables

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "benchmarks" / "results"
END = "<!-- end of numbers -->"

Row = tuple[str, str, str]

# What people read, the figure, and how it is written; a figure that was not measured is left out.
README_ROWS: tuple[Row, ...] = (
    ("A question over 1 document", "question_s_1_docs", "{:.2f} s"),
    ("A question over 10 documents", "question_s_10_docs", "{:.2f} s"),
    ("A question over 60 documents", "question_s_60_docs", "{:.2f} s"),
    ("A question to a document of 1,000 tokens", "question_s_1k", "{:.3f} s"),
    ("A question to a document of 8,000 tokens", "question_s_8k", "{:.3f} s"),
    ("A question to a document of 64,000 tokens", "question_s_64k", "{:.3f} s"),
    ("Reading those 64,000 tokens again instead", "reread_s_64k", "{:.1f} s"),
    ("Consolidation", "consolidate_tokens_per_s", "{:,.0f} tokens/s"),
    ("State of a document", "state_bytes_per_document", "{:,.0f} bytes"),
    ("Ingestion, time against plain pypdf", "ingest_time_vs_pypdf", "{:.2f} times"),
    ("Ingestion, peak memory on large PDFs", "ingest_peak_mib", "{:,.0f} MiB"),
)
ANSWER_ROWS: tuple[Row, ...] = (
    ("A right passage is shown first", "natural_passage_at_1", "{:.1f} %"),
    ("... among the first three", "natural_passage_at_3", "{:.1f} %"),
    ("Values right, in words (token F1 of 0.6)", "natural_values_right", "{:.1f} %"),
    ("... in words or in value (three days are 72 hours)", "natural_values_equal", "{:.1f} %"),
    ("... in words, without questions that join two facts", "natural_values_right_without_joined", "{:.1f} %"),
    ("Yes and no right", "natural_yesno_right", "{:.1f} %"),
    ("... where the answer is Yes", "natural_yes_right", "{:.1f} %"),
    ("... where it is No", "natural_no_right", "{:.1f} %"),
    ("... both weighed alike", "natural_yesno_balanced", "{:.1f} %"),
    ("Answered though the contract does not say", "natural_absent_answered", "{:.1f} %"),
    ("Asked for a thing of which a contract has no word: any answer", "near_miss_answered", "{:.1f} %"),
    ("... one that is called supported", "near_miss_supported", "{:.1f} %"),
    ("Supported answers: right in words or in value", "supported_precision", "{:.1f} %"),
    ("... right in words alone", "supported_strict", "{:.1f} %"),
    ("... from a right quote", "supported_quote_right", "{:.1f} %"),
    ("Answerable questions whose answer is called supported", "supported_coverage", "{:.1f} %"),
    ("Answerable questions that states answer, so that nothing is read", "natural_from_states_alone", "{:.1f} %"),
    ("... right in words or in value", "natural_from_states_alone_right", "{:.1f} %"),
    ("... processor seconds, median", "from_states_alone_s_median", "{:.2f} s"),
    ("... of the same questions where passages are read", "from_states_alone_if_read_s_median", "{:.2f} s"),
    ("Written questions, 49 contracts: values right, in words", "written_values_right", "{:.1f} %"),
    ("... yes and no right", "written_yesno_right", "{:.1f} %"),
    ("... where the answer is Yes", "written_yes_right", "{:.1f} %"),
    ("... where it is No", "written_no_right", "{:.1f} %"),
    ("... both weighed alike", "written_yesno_balanced", "{:.1f} %"),
    ("... answered though the contract does not say", "written_absent_answered", "{:.1f} %"),
    ("... supported answers right in words or in value", "written_supported_precision", "{:.1f} %"),
    ("... answerable questions whose answer is supported", "written_supported_coverage", "{:.1f} %"),
    ("... answered from states alone", "written_from_states_alone", "{:.1f} %"),
    ("... of these right in words or in value", "written_from_states_alone_right", "{:.1f} %"),
    ("Harder ones, of 48 training contracts, not learned from: values right, in words",
     "harder_values_right", "{:.1f} %"),
    ("... yes and no right", "harder_yesno_right", "{:.1f} %"),
    ("... where the answer is Yes", "harder_yes_right", "{:.1f} %"),
    ("... where it is No", "harder_no_right", "{:.1f} %"),
    ("... both weighed alike", "harder_yesno_balanced", "{:.1f} %"),
    ("... supported answers right in words or in value", "harder_supported_precision", "{:.1f} %"),
    ("... answerable questions whose answer is supported", "harder_supported_coverage", "{:.1f} %"),
    ("The document that a question names is chosen, of 60", "named_document_right", "{:.1f} %"),
    ("Eight fields of the brief, every labelled value", "brief_em", "{:.1f} % exact match"),
    ("Which, how many, earliest: by law and date, 56 contracts", "which_f1_fields", "{:.1f} % F1"),
    ("... by kinds of clause", "which_f1_clauses", "{:.1f} % F1"),
    ("A question, processor seconds, median", "question_s_median", "{:.2f} s"),
)  # fmt: skip
WORDING_ROWS: tuple[Row, ...] = (
    ("Wordings of questions about a whole matter, of a writer of whose others nothing was learned", "wordings", "{}"),
    ("... documents gone over as was meant, by the grammar alone", "form_by_grammar", "{:.1f} %"),
    ("... with the reader of intents", "form_right", "{:.1f} %"),
    ("Of those that do not ask each alike, by the grammar alone", "form_by_grammar_without_each", "{:.1f} %"),
    ("... with the reader of intents", "form_right_without_each", "{:.1f} %"),
    ("What they are about is told rightly", "subject_right", "{:.1f} %"),
    ("... where it is told surely", "subject_right_where_sure", "{:.1f} %"),
    ("... which it is of so many", "subject_sure", "{:.1f} %"),
)  # fmt: skip
CARD_STATE_ROWS: tuple[Row, ...] = (
    ("Contracts held out", "contracts", "{}"),
    ("Questions about values", "questions", "{}"),
    ("... without an answer in the contract", "absent_questions", "{}"),
    ("Governing law, whole contracts, states only", "governing_law_em", "{:.1f} % exact match"),
    ("Agreement date", "agreement_date_em", "{:.1f} % exact match"),
    ("Document name", "document_name_em", "{:.1f} % exact match"),
    ("Effective date", "effective_date_em", "{:.1f} % exact match"),
    ("Parties", "parties_f1", "{:.1f} % F1"),
    ("All short answers, whole contracts, states only", "short_em_whole", "{:.1f} % exact match"),
    ("The same, F1", "short_f1_whole", "{:.1f} %"),
    ("All short answers, one state of 4,096 tokens", "short_em_4k", "{:.1f} % exact match"),
    ("The same, F1", "short_f1_4k", "{:.1f} %"),
    ("The same with a state of zeros", "zeroed_state_em", "{:.1f} % exact match"),
    ("The same with another contract's state", "shuffled_state_em", "{:.1f} % exact match"),
    ("All short answers, with evidence", "evidence_short_em", "{:.1f} % exact match"),
    ("Right first quotes among verified answers", "placed_quote_precision", "{:.1f} %"),
    ("Answered though the contract has no such value (fabrication)", "fabrication_rate", "{:.1f} %"),
    (
        "Confidence of states, contracts with an answer against those without: AUROC",
        "abstention_auroc",
        "{:.1f} %",
    ),
    ("Confidence of answers, right against wrong: AUROC", "answer_auroc_right", "{:.1f} %"),
    ("Confidence of answers, calibration error", "answer_calibration_error", "{:.1f} %"),
    ("Is a kind of clause there (33 kinds), balanced accuracy", "yesno_balanced_accuracy", "{:.1f} %"),
    ("The same, AUROC", "yesno_auroc", "{:.1f} %"),
    ("The same, calibration error", "yesno_calibration_error", "{:.1f} %"),
    ("Computed answers, own weights trained with N = 1", "computed_em_n1", "{:.1f} % exact match"),
    ("... with N = 2", "computed_em_n2", "{:.1f} % exact match"),
    ("... with N = 4", "computed_em_n4", "{:.1f} % exact match"),
    ("... with N = 1 and twice the layers", "computed_em_deep2", "{:.1f} % exact match"),
    ("... with N = 1 and four times the layers", "computed_em_deep4", "{:.1f} % exact match"),
    ("Consolidation with N = 2 on two cores", "consolidate_tokens_per_s_n2", "{:,.0f} tokens/s"),
    ("State of 4,096 tokens", "state_bytes_4k", "{:,.0f} bytes"),
)
CARD_CLAUSE_ROWS: tuple[Row, ...] = (
    ("Clauses of 41 categories, area under the precision-recall curve", "aupr", "{:.1f} %"),
    ("The same, precision at 80 % recall", "precision_at_80_recall", "{:.1f} %"),
    ("The same, time for a contract on two cores", "s_per_contract", "{:.2f} s"),
    ("ContractNLI, 17 hypotheses, accuracy", "nli_accuracy_dev", "{:.1f} %"),
)
#: Published by Hendrycks et al., arXiv 2103.06268, table 2, on the data set's own test split.
PUBLISHED_CLAUSES = (
    ("RoBERTa-base", 42.6, 31.1), ("RoBERTa-large", 48.2, 38.1), ("DeBERTa-xlarge", 47.8, 44.0),
)  # fmt: skip

# Columns of the model card: what is asked of, and the figures by category.
CARD_COLUMNS = (
    ("4 windows", "state_4_windows"),
    ("8 windows", "state_8_windows"),
    ("16 windows", "state_16_windows"),
    ("32 windows", "state_32_windows"),
    ("whole contract", "state_whole"),
    ("whole, with evidence", "evidence"),
)


def table(results: dict[str, Any]) -> str:
    """The README's table of times and sizes."""
    return "\n".join([*_rows(README_ROWS, results["figures"]), "", _made(results)])


def answers_table(results: dict[str, Any]) -> str:
    """The README's table of answers to questions as people ask them."""
    figures = _with_intervals(results)
    return "\n".join([*_rows(ANSWER_ROWS, figures), "", _made({**results, "figures": figures})])


def wordings_table(results: dict[str, Any]) -> str:
    """The model card's table of wordings of questions about a whole matter."""
    made = f"Made by `{results['command']}`. In brackets: 95 % intervals over wordings."
    return "\n".join([*_rows(WORDING_ROWS, _with_intervals(results)), "", made])


def _with_intervals(results: dict[str, Any]) -> dict[str, Any]:
    figures = dict(results["figures"])
    spread = {key: figures[f"{key}_interval"] for key in figures if figures.get(f"{key}_interval")}
    return figures | {"intervals": spread}


def card_state(results: dict[str, Any]) -> str:
    """The model card's table of answers."""
    return "\n".join([*_rows(CARD_STATE_ROWS, results["figures"]), "", _made(results)])


def card_clauses(results: dict[str, Any]) -> str:
    """The model card's table of clauses and hypotheses, with what was published."""
    lines = _rows(CARD_CLAUSE_ROWS, results["figures"])
    lines += [
        f"| Published, {name}: area, precision at 80 % recall | {area:.1f} %, {precision:.1f} % |"
        for name, area, precision in PUBLISHED_CLAUSES
    ]
    return "\n".join([*lines, "", _made(results)])


def card(results: dict[str, Any]) -> str:
    """The model card's tables: exact match / F1 by category and size of state, then single figures."""
    tables = results["figures"]["by_category"]
    columns = [(name, tables[key]) for name, key in CARD_COLUMNS if key in tables]
    lines = ["| exact match / F1, % | " + " | ".join(name for name, _ in columns) + " |"]
    lines.append("| --- " * (len(columns) + 1) + "|")
    for category in columns[0][1] if columns else ():
        cells = [
            f"{c[category]['em']:.0f} / {c[category]['f1']:.0f}" if category in c else "" for _, c in columns
        ]
        lines.append(f"| {category} | " + " | ".join(cells) + " |")
    return "\n".join([*lines, "", f"Made by `{results['command']}`."])


def _rows(rows: Sequence[Row], figures: dict[str, Any]) -> list[str]:
    intervals = figures.get("intervals", {})
    lines = ["| measured | |", "| --- | --- |"]
    for what, key, shape in rows:
        if key in figures:
            spread = " ({:.1f} to {:.1f})".format(*intervals[key]) if key in intervals else ""
            lines.append(f"| {what} | {shape.format(figures[key])}{spread} |")
    return lines


def _made(results: dict[str, Any]) -> str:
    machine = results["machine"]
    where = machine if isinstance(machine, str) else ", ".join(f"{k} {v}" for k, v in machine.items())
    between = " In brackets: 95 % intervals over contracts." if results["figures"].get("intervals") else ""
    return f"Made by `{results['command']}` on: {where}.{between}"


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a document between two marks, the results that it shows, and what writes it."""

    document: Path
    name: str
    results: Path
    write: Callable[[dict[str, Any]], str]

    @property
    def begin(self) -> str:
        return f"<!-- numbers, {self.name}: made by scripts/numbers_in_docs.py -->"

    def numbers(self) -> str:
        """What is to stand there. Raises KeyError when the results have no figures."""
        if not self.results.exists():
            return "Not measured yet."
        return self.write(json.loads(self.results.read_text()))

    def renewed(self, text: str, numbers: str) -> str:
        """A document's text with these numbers in place. Raises ValueError when a mark is missing."""
        before, begin, rest = text.partition(self.begin)
        _, end, after = rest.partition(END)
        if not (begin and end):
            raise ValueError(f"{self.document.name} has lost a mark of its numbers, {self.name}")
        return f"{before}{begin}\n{numbers}\n{END}{after}"


README, CARD, METHOD = ROOT / "README.md", ROOT / "docs" / "model-card.md", ROOT / "docs" / "method.md"
MEMORIES, TASKS = RESULTS / "memories.json", RESULTS / "paper_tasks.json"
#: Plots beside the page on the method.
PLOTS = {
    "method-accuracy.svg": (MEMORIES, method_plots.accuracy_plot),
    "method-cost.svg": (MEMORIES, method_plots.cost_plot),
    "method-length.svg": (MEMORIES, method_plots.length_plot),
    "method-tasks.svg": (TASKS, method_plots.tasks_plot),
}
BLOCKS = (
    Block(README, "answers", RESULTS / "answers.json", answers_table),
    Block(README, "times", RESULTS / "main_job.json", table),
    Block(CARD, "natural", RESULTS / "answers.json", answers_table),
    Block(CARD, "wordings", RESULTS / "wordings.json", wordings_table),
    Block(CARD, "answers", RESULTS / "cuad_state.json", card_state),
    Block(CARD, "lengths", RESULTS / "cuad_state.json", card),
    Block(CARD, "clauses", RESULTS / "cuad_clauses.json", card_clauses),
    Block(METHOD, "ways", MEMORIES, method_tables.ways),
    Block(METHOD, "costs", MEMORIES, method_tables.costs),
    Block(METHOD, "break-even", MEMORIES, method_tables.evens),
    Block(METHOD, "groups", MEMORIES, method_tables.groups),
    Block(METHOD, "growing", RESULTS / "growing.json", method_tables.growing),
    Block(METHOD, "hybrid", RESULTS / "hybrid.json", method_tables.converted),
    Block(METHOD, "tasks", TASKS, task_tables.tasks),
    Block(METHOD, "settling", RESULTS / "adaptive_sleep.json", beyond_tables.settling),
    Block(METHOD, "closed form", RESULTS / "closed_form.json", beyond_tables.closed_form),
)


def main() -> int:
    """Renew the documents, or with `--check` return 1 when one does not match."""
    stale = 0
    for block in BLOCKS:
        text = block.document.read_text()
        new = block.renewed(text, block.numbers())
        stale += text != new
        if text != new and "--check" in sys.argv[1:]:
            told = f"{block.document.name}, {block.name}: not the results; run scripts/numbers_in_docs.py"
            print(told, file=sys.stderr)
        elif text != new:
            block.document.write_text(new)
    for name, (results, draw) in PLOTS.items():
        if not results.exists():
            continue
        path, drawn = ROOT / "docs" / "images" / name, draw(json.loads(results.read_text()))
        if not path.exists() or path.read_text() != drawn:
            stale += 1
            if "--check" not in sys.argv[1:]:
                path.write_text(drawn)
    return int(bool(stale and "--check" in sys.argv[1:]))


if __name__ == "__main__":
    sys.exit(main())
