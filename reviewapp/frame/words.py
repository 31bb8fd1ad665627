"""What pages call things: one place for the words of statuses, dispositions, verifications and actions."""

from typing import NamedTuple


class Label(NamedTuple):
    """Words for a value, the tone they are shown in (a CSS class) and the icon beside them."""

    words: str
    tone: str
    icon: str


STATES = {
    "": Label("Accepted, not requested yet", "", "document"),
    "waiting": Label("Waiting its turn", "", "clock"),
    "consolidating": Label("Consolidating", "busy", "work"),
    "ready": Label("Ready", "good", "check"),
    "failed": Label("Failed", "bad", "alert"),
    "cancelled": Label("Cancelled", "", "ban"),
}

DISPOSITIONS = {
    "pending": Label("Waiting to be read", "busy", "clock"),
    "accepted": Label("Accepted", "good", "check"),
    "duplicate": Label("Duplicate", "", "copy"),
    "encrypted": Label("Encrypted", "warn", "alert"),
    "no_text": Label("No text", "warn", "alert"),
    "unsupported": Label("Unsupported", "warn", "alert"),
    "damaged": Label("Damaged", "bad", "alert"),
    "too_large": Label("Too large", "warn", "alert"),
    "expanded": Label("Opened", "good", "folder"),
}

ADVICE = {
    "duplicate": "Nothing to do: the same file is in this matter already.",
    "encrypted": "Remove the password in the program that made the file, then upload it again.",
    "no_text": "The pages are images. Run text recognition (OCR) on the file, then upload the result.",
    "unsupported": "Save it as PDF, DOCX, TXT, MD, HTML or EML, then upload that.",
    "damaged": "Open it in the program that made it, save it again, then upload the new file.",
    "too_large": "Split the file into parts, then upload those.",
}

STAGES = {
    "waiting": "Waiting for a worker",
    "routing": "Finding the documents to ask",
    "answering": "Answering from memory",
    "checking": "Checking the quote in the text",
    "reading": "Reading the passages again",
    "done": "Done",
    "failed": "Failed",
    "cancelled": "Cancelled",
}

VERIFICATIONS = {
    "exact": Label("Exact quote: found word for word in the document", "good", "check"),
    "tolerant": Label(
        "Tolerant match: the quote differs slightly in spacing, case or signs", "good", "check"
    ),
    "read": Label("Found by reading the passages again, not from memory", "good", "search"),
    "unverified": Label(
        "Not verified: the words stand in the document, but may not answer the question. Check the quote",
        "warn",
        "alert",
    ),
}

EXAMINED = {
    "state": "asked from memory",
    "read": "passages read",
    "ranked": "compared with the question, not asked",
    "waiting": "not ready, not examined",
}

JOB_STATUSES = {
    "waiting": Label("Waiting", "", "clock"),
    "running": Label("Running", "busy", "work"),
    "succeeded": Label("Succeeded", "good", "check"),
    "failed": Label("Failed", "bad", "alert"),
    "cancelled": Label("Cancelled", "", "ban"),
}

ROLES = {"reviewer": "Reviewer", "admin": "Admin"}

CONFIDENCE = ((0.85, "high"), (0.6, "fair"), (0.35, "low"), (0.0, "very low"))


def confidence_words(share: float) -> str:
    """The word for a confidence from 0 to 1."""
    return next(words for least, words in CONFIDENCE if share >= least or least == 0.0)


def duration_words(seconds: float | None) -> str:
    """A length of time as people say it; empty when it is not known."""
    if seconds is None:
        return ""
    if seconds < 10:
        return f"{seconds:.1f} s"
    if seconds < 90:
        return f"{round(seconds)} s"
    if seconds < 5400:
        return f"{round(seconds / 60)} min"
    return f"{seconds / 3600:.1f} h"


def time_left_words(seconds: float | None) -> str:
    """How long it will take still, rounded up; empty when nothing can be said."""
    if seconds is None:
        return ""
    if seconds < 60:
        return "less than a minute left"
    minutes = -int(-seconds // 60)
    if minutes < 90:
        return f"about {minutes} minutes left"
    return f"about {round(minutes / 60)} hours left"


def count_words(number: int, noun: str) -> str:
    """'1 page', '3 pages', '1,024 pages'; an irregular plural follows a comma ("match,matches")."""
    one, _, many = noun.partition(",")
    return f"{number:,} {one if number == 1 else many or one + 's'}"
