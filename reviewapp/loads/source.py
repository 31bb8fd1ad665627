"""The files of a load, open: rows of the table, images by document, and the files in the ZIP by their paths."""

import zipfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import IO, BinaryIO, TypeVar, cast

from readers.loadfile import (
    LoadFileError,
    PageImage,
    Rows,
    Signs,
    decoded,
    encoding_of,
    read_concordance,
    read_opticon,
    read_separated,
)
from reviewapp.documents import storage
from reviewapp.loads.fields import LoadError

CHUNK = 1 << 20
_DROPPED = 3
_BEGINNING = 1 << 16
_SIGNS = Signs()
Thing = TypeVar("Thing")


class Files:
    """The files of a ZIP, found as load files write their paths: any slash, any case, perhaps with folders above."""

    def __init__(self, archive: zipfile.ZipFile | None) -> None:
        self._archive = archive
        members = archive.infolist() if archive else []
        self._by_path = {_path(member.filename): member for member in members if not member.is_dir()}
        tops = {path.partition("/")[0] for path in self._by_path if "/" in path}
        self._tops = ("", *(f"{top}/" for top in sorted(tops))) if len(tops) == 1 else ("",)

    def find(self, written: str) -> zipfile.ZipInfo | None:
        """The file of a path, if it is there."""
        steps = _path(written).split("/")
        for dropped in range(min(len(steps), _DROPPED)):
            for top in self._tops:
                if member := self._by_path.get(top + "/".join(steps[dropped:])):
                    return member
        return None

    def chunks(self, member: zipfile.ZipInfo) -> Iterator[bytes]:
        """The bytes of a file. Raises zipfile.BadZipFile and what else zipfile does for broken or sealed ones."""
        if self._archive is None:
            raise FileNotFoundError(member.filename)
        with self._archive.open(member) as file:
            while chunk := file.read(CHUNK):
                yield chunk


@dataclass(frozen=True)
class Opened:
    """A load's table with its rows still to be read, the images of each document and the files."""

    table: Rows
    images: dict[str, list[PageImage]]
    image_errors: list[LoadFileError]
    files: Files


def in_parts(things: Iterable[Thing], size: int) -> Iterator[list[Thing]]:
    """The things in lists of this size, the last perhaps shorter."""
    rest = iter(things)
    while part := list(islice(rest, size)):
        yield part


def columns_of(file: IO[bytes]) -> list[str]:
    """The columns of a table, DAT or CSV by what it begins with. Raises LoadError."""
    try:
        with _table(file) as rows:
            return list(rows.columns)
    except LoadFileError as error:
        raise LoadError("load-file-unreadable", error.message) from None


@contextmanager
def opened(table_blob: str, images_blob: str, files_blob: str) -> Iterator[Opened]:
    """The files of a load. Raises LoadError for one that cannot be read at all, OSError when the disk refuses."""
    with ExitStack() as stack:
        try:
            table = stack.enter_context(_table(stack.enter_context(storage.entry_of(table_blob).open())))
            images, errors = _images(images_blob)
            yield Opened(table, images, errors, Files(_archive(stack, files_blob)))
        except LoadFileError as error:
            raise LoadError("load-file-unreadable", error.message) from None


@contextmanager
def _table(file: IO[bytes]) -> Iterator[Rows]:
    handle = cast(BinaryIO, file)
    encoding = encoding_of(handle)
    with decoded(handle, encoding) as text:
        beginning = text.readline(_BEGINNING)
    with decoded(handle, encoding) as text:
        is_concordance = beginning.startswith(_SIGNS.quote) or _SIGNS.separator in beginning
        yield read_concordance(text) if is_concordance else read_separated(text)


def _images(blob: str) -> tuple[dict[str, list[PageImage]], list[LoadFileError]]:
    """The images of each document by the key of its first, and the lines that are none."""
    images: dict[str, list[PageImage]] = {}
    errors: list[LoadFileError] = []
    if not blob:
        return images, errors
    current: list[PageImage] = []
    with storage.entry_of(blob).open() as file, decoded(cast(BinaryIO, file)) as text:
        for image in read_opticon(text):
            if isinstance(image, LoadFileError):
                errors.append(image)
            elif image.begins or not images:
                current = images.setdefault(image.key.upper(), [])
                current.append(image)
            else:
                current.append(image)
    return images, errors


def _archive(stack: ExitStack, blob: str) -> zipfile.ZipFile | None:
    if not blob:
        return None
    file = stack.enter_context(storage.entry_of(blob).open())
    try:
        return stack.enter_context(zipfile.ZipFile(file))
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise LoadError(
            "files-unreadable", "The ZIP with the files is incomplete or broken. Pack it again."
        ) from None


def _path(written: str) -> str:
    steps = written.strip().replace("\\", "/").lower().split("/")
    return "/".join(step for step in steps if step not in ("", ".", ".."))
