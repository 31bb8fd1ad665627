"""What pages call things: one place for the words of statuses, dispositions, verifications and actions."""

from typing import NamedTuple

from django.template.defaultfilters import filesizeformat

from reviewapp.frame.words_numbers import count_words, duration_words, time_left_words


class Label(NamedTuple):
    """Words for a value, the tone they are shown in (a CSS class) and the icon beside them."""

    words: str
    tone: str
    icon: str


class Step(NamedTuple):
    """What a matter's home says to do next: tone and icon as in `Label`, a first sentence and what follows it.

    Both are formatted with the numbers that `step_words` takes. Without an icon it fills the page.
    """

    tone: str
    icon: str
    head: str
    says: str


#: The tabs of a matter, for everybody and for its admins: the address by name, the tab, its words.
TABS = (
    ("matter", "home", "Overview"),
    ("documents", "documents", "Documents"),
    ("questions", "questions", "Ask"),
    ("grids", "grids", "Grid"),
    ("clauses", "clauses", "Clauses"),
    ("exports", "exports", "Export"),
)
ADMIN_TABS = (
    ("upload", "upload", "Upload"),
    ("members", "members", "Members"),
    ("consolidation", "consolidation", "Consolidation"),
    ("lab", "lab", "Memory lab"),
    ("jobs", "jobs", "Jobs"),
    ("webhooks", "webhooks", "Webhooks"),
    ("audit", "audit", "Audit"),
    ("matter_settings", "settings", "Settings"),
)

STATES = {
    "": Label("Accepted, not requested yet", "", "document"),
    "waiting": Label("Waiting its turn", "", "clock"),
    "consolidating": Label("Being prepared", "busy", "work"),
    "ready": Label("Ready", "good", "check"),
    "failed": Label("Failed", "bad", "alert"),
    "cancelled": Label("Cancelled", "", "ban"),
}

CONSOLIDATION = {
    "started": "{documents} now waiting to be consolidated.",
    "retried": "{documents} will be tried again.",
    "cancelled": "{documents} cancelled. What is ready stays ready.",
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
    "not_read": Label("Not read", "bad", "alert"),
    "withdrawn": Label("Withdrawn", "", "ban"),
}

#: The parts of an upload's list that are no disposition.
PARTS = {"all": "All", "problems": "Problems", "partly": "Accepted with gaps"}

FIGURES = {
    "ready": "ready",
    "consolidating": "being prepared",
    "waiting": "waiting",
    "not_requested": "not requested",
    "failed": "failed",
    "cancelled": "cancelled",
    "being_read": "being read",
}
FOR_THE_NIGHT = "waiting for the night"

STEPS = {
    "upload_first": Step(
        "",
        "",
        "Add the first documents",
        "PDF, Word, Excel, PowerPoint, text, HTML and mail files, scans, or ZIP archives of them. Each is read, then "
        "consolidated; after that it answers questions.",
    ),
    "nothing_yet": Step(
        "",
        "",
        "No documents yet",
        "An admin of this matter adds them. You can ask as soon as the first one is ready.",
    ),
    "being_read": Step(
        "", "work", "{being_read} being read.", "Documents appear here as soon as their text is known."
    ),
    "restart_failed": Step(
        "bad",
        "alert",
        "{failed} could not be prepared.",
        "The reason stands beside each under Documents. Questions are answered without what failed.",
    ),
    "consolidate": Step(
        "warn", "idea", "{documents}, {ready} ready.", "The others are not being consolidated."
    ),
    "wait_for_night": Step(
        "",
        "moon",
        "{documents}, {ready} ready.",
        "What is not ready is consolidated at night, or now where you cannot wait.",
    ),
    "ask_meanwhile": Step(
        "",
        "work",
        "You can ask already.",
        "Answers come from what is ready ({ready} of {documents}), and say what was left out.",
    ),
    "wait": Step(
        "",
        "work",
        "Preparing the documents.",
        "Each answers questions as soon as it is ready; none is yet.",
    ),
    "wait_for_admin": Step(
        "warn", "alert", "No document is ready.", "An admin of this matter can have them prepared."
    ),
    "ask": Step("", "", "", ""),
}

NOTES = {
    "unread": Label("Not read", "bad", "alert"),
    "covered": Label("Covered or redacted", "warn", "alert"),
    "invisible": Label("Invisible text", "warn", "alert"),
    "garbled": Label("Unreadable text", "bad", "alert"),
    "hidden": Label("Hidden text", "warn", "alert"),
    "changes": Label("Tracked changes", "warn", "alert"),
    "form": Label("Form", "", "document"),
    "comments": Label("Comments", "", "document"),
    "ocr": Label("Text recognition", "warn", "search"),
    "inside": Label("Files inside", "", "folder"),
    "reading": Label("How it was read", "", "document"),
}

ADVICE = {
    "not_read": "Read it again. If that fails too, tell who runs Nightbrief.",
    "duplicate": "Nothing to do: the same file is in this matter already.",
    "encrypted": "Remove the password in the program that made the file, then upload it again.",
    "no_text": "The pages are images. Run text recognition (OCR) on the file, then upload the result.",
    "unsupported": "Save it as PDF or in one of the kinds that are read, then upload that.",
    "damaged": "Open it in the program that made it, save it again, then upload the new file.",
    "too_large": "Split the file into parts, then upload those.",
}

FIELDS = {
    "title": "Title",
    "amended_title": "Amends",
    "party": "Party",
    "agreement_date": "Dated",
    "effective_date": "Takes effect",
    "expiry": "Expires",
    "term": "Term",
    "renewal_term": "Renewal",
    "notice_period": "Notice of non-renewal",
    "governing_law": "Governing law",
    "forum": "Forum",
    "amount": "Amount",
    "cap": "Cap of liability",
    "notice_address": "Address for notices",
    "signatory": "Signed by",
}

MATTERS = {
    "closed": Label("Closed", "", "folder"),
    "empty": Label("Empty", "", "document"),
    "ready": Label("Ready", "good", "check"),
    "not_ready": Label("Not all ready", "", "clock"),
}

MESSAGES = {
    "debug": Label("", "good", "alert"),
    "info": Label("", "good", "check"),
    "success": Label("", "good", "check"),
    "warning": Label("", "warn", "alert"),
    "error": Label("", "bad", "alert"),
}

JOB_STATUSES = {
    "waiting": Label("Waiting", "", "clock"),
    "running": Label("Running", "busy", "work"),
    "succeeded": Label("Succeeded", "good", "check"),
    "failed": Label("Failed", "bad", "alert"),
    "cancelled": Label("Cancelled", "", "ban"),
}

BACK = {"answer": "Back to the answer", "search": "Back to the search", "matter": "All documents"}

ROLES = {"reviewer": "Reviewer", "admin": "Admin"}

TOO_LONG = "The text that was sent is too long. Send it in parts, or upload it as a file."


def share_words(share: float) -> str:
    """How much of two texts is the same; only the same text is all of it."""
    return "The same text" if share == 1 else f"Nearly the same ({min(99, round(100 * share))} %)"


def ready_words(ready: int, documents: int) -> str:
    """How many documents of a matter are ready."""
    return f"{ready:,} of {count_words(documents, 'document')} ready"


def documents_words(documents: int, ready: int) -> str:
    """How many documents a matter has, and how many of them are ready."""
    return count_words(documents, "document") + (f", {ready:,} ready" if documents else "")


def matter_label(documents: int, ready: int, *, closed: bool) -> Label:
    """How far a matter is."""
    if closed:
        return MATTERS["closed"]
    if not documents:
        return MATTERS["empty"]
    return MATTERS["ready" if ready == documents else "not_ready"]


def rest_words(under_way: bool, seconds_left: float | None) -> str:
    """How long the consolidation of a matter will take still; empty when it is over."""
    if not under_way:
        return ""
    return time_left_words(seconds_left) if seconds_left else "time left not known yet"


def read_words(done: int, total: int) -> str:
    """How many files of an upload have been read."""
    return (
        f"{done:,} of {count_words(total, 'file')} read"
        if done < total
        else f"{count_words(total, 'file')}, all read"
    )


def files_told(*, done: int, total: int, accepted: int, duplicates: int, problems: int) -> str:
    """What is read out about the files of an upload."""
    if done < total:
        return f"{read_words(done, total)}."
    copies = count_words(duplicates, "duplicate")
    return f"All read: {accepted:,} accepted, {copies}, {count_words(problems, 'open problem')}."


def part_words(name: str) -> str:
    """What a part of an upload's list is called."""
    return PARTS.get(name) or DISPOSITIONS[name].words


def state_words(windows: int, seconds: float, size: int) -> str:
    """What a saved state was made of and takes; `size` in bytes."""
    return f"{count_words(windows, 'window')} in {duration_words(seconds)}, {filesizeformat(size)} of state"


def windows_words(done: int, total: int) -> str:
    """How many windows of a document have been read."""
    return f"{done:,} of {count_words(total, 'window')}"


def start_words(status: str) -> str:
    """What a button says that has a document consolidated."""
    return "Try again" if status == "failed" else "Start"


def step_words(name: str, *, documents: int, ready: int, failed: int, being_read: int) -> Step:
    """The words of the next step of this name, with its numbers."""
    numbers = {
        "documents": count_words(documents, "document"),
        "ready": f"{ready:,}",
        "failed": count_words(failed, "document"),
        "being_read": count_words(being_read, "file"),
    }
    step = STEPS[name]
    return step._replace(head=step.head.format(**numbers), says=step.says.format(**numbers))


def too_many_files(most: int) -> str:
    """What to do about more files in one upload than are taken."""
    return f"At most {most:,} files can be uploaded at once. Upload them in parts, or put them into ZIP archives."
