"""What is left of a document that was withdrawn: the files of its states, its bytes, what answers say together."""

from collections.abc import Iterator
from contextlib import suppress

from django.utils import timezone

from consolidation import Bank, StateError
from gpu_worker.asked import asked_by
from gpu_worker.engine import fresh_bank_of
from gpu_worker.summary import summarise
from reviewapp.documents import storage
from reviewapp.documents.models import Document, Withdrawal
from reviewapp.documents.signals import document_forgotten
from reviewapp.intake.models import BatchItem
from reviewapp.jobs.errors import WorkError
from reviewapp.jobs.work import Run
from reviewapp.matters.models import Matter
from reviewapp.questions.models import Question
from reviewapp.questions.results import current_cells, store_summary
from reviewapp.states.models import State


def forget_document(run: Run, withdrawal: Withdrawal) -> None:
    """Remove the files and complete the job; doing it again changes nothing. Raises WorkError when the disk refuses.

    What another document or file of the matter needs still is kept.
    """
    try:
        _remove_states(withdrawal)
        with run.writing():
            # NB: held by who takes files in, too: their bytes are named before this looks, or after it removed them.
            Matter.objects.select_for_update(no_key=True).filter(pk=withdrawal.matter_id).first()
            for blob in withdrawal.blobs:
                used = (
                    Document.every.filter(blob=blob).exists() or BatchItem.objects.filter(blob=blob).exists()
                )
                if not used:
                    storage.remove(blob)
        document_forgotten.send(Withdrawal, withdrawal=withdrawal)
    except OSError as error:
        raise WorkError(f"A file could not be removed: {error.strerror}.") from None
    with run.completing():
        for question in withdrawal.questions.filter(status=Question.Status.DONE):
            cells = current_cells(question)
            store_summary(question, summarise(asked_by(question), cells) if cells else {})
        Withdrawal.objects.filter(pk=withdrawal.pk).update(finished_at=timezone.now())
        run.finish({"states": len(withdrawal.states), "files": len(withdrawal.blobs)})


def _remove_states(withdrawal: Withdrawal) -> None:
    bank = fresh_bank_of(withdrawal.matter)
    of_matter = State.objects.filter(document__matter=withdrawal.matter).exclude(name="")
    used = set(of_matter.values_list("name", flat=True))
    for name in {*withdrawal.states, *_unrecorded(bank, used, withdrawal)} - used:
        bank.remove(name)


def _unrecorded(bank: Bank, used: set[str], withdrawal: Withdrawal) -> Iterator[str]:
    """States of the withdrawn file that were built and never written down: their worker was stopped in between."""
    if Document.objects.filter(matter=withdrawal.matter, sha256=withdrawal.sha256).exists():
        return
    for name in bank.names() - used:
        with suppress(StateError):
            if withdrawal.sha256 in bank.load(name).key.members:
                yield name
