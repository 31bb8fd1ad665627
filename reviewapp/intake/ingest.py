"""One item's way from bytes to its disposition."""

from collections.abc import Iterator
from functools import partial

from django.conf import settings

from readers.client import ParserError, Reading
from readers.result import Member, Parsed
from reviewapp.documents import storage
from reviewapp.documents.actions import move_external_id, note_change
from reviewapp.documents.models import PAGE_SEPARATOR, Document
from reviewapp.documents.parsing import process_parser
from reviewapp.events.names import Happened
from reviewapp.events.record import record
from reviewapp.intake.accept import (
    accept,
    hold_documents,
    is_overtaken,
    is_same_text,
    note_languages,
    tell_of_recognition,
)
from reviewapp.intake.actions import MIB, create_jobs, hold_bytes, names_of
from reviewapp.intake.jobs import INGEST_ITEM, RECOGNISE_ITEM, consolidate_whole
from reviewapp.intake.models import BatchItem, Disposition, place_of
from reviewapp.intake.reading import reading_of
from reviewapp.intake.slices import limits_for, whole_file
from reviewapp.jobs import lifecycle
from reviewapp.jobs.errors import FinalWorkError, WorkError
from reviewapp.jobs.models import Job, Status
from reviewapp.jobs.work import Run
from reviewapp.kin.minhash import Marks, marks_of

_ROWS_AT_ONCE = 500


def ingest(run: Run, item: BatchItem, *, recognising: bool = False) -> None:
    """Give the item its disposition and complete the job; text in pictures is left to a job of its own.

    `recognising` is that job's turn: then the file is read with text recognition.

    Doing it again changes nothing. Raises WorkError when it can be tried again and Stopped when asked to.
    """
    if item.disposition != Disposition.PENDING:
        run.finish({"disposition": item.disposition})
        return
    _find_its_document(item)
    known = _known(item)
    if known is not None:
        with run.completing(holding=partial(hold_documents, item)):
            _settle_as_duplicate(run, item, known)
        return
    try:
        _read(run, item, recognising)
    except FileNotFoundError:
        raise FinalWorkError("The stored file is missing. Upload it again.") from None
    except ParserError as error:
        raise WorkError(str(error)) from None
    except OSError as error:
        raise WorkError(f"The disk could not be used: {error.strerror or 'no reason was given'}.") from None


def _find_its_document(item: BatchItem) -> None:
    """What comes under the external id of a document that is here, with other bytes, is a new version of that."""
    if not item.external_id or item.new_version_of_id:
        return
    named = Document.objects.filter(matter=item.batch.matter_id, external_id=item.external_id).first()
    if named is not None and named.sha256 != item.sha256:
        item.new_version_of = named
        item.save(update_fields=["new_version_of"])


def _known(item: BatchItem) -> Document | None:
    """The document of the same bytes, or the earlier version of one; none when that is what it becomes again."""
    same = Document.every.filter(matter=item.batch.matter_id, sha256=item.sha256)
    if item.new_version_of_id:
        same = same.exclude(version_of=item.new_version_of_id)
        if item.is_read_again:
            same = same.exclude(pk=item.new_version_of_id)
    return same.select_related("version_of").order_by("replaced_at").first()


def _read(run: Run, item: BatchItem, recognising: bool) -> None:
    parser = process_parser()
    with whole_file(run, item, limits_for(item, recognising=recognising)) as reading:
        following = None if recognising else _next(item)
        if following is not None:
            # NB: while this process writes one file's pages, the reading process gets on with the next file.
            parser.read_ahead(storage.entry_of(following.blob), following.name, limits_for(following))
        parsed = _within_upload(item, reading.parsed)
        if parsed.wants_ocr and settings.OCR_SECONDS and parsed.disposition != Disposition.ACCEPTED:
            with run.completing():
                item.pages_read.all().delete()
                _await_recognition(run, item)
            return
        # NB: what came out of the file came out of it the first time.
        children = [] if item.is_read_again else list(_children(run, item, parsed, reading))
        marks = marks_of(PAGE_SEPARATOR.join(parsed.pages))
        with run.completing(holding=partial(hold_documents, item)):
            item.pages_read.all().delete()
            _settle(run, item, parsed, marks, children)


def _await_recognition(run: Run, item: BatchItem) -> None:
    item.reason = "Waits for text recognition (OCR)."
    item.save(update_fields=["reason"])
    lifecycle.create_jobs(
        RECOGNISE_ITEM, [item], matter=item.batch.matter, actor=run.job.actor, trigger="ingest"
    )
    run.finish({"disposition": item.disposition})


def _next(item: BatchItem) -> BatchItem | None:
    """The item that is probably read next, as jobs are claimed; None where it does not stand beside this one."""
    jobs = Job.objects.filter(kind=INGEST_ITEM.name, status=Status.WAITING, matter=item.batch.matter_id)
    key = jobs.order_by("priority", "size", "created_at").values_list("subject_id", flat=True).first()
    if key is None:
        return None
    beside = BatchItem.objects.filter(pk=key, batch=item.batch_id, parent=item.parent_id)
    following = beside.only("name", "blob", "sha256").first()
    if following is None or following.sha256 == item.sha256:
        return None
    following.parent = item.parent
    return following


def _within_upload(item: BatchItem, parsed: Parsed) -> Parsed:
    """The outcome, or that the containers of one upload hold too much together."""
    if not parsed.members:
        return parsed
    root = item
    while root.parent is not None:
        root = root.parent
    count, size = _taken_out_of(root)
    count += len(parsed.members)
    size += sum(member.size for member in parsed.members)
    if count <= settings.ZIP_FILES and size <= settings.ZIP_MIB * MIB:
        return parsed
    return Parsed(
        Disposition.TOO_LARGE,
        f"With this, more than {settings.ZIP_FILES:,} files or {settings.ZIP_MIB:,} MiB come out of one uploaded "
        "file. Upload its contents in smaller parts.",
    )


def _taken_out_of(root: BatchItem) -> tuple[int, int]:
    """How many files, and bytes, came out of a container and the containers in it."""
    count = size = 0
    level = list(root.children.values_list("pk", "size_bytes"))
    while level:
        count += len(level)
        size += sum(size_bytes for _, size_bytes in level)
        parents = [pk for pk, _ in level]
        level = list(BatchItem.objects.filter(parent__in=parents).values_list("pk", "size_bytes"))
    return count, size


def _children(run: Run, item: BatchItem, parsed: Parsed, reading: Reading) -> Iterator[BatchItem]:
    """The items of a container's members, their bytes stored."""
    for number, member in enumerate(parsed.members):
        run.stop_if_asked()
        child = _child(item, member, number)
        if not member.disposition:
            most = settings.MAX_FILE_MIB * MIB
            stored = storage.store(item.batch.matter_id, reading.member(member), most_bytes=most)
            child.sha256, child.size_bytes, child.blob = stored.sha256, stored.size_bytes, stored.blob
        yield child


def _child(item: BatchItem, member: Member, number: int) -> BatchItem:
    return BatchItem(
        batch=item.batch,
        parent=item,
        place=place_of(number, item.place),
        **names_of(member.name[:1000]),
        disposition=member.disposition or Disposition.PENDING,
        reason=member.reason[:500],
        read_with=reading_of(member.disposition, item.batch.matter.languages()) if member.disposition else "",
    )


def _settle(run: Run, item: BatchItem, parsed: Parsed, marks: Marks, children: list[BatchItem]) -> None:
    """Write the outcome; in the transaction that completes the job."""
    matter, actor = item.batch.matter, run.job.actor
    later = parsed.wants_ocr and settings.OCR_SECONDS > 0
    if item.is_read_again and item.new_version_of and is_overtaken(item, item.new_version_of):
        _settle_as_overtaken(run, item)
        return
    if item.is_read_again and (parsed.disposition != Disposition.ACCEPTED or is_same_text(item, parsed)):
        _settle_as_unchanged(run, item, parsed)
        return
    if parsed.disposition == Disposition.ACCEPTED:
        document, created = accept(item, parsed, marks)
        if not created:
            _settle_as_duplicate(run, item, document)
            return
        item.document = document
        move_external_id(document, item.external_id)
        note_change([document.pk])
        record(
            Happened.DOCUMENT_REPLACED if item.new_version_of else Happened.DOCUMENT_ACCEPTED,
            document,
            actor=actor,
            matter=matter,
            pages=document.page_count,
            characters=document.char_count,
        )
        if not later:
            consolidate_whole(document, actor)
    item.disposition = Disposition(parsed.disposition)
    item.reason = parsed.reason[:500]
    item.read_with = reading_of(item.disposition, matter.languages())
    item.save(update_fields=["disposition", "reason", "read_with", "document"])
    if later and item.document is not None:
        tell_of_recognition(item.document)
        lifecycle.create_jobs(RECOGNISE_ITEM, [item], matter=matter, actor=actor, trigger="ingest")
    if children:
        hold_bytes(children, matter)
        BatchItem.objects.bulk_create(children, batch_size=_ROWS_AT_ONCE)
        create_jobs(children, matter=matter, actor=actor, trigger="container")
    run.finish({"disposition": item.disposition})


def _settle_as_overtaken(run: Run, item: BatchItem) -> None:
    item.document, item.disposition = item.new_version_of, Disposition.DUPLICATE
    item.reason = "Not used: another version took the place of this file while it was read again."
    item.save(update_fields=["disposition", "reason", "document"])
    run.finish({"disposition": item.disposition})


def _settle_as_unchanged(run: Run, item: BatchItem, parsed: Parsed) -> None:
    item.document, item.disposition = item.new_version_of, Disposition.DUPLICATE
    is_read = parsed.disposition == Disposition.ACCEPTED
    found = (
        "its text is the same as before" if is_read else "nothing was found, and the document keeps its text"
    )
    item.reason = f"Read again: {found}."
    item.save(update_fields=["disposition", "reason", "document"])
    if item.document is not None and is_read:
        note_languages(item.document, parsed)
    run.finish({"disposition": item.disposition})


def _settle_as_duplicate(run: Run, item: BatchItem, document: Document) -> None:
    item.document = document.version_of or document
    if not item.document.external_id:
        move_external_id(item.document, item.external_id)
    item.disposition = Disposition.DUPLICATE
    known = "as an earlier version of" if document.version_of else "as"
    item.reason = f"The same file is in this matter already, {known} “{item.document.name[:300]}”."
    item.save(update_fields=["disposition", "reason", "document"])
    run.finish({"disposition": item.disposition})
