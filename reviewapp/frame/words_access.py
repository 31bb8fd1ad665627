"""Words of the page of access tokens."""

#: What the scopes of a token let it do, as the page of tokens says it.
SCOPES = {
    "read": "Read documents, answers and everything else that you may read",
    "ask": "Ask questions",
    "review": "Decide about answers, note beside them and code documents",
    "upload": "Add files to matters that you administer",
    "consolidate": "Have documents consolidated in matters that you administer",
    "manage": "Manage matters, their members and their work",
    "audit": "Read what happened in matters that you administer",
}
