"""Making grids, running them, changing their columns, sharing their work."""

from collections.abc import Sequence

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from reviewapp.documents.models import Document
from reviewapp.documents.ordering import by_name
from reviewapp.events.names import Happened
from reviewapp.events.record import record
from reviewapp.frame.actor import Actor
from reviewapp.frame.errors import ActionError
from reviewapp.frame.holding import Held, hold
from reviewapp.frame.naming import plain_name
from reviewapp.grids.changes import missing_and_changed
from reviewapp.grids.models import NAME_CHARACTERS, Assignment, Column, Grid, SetVersion, View
from reviewapp.grids.policy import documents_of
from reviewapp.grids.sets import MOST_COLUMNS, Asked, checked, columns_of
from reviewapp.jobs import lifecycle
from reviewapp.jobs.models import UNDER_WAY, Job
from reviewapp.matters.models import Matter, Membership
from reviewapp.questions.actions import ask_many, ask_more, replace_question, retype_question
from reviewapp.questions.models import Question

#: Documents that a preview asks.
SAMPLE = 5


class GridError(ActionError):
    """A grid that cannot be made, run or changed so."""


def create_grid(
    matter: Matter, name: str, version: SetVersion, *, actor: Actor, documents: Sequence[Document] = ()
) -> Grid:
    """A grid of these documents, or of all of the matter's, with the columns of a set. Raises GridError."""
    name = _named(name)
    if any(document.matter_id != matter.pk for document in documents):
        raise GridError("grid-of-another-matter", "A grid holds documents of its own matter only.")
    with transaction.atomic():
        grid = Grid.objects.create(
            matter=matter,
            name=name,
            made_by=actor.signed_in(),
            made_of=version,
            instructions=version.instructions,
            chosen=bool(documents),
        )
        grid.documents.set(documents)
        Column.objects.bulk_create(
            _column(grid, order, asked) for order, asked in enumerate(columns_of(version), 1)
        )
        record(Happened.GRID_CREATED, grid, actor=actor, matter=matter, documents=len(documents))
    return grid


def preview(grid: Grid, *, actor: Actor) -> None:
    """Ask some documents the questions that were not asked yet. Raises GridError without documents."""
    documents = list(documents_of(grid).order_by(by_name(), "created_at", "pk"))
    if not documents:
        raise GridError("grid-without-documents", "There are no documents to ask yet.", 409)
    step = max(1, len(documents) // SAMPLE)
    sample = documents[::step][:SAMPLE]
    with transaction.atomic():
        _hold_columns(grid)
        asked = _ask_new(_locked(grid), sample, actor)
        record(
            Happened.GRID_RUN, grid, actor=actor, matter=grid.matter, questions=asked, documents=len(sample)
        )


def run(grid: Grid, *, actor: Actor) -> int:
    """Ask everything that was not asked yet, and again what changed since; returns how many questions work on.

    Asked again are documents whose brief is newer than the answer, where nobody decided about it, and those without
    an answer for want of a state or by a failure. Questions that are being asked go on.
    Raises GridError without documents, and while a preview is being asked, which asks some of them only.
    """
    if not documents_of(grid).exists():
        raise GridError("grid-without-documents", "There are no documents to ask yet.", 409)
    with transaction.atomic():
        _hold_columns(grid)
        grid = _locked(grid)
        _refuse_in_preview(grid)
        scope = list(grid.documents.all())
        asked = _ask_new(grid, scope, actor)
        for column in grid.columns.exclude(question=None).select_related("question__matter"):
            question = column.question
            if question is None or not question.is_final:
                continue
            lacking, changed = missing_and_changed(question, documents_of(grid))
            if lacking or changed:
                ask_more(question, actor=actor, scope=scope, anew=changed)
                asked += 1
        grid.run_at, grid.paused_at = timezone.now(), None
        grid.save(update_fields=["run_at", "paused_at"])
        record(Happened.GRID_RUN, grid, actor=actor, matter=grid.matter, questions=asked)
    return asked


def pause(grid: Grid, *, actor: Actor) -> None:
    """Stop asking until it is run again; what was answered stays."""
    _stop(grid, Happened.GRID_PAUSED, actor, paused=True)


def cancel(grid: Grid, *, actor: Actor) -> None:
    """Stop asking; what was answered stays."""
    _stop(grid, Happened.GRID_CANCELLED, actor, paused=False)


def change_column(column: Column, asked: Asked, *, actor: Actor) -> Column:
    """Change what a column asks; another wording is asked at once where the old one was, another type holds at once.

    The answers to the old wording are kept with it. Raises SetError like `save_set`.
    """
    asked = checked([asked])[0]
    with transaction.atomic():
        hold(Held.COLUMNS, column.pk)
        grid = _locked(column.grid)
        column = Column.objects.select_related("question__matter").get(pk=column.pk)
        reworded = (asked.wording, asked.standing) != (column.wording, column.standing)
        retyped = asked.type != column.type
        column.label, column.wording, column.type = asked.label, asked.wording, asked.type
        column.standing, column.choices = asked.standing, list(asked.choices)
        if reworded and column.question is not None:
            column.question = replace_question(
                column.question, asked.wording, actor=actor, standing=asked.standing, value_type=asked.type
            )
        elif retyped and column.question is not None:
            retype_question(column.question, asked.type)
        column.save()
        record(
            Happened.GRID_COLUMN_CHANGED, grid, actor=actor, matter=grid.matter, column=column.order,
            reworded=reworded,
        )  # fmt: skip
    return column


def add_column(grid: Grid, asked: Asked, *, actor: Actor) -> Column:
    """Add a column at the end; it is asked when the grid is run.

    Raises SetError like `save_set`, and GridError where the grid has as many as it can.
    """
    asked = checked([asked])[0]
    with transaction.atomic():
        grid = _locked(grid)
        if grid.columns.count() >= MOST_COLUMNS:
            raise GridError("columns-too-many", f"A grid has at most {MOST_COLUMNS} questions.", 409)
        last = grid.columns.order_by("-order").values_list("order", flat=True).first() or 0
        column = _column(grid, last + 1, asked)
        column.save()
        record(Happened.GRID_COLUMN_CHANGED, grid, actor=actor, matter=grid.matter, column=column.order)
    return column


def save_view(grid: Grid, name: str, query: str, *, actor: Actor) -> View:
    """Keep what is looked at under a name, in the place of an earlier view of that name. Raises GridError."""
    name = _named(name)
    if len(query) > 4000:
        raise GridError("view-too-long", "This view holds more than can be kept.")
    with transaction.atomic():
        hold(Held.VIEWS, *View.objects.filter(grid=grid, name=name).values_list("pk", flat=True))
        view, _ = View.objects.update_or_create(
            grid=grid, name=name, defaults={"query": query, "made_by": actor.signed_in()}
        )
        record(Happened.GRID_VIEW_SAVED, view, actor=actor, matter=grid.matter)
    return view


def delete_view(view: View, *, actor: Actor) -> None:
    """Forget a view; the grid stays as it is."""
    with transaction.atomic():
        hold(Held.VIEWS, view.pk)
        record(Happened.GRID_VIEW_DELETED, view, actor=actor, matter=view.grid.matter)
        view.delete()


def assign(
    grid: Grid,
    member: User | None,
    *,
    actor: Actor,
    column: Column | None = None,
    document: Document | None = None,
) -> None:
    """Give a column or a row to a member, in the place of another; to nobody with None. Raises GridError."""
    if (column is None) is (document is None):
        raise GridError("assignment-of-nothing", "Choose a question or a document to assign.")
    if member is not None and not Membership.objects.filter(matter=grid.matter_id, user=member).exists():
        raise GridError("assignee-no-member", "Only members of the matter can be given a part of it.")
    if (document is not None and document.matter_id != grid.matter_id) or (
        column is not None and column.grid_id != grid.pk
    ):
        raise GridError("grid-of-another-matter", "A grid holds documents of its own matter only.")
    with transaction.atomic():
        grid = _locked(grid)
        Assignment.objects.filter(grid=grid, column=column, document=document).delete()
        if member is not None:
            Assignment.objects.create(grid=grid, member=member, column=column, document=document)
        record(
            Happened.GRID_ASSIGNED, grid, actor=actor, matter=grid.matter,
            user_id=member.pk if member else None, column=column.order if column else None,
            document=str(document.pk) if document else None,
        )  # fmt: skip


def _named(name: str) -> str:
    name = plain_name(name)
    if not name or len(name) > NAME_CHARACTERS:
        raise GridError("name-wrong", f"Give it a name of at most {NAME_CHARACTERS} characters.")
    return name


def _column(grid: Grid, order: int, asked: Asked) -> Column:
    return Column(
        grid=grid, order=order, label=asked.label, wording=asked.wording, type=asked.type,
        standing=asked.standing, choices=list(asked.choices),
    )  # fmt: skip


def _hold_columns(grid: Grid) -> None:
    """Hold what is changed by asking; in the caller's transaction."""
    hold(Held.COLUMNS, *grid.columns.values_list("pk", flat=True))


def _locked(grid: Grid) -> Grid:
    return Grid.objects.select_for_update(of=("self",)).select_related("matter").get(pk=grid.pk)


def _refuse_in_preview(grid: Grid) -> None:
    """Raises GridError while a question of the grid is asked of some of its documents only; locks its questions."""
    questions = Question.objects.filter(pk__in=grid.columns.values("question")).order_by("pk")
    for question in questions.select_for_update():
        scope = question.scope.values("pk")
        # NB: an empty scope means all documents, but not where those of the preview were withdrawn.
        if question.is_final or not (question.scope_withdrawn or scope.exists()):
            continue
        if documents_of(grid).exclude(pk__in=scope).exists():
            raise GridError(
                "grid-in-preview",
                "The preview is being asked still. Run the grid when it is done, or cancel the preview first.",
                409,
            )


def _ask_new(grid: Grid, scope: Sequence[Document], actor: Actor) -> int:
    """Ask the columns' questions that were not asked yet, of these documents; in the caller's transaction."""
    columns = list(grid.columns.filter(question=None))
    if not columns:
        return 0
    questions = ask_many(
        grid.matter,
        [column.wording for column in columns],
        actor=actor,
        scope=scope,
        standing=[column.standing for column in columns],
        value_types=[column.type for column in columns],
    )
    for column, question in zip(columns, questions, strict=True):
        column.question = question
    Column.objects.bulk_update(columns, ["question"])
    return len(columns)


def _stop(grid: Grid, event: Happened, actor: Actor, *, paused: bool) -> None:
    with transaction.atomic():
        grid = _locked(grid)
        asked = grid.columns.exclude(question=None).values("question")
        jobs = Job.objects.filter(question__in=asked, status__in=UNDER_WAY)
        stopped = lifecycle.cancel_all(jobs, matter=grid.matter, actor=actor)
        grid.paused_at = timezone.now() if paused else None
        grid.save(update_fields=["paused_at"])
        record(event, grid, actor=actor, matter=grid.matter, questions=stopped)
