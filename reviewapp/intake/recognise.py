"""Text recognition (OCR) of a file, in its own time, so that files of text need not wait for scans."""

from readers.client import ParserError
from reviewapp.documents import storage
from reviewapp.intake.accept import replace_text
from reviewapp.intake.ingest import ingest, limits_for, process_parser
from reviewapp.intake.models import BatchItem, Disposition
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
        limits = limits_for(item, recognising=True)
        with process_parser().read(storage.entry_of(item.blob), item.name, limits) as reading:
            parsed = reading.parsed
    except FileNotFoundError:
        raise FinalWorkError("The stored file is missing. Upload it again.") from None
    except ParserError as error:
        raise WorkError(str(error)) from None
    except OSError as error:
        raise WorkError(f"The disk could not be used: {error.strerror or 'no reason was given'}.") from None
    if parsed.disposition != Disposition.ACCEPTED:
        raise FinalWorkError(parsed.reason)
    with run.completing():
        replace_text(item.document, parsed)
        item.reason = parsed.reason[:500]
        item.save(update_fields=["reason"])
        run.finish({"disposition": item.disposition})
