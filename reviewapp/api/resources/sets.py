"""Question sets and their versions."""

from typing import Any

from django.http import HttpResponse
from ninja import Status

from reviewapp.api.conditions import require_match
from reviewapp.api.paging import Cursor, ExternalIdQuery, Limit, PageOf, listed, plain
from reviewapp.api.service import ApiRequest, Resource
from reviewapp.api.shapes_grids import (
    AskedColumn,
    NewQuestionSet,
    QuestionSetChange,
    QuestionSetShape,
    SetColumn,
    SetVersionShape,
)
from reviewapp.frame.actor import Scope
from reviewapp.grids.models import QuestionSet, SetVersion
from reviewapp.grids.policy import access_set_by_id, may_edit_set, may_run_grids, visible_sets
from reviewapp.grids.sets import Asked, columns_of, identify_set, newest, put_set, save_set
from reviewapp.matters.policy import NotAvailable, access_matter_by_id

resource = Resource("Question sets")

SETS = "/matters/{matter_id}/question-sets"
ONE = f"{SETS}/{{question_set_id}}"


def asked_of(column: AskedColumn) -> Asked:
    """A column as the actions take it."""
    return Asked(column.label, column.wording, column.type, column.standing, tuple(column.choices))


def _columns(version: SetVersion) -> list[SetColumn]:
    return [
        SetColumn(
            label=asked.label,
            wording=asked.wording,
            type=asked.type,  # type: ignore[arg-type]
            standing=asked.standing,
            choices=list(asked.choices),
        )
        for asked in columns_of(version)
    ]


def _set(found: QuestionSet) -> QuestionSetShape:
    """A set with its newest version; its versions are read before."""
    version = next(version for version in found.versions.all() if version.number == found.version)
    return QuestionSetShape(
        id=str(found.pk),
        matter_id=str(found.matter_id) if found.matter_id else None,
        key=found.key,
        external_id=found.external_id,
        name=found.name,
        version=found.version,
        instructions=version.instructions,
        columns=_columns(version),
        created_at=found.created_at,
    )


def _version(version: SetVersion) -> SetVersionShape:
    return SetVersionShape(
        id=str(version.pk),
        question_set_id=str(version.set_id),
        number=version.number,
        instructions=version.instructions,
        columns=_columns(version),
        created_at=version.created_at,
    )


@resource.get(SETS, PageOf[QuestionSetShape])
def list_question_sets(
    request: ApiRequest,
    response: HttpResponse,
    matter_id: str,
    cursor: Cursor,
    limit: Limit,
    external_id: ExternalIdQuery,
) -> PageOf[QuestionSetShape]:
    """The question sets that can be used in a matter: its own, the firm's, and those that are shipped."""
    rows = visible_sets(request.actor, access_matter_by_id(request.actor, matter_id))
    if external_id:
        rows = rows.filter(external_id=plain("external_id", external_id))
    rows = rows.prefetch_related("versions")
    order = ("created_at", "id")
    return listed(request, response, rows, order, cursor, min(limit, 100), lambda sets: [*map(_set, sets)])


@resource.post(SETS, {200: QuestionSetShape, 201: QuestionSetShape}, scope=Scope.ASK)
def create_question_set(
    request: ApiRequest, response: HttpResponse, matter_id: str, payload: NewQuestionSet
) -> Status[Any]:
    """A new question set of the matter.

    Where the matter has one with this `external_id`, it is that one (200),
    in a new version if it asked something else.
    """
    matter = access_matter_by_id(request.actor, matter_id, may=may_run_grids)
    columns = [asked_of(column) for column in payload.columns]
    version, is_new = put_set(
        matter, payload.name, columns, payload.external_id, actor=request.actor,
        instructions=payload.instructions,
    )  # fmt: skip
    response.headers["Location"] = f"/v1/matters/{matter.pk}/question-sets/{version.set_id}"
    return Status(201 if is_new else 200, _set(version.set))


@resource.get(ONE, QuestionSetShape)
def get_question_set(request: ApiRequest, matter_id: str, question_set_id: str) -> QuestionSetShape:
    """One question set, in its newest version."""
    matter = access_matter_by_id(request.actor, matter_id)
    return _set(access_set_by_id(request.actor, matter, question_set_id))


@resource.patch(ONE, QuestionSetShape, scope=Scope.ASK)
def change_question_set(
    request: ApiRequest, matter_id: str, question_set_id: str, payload: QuestionSetChange
) -> QuestionSetShape:
    """Save a new version of a set; grids keep the one that they were made of. Needs If-Match.

    Another `external_id` alone makes no new version.
    """
    matter = access_matter_by_id(request.actor, matter_id)
    found = access_set_by_id(request.actor, matter, question_set_id)
    if not may_edit_set(request.actor, matter, found):
        raise NotAvailable
    before = _set(found)
    require_match(request, before)
    if payload.external_id is not None:
        identify_set(found, payload.external_id, actor=request.actor)
    if payload.model_fields_set != {"external_id"}:
        columns = columns_of(newest(found)) if payload.columns is None else [*map(asked_of, payload.columns)]
        instructions = before.instructions if payload.instructions is None else payload.instructions
        save_set(
            found.matter, payload.name or before.name, columns, actor=request.actor,
            instructions=instructions, of=found,
        )  # fmt: skip
    return _set(access_set_by_id(request.actor, matter, question_set_id))


@resource.get(f"{ONE}/versions", PageOf[SetVersionShape])
def list_set_versions(
    request: ApiRequest,
    response: HttpResponse,
    matter_id: str,
    question_set_id: str,
    cursor: Cursor,
    limit: Limit,
) -> PageOf[SetVersionShape]:
    """What a question set asked, the newest version first."""
    matter = access_matter_by_id(request.actor, matter_id)
    rows = access_set_by_id(request.actor, matter, question_set_id).versions.all()
    order = ("-number", "-id")
    return listed(
        request, response, rows, order, cursor, min(limit, 100), lambda found: [*map(_version, found)]
    )
