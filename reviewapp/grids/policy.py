"""Who may see, make, run and share grids and question sets."""

# ruff: noqa: D103  the names are the rules

from uuid import UUID

from django.db import models

from reviewapp.documents.models import Document
from reviewapp.frame.actor import Actor, Scope
from reviewapp.grids.models import Assignment, Column, Grid, QuestionSet, View
from reviewapp.matters.models import Matter
from reviewapp.matters.policy import MatterRule, allowed, find, may_view, role_of, rule
from reviewapp.questions.models import Answer


@rule(Scope.ASK)
def may_run_grids(actor: Actor, matter: Matter) -> bool:
    return role_of(actor, matter) is not None and matter.archived_at is None


@rule(Scope.MANAGE)
def may_share_sets(actor: Actor) -> bool:
    """Sets of the firm are kept by staff, as matters are."""
    unbound = actor.client is None or actor.client.matters is None
    return actor.person is not None and actor.person.is_staff and unbound


def visible_grids(actor: Actor, matter: Matter) -> models.QuerySet[Grid]:
    return Grid.objects.filter(matter=matter) if may_view(actor, matter) else Grid.objects.none()


def visible_sets(actor: Actor, matter: Matter) -> models.QuerySet[QuestionSet]:
    """The sets that can be used in a matter: its own and the firm's."""
    if not may_view(actor, matter):
        return QuestionSet.objects.none()
    return QuestionSet.objects.filter(models.Q(matter=matter) | models.Q(matter=None))


def visible_grid_documents(actor: Actor, grid: Grid) -> models.QuerySet[Document]:
    """The documents of a grid's rows."""
    return documents_of(grid) if may_view(actor, grid.matter) else Document.objects.none()


def documents_of(grid: Grid) -> models.QuerySet[Document]:
    """The documents of a grid's rows, for work that somebody who sees them asked for."""
    documents = Document.objects.filter(matter=grid.matter_id)
    return documents.filter(pk__in=grid.documents.values("pk")) if grid.chosen else documents


def visible_grid_cells(actor: Actor, grid: Grid) -> models.QuerySet[Answer]:
    """The answers to a grid's questions that no later ones replaced."""
    if not may_view(actor, grid.matter):
        return Answer.objects.none()
    asked = Column.objects.filter(grid=grid).exclude(question=None).values("question")
    return Answer.objects.filter(question__in=asked, superseded_at=None)


def access_grid_by_id(actor: Actor, grid_id: UUID | str, *, may: MatterRule = may_view) -> Grid:
    grid = find(Grid.objects.select_related("matter", "made_of__set", "made_by"), grid_id)
    return allowed(grid, may(actor, grid.matter))


def access_column_by_id(actor: Actor, column_id: UUID | str, *, may: MatterRule = may_view) -> Column:
    column = find(Column.objects.select_related("grid__matter", "question__matter"), column_id)
    return allowed(column, may(actor, column.grid.matter))


def access_view_by_id(actor: Actor, view_id: UUID | str, *, may: MatterRule = may_view) -> View:
    view = find(View.objects.select_related("grid__matter"), view_id)
    return allowed(view, may(actor, view.grid.matter))


def access_set_by_id(
    actor: Actor, matter: Matter, set_id: UUID | str, *, may: MatterRule = may_view
) -> QuestionSet:
    """A set that can be used in this matter."""
    found = find(visible_sets(actor, matter), set_id)
    return allowed(found, may(actor, matter))


@rule(Scope.ASK)
def may_edit_set(actor: Actor, matter: Matter, found: QuestionSet) -> bool:
    """A matter's set by who runs its grids, one of the firm by who shares sets; one that is shipped by nobody."""
    if found.key:
        return False
    return may_share_sets(actor) if found.matter_id is None else may_run_grids(actor, matter)


def visible_views(actor: Actor, grid: Grid) -> models.QuerySet[View]:
    if not may_view(actor, grid.matter):
        return View.objects.none()
    return View.objects.filter(grid=grid).select_related("made_by")


def visible_assignments(actor: Actor, grid: Grid) -> models.QuerySet[Assignment]:
    if not may_view(actor, grid.matter):
        return Assignment.objects.none()
    return Assignment.objects.filter(grid=grid).select_related("member", "column", "document")
