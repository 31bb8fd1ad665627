"""Writing archives: a bag with the matter's records, texts, originals, states and audit, in a ZIP.

Tables are written in the reverse of their order: whatever a row points to is written after it, and so is there.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from itertools import chain
from typing import IO, Any

from django.utils import timezone

from reviewapp.documents import storage
from reviewapp.documents.models import PAGE_SEPARATOR, Document, Page
from reviewapp.events.models import PAGE_READ, Event, PageRead
from reviewapp.events.names import Happened
from reviewapp.events.record import record
from reviewapp.jobs.errors import WorkError
from reviewapp.jobs.work import Run
from reviewapp.matters.models import Matter
from reviewapp.moving import storage as files
from reviewapp.moving.bag import BagWriter, in_chunks
from reviewapp.moving.layout import FORMAT, README
from reviewapp.moving.models import Archive, Arrival
from reviewapp.moving.people import PeopleOut
from reviewapp.moving.tables import TABLES, Table
from reviewapp.moving.values import Names, row_of
from reviewapp.states.models import State

_AT_ONCE = 500
_CHANGED = "Documents changed while the archive was written."


def make(run: Run, archive: Archive) -> None:
    """Write the archive and complete the job; a killed attempt leaves nothing.

    Raises WorkError when the disk refuses, and when documents changed meanwhile.
    """
    vault, name, kept = files.archives_vault(), files.name_of(archive), False
    try:
        before = _texts(archive.matter)
        with vault.write(name) as file:
            counts = _Writer(run, archive, file).write()
        digest = hashlib.sha256()
        with vault.open(name) as file:
            for chunk in in_chunks(file):
                digest.update(chunk)
        with run.completing({"records": counts["records"]}):
            if _texts(archive.matter) != before:
                raise WorkError(_CHANGED)
            archive.counts, archive.made_at = counts, timezone.now()
            archive.sha256, archive.size_bytes = digest.hexdigest(), vault.size(name)
            archive.save(update_fields=["counts", "made_at", "sha256", "size_bytes"])
            told = {key: counts[key] for key in ("documents", "originals", "originals_missing", "records")}
            record(
                Happened.ARCHIVE_MADE, archive, actor=run.job.actor, matter=archive.matter,
                sha256=archive.sha256, **told,
            )  # fmt: skip
        kept = True
    except OSError as error:
        raise WorkError(
            f"The archive could not be written: {error.strerror or 'the disk refused'}."
        ) from None
    finally:
        # NB: what an attempt after this one has finished is not this one's to remove.
        if not kept and Archive.objects.filter(pk=archive.pk, made_at=None).exists():
            vault.remove(name)


def _texts(matter: Matter) -> str:
    """A hash of which documents there are and of their texts."""
    digest = hashlib.sha256()
    rows = Document.every.filter(matter=matter).order_by("pk").values_list("pk", "text_sha256")
    for key, text in rows.iterator(chunk_size=_AT_ONCE):
        digest.update(f"{key} {text}\n".encode())
    return digest.hexdigest()


class _Writer:
    def __init__(self, run: Run, archive: Archive, file: IO[bytes]) -> None:
        self._run, self._archive, self._matter = run, archive, archive.matter
        self._bag = BagWriter(file, storage.temporary_folder())
        self._arrival = Arrival.objects.filter(matter=archive.matter).first()
        self._people = PeopleOut(archive.matter)
        mask = self._arrival.mask if self._arrival else None
        self._names = Names(mask, self._people.name, _nobody)
        self._blobs: set[str] = set()
        self._counts: Counter[str] = Counter(documents=0, originals=0, originals_missing=0)
        self._total = Document.every.filter(matter=archive.matter).count()

    def write(self) -> dict[str, int]:
        for table in reversed(TABLES):
            self._table(table)
        self._texts()
        self._originals()
        if self._archive.with_states:
            self._states()
        self._audit()
        self._bag.add("people.ndjson", map(_line, self._people.rows()))
        self._bag.add("matter.json", [_line(self._of_matter())])
        self._bag.add("README.txt", [README.encode()])
        counts = self._counts
        counts["records"] = sum(number for name, number in counts.items() if name in {t.name for t in TABLES})
        self._bag.close(
            {
                "Bagging-Date": f"{timezone.now():%Y-%m-%d}",
                "Bag-Software-Agent": "Nightbrief",
                "Nightbrief-Format": FORMAT,
                "Originals-Missing": str(counts["originals_missing"]),
            }
        )
        return dict(counts)

    def _table(self, table: Table) -> None:
        with self._bag.file(f"records/{table.name}.ndjson") as write:
            for one in table.rows(self._matter).iterator(chunk_size=_AT_ONCE):
                self._run.stop_if_asked()
                row = row_of(table, one, self._names)
                self._blobs |= {row[name] for name in table.blobs if row[name]}
                write(_line(row))
                self._counts[table.name] += 1

    def _texts(self) -> None:
        keys = (
            Document.every.filter(matter=self._matter)
            .order_by("created_at", "pk")
            .values_list("pk", flat=True)
        )
        for done, key in enumerate(keys.iterator(chunk_size=_AT_ONCE), 1):
            self._run.stop_if_asked()
            self._bag.add(f"text/{self._names.other(key)}.txt", _text_of(key))
            self._run.progress(done, self._total)

    def _originals(self) -> None:
        for sha256 in sorted(self._blobs):
            self._run.stop_if_asked()
            try:
                file = storage.entry_of(f"blobs/{self._matter.pk}/{sha256}").open()
            except FileNotFoundError:
                self._counts["originals_missing"] += 1
                continue
            with file:
                self._bag.add(f"originals/{sha256}", in_chunks(file), packed=False)
            self._counts["originals"] += 1

    def _states(self) -> None:
        found = State.objects.filter(document__matter=self._matter).exclude(name="").order_by("name")
        for name in found.values_list("name", flat=True).distinct().iterator(chunk_size=_AT_ONCE):
            self._run.stop_if_asked()
            with (
                suppress(FileNotFoundError),
                storage.vault_of("bank").open(_state(self._matter, name)) as file,
            ):
                self._bag.add(f"states/{name}.safetensors", in_chunks(file), packed=False)
                self._counts["states_kept"] += 1

    def _audit(self) -> None:
        parts = self._arrival.audit_parts if self._arrival else 0
        for part in range(1, parts + 1):
            with files.arrivals_vault().open(files.name_of_audit(self._matter.pk, part)) as file:
                self._bag.add(f"audit/{part}.ndjson", in_chunks(file))
        events = Event.objects.filter(matter=self._matter).order_by("at", "pk").iterator(chunk_size=_AT_ONCE)
        read = PageRead.objects.filter(matter=self._matter).order_by("at", "pk").iterator(chunk_size=_AT_ONCE)
        told = chain(map(self._event, events), map(self._page_read, read))
        self._bag.add(f"audit/{parts + 1}.ndjson", map(_line, told))

    def _event(self, event: Event) -> dict[str, Any]:
        return {
            "at": event.at.isoformat(),
            "type": event.action,
            "by": self._people.name(event.user_id) if event.user_id else None,
            "client": event.client,
            "object_type": event.object_type,
            "object_id": self._names.in_text(event.object_id),
            "detail": self._names.in_all(self._with_name(event.detail)),
        }

    def _with_name(self, detail: dict[str, Any]) -> dict[str, Any]:
        """What an event tells, with the person whom it is about by name: numbers of accounts are of here alone."""
        if "user_id" not in detail:
            return detail
        return {key: value for key, value in detail.items() if key != "user_id"} | {
            "member": self._people.name(detail["user_id"])
        }

    def _page_read(self, read: PageRead) -> dict[str, Any]:
        return {
            "at": read.at.isoformat(),
            "type": PAGE_READ,
            "by": self._people.name(read.user_id),
            "client": read.client,
            "object_type": "documents.Document",
            "object_id": self._names.in_text(str(read.document)),
            "detail": {"page": read.number},
        }

    def _of_matter(self) -> dict[str, Any]:
        matter = self._matter
        return {
            "format": FORMAT,
            "id": str(self._names.other(matter.pk)),
            "name": matter.name,
            "external_id": matter.external_id,
            "ocr_languages": matter.ocr_languages,
        }


def _nobody(name: str) -> int:
    raise LookupError(name)


def _text_of(document_id: Any) -> Iterator[bytes]:
    pages = Page.objects.filter(document=document_id).order_by("number").values_list("text", flat=True)
    for number, text in enumerate(pages.iterator(chunk_size=50)):
        yield f"{PAGE_SEPARATOR if number else ''}{text}".encode()


def _state(matter: Matter, name: str) -> str:
    return f"{matter.pk}/{name}.safetensors"


def _line(row: Any) -> bytes:
    return json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
