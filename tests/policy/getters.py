"""How each kind of object is reached by its id, and the object of a world that it gives."""

from collections.abc import Callable

from reviewapp.documents.policy import (
    access_document_by_id,
)
from reviewapp.exports.policy import access_export_by_id
from reviewapp.grids.models import Column, View
from reviewapp.grids.policy import (
    access_column_by_id,
    access_grid_by_id,
    access_view_by_id,
)
from reviewapp.intake.policy import (
    access_batch_by_id,
    access_item_by_id,
)
from reviewapp.jobs.policy import access_job_by_id
from reviewapp.lab.policy import access_comparison_by_id
from reviewapp.matters.policy import (
    access_matter_by_id,
)
from reviewapp.questions.policy import (
    access_citation_by_id,
    access_question_by_id,
)
from reviewapp.reviews.policy import (
    access_answer_by_id,
    access_sample_by_id,
)
from reviewapp.states.jobs import CONSOLIDATE
from reviewapp.states.policy import access_state_by_id
from tests.policy.conftest import World

Getter = Callable[..., object]
GETTERS: dict[str, tuple[Getter, Callable[[World], object]]] = {
    "matter": (access_matter_by_id, lambda world: world.matter),
    "batch": (access_batch_by_id, lambda world: world.batch),
    "item": (access_item_by_id, lambda world: world.item),
    "document": (access_document_by_id, lambda world: world.document),
    "state": (access_state_by_id, lambda world: world.state),
    "question": (access_question_by_id, lambda world: world.question),
    "citation": (access_citation_by_id, lambda world: world.citation),
    "answer": (access_answer_by_id, lambda world: world.citation.answer),
    "sample": (access_sample_by_id, lambda world: world.sample),
    "grid": (access_grid_by_id, lambda world: world.grid),
    "export": (access_export_by_id, lambda world: world.export),
    "comparison": (access_comparison_by_id, lambda world: world.comparison),
    "column": (access_column_by_id, lambda world: Column.objects.get(grid=world.grid)),
    "view": (access_view_by_id, lambda world: View.objects.get(grid=world.grid)),
    "job": (access_job_by_id, lambda world: world.jobs[CONSOLIDATE.name]),
}
