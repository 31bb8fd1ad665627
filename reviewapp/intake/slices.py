"""Reading the file of an item: at once, or a long PDF some pages at a time, going on where an earlier attempt was."""

import hashlib
import json
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from django.conf import settings

from readers.client import Reading
from readers.result import Limits, Parsed
from readers.slices import joined, lost, slice_of
from readers.version import readers_version
from reviewapp.documents import storage
from reviewapp.documents.parsing import process_parser
from reviewapp.frame.words_numbers import count_words
from reviewapp.intake.beginning import request_beginning, unpacked, will_change
from reviewapp.intake.models import BatchItem, PagesRead
from reviewapp.jobs.work import Run


def limits_for(item: BatchItem, *, recognising: bool = False) -> Limits:
    """The configured limits for an item at its depth; with time for text recognition where it is its turn."""
    depth, parent = 0, item.parent
    while parent is not None:
        depth, parent = depth + 1, parent.parent
    whole = Limits(
        memory_mib=settings.PARSE_MIB,
        cpu_seconds=settings.PARSE_SECONDS,
        wall_seconds=settings.PARSE_SECONDS * 3 // 2,
        max_pages=settings.MAX_PAGES,
        container_depth=max(0, settings.ZIP_DEPTH - depth),
        member_count=settings.ZIP_FILES,
        member_mib=settings.MAX_FILE_MIB,
        expanded_mib=settings.ZIP_MIB,
        ocr_seconds=settings.OCR_SECONDS if recognising else 0,
        ocr_languages=item.batch.matter.languages(),
        slice_pages=settings.PAGES_AT_ONCE,
    )
    return slice_of(whole, 1)


@contextmanager
def whole_file(run: Run, item: BatchItem, limits: Limits) -> Iterator[Reading]:
    """Read the file of an item, with `limits` for each part of a long one; the parts that were read are kept, so that
    the attempt after a killed one goes on with the next, until the caller removes them with its results.

    Raises ParserError, OSError (the file, the spool), and Stopped between two parts when asked to.
    """
    parts = _kept(item, limits)
    while True:
        first = 1 + sum(len(part.pages) for part in parts)
        part_limits = slice_of(limits, first)
        with process_parser().read(storage.entry_of(item.blob), item.name, part_limits) as reading:
            total = reading.parsed.total_pages or (parts[0].total_pages if parts else 0)
            if not total:
                yield reading
                return
            part = reading.parsed
            parts.append(part if part.total_pages else lost(first, total, part, limits.slice_pages))
            done = first - 1 + len(parts[-1].pages)
            run.progress(done, total)
            if done >= total:
                yield replace(reading, parsed=joined(parts, limits))
                return
        _keep(run, item, first, done, parts, _name_of(limits))
        run.stop_if_asked()


def _name_of(limits: Limits) -> str:
    """Names all that decides what is read of the pages."""
    return hashlib.sha256(repr((readers_version(), slice_of(limits, 1))).encode()).hexdigest()


def _kept(item: BatchItem, limits: Limits) -> list[Parsed]:
    """The first parts of the file, as an attempt that did not come to its end read them."""
    rows = item.pages_read.order_by("first_page")
    rows.exclude(read_with=_name_of(limits)).delete()
    return [unpacked(row.outcome) for row in rows]


def _keep(run: Run, item: BatchItem, first: int, done: int, parts: list[Parsed], read_with: str) -> None:
    """Keep the last of the parts. Raises ClaimLost when the job is no longer this attempt's."""
    part = parts[-1]
    outcome = zlib.compress(json.dumps(part.to_json()).encode())
    with run.writing() as job:
        job.progress_done, job.progress_total = done, part.total_pages
        job.save(update_fields=["progress_done", "progress_total"])
        PagesRead.objects.create(item=item, first_page=first, read_with=read_with, outcome=outcome)
        if not any(map(will_change, parts)):
            request_beginning(item, job.actor)
        if item.document_id is None:
            item.reason = f"Being read: {done:,} of {count_words(part.total_pages, 'page')}."
            item.save(update_fields=["reason"])
