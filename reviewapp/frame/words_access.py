"""Words of the page of access tokens."""

#: What the scopes of a token let it do, as the page of tokens says it.
SCOPES = {
    "read": "Read documents, answers and everything else that you may read",
    "ask": "Ask questions",
    "upload": "Add files to matters that you administer",
    "consolidate": "Have documents consolidated in matters that you administer",
    "manage": "Manage matters, their members and their work",
    "audit": "Read what happened in matters that you administer",
}

NOT_TOGETHER = (
    "This user name and password do not go together. Check both; capital letters count in the password."
)
NOT_YOURS = "This is not your password. Capital letters count."
WRONG_CODE = "This code is not right, or was used already. Wait for the next one, or use a recovery code."


def too_many_attempts(seconds: int) -> str:
    """What is said after too many attempts to sign in."""
    minutes, rest = divmod(seconds, 60)
    if minutes == 0:
        wait = "1 second" if rest == 1 else f"{rest} seconds"
    else:
        minutes += rest > 0
        wait = "1 minute" if minutes == 1 else f"{minutes} minutes"
    return f"Too many attempts to sign in did not work. Wait {wait}, then try again."
