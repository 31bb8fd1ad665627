"""The files inside a PDF, as members."""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Any

from readers.archive import Spool
from readers.pdf import beside, beyond, telling
from readers.pdf.plain import PlainPdf
from readers.result import INSIDE, UNREAD, Member, Note, Refused


class Inside:
    """Takes the files out of a document of pypdfium2; `plain` gives it as pypdf reads it."""

    def __init__(self, document: Any, data: bytes, spool: Spool, plain: Callable[[], PlainPdf]) -> None:
        self._document, self._spool, self._plain = document, spool, plain
        self._named = beyond.files_named(data)

    def taken(self, pinned: Sequence[Member]) -> tuple[list[Member], list[Note]]:
        """All files, those first that are pinned to pages and taken already, and what people have to know.

        Raises Refused past the limits.
        """
        if self._spool.limits.container_depth < 1:
            return list(pinned), list(self._too_deep())
        notes: list[Note] = []
        most = self._spool.limits.member_count
        members = [*pinned, *beside.files_inside(self._document, self._spool, most - len(pinned))]
        if self._named > len(members):
            try:
                members += islice(beyond.other_files(self._plain(), self._spool), max(0, most - len(members)))
            except (Refused, MemoryError):
                raise
            except Exception:  # noqa: BLE001  pypdf raises whatever the broken place happens to cause
                text = "Files inside the PDF may be missing: its list of objects is broken."
                notes.append(Note(UNREAD, text))
        if members:
            became = "became a file of its own" if len(members) == 1 else "became files of their own"
            notes.append(Note(INSIDE, f"{telling.files(len(members))} inside the PDF {became}."))
        return members, notes

    def _too_deep(self) -> Iterator[Note]:
        count = max(beside.files_count(self._document), self._named)
        if count:
            yield Note(UNREAD, f"{telling.files(count)} inside lie too deep in other files and are not read.")
