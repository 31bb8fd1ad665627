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
from dataclasses import asdict, dataclass, fields, replace
from functools import partial
from pathlib import Path
from types import MappingProxyType

import torch

from consolidation.engine import Engine, load_engine
from consolidation.errors import ConsolidationError
from consolidation.evaluation.compacting import with_compacted_keys
from consolidation.evaluation.compared import Compared, figures_of, is_exact, is_right
from consolidation.evaluation.controls import Gold, ReadNothing, ReadTwice, with_memory, with_passes
from consolidation.evaluation.labelled import Folder, read_document
from consolidation.evaluation.reads import Reading, Retrieval, Summary
from consolidation.evaluation.several import asking
from consolidation.evaluation.telling import told
from consolidation.evaluation.ways import Kept, Product, Said, States, Text, Way
from consolidation.files import write_atomically
from consolidation.passages.passages import passages_of
from consolidation.text.windows import Range
from readers.client import Parser
from readers.questions import Labelled, Problem, QuestionFileError, read_questions

#: Passes over each window that are compared.
PASSES = (1, 2, 4)
#: Ways and controls that need one document alone, in the order in which they are measured.
WAYS = (
    "state_n1", "state_n2", "state_n4", "retrieval_full_text", "retrieval_closeness", "retrieval", "compaction",
    "compacted_kv", "product", "no_context", "text_read_twice", "gold_passage", "attention",
)  # fmt: skip
#: What is asked of the state of another document.
SHUFFLED = "shuffled_state"
#: Ways that are also asked of so many documents together, of which none is named, by the name of that step.
TOGETHER = 4
SEVERAL = {f"{way}_of_several": way for way in ("state_n1", "retrieval", "attention", "product")}
#: So many questions of each document are asked of several together.
MOST_OF_SEVERAL = 10


@dataclass(frozen=True, slots=True)
class Asked:
    """A labelled question: no answers where the document has none; several are parts of a list.

    `kind` groups questions, `places` are where the text says it, `trained` says that the words are of those that the
    memory was taught. `number` is set by whoever asks: its place among the questions of its document, from 1 on.
    """

    question: str
    answers: tuple[str, ...]
    kind: str = ""
    places: tuple[Range, ...] = ()
    trained: bool = False
    number: int = 0


def ways_of(engine: Engine) -> dict[str, Way]:
    """All ways by the name of their figures, those of `WAYS`; `shuffled_state` is `state_n1` of another document."""
    states: dict[str, Way] = {f"state_n{n}": States(with_passes(engine, n)) for n in PASSES}
    return states | {
        "retrieval_full_text": Retrieval(engine, "full_text"),
        "retrieval_closeness": Retrieval(engine, "closeness"),
        "retrieval": Retrieval(engine, "both"),
        "compaction": Summary(engine),
        "compacted_kv": States(with_compacted_keys(engine)),
        "attention": Reading(engine),
        "product": Product(engine),
        "no_context": States(with_memory(engine, ReadNothing)),
        "text_read_twice": States(with_memory(engine, ReadTwice)),
        "gold_passage": Gold(engine),
    }


def steps_of(others: int) -> tuple[str, ...]:
    """All ways and controls that are measured beside so many other documents, in their order."""
    return (*WAYS, *((SHUFFLED, *SEVERAL) if others else ()))


def compare(
    engine: Engine, document: Text, others: Sequence[Text], asked: Sequence[Asked]
) -> Iterator[Compared]:
    """All questions of one document through all ways; the first of `others` is the document of `shuffled_state`."""
    for rows in compare_by_way(engine, document, others, asked, steps_of(len(others))):
        yield from rows


def compare_by_way(
    engine: Engine,
    document: Text,
    others: Sequence[Text],
    asked: Sequence[Asked],
    names: Sequence[str],
    most: Mapping[str, int] = MappingProxyType({}),
) -> Iterator[list[Compared]]:
    """The questions of one document through the named ways, way by way; `most` bounds the questions of some.

    Where a way takes fewer questions than there are, they are spread evenly. The right passage is read of questions
    that have an answer of which it is known where it stands; of others there is none, whatever quote they have.

    The first of `others` is the document of `shuffled_state`, and as many of them as make it `TOGETHER` stand beside
    the document where several are asked.
    """
    asked = [replace(one, number=number) for number, one in enumerate(asked, 1)]
    with tempfile.TemporaryDirectory() as folder:
        ways = ways_of(engine)
        for name in names:
            own = Path(folder) / name
            some = spread(asked, most.get(name, MOST_OF_SEVERAL if name in SEVERAL else len(asked)))
            if name in SEVERAL:
                beside = [document, *others[: TOGETHER - 1]]
                yield list(_of_several(SEVERAL[name], ways[SEVERAL[name]], beside, some, own))
            elif name == SHUFFLED:
                yield list(_through(name, ways["state_n1"], others[0], document, some, own))
            else:
                if name == "gold_passage":
                    some = [one for one in some if one.answers and one.places]
                yield list(_through(name, ways[name], document, document, some, own))


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
        said, seconds = _timed(way, partial(way.ask, one.question, kept, one.places))
        yield _row(name, document, one, said, seconds, kept, cold=number == 0)


def _of_several(
    name: str, way: Way, documents: Sequence[Text], asked: Sequence[Asked], folder: Path
) -> Iterator[Compared]:
    """Questions of the first document, asked of all of them; what is kept is counted of all."""
    folder.mkdir()
    kept = [kept_anew(way, one, folder / str(at)) for at, one in enumerate(documents)]
    every = Kept(
        sum(one.bytes for one in kept), sum(one.seconds for one in kept), sum(one.flops for one in kept), kept
    )
    ask = asking(way, kept)
    for number, one in enumerate(asked):
        said, seconds = _timed(way, partial(ask, one.question))
        yield replace(
            _row(name, documents[0], one, said, seconds, every, cold=number == 0), among=len(documents)
        )


def _timed(way: Way, ask: Callable[[], Said]) -> tuple[Said, float]:
    """An answer and the processor seconds that it took, with nothing kept of earlier questions' words."""
    if way.engine.encodings is not None:
        way.engine.encodings.forget_questions()
    began = time.process_time()
    said = ask()
    return said, time.process_time() - began


def _row(
    name: str, document: Text, one: Asked, said: Said, seconds: float, kept: Kept, *, cold: bool
) -> Compared:
    return Compared(
        name, document.name, len(document.text), one.kind, one.trained, bool(one.answers), bool(said.text),
        said.state == "supported", is_right(one.question, one.answers, said.text),
        is_exact(one.question, one.answers, said.text), cold, seconds, said.tokens, said.flops,
        kept.seconds, kept.flops, kept.bytes, number=one.number,
    )  # fmt: skip


def kept_anew(way: Way, document: Text, folder: Path) -> Kept:
    """What a way makes of a document when nothing is left of earlier ones; the folder is made.

    Nothing is left of the making either but what is kept: the first question is that of a process just started.
    """
    folder.mkdir()
    _forget(way.engine)
    kept = way.keep(document, folder)
    _forget(way.engine)
    return kept


def _forget(engine: Engine) -> None:
    passages_of.forget()
    if engine.encodings is not None:
        engine.encodings.forget_readings()


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
                places = tuple(document.places(row.quote or row.answer))
                answers = (row.answer,) if row.answer else ()
                asked[row.document].append(Asked(row.question, answers, row.category, places, row.trained))
    return list(_all(engine, list(texts.values()), asked, on_document)), problems


def _all(
    engine: Engine,
    texts: Sequence[Text],
    asked: Mapping[str, Sequence[Asked]],
    on_document: Callable[[str], None],
) -> Iterator[Compared]:
    for at, text in enumerate(texts):
        on_document(f"{at + 1} of {len(texts)}: {text.name}")
        yield from compare(engine, text, beside(texts, at), asked[text.name])


def beside(texts: Sequence[Text], at: int) -> list[Text]:
    """The documents that stand beside one: those before it, the last ones of all before the first."""
    return [texts[at - back] for back in range(1, min(TOGETHER, len(texts)))]


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
    print(told(figures, (*WAYS, SHUFFLED)))
    return 1 if problems or more else 0


if __name__ == "__main__":
    sys.exit(main())
