"""A worker reaches the object of its own job, of its own matter, and nothing else."""

import pytest

from reviewapp.exports.jobs import MAKE_EXPORT
from reviewapp.exports.policy import export_for_job
from reviewapp.intake.jobs import INGEST_ITEM
from reviewapp.intake.policy import item_for_job
from reviewapp.lab.jobs import COMPARE_WAYS
from reviewapp.lab.policy import comparison_for_job
from reviewapp.loads.jobs import CHECK_LOAD, WRITE_PRODUCTION
from reviewapp.loads.policy import load_for_job, production_for_job
from reviewapp.matters.policy import NotAvailable
from reviewapp.questions.jobs import ANSWER
from reviewapp.questions.policy import question_for_job
from reviewapp.reviews.jobs import CODE_DOCUMENTS
from reviewapp.reviews.policy import coding_for_job
from reviewapp.states.jobs import CONSOLIDATE
from reviewapp.states.policy import document_for_job
from tests.policy.conftest import World


def test_a_worker_reaches_only_the_object_of_its_job(world: World) -> None:
    reached = {
        INGEST_ITEM.name: item_for_job,
        CONSOLIDATE.name: document_for_job,
        ANSWER.name: question_for_job,
        CODE_DOCUMENTS.name: coding_for_job,
        MAKE_EXPORT.name: export_for_job,
        COMPARE_WAYS.name: comparison_for_job,
        CHECK_LOAD.name: load_for_job,
        WRITE_PRODUCTION.name: production_for_job,
    }
    objects = {
        INGEST_ITEM.name: world.item,
        CONSOLIDATE.name: world.document,
        ANSWER.name: world.question,
        CODE_DOCUMENTS.name: world.coding,
        MAKE_EXPORT.name: world.export,
        COMPARE_WAYS.name: world.comparison,
        CHECK_LOAD.name: world.load,
        WRITE_PRODUCTION.name: world.production,
    }
    for kind, job in world.jobs.items():
        for wanted, reach in reached.items():
            if wanted == kind:
                assert reach(job) == objects[kind]
            else:
                with pytest.raises(NotAvailable):
                    reach(job)


def test_a_worker_is_refused_an_object_of_another_matter(world: World) -> None:
    for job, reach in (
        (world.jobs[INGEST_ITEM.name], item_for_job),
        (world.jobs[CONSOLIDATE.name], document_for_job),
        (world.jobs[ANSWER.name], question_for_job),
        (world.jobs[CODE_DOCUMENTS.name], coding_for_job),
        (world.jobs[MAKE_EXPORT.name], export_for_job),
        (world.jobs[COMPARE_WAYS.name], comparison_for_job),
        (world.jobs[CHECK_LOAD.name], load_for_job),
        (world.jobs[WRITE_PRODUCTION.name], production_for_job),
    ):
        job.matter = world.other
        job.save()
        with pytest.raises(NotAvailable):
            reach(job)
