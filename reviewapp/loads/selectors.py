"""Bates numbers of pages, as the records of documents tell them."""

from collections.abc import Iterable
from typing import NamedTuple

from reviewapp.documents.models import Document
from reviewapp.loads.bates import bates_of
from reviewapp.loads.models import LoadedFields


class Loaded(NamedTuple):
    """What a load file said of a document, with the number of one of its pages, where pages have numbers."""

    fields: LoadedFields
    document: Document
    page: int
    number: str

    @property
    def values(self) -> list[tuple[str, str]]:
        """All columns that hold something, in the order of the load file."""
        return list(self.fields.values.items())


def on_page(rows: Iterable[LoadedFields], document: Document, page: int) -> list[Loaded]:
    """The numbers of a page (from 1) of a document; only where there are as many numbers as pages."""
    return [Loaded(row, document, page, _number(row, document, page)) for row in rows]


def found_by(rows: Iterable[LoadedFields], written: str) -> list[Loaded]:
    """The page that has the number; the first one where it cannot be told which it is."""
    found = []
    wanted = bates_of(written)
    for row in rows:
        document = row.item.document
        if document is None:
            continue
        page = wanted.number - row.first + 1 if wanted and row.first is not None else 1
        if not _is_numbered(row, document) or not 1 <= page <= document.page_count:
            page = 1
        found.append(Loaded(row, document, page, _number(row, document, page)))
    return found


def _number(row: LoadedFields, document: Document, page: int) -> str:
    begin = bates_of(row.begin)
    return str(begin.plus(page - 1)) if begin and _is_numbered(row, document) else ""


def _is_numbered(row: LoadedFields, document: Document) -> bool:
    return row.first is not None and row.last is not None and row.last - row.first + 1 == document.page_count
