"""Removing what a deleted matter held: its records, and its bytes in every vault."""

from django.db.models import CASCADE

from reviewapp.api.uploads import remove_uploads
from reviewapp.documents.models import Document
from reviewapp.documents.storage import vaults
from reviewapp.events.names import Happened
from reviewapp.events.record import record
from reviewapp.jobs.errors import WorkError
from reviewapp.jobs.models import Job
from reviewapp.jobs.work import Run
from reviewapp.matters.models import Matter


def remove_matter(run: Run, matter: Matter) -> None:
    """Remove records and files, and complete the job; doing it again goes on where it stopped.

    The events stay, the matter's own record for their sake, and the job. Raises WorkError when the disk refuses.
    """
    keys = list(Document.objects.filter(matter=matter).values_list("pk", flat=True))
    for done, key in enumerate(keys):
        run.stop_if_asked()
        run.progress(done, len(keys))
        with run.writing():
            for document in Document.every.filter(pk=key):
                document.delete()
    try:
        remove_uploads(matter)
        _remove_records(run, matter)
        files = _remove_files(matter)
    except OSError as error:
        raise WorkError(f"A file could not be removed: {error.strerror}.") from None
    run.progress(len(keys), len(keys))
    with run.completing():
        record(Happened.MATTER_REMOVED, matter, actor=run.job.actor, matter=matter, files=files)
        run.finish({"documents": len(keys), "files": files})


def _remove_records(run: Run, matter: Matter) -> None:
    """All that goes with a matter by its own declaration, whatever room it is of; but this job, which is at it."""
    for relation in Matter._meta.related_objects:
        if getattr(relation, "on_delete", None) is CASCADE:
            model = relation.related_model
            records = model._base_manager.filter(**{relation.field.name: matter})
            with run.writing():
                (records.exclude(pk=run.job.pk) if model is Job else records).delete()


def _remove_files(matter: Matter) -> int:
    """Every vault keeps a matter's bytes in a folder of its id."""
    removed = 0
    for vault in vaults():
        for name in list(vault.names(str(matter.pk))):
            vault.remove(name)
            removed += 1
    return removed
