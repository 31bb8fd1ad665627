"""The work of an arrival: from a file to a matter with its first member, or to nothing at all."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.db import transaction
from django.utils import timezone

from readers.languages import AND, installed
from reviewapp.documents.emptying import remove_documents, remove_files, remove_records
from reviewapp.events.names import Happened
from reviewapp.events.record import record
from reviewapp.frame.errors import ActionError
from reviewapp.jobs.errors import FinalWorkError, WorkError
from reviewapp.jobs.work import Run
from reviewapp.matters.actions import add_member
from reviewapp.matters.identity import identify_matter
from reviewapp.matters.models import Role
from reviewapp.moving.bag import BagError
from reviewapp.moving.models import Arrival
from reviewapp.moving.people import people_of, remove_people
from reviewapp.moving.reading import Taking, matter_of, opened
from reviewapp.moving.storage import arrivals_vault, name_of_arrival
from reviewapp.states.actions import start_consolidation


def take_in(run: Run, arrival: Arrival) -> None:
    """Make the matter and complete the job; a killed attempt is gone on with by the next.

    Documents whose states came along in a form that the model here can read are not read again; a worker tells.
    Raises FinalWorkError for an archive that is none, WorkError when the disk refuses.
    """
    with _told():
        bag = opened(arrival)
        taking = Taking(run, arrival, bag)
        taking.verify()
        told = matter_of(bag)
        languages = told["ocr_languages"]
        counts = taking.take()
    matter = arrival.matter
    with run.completing({"records": sum(counts.values())}):
        arrival.counts, arrival.finished_at = counts, timezone.now()
        arrival.save(update_fields=["counts", "finished_at"])
        if set(languages.split(AND)) <= set(installed()):
            matter.ocr_languages = languages
            matter.save(update_fields=["ocr_languages"])
        record(
            Happened.MATTER_ARRIVED, matter, actor=run.job.actor, matter=matter, sha256=arrival.sha256,
            documents=counts.get("documents", 0), left_out=counts.get("left_out", 0),
        )  # fmt: skip
        add_member(matter, arrival.brought_by, Role.ADMIN, actor=run.job.actor)
        # NB: where the matter that the archive was made of is here too, the name stays that one's
        with suppress(ActionError):
            identify_matter(matter, told["external_id"], actor=run.job.actor)
        start_consolidation(matter, actor=run.job.actor)
        transaction.on_commit(lambda: arrivals_vault().remove(name_of_arrival(arrival)))


def undo(run: Run, arrival: Arrival) -> None:
    """Remove all that was taken in of an archive, but the record that it was tried. Raises WorkError."""
    matter, people = arrival.matter, people_of(arrival.matter)
    remove_documents(run, matter)
    with _told():
        remove_records(run, matter, keep=[run.job, arrival, *arrival.jobs.all()])
        remove_people(run, people)
        remove_files(matter)
    with run.completing():
        arrival.undone_at = timezone.now()
        arrival.save(update_fields=["undone_at"])


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except BagError as error:
        raise FinalWorkError(str(error)) from None
    except OSError as error:
        raise WorkError(f"The disk could not be used: {error.strerror or 'no reason was given'}.") from None
