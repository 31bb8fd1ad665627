"""The documents that labelled questions are about. No message holds a document's text."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path, PurePosixPath

from consolidation.errors import ConsolidationError
from consolidation.text.windows import Range
from readers.client import Parser, ParserError
from readers.questions import QuestionFileError
from readers.result import ACCEPTED, Limits


class DocumentError(ConsolidationError):
    """A document cannot be found or read; the other documents are not concerned."""


@dataclass(frozen=True, slots=True)
class Document:
    """A document's text; `page_starts` are character offsets of the pages it was read in."""

    name: str
    sha256: str
    text: str
    page_starts: tuple[int, ...] = (0,)
    text_version: str = ""

    def page(self, offset: int) -> int:
        """The page, counted from 1, that holds a character."""
        return bisect_right(self.page_starts, offset)

    def places(self, quote: str) -> list[Range]:
        """Where a quote stands, whatever its line breaks and spaces."""
        return places_of(self.text, quote)


def places_of(text: str, quote: str) -> list[Range]:
    """Where a quote stands in a text, whatever its line breaks and spaces, and its capitals."""
    words = quote.split()
    if not words:
        return []
    pattern = re.compile(r"\s+".join(map(re.escape, words)), re.IGNORECASE)
    return [match.span() for match in pattern.finditer(text)]


class Folder:
    """The documents of a folder, by path in it, by name, or by name without its ending where that is unique."""

    def __init__(self, folder: Path) -> None:
        """Raises `QuestionFileError` where there is no such folder."""
        if not folder.is_dir():
            raise QuestionFileError(f"there is no folder {folder}")
        found = sorted(p for p in folder.rglob("*") if p.is_file())
        self._paths = {p.relative_to(folder).as_posix(): p for p in found}
        names = Counter(alias for path in self._paths for alias in _aliases(path))
        self._aliases = {a: path for path in self._paths for a in _aliases(path) if names[a] == 1}
        self._several = {alias for alias, count in names.items() if count > 1}

    def path(self, name: str) -> Path:
        """The file that a row names. Raises `DocumentError`."""
        wanted = PurePosixPath(name.replace("\\", "/")).as_posix()
        if wanted in self._paths:
            return self._paths[wanted]
        if wanted in self._several:
            raise DocumentError("the folder has several files of this name; give the path in the folder")
        if wanted not in self._aliases:
            raise DocumentError("the folder has no such file")
        return self._paths[self._aliases[wanted]]


def _aliases(path: str) -> set[str]:
    pure = PurePosixPath(path)
    return {pure.name, pure.stem, pure.with_suffix("").as_posix()} - {path}


def read_document(path: Path, parser: Parser) -> Document:
    """The text of a file as the product reads it; pages joined by a newline. Raises `DocumentError`."""
    try:
        sha256 = _sha256(path)
        with parser.read(path, path.name, Limits(container_depth=0)) as reading:
            parsed = reading.parsed
    except OSError as error:
        raise DocumentError(f"the file cannot be read: {error.strerror}") from error
    except ParserError as error:
        raise DocumentError(str(error)) from error
    if parsed.disposition != ACCEPTED:
        raise DocumentError(f"{parsed.disposition.replace('_', ' ')}: {parsed.reason}")
    starts = accumulate((len(page) + 1 for page in parsed.pages[:-1]), initial=0)
    return Document(path.name, sha256, "\n".join(parsed.pages), tuple(starts), parsed.text_version)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
