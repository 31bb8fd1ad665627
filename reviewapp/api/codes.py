"""What the codes of refusals mean, for who writes programs: the status, and what to do."""

from typing import NamedTuple


class Meant(NamedTuple):
    """A code's HTTP status, what it says, and what to do."""

    status: int
    says: str
    do: str


CODES = {
    "already-a-member": Meant(409, "The person is a member of the matter.", "Change the role instead."),
    "batch-empty": Meant(422, "No file was sent.", "Send at least one, as `files`."),
    "body-too-large": Meant(413, "The body holds more than is taken at once.", "Send it in parts."),
    "body-unreadable": Meant(400, "The body is broken off or malformed.", "Send it again."),
    "busy": Meant(
        503, "More waits to be answered than there is room for.", "Ask again after `Retry-After` seconds."
    ),
    "changed-meanwhile": Meant(
        412, "The record has another ETag than `If-Match` names.", "Read it again, then repeat your change."
    ),
    "external-id-taken": Meant(
        409, "Another document of the matter has this external id.", "Take it from that one first."
    ),
    "external-id-too-long": Meant(422, "An external id has at most 200 characters.", "Send a shorter one."),
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
    "json-invalid": Meant(400, "The body is not JSON.", "Check it and send it again."),
    "last-admin": Meant(
        409, "The matter would be left without an admin.", "Make somebody else an admin first."
    ),
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
    "not-available": Meant(
        404,
        "There is no such thing, or it is not for this token.",
        "Check the id, and whom the token belongs to.",
    ),
    "not-signed-in": Meant(401, "Nobody is signed in.", "Send a good token."),
    "original-missing": Meant(
        404, "The stored file is missing on the server.", "Tell the server's administrator."
    ),
    "question-missing": Meant(422, "The question is empty.", "Send its words."),
    "question-not-ended": Meant(409, "The question is being asked, or did not fail.", "Wait for its end."),
    "question-too-long": Meant(422, "A question has at most 2,000 characters.", "Send a shorter one."),
    "role-unknown": Meant(422, "A role is reviewer or admin.", "Send one of them."),
    "scope-missing": Meant(
        403,
        "The token lacks the scope that this needs.",
        "`WWW-Authenticate` names it; make a token that has it.",
    ),
    "scope-of-another-matter": Meant(
        422, "A question is about documents of its own matter only.", "Leave the others out."
    ),
    "server-fault": Meant(
        500,
        "Something went wrong on the server; nothing was done.",
        "Try again; then tell the administrator the request id.",
    ),
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
}
