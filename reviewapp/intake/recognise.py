"""Text recognition (OCR) of a file, in its own time, so that files of text need not wait for scans."""

from readers.client import ParserError
from readers.result import Parsed
from reviewapp.documents.models import Document
from reviewapp.intake.accept import replace_text
from reviewapp.intake.ingest import ingest
from reviewapp.intake.models import BatchItem, Disposition
from reviewapp.intake.slices import limits_for, whole_file
from reviewapp.jobs.errors import FinalWorkError, WorkError
from reviewapp.jobs.work import Run


def recognise(run: Run, item: BatchItem) -> None:
    """Read a file with text recognition: one that had no text gets its disposition, a document its whole text.

    Raises WorkError when it can be tried again and Stopped when asked to.
    """
    if item.document is None or not item.is_accepted:
        ingest(run, item, recognising=True)
        return
    try:
        with whole_file(run, item, limits_for(item, recognising=True)) as reading:
            _complete(run, item, item.document, reading.parsed)
    except FileNotFoundError:
        raise FinalWorkError("The stored file is missing. Upload it again.") from None
    except ParserError as error:
        raise WorkError(str(error)) from None
    except OSError as error:
        raise WorkError(f"The disk could not be used: {error.strerror or 'no reason was given'}.") from None


def _complete(run: Run, item: BatchItem, document: Document, parsed: Parsed) -> None:
    if parsed.disposition != Disposition.ACCEPTED:
        raise FinalWorkError(parsed.reason)
    with run.completing():
        item.pages_read.all().delete()
        replace_text(document, parsed)
        item.reason = parsed.reason[:500]
        item.save(update_fields=["reason"])
        run.finish({"disposition": item.disposition})
