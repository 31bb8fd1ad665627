"""Making a matter of an archive: looked at as a whole, then taken in part by part, going on after a kill."""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import DataError, IntegrityError, connection, models
from django.db.models.sql import InsertQuery
from django.utils import timezone

from reviewapp.documents import storage
from reviewapp.documents.models import Document, Page
from reviewapp.documents.ordering import key_of
from reviewapp.events.models import EventElsewhere
from reviewapp.jobs.work import Run
from reviewapp.moving import storage as files
from reviewapp.moving.bag import Bag, BagError
from reviewapp.moving.layout import FORMAT
from reviewapp.moving.models import Arrival
from reviewapp.moving.people import NAME_CHARACTERS, PeopleIn
from reviewapp.moving.tables import TABLES, Table, is_person
from reviewapp.moving.values import Names, RowError, event_of, id_here, record_of
from reviewapp.states.models import State

MIB = 2**20
_AT_ONCE = 500
_HASH = re.compile(r"[0-9a-f]{64}")
_STATE = re.compile(r"[0-9a-f]{64}\.safetensors")


def opened(arrival: Arrival) -> Bag:
    """The archive of an arrival. Raises BagError for what is no archive of a matter, OSError of the disk."""
    file = files.arrivals_vault().open(files.name_of_arrival(arrival))
    bag = Bag(file, most_bytes=settings.ARCHIVE_MIB * MIB)
    if bag.info.get("Nightbrief-Format") != FORMAT:
        raise BagError("archive-unknown", f"The archive is not of the format {FORMAT}.")
    return bag


def matter_of(bag: Bag) -> dict[str, str]:
    """What the archive says of the matter itself. Raises BagError."""
    rows = [_row(line) for line in bag.lines("matter.json")]
    found = rows[0] if len(rows) == 1 and isinstance(rows[0], dict) else {}
    wanted = ("id", "name", "ocr_languages")
    if not all(isinstance(found.get(name), str) for name in wanted):
        raise BagError("archive-broken", "The archive does not say which matter it holds.")
    external_id = found.get("external_id", "")
    return {name: found[name] for name in wanted} | {
        "external_id": external_id if isinstance(external_id, str) else ""
    }


def _row(line: bytes) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        raise BagError("archive-broken", "A line of the archive is no JSON.") from None


class Taking:
    """Takes one archive in. Each part is a transaction with the count of what is done, so that none is done twice."""

    def __init__(self, run: Run, arrival: Arrival, bag: Bag) -> None:
        self._run, self._arrival, self._bag = run, arrival, bag
        self._matter = arrival.matter
        people = PeopleIn(self._matter, _full_names(bag))
        self._names = Names(arrival.mask, str, people.key)
        self._text: tuple[UUID | None, str] = (None, "")

    def verify(self) -> None:
        """Hold each file against its hash. Raises BagError."""
        if self._arrival.verified_at is None:
            self._bag.verify(self._on_file)
            with self._run.writing():
                self._arrival.verified_at = timezone.now()
                self._arrival.save(update_fields=["verified_at"])

    def _on_file(self, done: int, total: int) -> None:
        self._run.stop_if_asked()
        self._run.progress(done, total)

    def take(self) -> dict[str, int]:
        """Take all in that is not yet. Returns how many records of each table, and `left_out`. Raises BagError."""
        self._originals()
        for number, table in enumerate(TABLES):
            self._table(table)
            if table.later:
                self._join(table)
            self._run.progress(number + 1, len(TABLES))
        self._states()
        self._audit()
        done = self._arrival.done
        return {name: number for name, number in done.items() if not name.startswith(("joined ", "audit "))}

    def _originals(self) -> None:
        for sha256 in self._bag.names("originals"):
            self._run.stop_if_asked()
            if not _HASH.fullmatch(sha256):
                raise BagError("archive-broken", "An original in the archive is not named by its hash.")
            stored = storage.store(
                self._matter.pk,
                self._bag.chunks(f"originals/{sha256}"),
                most_bytes=settings.ARCHIVE_MIB * MIB,
            )
            if stored.sha256 != sha256:
                storage.remove(stored.blob)
                raise BagError("archive-broken", "An original in the archive is not what its name says.")

    def _states(self) -> None:
        for name in self._bag.names("states"):
            self._run.stop_if_asked()
            if not _STATE.fullmatch(name):
                raise BagError("archive-broken", "A state in the archive has a name that states do not have.")
            with storage.vault_of("bank").write(f"{self._matter.pk}/{name}") as file:
                for chunk in self._bag.chunks(f"states/{name}"):
                    file.write(chunk)

    def _audit(self) -> None:
        part = 0
        while self._bag.holds(f"audit/{part + 1}.ndjson"):
            part += 1
            with files.arrivals_vault().write(files.name_of_audit(self._matter.pk, part)) as file:
                for chunk in self._bag.chunks(f"audit/{part}.ndjson"):
                    file.write(chunk)
            self._events(part)
        with self._run.writing():
            self._arrival.audit_parts = part
            self._arrival.save(update_fields=["audit_parts"])

    def _events(self, part: int) -> None:
        """What happened in an installation, as it is shown here."""
        for first, rows in self._parts(f"audit/{part}.ndjson", f"audit {part}"):
            try:
                events = [event_of(row, self._names) for row in rows]
            except RowError as error:
                raise BagError("archive-broken", f"A line of what happened: {error}.") from None
            for place, event in enumerate(events, first):
                event.matter_id, event.installation, event.place = self._matter.pk, part, place
            with self._run.writing():
                EventElsewhere.objects.bulk_create(events)
                self._note(f"audit {part}", first + len(rows), 0)

    def _table(self, table: Table) -> None:
        for first, rows in self._parts(f"records/{table.name}.ndjson", table.name):
            records = [self._record(table, row, number) for number, row in enumerate(rows, first + 1)]
            kept = self._resting(table, records)
            try:
                with self._run.writing():
                    _insert(table.model, kept)
                    self._note(table.name, first + len(rows), len(rows) - len(kept))
            except (IntegrityError, DataError):
                message = f"Rows of {table.name} contradict one another."
                raise BagError("archive-broken", message) from None

    def _record(self, table: Table, row: Any, number: int) -> models.Model:
        try:
            record = record_of(table, row, self._names, self._matter.pk)
        except RowError as error:
            raise BagError("archive-broken", f"Row {number} of {table.name}: {error}.") from None
        if isinstance(record, Document):
            record.name_key = key_of(record.name)
        if isinstance(record, Page):
            record.text = self._text_of_page(record)
        if table.name == "states":
            # NB: a worker tells whether it can read the file; until then the document has no state.
            setattr(record, "status", State.Status.STALE)  # noqa: B010  of a model that is known at run time alone
        return record

    def _text_of_page(self, page: Page) -> str:
        if self._text[0] != page.document_id:
            name = f"text/{self._names.other(page.document_id)}.txt"
            content = b"".join(self._bag.chunks(name))
            known = Document.every.filter(pk=page.document_id).values_list("text_sha256", flat=True).first()
            if hashlib.sha256(content).hexdigest() != known:
                raise BagError(
                    "archive-broken", "The text of a document is not the one that its record names."
                )
            self._text = (page.document_id, content.decode(errors="replace"))
        return self._text[1][page.start : page.end]

    def _resting(self, table: Table, records: Sequence[models.Model]) -> list[models.Model]:
        """The records whose other records are there; a field that may be empty is emptied where its is not."""
        lost: set[int] = set()
        for field in table.fields:
            target = field.remote_field.model if field.remote_field and not is_person(field) else None
            if target is None or field.name in table.later:
                continue
            keys = {getattr(record, field.attname) for record in records} - {None}
            there = set(target._base_manager.filter(pk__in=keys).values_list("pk", flat=True))
            if target is table.model:
                there |= {record.pk for record in records}
            for place, record in enumerate(records):
                if getattr(record, field.attname) in there or getattr(record, field.attname) is None:
                    continue
                setattr(record, field.attname, None)
                lost |= set() if field.null else {place}
        return [record for place, record in enumerate(records) if place not in lost]

    def _join(self, table: Table) -> None:
        """Say which records of a table are about which others of it, once all are there."""
        for first, rows in self._parts(f"records/{table.name}.ndjson", f"joined {table.name}"):
            pointing = [row for row in rows if any(map(row.get, table.later))]
            records = table.model._base_manager.in_bulk([id_here(row["id"], self._names) for row in pointing])
            wanted = {
                id_here(row[name], self._names) for row in pointing for name in table.later if row.get(name)
            }
            there = set(table.model._base_manager.filter(pk__in=wanted).values_list("pk", flat=True))
            changed = []
            for row in pointing:
                record = records.get(id_here(row["id"], self._names))
                if record is None:
                    continue
                for name in table.later:
                    key = id_here(row[name], self._names) if row.get(name) else None
                    setattr(record, f"{name}_id", key if key in there else None)
                changed.append(record)
            with self._run.writing():
                table.model._base_manager.bulk_update(changed, table.later, batch_size=100)
                self._note(f"joined {table.name}", first + len(rows), 0)

    def _parts(self, file: str, name: str) -> Iterator[tuple[int, list[Any]]]:
        """The rows that are not taken in yet, some at a time, each time with the number of the first."""
        done, part = int(self._arrival.done.get(name, 0)), list[Any]()
        for number, line in enumerate(self._bag.lines(file)):
            if number < done:
                continue
            part.append(_row(line))
            if len(part) == _AT_ONCE:
                self._run.stop_if_asked()
                yield number + 1 - len(part), part
                part = []
        if part:
            self._run.stop_if_asked()
            yield number + 1 - len(part), part

    def _note(self, name: str, lines: int, left_out: int) -> None:
        done = Counter(self._arrival.done)
        done[name] = lines
        done["left_out"] += left_out
        self._arrival.done = dict(done)
        self._arrival.save(update_fields=["done"])


def _full_names(bag: Bag) -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for row in map(_row, bag.lines("people.ndjson")):
        told = row if isinstance(row, dict) else {}
        name, first, last = (_name(told.get(key)) for key in ("name", "first_name", "last_name"))
        found[name] = (first, last)
    return found


def _name(value: Any) -> str:
    if not isinstance(value, str) or len(value) > NAME_CHARACTERS or "\x00" in value:
        raise BagError("archive-broken", "A person in the archive has no name.")
    return value


def _insert(model: type[models.Model], records: Sequence[models.Model]) -> None:
    """Write new records with the moments that they have, which `bulk_create` would set to now."""
    fields = [field for field in model._meta.concrete_fields if not _numbered(field)]
    size = max(1, connection.ops.bulk_batch_size(fields, list(records)))
    for first in range(0, len(records), size):
        query = InsertQuery(model)
        query.insert_values(fields, list(records[first : first + size]), raw=True)
        query.get_compiler(connection=connection).execute_sql()


def _numbered(field: "models.Field[Any, Any]") -> bool:
    return isinstance(field, models.AutoField)
