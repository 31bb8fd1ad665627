"""What the codes of refusals mean, for who writes programs: the status, and what to do."""

from typing import NamedTuple


class Meant(NamedTuple):
    """A code's HTTP status, what it says, and what to do."""

    status: int
    says: str
    do: str


#: The part of a JSON body that a code is about (a pointer, RFC 6901), where all bodies that it is said of have it.
POINTERS = {
    "assignee-no-member": "/person_id",
    "columns-missing": "/columns",
    "comment-missing": "/text",
    "comment-too-long": "/text",
    "correction-missing": "/text",
    "external-id-taken": "/external_id",
    "external-id-too-long": "/external_id",
    "instructions-too-long": "/instructions",
    "issue-name-taken": "/name",
    "issue-name-wrong": "/name",
    "matter-name-missing": "/name",
    "matter-name-too-long": "/name",
    "prefix-wrong": "/prefix",
    "reason-missing": "/reason",
    "sample-size-wrong": "/size",
    "scope-of-another-matter": "/document_ids",
    "set-name-wrong": "/name",
    "value-not-of-type": "/text",
    "webhook-address": "/url",
    "webhook-kind-unknown": "/events",
}
CODES = {
    "already-a-member": Meant(409, "The person is a member of the matter.", "Change the role instead."),
    "answer-not-ready": Meant(409, "There is no answer to decide upon yet.", "Wait for it."),
    "answer-replaced": Meant(
        409, "The document was asked again meanwhile.", "Read the new claim of the question and the document."
    ),
    "archive-broken": Meant(422, "The archive is not as it was written.", "Fetch or send it again."),
    "archive-gone": Meant(410, "The archive was removed.", "Have another one made."),
    "archive-missing": Meant(404, "The file of the archive is not there any more.", "Have another one made."),
    "archive-not-ready": Meant(409, "The archive is not written yet.", "Wait for its operation."),
    "archive-too-large": Meant(
        413, "The archive is larger than this installation takes.", "Ask an administrator."
    ),
    "archive-under-way": Meant(409, "An archive of the matter is being written.", "Wait for it."),
    "archive-unknown": Meant(
        422, "This is no archive of a matter that can be read here.", "Send another one."
    ),
    "arrival-over": Meant(409, "The archive is not being taken in any more.", "Read the arrival again."),
    "assignee-no-member": Meant(422, "The person is no member of the matter.", "Name a member."),
    "assignment-of-nothing": Meant(422, "A part of a grid is a column or a row.", "Name one of the two."),
    "batch-empty": Meant(422, "No file was sent.", "Send at least one, as `files`."),
    "body-too-large": Meant(413, "The body holds more than is taken at once.", "Send it in parts."),
    "body-unreadable": Meant(400, "The body is broken off or malformed.", "Send it again."),
    "busy": Meant(
        503, "More waits to be answered than there is room for.", "Ask again after `Retry-After` seconds."
    ),
    "changed-meanwhile": Meant(
        412, "The record has another ETag than `If-Match` names.", "Read it again, then repeat your change."
    ),
    "code-unknown": Meant(
        422,
        "The matter has no code of this name.",
        "`GET /v1/matters/{matter_id}/codes` lists those that it has.",
    ),
    "column-choices-too-many": Meant(422, "A column has at most 100 choices.", "Offer fewer."),
    "column-standing-unknown": Meant(
        422,
        "A column names a standing question that there is not.",
        "Take the names from a set that is shipped, or leave it out.",
    ),
    "column-wording-wrong": Meant(
        422, "A column has no wording, or one over 2,000 characters.", "Send its words."
    ),
    "columns-missing": Meant(422, "A question set has between 1 and 200 columns.", "Send some."),
    "columns-too-many": Meant(
        409, "The grid has as many columns as a grid can.", "Make another grid of the same documents."
    ),
    "comment-missing": Meant(422, "The comment is empty.", "Send its words."),
    "comment-too-long": Meant(422, "A comment has at most 2,000 characters.", "Send a shorter one."),
    "comparison-begun": Meant(409, "The comparison was begun already.", "Prepare another one."),
    "comparison-under-way": Meant(
        409, "A comparison of the matter is under way.", "Wait for its end, or cancel it."
    ),
    "correction-missing": Meant(422, "A correction has no value.", "Send it as `text`."),
    "decision-conflict": Meant(
        409, "Somebody decided about the claim since `seen`.", "Read the review again, then decide anew."
    ),
    "decision-too-long": Meant(
        422, "A value has at most 2,000 characters, a reason at most 500.", "Send a shorter one."
    ),
    "export-empty": Meant(409, "Nothing was asked yet.", "Ask first."),
    "export-gone": Meant(410, "The file is gone for good; its record says why.", "Export again."),
    "export-missing": Meant(404, "The file is missing on the server.", "Export again."),
    "export-not-ready": Meant(409, "The file is not made yet.", "Wait for the operation."),
    "export-too-long": Meant(
        422,
        "A report holds at most so many answers as the message says.",
        "Export a grid or a question, or another format.",
    ),
    "export-too-wide": Meant(
        422,
        "A workbook holds at most so many questions as the message says.",
        "Export a grid, or another format.",
    ),
    "external-id-taken": Meant(
        409,
        "Another document or question set of the matter, or another matter of yours, has this external id.",
        "Take it from that one first.",
    ),
    "external-id-too-long": Meant(422, "An external id has at most 200 characters.", "Send a shorter one."),
    "field-twice": Meant(422, "Two columns are taken as the same field.", "Take one of them as another."),
    "field-unknown": Meant(
        422, "There is no such field of load files.", "See the fields in docs/integrators.md."
    ),
    "file-removed-meanwhile": Meant(
        409, "A document of the same bytes was withdrawn as the file came in.", "Send the file again."
    ),
    "files-unreadable": Meant(422, "The ZIP of files cannot be read.", "Pack it again."),
    "grid-in-preview": Meant(
        409, "The grid's preview is being asked.", "Run it when that is done, or cancel the preview."
    ),
    "grid-of-another-matter": Meant(422, "The grid is of another matter.", "Name one of this matter."),
    "grid-without-documents": Meant(409, "The grid has no documents to ask.", "Add some."),
    "idempotency-in-flight": Meant(
        409, "The first request with this key is being worked on.", "Ask again after `Retry-After` seconds."
    ),
    "idempotency-key-reused": Meant(
        422, "The key was used for a request with another address or body.", "Use a new key for each request."
    ),
    "idempotency-key-too-long": Meant(422, "A key has at most 255 characters.", "Send a shorter one."),
    "if-match-missing": Meant(
        428,
        "A change needs `If-Match`.",
        "Read the record and send its ETag, or `*` to overwrite whatever is there.",
    ),
    "input-invalid": Meant(
        422, "Parts of the request cannot be used.", "`errors` names each, by a JSON pointer or a parameter."
    ),
    "instructions-too-long": Meant(422, "Instructions have at most 4,000 characters.", "Send shorter ones."),
    "issue-name-taken": Meant(409, "The matter has an issue of this name.", "Use that one."),
    "issue-name-wrong": Meant(422, "An issue's name has between 1 and 60 characters.", "Send another one."),
    "issues-too-many": Meant(409, "A matter has at most 100 issues.", "Use one of them."),
    "json-invalid": Meant(400, "The body is not JSON.", "Check it and send it again."),
    "lab-minutes-unknown": Meant(422, "A comparison may take 5, 15, 30 or 60 minutes.", "Send one of these."),
    "lab-of-other-memory": Meant(
        409,
        "The memory lab measures the memory that comes with Nightbrief alone.",
        "Use it where that is used.",
    ),
    "lab-source-unknown": Meant(
        422, "Questions are own, reviewed or shipped.", "Send one of these as `source`."
    ),
    "lab-without-questions": Meant(
        422, "No question is about a document of the matter.", "Name the documents as the matter does."
    ),
    "last-admin": Meant(
        409, "The matter would be left without an admin.", "Make somebody else an admin first."
    ),
    "load-busy": Meant(409, "The load file is being worked on.", "Wait for its operation."),
    "load-empty": Meant(409, "No row of the load file can be taken in.", "See its problems."),
    "load-file-unreadable": Meant(422, "This is no load file that can be read.", "The message says why."),
    "load-finished": Meant(409, "The load file was taken in.", "Add another one."),
    "load-started": Meant(409, "The load was started; its columns stay.", "Add the load file anew."),
    "load-too-large": Meant(413, "A file of the load is larger than is taken.", "Split the load."),
    "load-unchecked": Meant(409, "The dry run has not ended.", "Wait for its operation."),
    "matter-name-missing": Meant(422, "A matter needs a name.", "Send one."),
    "matter-name-too-long": Meant(422, "A matter's name has at most 200 characters.", "Send a shorter one."),
    "may-not-create-matters": Meant(
        403,
        "Matters are created by staff, with a token that is not bound to matters.",
        "Ask an administrator.",
    ),
    "media-type-unsupported": Meant(
        415,
        "The body is of another type than is taken here.",
        "The header `Accept` of the answer names the type.",
    ),
    "method-not-allowed": Meant(
        405, "The address does not take this method.", "`Allow` names those it takes."
    ),
    "name-wrong": Meant(422, "A name has between 1 and 120 characters.", "Send another one."),
    "nights-off": Meant(409, "The installation has no hours of the night.", "Ask its administrator."),
    "not-available": Meant(
        404,
        "There is no such thing, or it is not for this token.",
        "Check the id, and whom the token belongs to.",
    ),
    "not-signed-in": Meant(401, "Nobody is signed in.", "Send a good token."),
    "nothing-to-confirm": Meant(409, "There is no decision to confirm.", "Decide first."),
    "nothing-to-draw": Meant(409, "There are no answers to draw from.", "Ask first."),
    "nothing-to-undo": Meant(409, "There is no decision to undo.", "Read the review again."),
    "number-unmapped": Meant(422, "No column is taken as the number of the document.", "Map one as `begin`."),
    "original-missing": Meant(
        404, "The stored file is missing on the server.", "Tell the server's administrator."
    ),
    "prefix-wrong": Meant(
        422, "A prefix has letters, dots and dashes, and no digit at its end.", "Send another one."
    ),
    "production-missing": Meant(404, "The production is not there, or not any more.", "Have it made again."),
    "question-missing": Meant(422, "The question is empty.", "Send its words."),
    "question-not-ended": Meant(409, "The question is being asked, or did not fail.", "Wait for its end."),
    "question-too-long": Meant(422, "A question has at most 2,000 characters.", "Send a shorter one."),
    "questions-missing": Meant(422, "There is no file of questions.", "Send it as `questions`."),
    "questions-too-large": Meant(413, "A file of questions has at most 1 MiB.", "Send a shorter one."),
    "questions-unreadable": Meant(422, "The file of questions cannot be read.", "The message says why."),
    "reason-missing": Meant(422, "A rejection has no reason.", "Send it as `reason`."),
    "role-unknown": Meant(422, "A role is reviewer or admin.", "Send one of them."),
    "sample-size-wrong": Meant(422, "A sample has between 1 and 1,000 claims.", "Send another size."),
    "scope-missing": Meant(
        403,
        "The token lacks the scope that this needs.",
        "`WWW-Authenticate` names it; make a token that has it.",
    ),
    "scope-of-another-matter": Meant(
        422, "A question is about documents of its own matter only.", "Leave the others out."
    ),
    "second-person-needed": Meant(
        409, "A decision is confirmed by another person than its maker.", "Let another person confirm it."
    ),
    "server-fault": Meant(
        500,
        "Something went wrong on the server; nothing was done.",
        "Try again; then tell the administrator the request id.",
    ),
    "set-name-wrong": Meant(422, "A set's name has between 1 and 120 characters.", "Send another one."),
    "token-expired": Meant(422, "A token's end lies in the past.", "Choose a time to come."),
    "token-invalid": Meant(401, "The token is unknown, expired or revoked.", "Make a new one."),
    "token-missing": Meant(401, "No token was sent.", "Send the header `Authorization: Bearer ...`."),
    "token-name-wrong": Meant(422, "A token needs a name of at most 100 characters.", "Send one."),
    "token-scopes-wrong": Meant(422, "A token needs at least one of the scopes.", "Choose some."),
    "too-many-requests": Meant(
        429, "There were more requests in a minute than are taken.", "Wait `Retry-After` seconds."
    ),
    "upload-complete": Meant(409, "The upload is complete.", "Begin another."),
    "upload-hash-wrong": Meant(
        422, "The bytes have another SHA-256 than was announced.", "Send them again from the first."
    ),
    "upload-not-whole": Meant(409, "Some bytes are missing.", "Go on at `received_bytes` of the upload."),
    "upload-offset-wrong": Meant(
        409, "The part does not begin where the last one ended.", "Go on at `received_bytes`."
    ),
    "upload-too-large": Meant(413, "The file is larger than this server takes.", "Split it."),
    "upload-too-long": Meant(413, "There are more bytes than were announced.", "Begin another upload."),
    "value-not-of-type": Meant(
        422, "The correction is no value of the column's type.", "Write it as the message says."
    ),
    "webhook-address": Meant(
        422,
        "The address cannot be told anything.",
        "Give a whole one of outside that begins with https://, without password or fragment.",
    ),
    "webhook-kind-unknown": Meant(
        422, "There is no event of this name.", "Use the names that events have as `type`."
    ),
    "webhook-under-way": Meant(409, "The message is still being sent.", "Wait for its end."),
}
