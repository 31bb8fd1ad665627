"""Text recognition (OCR) of a file, in its own time, so that files of text need not wait for scans."""

from functools import partial

from readers.client import ParserError
from readers.result import Parsed
from reviewapp.documents.models import Document, Note
from reviewapp.intake.accept import hold_documents, is_overtaken, replace_text
from reviewapp.intake.ingest import ingest
from reviewapp.intake.jobs import tell_given_up
from reviewapp.intake.models import BatchItem, Disposition
from reviewapp.intake.slices import limits_for, whole_file
from reviewapp.jobs.errors import FinalWorkError, WorkError
from reviewapp.jobs.work import Run


def recognise(run: Run, item: BatchItem) -> None:
    """Read a file with text recognition: one that had no text gets its disposition, a document its whole text.

    Where another version took the document's place meanwhile, nothing changes but what is said of the earlier one.
    Raises WorkError when it can be tried again and Stopped when asked to.
    """
    if item.document is None or not item.is_accepted:
        ingest(run, item, recognising=True)
        return
    if item.document.sha256 != item.sha256:
        with run.completing():
            _leave(run, item, item.document)
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
    with run.completing(holding=partial(hold_documents, item)):
        if is_overtaken(item, document):
            _leave(run, item, document)
            return
        item.pages_read.all().delete()
        replace_text(document, parsed)
        item.reason = parsed.reason[:500]
        item.save(update_fields=["reason"])
        run.finish({"disposition": item.disposition})


def _leave(run: Run, item: BatchItem, document: Document) -> None:
    """Leave the file as it was read, for it is an earlier version now; in the transaction that completes the job."""
    item.pages_read.all().delete()
    tell_given_up(Note.objects.filter(document__version_of=document, document__sha256=item.sha256))
    item.reason = "Another version took its place before the text of its pictures was recognised."
    item.save(update_fields=["reason"])
    run.finish({"disposition": item.disposition})
