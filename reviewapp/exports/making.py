"""Making the file of an export, whole or not at all."""

from collections.abc import Callable
from typing import IO

from django.utils import timezone

from reviewapp.documents.models import Document
from reviewapp.events.names import Happened
from reviewapp.events.record import record
from reviewapp.exports import book, paper, report, tables
from reviewapp.exports.cells import Tally
from reviewapp.exports.content import Content, content_of
from reviewapp.exports.models import Export
from reviewapp.exports.sheets import SheetError
from reviewapp.exports.storage import exports_vault, measure, name_of
from reviewapp.exports.template import TemplateError
from reviewapp.jobs.errors import FinalWorkError, WorkError
from reviewapp.jobs.work import Run

#: Writes a content into a file, and says so after each document.
Writer = Callable[[Content, IO[bytes], Callable[[], None]], None]

WRITERS: dict[str, Writer] = {
    Export.Format.XLSX: book.write,
    Export.Format.CSV: tables.write_csv,
    Export.Format.JSON: tables.write_json,
    Export.Format.DOCX: report.write,
    Export.Format.PDF: paper.write,
}


def make(run: Run, export: Export) -> None:
    """Write the file under a name of this attempt and complete the job; what earlier attempts left goes.

    Raises WorkError when the disk refuses or a document was withdrawn meanwhile, FinalWorkError for a template of
    reports that cannot be used, for a report that cannot be set and for more rows than a sheet holds.
    """
    name, vault = name_of(export, run.job.attempts), exports_vault()
    is_kept = False
    try:
        for attempt in range(1, run.job.attempts):
            vault.remove(name_of(export, attempt))
        content = content_of(export)
        with vault.write(name) as file:
            WRITERS[export.format](content, file, _tick(run, content))
        _complete(run, export, content, name)
        is_kept = True
    except (TemplateError, paper.PaperError, SheetError) as error:
        raise FinalWorkError(str(error)) from None
    except OSError as error:
        raise WorkError(f"The file could not be written: {error.strerror or 'the disk refused'}.") from None
    finally:
        # NB: an attempt that was not counted has the name of the next one, whose file is not this one's to remove.
        if not is_kept and not Export.objects.filter(pk=export.pk, name=name).exists():
            vault.remove(name)


def _tick(run: Run, content: Content) -> Callable[[], None]:
    width = max(1, len(content.asked))
    total, done = content.documents.count() * width, 0

    def tick() -> None:
        nonlocal done
        done += width
        run.stop_if_asked()
        run.progress(min(done, total), total)

    return tick


def _complete(run: Run, export: Export, content: Content, name: str) -> None:
    measured = measure(name)
    with run.completing({"answers": content.tally.answers}):
        _refuse_withdrawn(export, content.tally)
        keep(export, content, name, measured)
        record(
            Happened.EXPORT_MADE, export, actor=run.job.actor, matter=export.matter, format=export.format,
            answers=content.tally.answers, documents=len(content.tally.documents), sha256=export.sha256,
        )  # fmt: skip


def keep(export: Export, content: Content, name: str, measured: tuple[str, int]) -> None:
    """Write down a file that is whole, and what it held; in the caller's transaction."""
    export.name, (export.sha256, export.size_bytes) = name, measured
    export.held = content.held()
    export.documents = sorted(str(key) for key in content.tally.documents)
    export.made_at = timezone.now()
    export.save()


def _refuse_withdrawn(export: Export, tally: Tally) -> None:
    there = set(Document.objects.filter(matter=export.matter).values_list("pk", flat=True))
    if tally.documents - there:
        raise WorkError("A document was withdrawn while the file was written.")
