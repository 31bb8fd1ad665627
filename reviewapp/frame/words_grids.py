"""The words of grids and of review."""

from reviewapp.frame.words import Label

#: Which cells rows can be narrowed to.
FILTERS = {
    "unreviewed": "Not reviewed",
    "second": "Waiting for a second reviewer",
    "check": "Check this",
    "supported": "Supported",
    "not_found": "Not found",
    "conditional": "With a condition",
    "disagreement": "Other answers differ",
    "ocr": "Rests on text recognition",
    "changed": "Changed since it was asked before",
    "stale": "Document read anew since",
    "corrected": "Corrected",
    "rejected": "Rejected",
    "failed": "Failed or not examined",
}

DECISIONS = {
    "accept": Label("Accepted", "good", "check"),
    "correct": Label("Corrected", "good", "check"),
    "reject": Label("Rejected", "bad", "cross"),
    "confirm": Label("Confirmed", "good", "check"),
    "undo": Label("Taken back", "", "retry"),
}

#: The sign in a cell of the grid, and what it stands for: by state, then by decision.
SIGNS = {
    "supported": ("✓", "supported"),
    "check": ("!", "check this"),
    "not_found": ("", ""),
    "not_examined": ("…", ""),
    "waiting": ("…", ""),
    "failed": ("✕", ""),
}
DECIDED = {
    "accept": ("●", "accepted"),
    "correct": ("✎", "corrected"),
    "reject": ("✗", "rejected"),
}

#: What stands in a cell that has no value.
EMPTY = {
    "not_found": "not found",
    "not_examined": "not examined",
    "waiting": "waiting",
    "failed": "failed",
    "": "not asked",
}

ASKED_AGAIN = "Everything that was asked is up to date. Nothing had to be asked again."


#: What is best done with documents before they are asked.
PLANS = {
    "consolidate": "preparing each once and asking what was kept, with the best passages as evidence,",
    "search": "searching the passages of each and reading the best ones",
    "summarise": "reading an extract of each",
    "read": "reading each whole for every question",
}

#: The same for the home of a matter, before its documents are prepared and after.
DOING = {
    "consolidate": "consolidating now",
    "search": "searching each for every question",
    "summarise": "reading an extract of each",
    "read": "reading each whole",
}
HAVING = DOING | {"consolidate": "having consolidated them"}
#: What that takes: more than reading, then less.
GAINS = (
    "takes {seconds} more of one processor core than",
    "saves {seconds} of one processor core against",
)
BRIEFS_HOLD_ALL = "all of them are already in the briefs."
BRIEFS_WILL_HOLD_ALL = "all of them will be in the briefs, which consolidating makes."
READ_EACH = "Each window is best read {passes}, by what was measured."


def night_words(first: int, last: int) -> str:
    """The hours of the night."""
    return f"from {first:02}:00 to {last:02}:00 UTC"
