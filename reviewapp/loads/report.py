"""The report of a load: a line for everything that was found wrong."""

import csv
from collections.abc import Iterable, Iterator
from typing import Any

from readers.cells import inert
from reviewapp.loads.models import LoadProblem

COLUMNS = ("row", "column", "code", "sentence", "rejected")


class _Echo:
    """A file that gives back what is written."""

    def write(self, line: str) -> str:
        return line


def report_csv(problems: Iterable[LoadProblem]) -> Iterator[str]:
    """CSV (RFC 4180) line by line, for a spreadsheet that runs nothing in it; row 0 is the file itself."""
    writer: Any = csv.writer(_Echo())
    yield writer.writerow(COLUMNS)
    for each in problems:
        cells = (each.row, inert(each.column), each.code, each.sentence, "yes" if each.rejected else "no")
        yield writer.writerow(cells)
