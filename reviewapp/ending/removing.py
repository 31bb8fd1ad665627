"""Removing what a deleted matter held: its records, and its bytes in every vault."""

from reviewapp.api.uploads import remove_uploads
from reviewapp.documents.emptying import remove_documents, remove_files, remove_records
from reviewapp.events.names import Happened
from reviewapp.events.record import record
from reviewapp.jobs.errors import WorkError
from reviewapp.jobs.work import Run
from reviewapp.matters.models import Matter
from reviewapp.moving.people import people_of, remove_people


def remove_matter(run: Run, matter: Matter) -> None:
    """Remove records and files, and complete the job; doing it again goes on where it stopped.

    The events stay, the matter's own record for their sake, and the job. Raises WorkError when the disk refuses.
    """
    documents, people = remove_documents(run, matter), people_of(matter)
    try:
        remove_uploads(matter)
        remove_records(run, matter, keep=[run.job])
        remove_people(run, people)
        files = remove_files(matter)
    except OSError as error:
        raise WorkError(f"A file could not be removed: {error.strerror}.") from None
    run.progress(documents, documents)
    with run.completing():
        record(Happened.MATTER_REMOVED, matter, actor=run.job.actor, matter=matter, files=files)
        run.finish({"documents": documents, "files": files})
