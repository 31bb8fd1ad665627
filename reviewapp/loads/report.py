"""Reports of loads and of productions: a line for everything that was found wrong or could not go out."""

from collections.abc import Iterable, Iterator
from typing import TextIO

from reviewapp.frame.tables import row_writer
from reviewapp.loads.models import LoadProblem

COLUMNS = ("row", "column", "code", "sentence", "rejected")


def report_rows(problems: Iterable[LoadProblem]) -> Iterator[tuple[object, ...]]:
    """`COLUMNS`, then what was found wrong as these; row 0 is the file itself."""
    yield COLUMNS
    for each in problems:
        yield each.row, each.column, each.code, each.sentence, "yes" if each.rejected else "no"


class ProductionReport:
    """Writes to `out`, as CSV, what is told of a production's rows; `lines` counts it."""

    def __init__(self, out: TextIO) -> None:
        self._write = row_writer(out)
        self._write(("row", "number", "column", "code", "sentence"))
        self.lines = 0

    def tell(self, row: int, number: str, column: str, code: str, sentence: str) -> None:
        """A line: the row of the table, its number, and what of it is told."""
        self._write((row, number, column, code, sentence))
        self.lines += 1
