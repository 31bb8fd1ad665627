"""Removing what a matter holds: its records of every room, and its bytes in every vault."""

from collections.abc import Collection

from django.db import models
from django.db.models import CASCADE

from reviewapp.documents.models import Document
from reviewapp.documents.storage import vaults
from reviewapp.jobs.work import Run
from reviewapp.matters.models import Matter


def remove_documents(run: Run, matter: Matter) -> int:
    """Remove the matter's documents with all that goes with them, one at a time. Returns how many there were."""
    keys = list(Document.objects.filter(matter=matter).values_list("pk", flat=True))
    for done, key in enumerate(keys):
        run.stop_if_asked()
        run.progress(done, len(keys))
        with run.writing():
            for document in Document.every.filter(pk=key):
                document.delete()
    return len(keys)


def remove_records(run: Run, matter: Matter, *, keep: Collection[models.Model]) -> None:
    """Remove all that goes with a matter by its own declaration, whatever room it is of, but what is to be kept."""
    for relation in Matter._meta.related_objects:
        if getattr(relation, "on_delete", None) is CASCADE:
            model = relation.related_model
            kept = [record.pk for record in keep if isinstance(record, model)]
            with run.writing():
                model._base_manager.filter(**{relation.field.name: matter}).exclude(pk__in=kept).delete()


def remove_files(matter: Matter) -> int:
    """Remove the matter's bytes; every vault keeps them in a folder of its id. Returns how many files.

    Raises OSError when the disk refuses.
    """
    removed = 0
    for vault in vaults():
        for name in list(vault.names(str(matter.pk))):
            vault.remove(name)
            removed += 1
    return removed
