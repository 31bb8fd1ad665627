"""The codes of errors are a promise to programs: none is renamed, and each comes with a sentence for people."""

import ast
from collections.abc import Iterator
from pathlib import Path

from reviewapp.frame.actor import SYSTEM
from reviewapp.frame.errors import ActionError
from reviewapp.matters.actions import create_matter

REPOSITORY = Path(__file__).resolve().parents[2]
CODES = {
    "account-closed": 409,
    "account-of-directory": 409,
    "already-a-member": 409,
    "application-address-wrong": 422,
    "application-name-wrong": 422,
    "answer-not-ready": 409,
    "answer-replaced": 409,
    "archive-absent": 422,
    "archive-broken": 422,
    "archive-gone": 410,
    "archive-missing": 404,
    "archive-not-ready": 409,
    "archive-too-large": 413,
    "archive-under-way": 409,
    "archive-unknown": 422,
    "arrival-over": 409,
    "assignee-no-member": 422,
    "assignment-of-nothing": 422,
    "batch-complete": 409,
    "batch-empty": 422,
    "batch-size-unfit": 422,
    "body-too-large": 413,
    "body-unreadable": 400,
    "busy": 503,
    "changed-meanwhile": 412,
    "clio-address": 502,
    "clio-away": 502,
    "clio-busy": 503,
    "clio-matter-missing": 409,
    "clio-not-agreed": 409,
    "clio-not-allowed": 409,
    "clio-not-connected": 409,
    "clio-not-there": 404,
    "clio-under-way": 409,
    "clio-unexpected": 502,
    "code-unknown": 422,
    "column-choices-too-many": 422,
    "column-standing-unknown": 422,
    "column-type-unknown": 422,
    "column-wording-wrong": 422,
    "columns-missing": 422,
    "columns-too-many": 409,
    "comment-missing": 422,
    "comment-too-long": 422,
    "correction-missing": 422,
    "decision-conflict": 409,
    "decision-too-long": 422,
    "decision-unknown": 422,
    "directory-group-name-wrong": 422,
    "directory-group-taken": 409,
    "directory-id-too-long": 422,
    "directory-name-taken": 409,
    "document-name-missing": 422,
    "document-name-too-long": 422,
    "export-empty": 409,
    "export-format-unknown": 422,
    "export-gone": 410,
    "export-missing": 404,
    "export-not-ready": 409,
    "export-order-unknown": 422,
    "export-subject-missing": 422,
    "export-too-long": 422,
    "export-too-wide": 422,
    "comparison-begun": 409,
    "comparison-under-way": 409,
    "lab-minutes-unknown": 422,
    "lab-of-other-memory": 409,
    "lab-source-unknown": 422,
    "lab-without-questions": 422,
    "questions-missing": 422,
    "questions-too-large": 413,
    "questions-unreadable": 422,
    "external-id-taken": 409,
    "external-id-too-long": 422,
    "field-twice": 422,
    "field-unknown": 422,
    "file-not-replaceable": 409,
    "file-removed-meanwhile": 409,
    "follows-of-another-matter": 422,
    "files-unreadable": 422,
    "grid-change-unknown": 422,
    "grid-in-preview": 409,
    "grid-of-another-matter": 422,
    "grid-without-documents": 409,
    "group-name-wrong": 422,
    "group-role-unknown": 422,
    "idempotency-in-flight": 409,
    "idempotency-key-reused": 422,
    "idempotency-key-too-long": 422,
    "if-match-missing": 428,
    "input-invalid": 422,
    "instructions-too-long": 422,
    "issue-name-taken": 409,
    "issue-name-wrong": 422,
    "issues-too-many": 409,
    "json-invalid": 400,
    "language-unknown": 422,
    "languages-missing": 422,
    "last-admin": 409,
    "last-staff": 409,
    "nights-off": 409,
    "matter-busy": 409,
    "matter-deleted": 409,
    "load-busy": 409,
    "load-empty": 409,
    "load-file-unreadable": 422,
    "load-finished": 409,
    "load-started": 409,
    "load-too-large": 413,
    "load-unchecked": 409,
    "matter-name-missing": 422,
    "matter-name-too-long": 422,
    "matter-name-unlike": 422,
    "matter-not-closed": 409,
    "may-not-create-matters": 403,
    "media-type-unsupported": 415,
    "method-not-allowed": 405,
    "name-wrong": 422,
    "not-available": 404,
    "not-signed-in": 401,
    "notice-kind-unknown": 422,
    "removal-not-failed": 409,
    "nothing-changed": 409,
    "nothing-to-confirm": 409,
    "nothing-to-draw": 409,
    "nothing-to-undo": 409,
    "number-unmapped": 422,
    "original-missing": 404,
    "own-account": 409,
    "prefix-wrong": 422,
    "production-missing": 404,
    "question-missing": 422,
    "question-not-ended": 409,
    "question-too-long": 422,
    "reason-missing": 422,
    "recognition-off": 409,
    "request-unfit": 400,
    "role-unknown": 422,
    "sample-size-wrong": 422,
    "scope-missing": 403,
    "scope-of-another-matter": 422,
    "scim-token-name-wrong": 422,
    "second-person-needed": 409,
    "selection-empty": 422,
    "selection-of-another-matter": 422,
    "server-fault": 500,
    "set-name-wrong": 422,
    "standing-incomplete": 422,
    "standing-unknown": 422,
    "token-expired": 422,
    "token-invalid": 401,
    "token-missing": 401,
    "token-name-wrong": 422,
    "token-scopes-wrong": 422,
    "too-many-requests": 429,
    "upload-complete": 409,
    "upload-hash-wrong": 422,
    "upload-not-whole": 409,
    "upload-offset-wrong": 409,
    "upload-too-large": 413,
    "upload-too-long": 413,
    "user-name-taken": 409,
    "user-name-too-long": 422,
    "user-name-wrong": 422,
    "value-not-of-type": 422,
    "value-not-offered": 422,
    "view-too-long": 422,
    "webhook-address": 422,
    "webhook-kind-unknown": 422,
    "webhook-under-way": 409,
}


def kinds_of_error() -> set[str]:
    names: set[str] = set()
    known = {"ActionError"}
    while names != known:
        names = set(known)
        for tree in trees():
            for node in ast.walk(tree):
                if isinstance(node, ast.ClassDef):
                    bases = {base.id for base in node.bases if isinstance(base, ast.Name)}
                    known |= {node.name} if bases & known else set()
    return known


def trees() -> Iterator[ast.Module]:
    yield from (ast.parse(path.read_text()) for path in (REPOSITORY / "reviewapp").rglob("*.py"))


def written() -> Iterator[tuple[str, int]]:
    """The code and status of each error that is raised, and of those that a kind of error always has."""
    errors = kinds_of_error()
    for tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                if name not in errors | {"__init__"} or not node.args:
                    continue
                values = [arg.value if isinstance(arg, ast.Constant) else None for arg in node.args]
                code, status = values[0], values[2] if len(values) > 2 else 422
                if isinstance(code, str) and isinstance(status, int):
                    yield code, status


def test_codes_and_their_statuses_stay() -> None:
    assert dict(written()) == CODES
    assert {"ActionError", "MatterError", "QuestionError", "BatchError", "NotAvailable"} <= kinds_of_error()


def test_an_error_has_a_code_a_sentence_and_a_status() -> None:
    try:
        create_matter(" ", actor=SYSTEM)
    except ActionError as error:
        assert (error.code, str(error), error.status) == (
            "matter-name-missing",
            "Give the matter a name.",
            422,
        )
    else:
        raise AssertionError
