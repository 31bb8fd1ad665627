"""A grid as somebody looks at it: its columns, rows and cells, and who has which part."""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import QueryDict

from reviewapp.documents.models import Document
from reviewapp.frame.actor import Actor
from reviewapp.grids.look import Look, look_of
from reviewapp.grids.models import Assignment, Column, Grid
from reviewapp.grids.policy import visible_assignments, visible_grid_cells, visible_grid_documents
from reviewapp.grids.progress import Progress, progress_of
from reviewapp.grids.table import rows_of
from reviewapp.questions.models import Answer
from reviewapp.reviews.codes import Option, coded_as, options_with
from reviewapp.reviews.policy import is_any_coded, visible_issues


@dataclass(frozen=True)
class Showing:
    """What of a grid is shown: `rows` are those of `documents` that the look asks for, in its order."""

    grid: Grid
    columns: list[Column]
    look: Look
    documents: QuerySet[Document]
    rows: QuerySet[Document]
    cells: QuerySet[Answer]
    assignments: list[Assignment]
    options: list[Option]

    def progress(self) -> Progress:
        """How far the grid is."""
        return progress_of(self.grid, self.columns, self.cells, self.documents)

    def is_coded(self) -> bool:
        """Whether any of the matter's documents has a code: then the grid has a column of them."""
        return is_any_coded(self.grid.matter_id)

    def assignees(self) -> dict[UUID, str]:
        """The names of those who have a column or a document, by its id."""
        return {
            (each.column_id or each.document_id): name_of(each.member)  # type: ignore[misc]
            for each in self.assignments
        }

    def heads(self, progress: Progress, assignees: dict[UUID, str]) -> list[dict[str, Any]]:
        """What stands over each column that is shown."""
        return [
            {
                "column": column,
                "assignee": assignees.get(column.pk, ""),
                "sorted": self.look.order_of(column),
                "address": self.look.sorted_by(column),
                "done": progress.of_question.get(column.question_id, 0) if column.question_id else 0,
                "rows": progress.rows_of_question.get(column.question_id, 0) if column.question_id else 0,
            }
            for column in self.look.shown
        ]


def showing_of(actor: Actor, grid: Grid, sent: QueryDict) -> Showing:
    """The grid as an address asks for it.

    With `mine`, it is the columns that the person has, or the rows; of who has both, the whole with these in sight.
    """
    columns = list(grid.columns.select_related("question").order_by("order"))
    options = options_with(list(visible_issues(actor, grid.matter)))
    look = look_of(sent, columns, options)
    documents = visible_grid_documents(actor, grid)
    cells = visible_grid_cells(actor, grid)
    assignments = list(visible_assignments(actor, grid))
    mine = [each for each in assignments if look.mine and each.member_id == actor.signed_in().pk]
    own = {each.column_id for each in mine}
    shown = [column for column in look.shown if column.pk in own]
    own_rows = {each.document_id for each in mine if each.document_id}
    if shown and own_rows:
        look = replace(look, own=(frozenset(column.order for column in shown), frozenset(own_rows)))
        narrowed = documents
    else:
        look = replace(look, shown=shown or look.shown)
        narrowed = documents.filter(pk__in=own_rows) if look.mine and not shown else documents
    narrowed = coded_as(narrowed, look.coded, options)
    rows = rows_of(narrowed, cells, look)
    return Showing(grid, columns, look, documents, rows, cells, assignments, options)


def name_of(member: User) -> str:
    """How a member is called."""
    return member.get_full_name() or member.get_username()
