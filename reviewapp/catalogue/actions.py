"""Taking a document out of its matter."""

from django.db import transaction
from django.db.models import Q, QuerySet

from reviewapp.documents.actions import lock_jobs
from reviewapp.documents.jobs import FORGET
from reviewapp.documents.models import Document, Withdrawal
from reviewapp.events.names import Happened
from reviewapp.events.record import record
from reviewapp.frame.actor import Actor
from reviewapp.frame.holding import Held, hold
from reviewapp.intake.models import UNUSABLE, BatchItem, Disposition
from reviewapp.jobs import lifecycle
from reviewapp.jobs.models import UNDER_WAY, Job
from reviewapp.matters.policy import find
from reviewapp.questions.actions import lock_answered, mark_withdrawn
from reviewapp.states.models import State

REASON_CHARACTERS = 500
WITH_ITS_DOCUMENT = (
    "Not taken in: the document that it was to be a new version of was taken out of the matter. Send it again to "
    "have it as a document of its own."
)


def withdraw_document(document: Document, *, actor: Actor, reason: str = "") -> Withdrawal:
    """Take a document out of its matter: text, versions, notes, brief, cells, quotes and search entries go at once.

    Its states and bytes are removed by a worker, which also folds the questions anew that it answered: these are
    marked. That it was there, and who took it out, stays on record. Workers that are at it write nothing more. Files
    that were to be a new version of it go with it: none of them comes in as if nothing had been withdrawn. Raises
    NotAvailable where somebody else withdrew it first.
    """
    matter = document.matter
    with transaction.atomic():
        hold(Held.DOCUMENTS, document.pk)
        document = _locked(document)
        versions = [document, *Document.every.filter(version_of=document)]
        items = _files_of(document)
        meant = _meant_for(document).exclude(pk__in=items.values("pk"))
        files = [*items, *meant]
        withdrawal = Withdrawal.objects.create(
            matter=matter,
            document=document.pk,
            name=document.name,
            sha256=document.sha256,
            reason=reason.strip()[:REASON_CHARACTERS],
            withdrawn_by=actor.account,
            states=_states(document),
            blobs=sorted(({one.blob for one in versions} | {one.blob for one in files}) - {""}),
        )
        questions = mark_withdrawn(withdrawal, document)
        Job.objects.filter(subject_id__in=[file.pk for file in files], status__in=UNDER_WAY).delete()
        gone = {"disposition": Disposition.WITHDRAWN, "blob": "", "document": None}
        meant.update(**gone, reason=WITH_ITS_DOCUMENT)
        items.update(**gone, reason="Taken out of the matter after it was received.")
        document.delete()
        record(
            Happened.DOCUMENT_WITHDRAWN,
            withdrawal,
            actor=actor,
            matter=matter,
            document=str(withdrawal.document),
            sha256=withdrawal.sha256,
            external_id=document.external_id,
            questions=len(questions),
        )
        lifecycle.create_job(FORGET, withdrawal, matter=matter, actor=actor)
    return withdrawal


def _locked(document: Document) -> Document:
    """The document, after what the work that writes of it locks before it: jobs of its files, its own, questions."""
    keys = [
        *_files_of(document).values_list("pk", flat=True),
        *_meant_for(document).values_list("pk", flat=True),
    ]
    of_files = Job.objects.filter(subject_id__in=keys, status__in=UNDER_WAY)
    list(of_files.order_by("pk").select_for_update().values_list("pk", flat=True))
    lock_jobs(document)
    lock_answered(document)
    return find(Document.objects.select_for_update(), document.pk)


def _files_of(document: Document) -> QuerySet[BatchItem]:
    """The files that the document and its earlier versions were read from."""
    versions = Document.every.filter(Q(pk=document.pk) | Q(version_of=document))
    hashes = list(versions.values_list("sha256", flat=True))
    return BatchItem.objects.filter(batch__matter=document.matter_id, sha256__in=hashes)


def _meant_for(document: Document) -> QuerySet[BatchItem]:
    """The files that were sent as new versions of a document and did not become one."""
    named = Q(new_version_of=document, disposition__in=(Disposition.PENDING, *UNUSABLE))
    if document.external_id:
        named |= Q(external_id=document.external_id, disposition=Disposition.PENDING)
    return BatchItem.objects.filter(named, batch__matter=document.matter_id)


def _states(document: Document) -> list[str]:
    names = State.objects.filter(document=document).exclude(name="").values_list("name", flat=True)
    return sorted(names)
