"""A watched folder: what is put there is taken in, and moved away once it is known what became of it.

    folder/...            files that are new, or being read
    folder/done/...       files that were read, are duplicates, or were opened (their members have items of their own)
    folder/problems/...   files that could not be used

The folder and the records say all there is to know: a file is recognised by its place on the disk and the moment of
its last change, which its item keeps as `origin`. So a process that is killed at any time takes nothing twice and
loses nothing. Folders are looked at again and again, because network shares do not tell of changes.

A folder in it that is empty because its files were moved is removed once nobody has touched it for a day; one that
was put there empty stays.
"""

import logging
import os
import stat
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from reviewapp.frame.actor import SYSTEM
from reviewapp.intake.actions import BatchError, Incoming, create_batch
from reviewapp.intake.models import UNUSABLE, BatchItem, Disposition, Source
from reviewapp.matters.models import Matter

logger = logging.getLogger(__name__)

DONE, PROBLEMS = "done", "problems"
#: Files that are taken in together.
FILES_AT_ONCE = 500
#: How long an emptied folder is left for those who may be about to fill it again.
EMPTY_SECONDS = 24 * 3600
_UNFINISHED = (".part", ".partial", ".crdownload", ".tmp", ".download")


@dataclass(frozen=True)
class Seen:
    """A file as it lies there; it is whole when it stays the same from one look to the next."""

    path: Path
    size: int
    changed_ns: int
    origin: str


@dataclass
class Watch:
    """A folder whose files go to a matter."""

    folder: Path
    matter: Matter
    _before: dict[Path, Seen] = field(default_factory=dict)
    _unreadable: set[Path] = field(default_factory=set)
    _empty: list[Path] = field(default_factory=list)

    def look(self) -> int:
        """Take in what is new and whole, and move what is settled; how many files were taken in.

        Folders that this emptied go, too. Raises OSError when the folder or the disk of the bytes cannot be used; the
        next look goes on.
        """
        self._empty = []
        seen = list(self._files())
        settled = self._settled(seen)
        for one in seen:
            if (disposition := settled.get(one.origin)) not in (None, Disposition.PENDING):
                self._move(one, PROBLEMS if disposition in UNUSABLE else DONE)
        for folder in self._empty:
            self._remove_emptied(folder)
        fresh = [one for one in seen if one.origin not in settled and self._before.get(one.path) == one]
        self._before = {one.path: one for one in seen}
        fresh = fresh[:FILES_AT_ONCE]
        if fresh:
            self._take_in(fresh)
        return len(fresh)

    def _files(self) -> Iterator[Seen]:
        for folder, folders, names in os.walk(self.folder):
            top = Path(folder) == self.folder
            if not folders and not names and not top:
                self._empty.append(Path(folder))
            folders[:] = sorted(
                name
                for name in folders
                if not name.startswith(".") and not (top and name in (DONE, PROBLEMS))
            )
            for name in sorted(names):
                path = Path(folder) / name
                if name.startswith((".", "~$")) or name.lower().endswith(_UNFINISHED) or path.is_symlink():
                    continue
                try:
                    found = path.stat()
                except FileNotFoundError:
                    continue
                if not stat.S_ISREG(found.st_mode) or not self._is_readable(path):
                    continue
                origin = f"{self.matter.pk}:{found.st_dev}:{found.st_ino}:{found.st_mtime_ns}:{found.st_size}"
                yield Seen(path, found.st_size, found.st_mtime_ns, origin)

    def _is_readable(self, path: Path) -> bool:
        """Whether this process may read the file: one that it may not read holds up none of the others."""
        if os.access(path, os.R_OK):
            return True
        if path not in self._unreadable:
            self._unreadable.add(path)
            logger.warning("a file of the watched folder %s may not be read by this process", self.folder)
        return False

    def _settled(self, seen: Sequence[Seen]) -> dict[str, str]:
        """What became of the files that were taken in, by their origin."""
        found: dict[str, str] = {}
        for start in range(0, len(seen), FILES_AT_ONCE):
            origins = [one.origin for one in seen[start : start + FILES_AT_ONCE]]
            found |= dict(BatchItem.objects.filter(origin__in=origins).values_list("origin", "disposition"))
        return found

    def _take_in(self, fresh: Sequence[Seen]) -> None:
        files = [
            Incoming.from_path(one.path, str(one.path.relative_to(self.folder)), one.origin) for one in fresh
        ]
        label = f"Watched folder {self.folder.name}: {files[0].name}"
        label += f" and {len(files) - 1} more" if len(files) > 1 else ""
        try:
            create_batch(actor=SYSTEM, matter=self.matter, files=files, source=Source.FOLDER, label=label)
        except BatchError as error:
            logger.warning("files of a watched folder are taken in at the next look: %s", error.code)
            return
        logger.info("%d files of a watched folder were taken in", len(files))

    def _move(self, one: Seen, where: str) -> None:
        """Move a file out of the way, under its path; a file of that name that lies there stays."""
        target = self.folder / where / one.path.relative_to(self.folder)
        target.parent.mkdir(parents=True, exist_ok=True)
        number, free = 1, target
        while free.exists():
            number += 1
            free = target.with_name(f"{target.stem} ({number}){target.suffix}")
        one.path.rename(free)

    def _remove_emptied(self, folder: Path) -> None:
        """Remove a folder that is empty, if files were moved out of it and it has long been as it is."""
        below = folder.relative_to(self.folder)
        if not any((self.folder / where / below).is_dir() for where in (DONE, PROBLEMS)):
            return
        try:
            found = folder.stat()
            # NB: programs that copy set the time of the last change; nobody sets the other one.
            if max(found.st_mtime, found.st_ctime) < time.time() - EMPTY_SECONDS:
                folder.rmdir()
        except OSError:  # something came into it, it went, or it may not be removed
            return


def folders_of(setting: str) -> list[tuple[Path, str]]:
    """The folders and the matters (by name or id) of `NIGHTBRIEF_WATCH`: `folder=matter`, several with `;` between.

    Raises ValueError for what is not so.
    """
    found = []
    for part in filter(None, (part.strip() for part in setting.split(";"))):
        folder, sign, matter = part.rpartition("=")
        if not sign or not folder.strip() or not matter.strip():
            raise ValueError("NIGHTBRIEF_WATCH is written folder=matter, several with ; between")
        found.append((Path(folder.strip()), matter.strip()))
    return found
