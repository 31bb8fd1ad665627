"""Opticon OPT: which image is which page, a line an image.

Source: Relativity's published rules for page-level load files: key, volume, path, "Y" at a document's first page,
folder break, box break, number of pages (at the first page alone).
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TextIO

from readers.loadfile.rows import LoadFileError

FIELDS = 7


@dataclass(frozen=True, slots=True)
class PageImage:
    """An image of one page; `pages` is known at the first page of a document alone, and 0 where it is not said."""

    key: str
    path: str
    begins: bool
    volume: str = ""
    pages: int = 0


def read_opticon(text: TextIO) -> Iterator[PageImage | LoadFileError]:
    """The images line by line, or what is wrong with a line."""
    for number, values in enumerate(csv.reader(text), 1):
        if not any(values):
            continue
        key, volume, path, begins, _, _, pages = [
            value.strip() for value in (*values, *[""] * FIELDS)[:FIELDS]
        ]
        if not key or not path:
            yield LoadFileError("no-image", f"Line {number} names no image or no path to it.", number)
        elif pages and not pages.isdecimal():
            yield LoadFileError("not-a-number", f"Line {number} has no number of pages at its end.", number)
        else:
            yield PageImage(key, path, begins.upper() == "Y", volume, int(pages or 0))


def write_opticon(out: TextIO, images: Iterable[PageImage]) -> None:
    """Write an OPT file."""
    writer = csv.writer(out, lineterminator="\r\n")
    for image in images:
        begins = "Y" if image.begins else ""
        pages = image.pages if image.begins and image.pages else ""
        writer.writerow([image.key, image.volume, image.path, begins, "", "", pages])
