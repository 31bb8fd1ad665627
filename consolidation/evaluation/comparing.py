"""Ways to keep documents, side by side: the same weights and questions through each of them.

`python -m consolidation.evaluation.comparing QUESTIONS.csv --documents FOLDER [--out FILE.csv] [--figures FILE.json]`

QUESTIONS.csv as for `consolidation.evaluation.evaluate`. Exit status: 0, or 1 where a row or document had to be left
out, 2 where nothing could run.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from types import MappingProxyType

import torch

from consolidation.answers.passages import passages_of
from consolidation.engine import Engine, load_engine
from consolidation.errors import ConsolidationError
from consolidation.evaluation.compared import Compared, figures_of, is_exact, is_right
from consolidation.evaluation.controls import Gold, ReadNothing, ReadTwice, with_memory, with_passes
from consolidation.evaluation.labelled import Folder, read_document
from consolidation.evaluation.ways import Kept, Product, Reading, Retrieval, States, Summary, Text, Way
from consolidation.files import write_atomically
from consolidation.text.windows import Range
from readers.client import Parser
from readers.questions import Labelled, Problem, QuestionFileError, read_questions

#: Passes over each window that are compared.
PASSES = (1, 2, 4)
#: What is asked of the state of another document.
SHUFFLED = "shuffled_state"


@dataclass(frozen=True, slots=True)
class Asked:
    """A labelled question: no answers where the document has none; several are parts of a list.

    `kind` groups questions, `places` are where the text says it, `trained` says that the words are of those that the
    memory was taught.
    """

    question: str
    answers: tuple[str, ...]
    kind: str = ""
    places: tuple[Range, ...] = ()
    trained: bool = False


def ways_of(engine: Engine) -> dict[str, Way]:
    """All ways by the name of their figures; `shuffled_state` is `state_n1` of another document."""
    states: dict[str, Way] = {f"state_n{n}": States(with_passes(engine, n)) for n in PASSES}
    return states | {
        "retrieval_full_text": Retrieval(engine, "full_text"),
        "retrieval_closeness": Retrieval(engine, "closeness"),
        "retrieval": Retrieval(engine, "both"),
        "compaction": Summary(engine),
        "attention": Reading(engine),
        "product": Product(engine),
        "no_context": States(with_memory(engine, ReadNothing)),
        "text_read_twice": States(with_memory(engine, ReadTwice)),
        "gold_passage": Gold(engine),
    }


def compare(engine: Engine, document: Text, other: Text, asked: Sequence[Asked]) -> Iterator[Compared]:
    """All questions of one document through all ways; `other` is the document of `shuffled_state`."""
    for rows in compare_by_way(engine, document, other, asked, (*ways_of(engine), SHUFFLED)):
        yield from rows


def compare_by_way(
    engine: Engine,
    document: Text,
    other: Text,
    asked: Sequence[Asked],
    names: Sequence[str],
    most: Mapping[str, int] = MappingProxyType({}),
) -> Iterator[list[Compared]]:
    """The questions of one document through the named ways, way by way; `most` bounds the questions of some.

    Where a way takes fewer questions than there are, they are spread evenly. `other` is the document of
    `shuffled_state`.
    """
    with tempfile.TemporaryDirectory() as folder:
        ways = ways_of(engine)
        for name in names:
            own = ways["state_n1" if name == SHUFFLED else name]
            kept = other if name == SHUFFLED else document
            some = spread(asked, most.get(name, len(asked)))
            yield list(_through(name, own, kept, document, some, Path(folder) / name))


def spread(asked: Sequence[Asked], most: int) -> Sequence[Asked]:
    """At most so many of the questions, evenly from all of them."""
    if len(asked) <= most:
        return asked
    return [asked[at * len(asked) // most] for at in range(most)]


def _through(
    name: str, way: Way, kept_document: Text, document: Text, asked: Sequence[Asked], folder: Path
) -> Iterator[Compared]:
    kept = kept_anew(way, kept_document, folder)
    for number, one in enumerate(asked):
        if way.engine.encodings is not None:
            way.engine.encodings.forget_questions()
        began = time.process_time()
        said = way.ask(one.question, kept, one.places)
        seconds = time.process_time() - began
        yield Compared(
            name, document.name, len(document.text), one.kind, one.trained, bool(one.answers), bool(said.text),
            said.state == "supported", is_right(one.question, one.answers, said.text),
            is_exact(one.question, one.answers, said.text), number == 0, seconds, said.tokens, said.flops,
            kept.seconds, kept.flops, kept.bytes,
        )  # fmt: skip


def kept_anew(way: Way, document: Text, folder: Path) -> Kept:
    """What a way makes of a document when nothing is left of earlier ones; the folder is made."""
    folder.mkdir()
    passages_of.forget()
    if way.engine.encodings is not None:
        way.engine.encodings.forget_readings()
    kept = way.keep(document, folder)
    passages_of.forget()
    return kept


def compare_rows(
    engine: Engine, rows: Sequence[Labelled], folder: Folder, on_document: Callable[[str], None] = print
) -> tuple[list[Compared], list[Problem]]:
    """Labelled rows of a table through all ways; what cannot be used is described, and the rest goes on."""
    texts, problems = dict[str, Text](), list[Problem]()
    asked: dict[str, list[Asked]] = {}
    with tempfile.TemporaryDirectory() as name, Parser(Path(name)) as parser:
        for row in rows:
            if row.document not in asked:
                asked[row.document] = []
                try:
                    document = read_document(folder.path(row.document), parser)
                except ConsolidationError as error:
                    problems.append(Problem(row.document, str(error)))
                    continue
                texts[row.document] = Text(row.document, document.text)
            if row.document in texts:
                places = document.places(row.quote or row.answer)
                answers = (row.answer,) if row.answer else ()
                asked[row.document].append(Asked(row.question, answers, row.category, tuple(places)))
    return list(_all(engine, list(texts.values()), asked, on_document)), problems


def _all(
    engine: Engine,
    texts: Sequence[Text],
    asked: Mapping[str, Sequence[Asked]],
    on_document: Callable[[str], None],
) -> Iterator[Compared]:
    for at, text in enumerate(texts):
        on_document(f"{at + 1} of {len(texts)}: {text.name}")
        yield from compare(engine, text, texts[at - 1], asked[text.name])


def table_of(compared: Sequence[Compared]) -> bytes:
    """One row a question and way, as CSV in UTF-8; no text of a document is in it."""
    out = io.StringIO()
    writer = csv.DictWriter(out, [field.name for field in fields(Compared)])
    writer.writeheader()
    writer.writerows(asdict(one) for one in compared)
    return out.getvalue().encode()


def main(arguments: Sequence[str] | None = None) -> int:
    """The command."""
    parser = argparse.ArgumentParser(
        prog="evaluate", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("questions", type=Path)
    parser.add_argument("--documents", type=Path, required=True)
    parser.add_argument("--weights", type=Path)
    parser.add_argument("--out", type=Path, help="a table with a row for each question and way")
    parser.add_argument("--figures", type=Path, help="all figures, as JSON")
    args = parser.parse_args(arguments)
    torch.set_num_threads(1)
    try:
        rows, problems = read_questions(args.questions)
        folder = Folder(args.documents)
        engine = load_engine(args.weights)
        compared, more = compare_rows(
            engine, rows, folder, lambda line: print(line, file=sys.stderr, flush=True)
        )
    except (ConsolidationError, QuestionFileError) as error:
        print(error, file=sys.stderr)
        return 2
    for problem in (*problems, *more):
        print(f"{problem.where}: {problem.reason}", file=sys.stderr)
    figures = figures_of(compared)
    for path, content in (
        (args.out, table_of(compared)),
        (args.figures, json.dumps(figures, indent=2).encode()),
    ):
        if path:
            with write_atomically(path) as handle:
                handle.write(content)
    print(json.dumps(figures, indent=2))
    return 1 if problems or more else 0


if __name__ == "__main__":
    sys.exit(main())
