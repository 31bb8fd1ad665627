"""Bags in ZIP files: folders with a SHA-256 of each file in them, as BagIt 1.0 says it (RFC 8493).

A bag's files lie in `data` below its folder; `manifest-sha256.txt` has the hash of each, `tagmanifest-sha256.txt`
those of the files beside `data`. Files are written and read in parts, never whole.
"""

import hashlib
import re
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TypeVar

from reviewapp.frame.errors import ActionError

FOLDER, DATA = "matter", "matter/data"
_CHUNK = 2**20
_MOMENT = (1980, 1, 1, 0, 0, 0)
_LINE = re.compile(r"([0-9a-f]{64})  (data/[^\r\n]+)")
_DECLARATION = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
_MOST_TAG = 2**20
_MOST_LINE = 2**26
Found = TypeVar("Found")
BROKEN = (
    zipfile.BadZipFile,
    EOFError,
    RuntimeError,
    NotImplementedError,
    UnicodeDecodeError,
    zlib.error,
    OSError,
)


class BagError(ActionError):
    """A file that is no whole bag."""


class BagWriter:
    """Writes a bag into a ZIP; `close` writes what belongs beside its data."""

    def __init__(self, file: IO[bytes], scratch: Path) -> None:
        self._zip = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED)
        self._manifest = tempfile.TemporaryFile("w+b", dir=scratch)  # noqa: SIM115  closed by `close`
        self.octets = self.streams = 0

    @contextmanager
    def file(self, name: str, *, packed: bool = True) -> Iterator[Callable[[bytes], None]]:
        """Write a file of the data, of any size: call what is given with its parts. Bytes that are dense are not
        `packed`."""
        digest = hashlib.sha256()
        with self._open(f"{DATA}/{name}", packed=packed) as out:

            def write(chunk: bytes) -> None:
                digest.update(chunk)
                out.write(chunk)
                self.octets += len(chunk)

            yield write
        self.streams += 1
        self._manifest.write(f"{digest.hexdigest()}  data/{name}\n".encode())

    def add(self, name: str, chunks: Iterable[bytes], *, packed: bool = True) -> None:
        """Write a file of the data."""
        with self.file(name, packed=packed) as write:
            for chunk in chunks:
                write(chunk)

    def close(self, info: dict[str, str]) -> None:
        """Write the manifests, and what the bag says of itself."""
        told = info | {"Payload-Oxum": f"{self.octets}.{self.streams}"}
        tags = {
            "bagit.txt": self._tag("bagit.txt", [_DECLARATION.encode()]),
            "bag-info.txt": self._tag(
                "bag-info.txt", ["".join(f"{name}: {value}\n" for name, value in told.items()).encode()]
            ),
        }
        self._manifest.seek(0)
        tags["manifest-sha256.txt"] = self._tag("manifest-sha256.txt", in_chunks(self._manifest))
        self._tag(
            "tagmanifest-sha256.txt",
            ["".join(f"{digest}  {name}\n" for name, digest in tags.items()).encode()],
        )
        self._manifest.close()
        self._zip.close()

    def _tag(self, name: str, chunks: Iterable[bytes]) -> str:
        digest = hashlib.sha256()
        with self._open(f"{FOLDER}/{name}", packed=True) as out:
            for chunk in chunks:
                digest.update(chunk)
                out.write(chunk)
        return digest.hexdigest()

    def _open(self, name: str, *, packed: bool) -> IO[bytes]:
        member = zipfile.ZipInfo(name, _MOMENT)
        member.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
        return self._zip.open(member, "w", force_zip64=True)


class Bag:
    """A bag in a ZIP, for reading. Raises BagError for what is none."""

    def __init__(self, file: IO[bytes], *, most_bytes: int) -> None:
        try:
            self._zip = zipfile.ZipFile(file)
        except BROKEN:
            raise _wrong("The file is no ZIP, or is incomplete. Send it again.") from None
        self._members = {member.filename: member for member in self._zip.infolist() if not member.is_dir()}
        if len(self._members) < len([one for one in self._zip.infolist() if not one.is_dir()]):
            raise _wrong("Two files in the archive have the same name.")
        if sum(member.file_size for member in self._members.values()) > most_bytes:
            raise BagError(
                "archive-too-large",
                f"Unpacked, the archive is larger than {most_bytes // 2**20:,} MiB, which is the most here.",
                413,
            )
        if self._tag("bagit.txt").decode(errors="replace") != _DECLARATION:
            raise _wrong("The archive is no bag by BagIt 1.0.")

    @property
    def info(self) -> dict[str, str]:
        """What the bag says of itself."""
        lines = self._tag("bag-info.txt").decode(errors="replace").splitlines()
        return dict(line.split(": ", 1) for line in lines if ": " in line)

    def verify(self, on_file: Callable[[int, int], None]) -> None:
        """Hold each file against its hash; `on_file` is told after each how many are done, and of how many.

        Raises BagError for a file that is not as its hash says, that has none, or that is missing.
        """
        told = (line.partition("  ") for line in self._told("tagmanifest-sha256.txt"))
        tags = {name: digest for digest, _, name in told}
        for name in ("bagit.txt", "bag-info.txt", "manifest-sha256.txt"):
            if tags.get(name) != self._digest(f"{FOLDER}/{name}"):
                raise _wrong(f"{name} is not as it was written.")
        total = sum(name.startswith(f"{DATA}/") for name in self._members)
        done, seen = 0, set[str]()
        for line in self._told("manifest-sha256.txt"):
            found = _LINE.fullmatch(line)
            if found is None or found[2] in seen:
                raise _wrong("The manifest has a line that is none.")
            seen.add(found[2])
            if self._digest(f"{FOLDER}/{found[2]}") != found[1]:
                raise _wrong("A file in the archive is not as its manifest says.")
            done += 1
            on_file(done, total)
        if done != total:
            raise _wrong("The archive holds a file that its manifest does not name.")

    def holds(self, name: str) -> bool:
        """Whether there is a file of the data."""
        return f"{DATA}/{name}" in self._members

    def names(self, folder: str) -> list[str]:
        """The names of the files in a folder of the data, without it."""
        start = f"{DATA}/{folder}/"
        return [name.removeprefix(start) for name in self._members if name.startswith(start)]

    def chunks(self, name: str) -> Iterator[bytes]:
        """A file of the data, in parts. Raises BagError."""
        yield from self._chunks(f"{DATA}/{name}")

    def lines(self, name: str) -> Iterator[bytes]:
        """The lines of a file of the data; none where it is not there. Raises BagError."""
        if self.holds(name):
            yield from self._lines(f"{DATA}/{name}")

    def _lines(self, name: str) -> Iterator[bytes]:
        with self._opened(name) as file:
            while line := _read(lambda: file.readline(_MOST_LINE)):
                if len(line) == _MOST_LINE:
                    raise _wrong("A line of the archive is longer than any can be.")
                yield line

    def _told(self, tag: str) -> Iterator[str]:
        for line in self._lines(f"{FOLDER}/{tag}"):
            yield line.decode(errors="replace").rstrip("\n")

    def _tag(self, name: str) -> bytes:
        with self._opened(f"{FOLDER}/{name}") as file:
            return _read(lambda: file.read(_MOST_TAG))

    def _digest(self, name: str) -> str:
        digest = hashlib.sha256()
        for chunk in self._chunks(name):
            digest.update(chunk)
        return digest.hexdigest()

    def _chunks(self, name: str) -> Iterator[bytes]:
        with self._opened(name) as file:
            while chunk := _read(lambda: file.read(_CHUNK)):
                yield chunk

    def _opened(self, name: str) -> IO[bytes]:
        if name not in self._members:
            raise _wrong(f"The archive lacks {name.removeprefix(FOLDER + '/')}.")
        return _read(lambda: self._zip.open(self._members[name]))


def _read(step: Callable[[], Found]) -> Found:
    """What a step of reading gives. Raises BagError where the ZIP is broken."""
    try:
        return step()
    except BROKEN:
        raise _wrong("A file in the archive cannot be unpacked. Send it again.") from None


def in_chunks(file: IO[bytes]) -> Iterator[bytes]:
    """The bytes of an open file, in parts."""
    while chunk := file.read(_CHUNK):
        yield chunk


def _wrong(message: str) -> BagError:
    return BagError("archive-broken", message)
