"""A local folder whose files go to a matter as they appear."""

import hashlib
import json
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

import typer

from reviewapp.client.connection import ENDED, Nightbrief
from reviewapp.client.credentials import folder as kept_in
from reviewapp.client.credentials import write_private
from reviewapp.client.push import files_in, look_at, push
from reviewapp.client.screen import InMatter, bytes_shown, err, matter_named, out, say
from reviewapp.client.sending import NightbriefError

EVERY_SECONDS = 5.0
FILES_AT_ONCE = 200
_UNFINISHED = (".part", ".partial", ".crdownload", ".tmp", ".download")
Seen = dict[str, tuple[int, int]]


@dataclass
class Watch:
    """A folder, and the matter that its files go to.

    A file is whole when its size and the moment of its last change stay the same from one look to the next. What was
    sent is kept in a small file, so that a watch that was stopped goes on without reading all again; that file may be
    lost, for what the matter has is not sent anyway.
    """

    nightbrief: Nightbrief
    matter_id: str
    folder: Path
    label: str = ""
    _before: Seen = field(default_factory=dict)
    _sent: Seen = field(default_factory=dict)
    _reading: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        what = f"{self.nightbrief.address} {self.matter_id} {self.folder.resolve()}"
        self._journal = kept_in() / "watched" / f"{hashlib.sha256(what.encode()).hexdigest()}.json"
        if self._journal.exists():
            kept = json.loads(self._journal.read_text())
            self._sent = {name: (size, at) for name, (size, at) in kept["sent"].items()}
            self._reading = list(kept["reading"])

    def look(self) -> int:
        """Send what is new and whole; how many files that were. Raises NightbriefError; the next look goes on."""
        now = dict(self._files())
        whole = [name for name, seen in now.items() if self._sent.get(name) != seen == self._before.get(name)]
        self._before = now
        for start in range(0, len(whole), FILES_AT_ONCE):
            self._send(whole[start : start + FILES_AT_ONCE], now)
        return len(whole)

    def problems(self) -> Iterator[str]:
        """A sentence for each file that was sent and not taken, once that is known. Raises NightbriefError."""
        for key in list(self._reading):
            if self.nightbrief.operation(key).status not in ENDED:
                continue
            for item in self.nightbrief.items(key):
                if item.status != "succeeded":
                    yield f"{item.name}: {item.detail or item.code}"
            self._reading.remove(key)
            self._write()

    @property
    def is_waiting(self) -> bool:
        """Whether something that was sent is still being read."""
        return bool(self._reading)

    def _files(self) -> Iterator[tuple[str, tuple[int, int]]]:
        for path in files_in(self.folder):
            if path.name.startswith("~$") or path.name.lower().endswith(_UNFINISHED):
                continue
            try:
                found = path.stat()
            except FileNotFoundError:
                continue
            yield path.relative_to(self.folder).as_posix(), (found.st_size, found.st_mtime_ns)

    def _send(self, names: list[str], now: Seen) -> None:
        files = [look_at(self.folder / name) for name in names]
        with bytes_shown() as shown:
            bar = shown.add_task("sending", total=sum(one.size_bytes for one in files))
            pushed = push(
                self.nightbrief,
                self.matter_id,
                files,
                label=self.label or f"Watched folder {self.folder.name}",
                progress=lambda size: shown.advance(bar, size),
            )
        self._sent |= {name: now[name] for name in names}
        self._reading += pushed.operation_ids
        self._write()

    def _write(self) -> None:
        write_private(self._journal, json.dumps({"sent": self._sent, "reading": self._reading}))


def watch(
    folder: Annotated[Path, typer.Argument(exists=True, file_okay=False, help="The folder.")],
    matter: InMatter = "",
    label: Annotated[str, typer.Option(help="What the batches are called.")] = "",
    every: Annotated[float, typer.Option(min=0.1, help="Seconds from one look to the next.")] = EVERY_SECONDS,
    once: Annotated[
        bool, typer.Option("--once", help="Send what is there, wait until it is read, and end.")
    ] = False,
) -> None:
    """Send a folder's files to a matter as they appear, until Ctrl-C. Stopped, it goes on where it was."""
    with Nightbrief.signed_in() as nightbrief:
        within = matter_named(nightbrief, matter)
        watched = Watch(nightbrief, within.id, folder, label)
        say(out, f"Watching {folder} for {within.name}.")
        looks, failed = 0, False
        while not once or looks < 2 or watched.is_waiting:
            if looks:
                time.sleep(every)
            looks += 1
            try:
                number = watched.look()
                for problem in watched.problems():
                    failed = True
                    say(out, problem)
            except NightbriefError as error:
                if once or error.code != "unreachable":
                    raise
                say(err, f"{error} Trying again.")
                continue
            if number:
                say(out, f"{number} files sent.")
    if failed:
        raise typer.Exit(1)
