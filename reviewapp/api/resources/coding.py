"""What documents are coded as: one document at once, many as an operation."""

from typing import Any

from django.http import HttpResponse
from ninja import Status

from reviewapp.api.conditions import require_match
from reviewapp.api.models import Operation
from reviewapp.api.operations import begun_with, shape_of_operation
from reviewapp.api.paging import Cursor, Limit, PageOf, by_place
from reviewapp.api.resources.questions import documents_named
from reviewapp.api.service import ApiRequest, Resource
from reviewapp.api.shapes_review import CodeShape, CodingChange, DocumentCoding, NewCoding, NewIssue
from reviewapp.api.shapes_work import OperationShape
from reviewapp.documents.models import Document
from reviewapp.documents.policy import access_current_document
from reviewapp.frame.actor import Scope
from reviewapp.matters.policy import access_matter_by_id, may_view
from reviewapp.reviews import coding
from reviewapp.reviews.codes import Option, name_of, options_with
from reviewapp.reviews.policy import may_review, visible_codes, visible_issues

resource = Resource("Coding")


def _code(option: Option) -> CodeShape:
    return CodeShape(name=option.name, says=option.words, field=option.field.value)  # type: ignore[arg-type]


def _coding(request: ApiRequest, document: Document) -> DocumentCoding:
    codes = sorted(name_of(code) for code in visible_codes(request.actor, document))
    return DocumentCoding(document_id=str(document.pk), codes=codes)


@resource.get("/matters/{matter_id}/codes", PageOf[CodeShape])
def list_codes(
    request: ApiRequest, response: HttpResponse, matter_id: str, cursor: Cursor, limit: Limit
) -> PageOf[CodeShape]:
    """What documents of a matter can be coded as: the fixed fields, then its issues."""
    issues = visible_issues(request.actor, access_matter_by_id(request.actor, matter_id))
    options = [_code(option) for option in options_with(list(issues))]
    return by_place(request, response, options, cursor, limit, lambda code: code.name)


@resource.post("/matters/{matter_id}/issues", {201: CodeShape}, scope=Scope.REVIEW)
def define_issue(
    request: ApiRequest, response: HttpResponse, matter_id: str, payload: NewIssue
) -> Status[Any]:
    """A new issue that documents of the matter can be coded with."""
    matter = access_matter_by_id(request.actor, matter_id, may=may_review)
    issue = coding.define_issue(matter, payload.name, actor=request.actor)
    response.headers["Location"] = f"/v1/matters/{matter.pk}/codes"
    return Status(201, CodeShape(name=f"issue:{issue.pk}", says=issue.name, field="issue"))


@resource.get("/documents/{document_id}/coding", DocumentCoding)
def get_coding(request: ApiRequest, document_id: str) -> DocumentCoding:
    """What a document is coded as."""
    return _coding(request, access_current_document(request.actor, document_id, may=may_view))


@resource.patch("/documents/{document_id}/coding", DocumentCoding, scope=Scope.REVIEW)
def change_coding(request: ApiRequest, document_id: str, payload: CodingChange) -> DocumentCoding:
    """Set and take off codes of a document. Needs If-Match."""
    document = access_current_document(request.actor, document_id, may=may_review)
    require_match(request, _coding(request, document))
    for name in payload.clear:
        coding.code_document(document, name, actor=request.actor, off=True)
    for name in payload.set:
        coding.code_document(document, name, actor=request.actor)
    return _coding(request, document)


@resource.post("/matters/{matter_id}/codings", {202: OperationShape}, scope=Scope.REVIEW)
def start_coding(
    request: ApiRequest, response: HttpResponse, matter_id: str, payload: NewCoding
) -> Status[Any]:
    """Set one code on many documents, or take it off."""
    matter = access_matter_by_id(request.actor, matter_id, may=may_review)
    documents = documents_named(request, matter, payload.document_ids)
    begun = coding.code_many(matter, documents, payload.code, actor=request.actor, off=payload.clear)
    operation = begun_with(Operation.Kind.CODING, matter, request.actor, begun.jobs.all(), response)
    return Status(202, shape_of_operation(operation))
