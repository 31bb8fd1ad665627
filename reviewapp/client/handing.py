"""What goes out and comes in by the file: load files, productions, whole matters as archives."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from reviewapp.client.sending import NightbriefError, Sender, Shape
from reviewapp.client.shapes_files import (
    Archive,
    ArchiveBegun,
    Arrival,
    Load,
    LoadBegun,
    LoadProblem,
    Production,
    ProductionBegun,
)

Heard = Callable[[int], None]


def _nobody(_: int) -> None:
    """Hears of bytes and says nothing."""


class Handing(Sender):
    """The part of `Nightbrief` that is about files of whole matters; errors are as everywhere."""

    def add_load(
        self,
        matter_id: str,
        table: Path,
        *,
        images: Path | None = None,
        files: Path | None = None,
        source: str = "",
        key: str = "",
    ) -> LoadBegun:
        """Send a load file, perhaps with an Opticon file and a ZIP of what it names; nothing is taken in yet.

        The operation is the dry run; there is none where the columns must be mapped first.
        """
        given = {"table": table, "images": images, "files": files}
        sent = {name: path for name, path in given.items() if path is not None}
        return self._sent(LoadBegun, f"/matters/{matter_id}/loads", sent, {"source": source}, key)

    def loads(self, matter_id: str) -> Iterator[Load]:
        """The load files of a matter, the newest first."""
        return self._all(Load, f"/matters/{matter_id}/loads")

    def load(self, load_id: str) -> Load:
        """A load file: its columns, what they are taken as, what the dry run found, how far it is."""
        return self._one(Load, "GET", f"/loads/{load_id}")

    def map_load(self, load_id: str, mapping: Mapping[str, str], *, key: str = "") -> LoadBegun:
        """Say which field each column is; the dry run is done with that."""
        body = {"mapping": dict(mapping)}
        return self._one(LoadBegun, "POST", f"/loads/{load_id}/columns", json=body, key=key)

    def start_load(self, load_id: str, *, key: str = "") -> LoadBegun:
        """Take the rows in that the dry run did not reject."""
        return self._one(LoadBegun, "POST", f"/loads/{load_id}/start", key=key)

    def load_problems(self, load_id: str) -> Iterator[LoadProblem]:
        """What is wrong with which row."""
        return self._all(LoadProblem, f"/loads/{load_id}/problems", limit="500")

    def start_production(
        self,
        matter_id: str,
        prefix: str,
        *,
        grid_id: str = "",
        by_page: bool = False,
        table: str = "dat",
        images: bool = False,
        key: str = "",
    ) -> ProductionBegun:
        """Have documents written as a load file: all, or those of a grid with its answers. `table` is dat or csv."""
        body = {"prefix": prefix, "grid_id": grid_id or None, "by_page": by_page, "table": table}
        body |= {"images": images}
        return self._one(ProductionBegun, "POST", f"/matters/{matter_id}/productions", json=body, key=key)

    def production(self, production_id: str) -> Production:
        """One production, and whether its file is there."""
        return self._one(Production, "GET", f"/productions/{production_id}")

    def save_production(self, production: Production, path: Path, progress: Heard = _nobody) -> None:
        """Write the ZIP of a production, or nothing of it."""
        self._save(f"/productions/{production.id}/file", path, production.size_bytes, "", progress)

    def start_archive(self, matter_id: str, *, states: bool = True, key: str = "") -> ArchiveBegun:
        """Have all that a matter holds written into one open archive."""
        return self._one(
            ArchiveBegun, "POST", f"/matters/{matter_id}/archives", json={"states": states}, key=key
        )

    def archives(self, matter_id: str) -> Iterator[Archive]:
        """The archives of a matter, the newest first."""
        return self._all(Archive, f"/matters/{matter_id}/archives")

    def archive(self, archive_id: str) -> Archive:
        """One archive, and whether its file is there."""
        return self._one(Archive, "GET", f"/archives/{archive_id}")

    def save_archive(self, archive: Archive, path: Path, progress: Heard = _nobody) -> None:
        """Write the file of an archive, or nothing of it; other bytes than were made are refused."""
        self._save(f"/archives/{archive.id}/file", path, archive.size_bytes, archive.sha256, progress)

    def bring_in(self, archive: Path, *, name: str = "", key: str = "") -> Arrival:
        """Have a new matter made of an archive, under its own name where none is given."""
        return self._sent(Arrival, "/arrivals", {"archive": archive}, {"name": name}, key)

    def arrival(self, arrival_id: str) -> Arrival:
        """How far an archive is that becomes a matter."""
        return self._one(Arrival, "GET", f"/arrivals/{arrival_id}")

    def _sent(
        self, shape: type[Shape], path: str, files: Mapping[str, Path], data: dict[str, str], key: str
    ) -> Shape:
        """The answer to a form with files, which are read as they are sent."""
        with ExitStack() as open_files:

            def made() -> dict[str, Any]:
                opened = {name: open_files.enter_context(one.open("rb")) for name, one in files.items()}
                return {
                    "files": {name: (files[name].name, file) for name, file in opened.items()},
                    "data": data,
                }

            return self._one(shape, "POST", path, made=made, key=key)

    def _save(self, address: str, path: Path, size_bytes: int | None, sha256: str, progress: Heard) -> None:
        """Write a file whole, or nothing of it; of what is made as it is sent nobody knows the size."""
        unfinished = path.with_name(f"{path.name}.part")
        try:
            digest = self._saved(address, unfinished, progress)
            size = unfinished.stat().st_size
            if size_bytes not in (None, size) or sha256 not in ("", digest):
                raise NightbriefError("file-broken", "The file came with other bytes than were made.")
            unfinished.replace(path)
        finally:
            unfinished.unlink(missing_ok=True)
