"""The work of Clio: documents in, notes out; both go on after a kill without doing anything twice."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.utils import timezone

from reviewapp.claims import Claim, claims_of
from reviewapp.clio.actions import clio_of, note_end
from reviewapp.clio.calling import Clio, ClioError
from reviewapp.clio.models import Connection, SentNote
from reviewapp.documents.models import Document
from reviewapp.events.names import Happened
from reviewapp.events.record import record
from reviewapp.frame.words_answers import with_condition
from reviewapp.intake.actions import Incoming, create_jobs, hold_bytes, stored_item
from reviewapp.intake.models import Batch, BatchItem, Source, place_of
from reviewapp.jobs.errors import FinalWorkError, WorkError
from reviewapp.jobs.work import Run
from reviewapp.questions.models import FOUND

_FIELDS = "id,name,latest_document_version{id,fully_uploaded,filename}"
#: Documents that are taken in by one transaction, and claims that one note holds.
TAKEN, MOST_CLAIMS = 20, 100
_SUBJECT, _DETAIL = 200, 60_000


def fetch(run: Run, connection: Connection) -> None:
    """Take the documents in that are new or changed at Clio, as files that are read next. Raises WorkError."""
    taken, unfinished, batch = 0, 0, None
    with _told(connection):
        clio = clio_of(connection, _pause(run))
        for rows in clio.listed("documents", matter_id=connection.there, fields=_FIELDS):
            ready = [
                row for row in rows if (row.get("latest_document_version") or {}).get("fully_uploaded", True)
            ]
            unfinished += len(rows) - len(ready)
            fresh = _fresh(connection, ready)
            for first in range(0, len(fresh), TAKEN):
                items = [_item(run, connection, clio, row) for row in fresh[first : first + TAKEN]]
                batch = _take(run, connection, items, batch, taken)
                taken += len(items)
                run.progress(taken, 0)
    run.finish({"documents": taken, "unfinished": unfinished})


def _origin(connection: Connection, row: dict[str, Any]) -> str:
    version = (row.get("latest_document_version") or {}).get("id", "")
    return f"clio:{connection.matter_id}:{row['id']}:{version}"[:100]


def _fresh(connection: Connection, rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    origins = [_origin(connection, row) for row in rows]
    known = set(BatchItem.objects.filter(origin__in=origins).values_list("origin", flat=True))
    return [row for row, origin in zip(rows, origins, strict=True) if origin not in known]


def _item(run: Run, connection: Connection, clio: Clio, row: dict[str, Any]) -> BatchItem:
    """A document as a file on its way in, its bytes stored; one that is here already gets it as its new version."""
    run.stop_if_asked()
    name = str((row.get("latest_document_version") or {}).get("filename") or row.get("name") or "unnamed")
    external_id = f"clio-{row['id']}"
    incoming = Incoming(name, clio.download(str(row["id"])), _origin(connection, row), external_id)
    item = stored_item(connection.matter, incoming, place_of(0))
    known = Document.objects.filter(matter=connection.matter, external_id=external_id).first()
    if known is not None and known.sha256 != item.sha256:
        item.new_version_of, item.external_id = known, ""
    return item


def _take(
    run: Run, connection: Connection, items: Sequence[BatchItem], batch: Batch | None, taken: int
) -> Batch:
    matter, actor = connection.matter, run.job.actor
    with run.writing():
        if batch is None:
            batch = Batch.objects.create(
                matter=matter, created_by=actor.account, label=f"Clio: {connection.there_name}"[:200],
                source=Source.API,
            )  # fmt: skip
            record(
                Happened.BATCH_CREATED, batch, actor=actor, matter=matter, files=len(items), source=Source.API
            )
        for number, item in enumerate(items, taken):
            item.batch, item.place = batch, place_of(number)
        hold_bytes(items, matter)
        BatchItem.objects.bulk_create(items)
        create_jobs(items, matter=matter, actor=actor, trigger="clio")
    return batch


def send(run: Run, note: SentNote) -> None:
    """Write the note at Clio, in the matter that was chosen when it was asked for, unless an attempt before did and
    could not say so.

    Raises WorkError, also where another matter was chosen meanwhile: neither it nor the one before may be meant.
    """
    connection = Connection.objects.filter(matter=note.matter_id).first()
    if connection is None or not connection.gives_answers:
        raise FinalWorkError("Nobody allows any more that answers are sent to Clio.")
    with _told(connection):
        clio = clio_of(connection, _pause(run))
        there = _sent_before(run, clio, note)
        if not there and note.matter_there != connection.there:
            raise FinalWorkError("Another matter at Clio was chosen since this was asked for. Send it again.")
        there = there or clio.add_note(
            note.matter_there, _subject(note), _detail(note), f"{timezone.now():%Y-%m-%d}"
        )
    with run.completing({"note": there}):
        note.there, note.sent_at = there, timezone.now()
        note.save(update_fields=["there", "sent_at"])
        record(Happened.CLIO_NOTE_SENT, note, actor=run.job.actor, matter=note.matter, there=there)


def _sent_before(run: Run, clio: Clio, note: SentNote) -> str:
    if run.job.attempts == 1:
        return ""
    pages = clio.listed("notes", type="Matter", matter_id=note.matter_there, fields="id,subject")
    found = (str(row["id"]) for rows in pages for row in rows if note.mark in str(row.get("subject")))
    return next(found, "")


def _subject(note: SentNote) -> str:
    text = " ".join(note.question.whole.split())
    room = _SUBJECT - len(note.mark) - 1
    return f"{text if len(text) <= room else text[: room - 1] + '…'} {note.mark}"


def _detail(note: SentNote) -> str:
    """What is said together, then each answer that was found and not rejected, with its quote."""
    question = note.question
    answers = question.answers.filter(superseded_at=None, state__in=FOUND).exclude(review__kind="reject")
    chosen = answers.order_by("order")[:MOST_CLAIMS]
    corrected = {
        str(answer.pk): answer.review.text
        for answer in answers.filter(review__kind="correct").select_related("review")
    }
    told = [question.whole, question.sentence]
    told += [_said(claim, corrected.get(claim.id)) for claim in claims_of(chosen, boxes=False)]
    if (more := answers.count() - MOST_CLAIMS) > 0:
        told.append(f"{more:,} more answers are in Nightbrief.")
    text = "\n\n".join(part for part in told if part)
    return text if len(text) <= _DETAIL else text[: _DETAIL - 1] + "…"


def _said(claim: Claim, corrected: str | None) -> str:
    state = "corrected by a reviewer" if corrected is not None else claim.state
    quote = next((quote for quote in claim.quotes if quote.kind == "quote"), None)
    said = with_condition(claim.answer or "", claim.condition or "")
    proof = f"\n  p. {quote.page}: “{' '.join(quote.text.split())}”" if quote else ""
    return f"{claim.document_name}: {said if corrected is None else corrected} ({state}){proof}"


def _pause(run: Run) -> Any:
    def pause(seconds: float) -> None:
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            run.stop_if_asked()
            time.sleep(min(0.5, left))

    return pause


@contextmanager
def _told(connection: Connection) -> Iterator[None]:
    try:
        yield
    except ClioError as error:
        if error.code == "clio-not-allowed":
            note_end(connection, str(error))
        raise (WorkError if error.is_passing else FinalWorkError)(str(error)) from None
    except OSError as error:
        raise WorkError(f"The disk could not be used: {error.strerror or 'no reason was given'}.") from None
