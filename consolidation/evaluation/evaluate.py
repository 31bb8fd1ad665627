"""How well the model answers your own labelled questions.

`python -m consolidation.evaluation.evaluate QUESTIONS.csv --documents FOLDER [--weights FILE] [--out results.csv]`

QUESTIONS.csv has the columns document, question, answer (empty: the document has no answer) and, where wanted,
category, page and quote. Documents are files of any kind
that the product reads, and are read as it reads them. Each question is asked of its document alone, the way a
reviewer's question goes. Exit status: 0, or 1 where a row or document had to be left out, 2 where nothing could run.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import io
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from functools import partial
from pathlib import Path

import torch

from consolidation.answers.answer import answer_question
from consolidation.answers.finding import Finding
from consolidation.asking.typed import normalise
from consolidation.engine import Engine, load_engine
from consolidation.errors import ConsolidationError
from consolidation.evaluation import metrics
from consolidation.evaluation.labelled import Document, Folder, read_document
from consolidation.files import write_atomically
from consolidation.passages.source import Source
from consolidation.states.bank import Bank
from consolidation.states.consolidate import consolidate
from consolidation.text.values import exact_match, token_f1
from readers.cells import inert
from readers.client import Parser
from readers.questions import Labelled, Problem, QuestionFileError, read_questions

ALL = "all questions"


@dataclass(frozen=True, slots=True)
class Result:
    """One question's answer, where its quote stands in the document's text, and how it compares with the label.

    `right`: the label is met exactly, or there is none and none was found. `quote_right`: the quote is on the
    labelled page, or touches the labelled quote; None where neither is labelled or no quote is given.
    """

    row: int
    document: str
    category: str
    question: str
    label: str
    answer: str
    right: bool
    f1: float
    confidence: float
    state: str
    quote: str
    start: int | None
    end: int | None
    page: int | None
    quote_right: bool | None

    @property
    def answered(self) -> bool:
        return bool(self.answer)


def evaluate(
    engine: Engine,
    rows: Sequence[Labelled],
    folder: Folder,
    on_document: Callable[[int, int, str], None] = lambda done, total, name: None,
) -> tuple[list[Result], list[Problem]]:
    """Ask every row of its document; what cannot be asked is described, and the rest goes on."""
    results, problems = list[Result](), list[Problem]()
    by_document: dict[str, list[Labelled]] = {}
    for row in rows:
        by_document.setdefault(row.document, []).append(row)
    with tempfile.TemporaryDirectory() as name, Parser(Path(name)) as parser:
        bank = Bank(Path(name))
        for done, (wanted, asked) in enumerate(by_document.items()):
            on_document(done + 1, len(by_document), wanted)
            where = f"{wanted} ({', '.join(f'row {row.row}' for row in asked)})"
            try:
                document = read_document(folder.path(wanted), parser)
                source = _source(engine, document, bank)
            except ConsolidationError as error:
                problems.append(Problem(where, str(error)))
                continue
            except Exception as error:  # noqa: BLE001 -- a defect in one document must not cost the others
                problems.append(Problem(where, f"failed with {type(error).__name__}"))
                continue
            for row in asked:
                try:
                    results.append(judge(row, document, answer_question(engine, row.question, source)))
                except Exception as error:  # noqa: BLE001 -- as above; a message could quote the document
                    problems.append(Problem(f"row {row.row}", f"failed with {type(error).__name__}"))
    return sorted(results, key=lambda result: result.row), problems


def _source(engine: Engine, document: Document, bank: Bank) -> Source:
    text_sha256 = hashlib.sha256(document.text.encode(errors="surrogatepass")).hexdigest()
    key = engine.state_key(
        document_sha256=document.sha256, text_version=document.text_version, text_sha256=text_sha256
    )
    built = consolidate(engine, document.text, key, bank)
    return Source(document.name, document.name, bank, built.name, document.text)


def judge(row: Labelled, document: Document, finding: Finding) -> Result:
    """Compare a finding with its label. To a yes/no question "not found" means the same as "No"."""
    label, said = row.answer, finding.text
    if finding.asked.yes_no:
        if not label and exact_match(said, "No"):
            said = ""
        elif exact_match(label, "No") and not said:
            said = "No"
    right = _met(finding, said, label) if label and said else not label and not said
    quote = finding.quotes[0] if finding.quotes and said else None
    return Result(
        row.row, row.document, row.category, row.question, label, said, right,
        token_f1(said, label) if label and said else float(right), round(finding.probability, 4),
        finding.state, quote.quote if quote else "", quote.start if quote else None,
        quote.end if quote else None, document.page(quote.marked[0][0]) if quote else None,
        _quote_right(row, document, (quote.start, quote.end, quote.marked[0][0])) if quote else None,
    )  # fmt: skip


def _met(finding: Finding, said: str, label: str) -> bool:
    """Whether an answer is its label, in words or in value."""
    value = normalise(finding.asked.value, label)
    same = value is not None and finding.typed is not None and value.comparable == finding.typed.comparable
    return same or exact_match(said, label)


def _quote_right(row: Labelled, document: Document, place: tuple[int, int, int]) -> bool | None:
    start, end, marked = place
    if row.quote:
        return any(low < end and start < high for low, high in document.places(row.quote))
    if row.page is not None:
        return document.page(marked) == row.page
    return None


# --- figures -------------------------------------------------------------------------------------------------------


def _share(results: Iterable[Result], is_so: Callable[[Result], float]) -> float | None:
    values = [float(is_so(result)) for result in results]
    return metrics.mean(values) if values else None


#: Heading, the questions that count, and what counts of each.
Column = tuple[str, Callable[[Result], bool], Callable[[Result], float]]
COLUMNS: tuple[Column, ...] = (
    ("exact match", lambda r: bool(r.label), lambda r: r.right),
    ("F1", lambda r: bool(r.label), lambda r: r.f1),
    ("answered", lambda r: bool(r.label), lambda r: r.answered),
    ("fabricated", lambda r: not r.label, lambda r: r.answered),
    ("with quote", lambda r: r.answered, lambda r: bool(r.quote)),
    ("supported", lambda r: bool(r.label), lambda r: r.state == "supported"),
    ("supported right", lambda r: r.answered and r.state == "supported", lambda r: r.right),
    ("quote right", lambda r: r.quote_right is not None, lambda r: bool(r.quote_right)),
)


def _cell(results: Sequence[Result], column: Column) -> str:
    _, counts, value = column
    counted = [result for result in results if counts(result)]
    rate = _share(counted, value)
    if rate is None:
        return ""
    groups: dict[str, list[Result]] = {}
    for result in counted:
        groups.setdefault(result.document, []).append(result)
    interval: metrics.Interval | None
    if len(groups) >= metrics.BOOTSTRAP_DOCUMENTS:
        interval = metrics.bootstrap(list(groups.values()), lambda drawn: _share(drawn, value))
    elif column[0] == "F1":
        interval = None
    else:
        interval = metrics.wilson(sum(bool(value(result)) for result in counted), len(counted))
    spread = f" ({100 * interval[0]:.0f}-{100 * interval[1]:.0f})" if interval else ""
    return f"{100 * rate:.1f}{spread}"


def _calibration(results: Sequence[Result]) -> str:
    given = [r for r in results if r.answered]
    error = metrics.calibration_error([r.confidence for r in given], [r.right for r in given])
    return f"{100 * error:.1f}" if given else ""


def table(results: Sequence[Result]) -> str:
    """The figures as text: all questions, then each category; percent, with 95 % intervals."""
    groups = {ALL: list(results)}
    for result in results:
        if result.category:
            groups.setdefault(result.category, []).append(result)
    lines = [["", "questions", *(name for name, _, _ in COLUMNS), "calibration error"]]
    for name, own in groups.items():
        lines.append([name, str(len(own)), *(_cell(own, column) for column in COLUMNS), _calibration(own)])
    widths = [max(len(line[i]) for line in lines) for i in range(len(lines[0]))]
    return "\n".join(
        "  ".join(c.ljust(w) for c, w in zip(line, widths, strict=True)).rstrip() for line in lines
    )


NOTES = f"""
Percent, with 95 % intervals: documents drawn again and again (from {metrics.BOOTSTRAP_DOCUMENTS} documents on), else
Wilson's. exact match, F1, answered: of the questions with an answer in the file. fabricated: answered though the
file says that the document has no answer. with quote: answers with a verbatim quote beside them. quote right: quotes
on the labelled page or touching the labelled quote. supported: a judge that made none of the answers agrees;
supported right: of those, answers that meet the label. calibration error: mean distance between confidence and the
share of right answers."""


def as_csv(results: Sequence[Result]) -> bytes:
    """All results, for a spreadsheet: UTF-8 with its mark, and no cell that would be run as a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([field.name for field in fields(Result)])
    for result in results:
        writer.writerow([_harmless(value) for value in asdict(result).values()])
    return out.getvalue().encode("utf-8-sig", errors="replace")


def _harmless(value: object) -> object:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return inert(value) if isinstance(value, str) else value


def _told(problems: Sequence[Problem]) -> Iterator[str]:
    yield f"\nLeft out: {len(problems)}"
    yield from (f"  {problem.where}: {problem.reason}" for problem in problems)


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; returns its exit status."""
    parser = argparse.ArgumentParser(prog="python -m consolidation.evaluation.evaluate", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)  # fmt: skip
    parser.add_argument("questions", type=Path)
    parser.add_argument("--documents", type=Path, required=True, help="folder of text and PDF files")
    parser.add_argument("--weights", type=Path, help="weights to evaluate instead of the shipped ones")
    parser.add_argument("--out", type=Path, help="write every question's result to this CSV file")
    parser.add_argument("--threads", type=int, help="processor threads")
    args = parser.parse_args(arguments)
    if args.threads:
        torch.set_num_threads(args.threads)
    told = partial(print, file=sys.stderr, flush=True)
    try:
        rows, problems = read_questions(args.questions)
        folder, engine = Folder(args.documents), load_engine(args.weights)
    except (ConsolidationError, QuestionFileError) as error:
        told(f"error: {error}")
        return 2
    results, more = evaluate(engine, rows, folder, lambda i, n, name: told(f"document {i} of {n}: {name}"))
    problems += more
    if args.out:
        with write_atomically(args.out) as handle:
            handle.write(as_csv(results))
    if results:
        print(table(results))
        print(NOTES)
    if problems:
        told("\n".join(_told(problems)))
    return int(bool(problems))


if __name__ == "__main__":
    sys.exit(main())
