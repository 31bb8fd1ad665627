"""The tables of an archive: which records go along, with which of their fields, and in which order."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib.auth.models import User
from django.db import models
from django.db.models import F, Q, QuerySet

from reviewapp.briefs.models import Brief, Held, Kept
from reviewapp.briefs.models import Field as BriefField
from reviewapp.documents.models import Document, Note, Page, PageBoxes, Withdrawal
from reviewapp.grids.models import Assignment, Column, Grid, QuestionSet, SetVersion, View
from reviewapp.intake.models import Batch, BatchItem, Disposition
from reviewapp.kin.models import Band, Likeness, Message, Reference, Signature
from reviewapp.lab.models import Compared, Comparison
from reviewapp.loads.models import GivenNumber, Load, LoadedFields, LoadProblem, Mapping
from reviewapp.matters.models import Matter
from reviewapp.questions.models import Answer, Citation, Question
from reviewapp.reviews.models import Code, Comment, Decision, Issue, Review, Rules, Sample
from reviewapp.states.models import State

Row = dict[str, Any]
_AS_ASKED = frozenset(Question.Status.values) - {"done", "failed", "cancelled"}
_UNREAD = "It was not read yet when the archive was made. Read it again to have it."


@dataclass(frozen=True)
class Table:
    """Records of one model. `of` leads from a record to its matter; a record without an own id has `keyed` False.

    `left` are fields that do not go along, `later` those that point to records of the same table. `blobs` name bytes
    as received. `settle` makes a row one of a matter at rest, where no work is under way.
    """

    name: str
    model: type[models.Model]
    of: str
    order: tuple[str, ...]
    left: frozenset[str] = frozenset()
    later: tuple[str, ...] = ()
    blobs: frozenset[str] = frozenset()
    keyed: bool = True
    settle: Callable[[Row], Row] = lambda row: row
    chosen: Callable[[Matter], Q] | None = None

    @cached_property
    def fields(self) -> "tuple[models.Field[Any, Any], ...]":
        """The fields that go along, in the order of their declaration."""
        fields = [field for field in self.model._meta.concrete_fields if field.name not in self.left]
        return tuple(
            field
            for field in fields
            if not (field.remote_field and field.remote_field.model is Matter)
            and (self.keyed or not field.primary_key)
        )

    def rows(self, matter: Matter) -> QuerySet[Any]:
        """The matter's records in the order of the archive."""
        wanted = self.chosen(matter) if self.chosen else Q(**{self.of: matter})
        found: QuerySet[Any] = self.model._base_manager.filter(wanted)
        return found.order_by(*(_nulls_first(name) for name in self.order))


def _nulls_first(name: str) -> Any:
    return F(name.removeprefix("?")).asc(nulls_first=True) if name.startswith("?") else name


def _asked(row: Row) -> Row:
    return row | ({"status": "cancelled", "draft": ""} if row["status"] in _AS_ASKED else {})


def _compared(row: Row) -> Row:
    return row | ({"status": "cancelled"} if row["status"] == Comparison.Status.RUNNING else {})


def _received(row: Row) -> Row:
    waits = row["disposition"] == Disposition.PENDING
    return row | ({"disposition": str(Disposition.NOT_READ), "reason": _UNREAD} if waits else {})


def _sets(way: str) -> Callable[[Matter], Q]:
    """The matter's own question sets, and those of the firm that its grids are made of."""

    def chosen(matter: Matter) -> Q:
        used = Grid.objects.filter(matter=matter).exclude(made_of=None).values("made_of__set")
        return Q(**{f"{way}matter": matter}) | Q(**{f"{way}pk__in": used})

    return chosen


def _t(name: str, model: type[models.Model], of: str, *order: str, **more: Any) -> Table:
    return Table(name, model, of, order or ("created_at", "pk"), **more)


_STATE = frozenset({"id", "status"})
#: From the ground up: a record points to such that stand before it, or, by a field of `later`, beside it.
TABLES = (
    _t("review_rules", Rules, "matter", "pk", keyed=False),
    _t("batches", Batch, "matter", left=frozenset({"receiving", "expected"})),
    _t("documents", Document, "matter", "?version_of__created_at", "created_at", "pk", blobs=frozenset({"blob"}),
       left=frozenset({"name_key"})),
    _t("items", BatchItem, "batch__matter", left=frozenset({"origin", "read_with"}), settle=_received,
       later=("parent", "replaced_by"), blobs=frozenset({"blob"})),
    _t("pages", Page, "document__matter", "document__created_at", "document", "number", left=frozenset({"text"})),
    _t("page_boxes", PageBoxes, "page__document__matter", "page__document__created_at", "page__document",
       "page__number"),
    _t("notes", Note, "document__matter"),
    _t("withdrawals", Withdrawal, "matter", left=frozenset({"states", "blobs"})),
    _t("signatures", Signature, "document__matter", "document__created_at", "document"),
    _t("bands", Band, "document__matter", "document__created_at", "document", "value", keyed=False),
    _t("likenesses", Likeness, "document__matter"),
    _t("messages", Message, "document__matter", "document__created_at", "document"),
    _t("references", Reference, "message__document__matter", "message__document__created_at", "message",
       "refers_to", keyed=False),
    _t("states", State, "document__matter", "document__created_at", "document", "memory", "name", left=_STATE,
       keyed=False, chosen=lambda matter: Q(document__matter=matter) & ~Q(name="")),
    _t("briefs", Brief, "document__matter"),
    _t("brief_fields", BriefField, "brief__document__matter", "brief__created_at", "brief", "order"),
    _t("brief_held", Held, "brief__document__matter", "brief__created_at", "brief", "order", "name"),
    _t("brief_kept", Kept, "brief__document__matter", "brief__created_at", "brief"),
    _t("questions", Question, "matter", settle=_asked, later=("replaces", "follows", "thread")),
    _t("question_scope", Question.scope.through, "question__matter", "question__created_at", "question",
       "document__created_at", "document", keyed=False),
    _t("question_left_out", Question.leaves_out.through, "question__matter", "question__created_at", "question",
       "document__created_at", "document", keyed=False),
    _t("question_withdrawn", Question.withdrawn.through, "question__matter", "question__created_at", "question",
       "withdrawal__created_at", "withdrawal", keyed=False),
    _t("answers", Answer, "question__matter"),
    _t("citations", Citation, "answer__question__matter", "answer__created_at", "answer", "order"),
    _t("decisions", Decision, "answer__question__matter"),
    _t("reviews", Review, "answer__question__matter", "answer__created_at", "answer"),
    _t("comments", Comment, "question__matter"),
    _t("samples", Sample, "matter"),
    _t("sample_answers", Sample.answers.through, "sample__matter", "sample__created_at", "sample",
       "answer__created_at", "answer", keyed=False),
    _t("issues", Issue, "matter"),
    _t("codes", Code, "document__matter"),
    # NB: the firm's sets become the matter's; what was one name of the firm's and one of the matter's would be two
    _t("question_sets", QuestionSet, "", left=frozenset({"key", "external_id"}), chosen=_sets("")),
    _t("set_versions", SetVersion, "", "set__created_at", "set", "number", chosen=_sets("set__")),
    _t("grids", Grid, "matter"),
    _t("grid_documents", Grid.documents.through, "grid__matter", "grid__created_at", "grid",
       "document__created_at", "document", keyed=False),
    _t("columns", Column, "grid__matter", "grid__created_at", "grid", "order"),
    _t("views", View, "grid__matter"),
    _t("assignments", Assignment, "grid__matter"),
    _t("comparisons", Comparison, "matter", settle=_compared),
    _t("compared", Compared, "comparison__matter", "comparison__created_at", "comparison", "order", keyed=False),
    _t("mappings", Mapping, "matter", "source", keyed=False),
    _t("loads", Load, "matter", blobs=frozenset({"table_blob", "images_blob", "files_blob"})),
    _t("load_problems", LoadProblem, "load__matter", "load__created_at", "load", "row", "pk", keyed=False),
    _t("loaded_fields", LoadedFields, "matter", "load__created_at", "load", "row"),
    _t("given_numbers", GivenNumber, "matter", "prefix", "first"),
)  # fmt: skip


def is_person(field: "models.Field[Any, Any]") -> bool:
    """Whether the field names somebody who did something."""
    return field.remote_field is not None and field.remote_field.model is User
