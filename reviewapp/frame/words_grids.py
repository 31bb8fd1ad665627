"""The words of grids and of review."""

from reviewapp.frame.words import Label
from reviewapp.frame.words_numbers import count_words, duration_words

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


#: What may cost less than to consolidate a document, of one and of several.
COST_LESS = {
    "search": (
        "searching its passages for each question and reading the best ones",
        "searching the passages of each for every question and reading the best ones",
    ),
    "summarise": ("reading an extract of it", "reading an extract of each"),
    "read": ("reading it whole for each question", "reading each whole for every question"),
}
LOOKING_UP = "With {seconds} s of a person for each answer that is not right"
ALL_THE_SAME = (
    "but nothing is answered from a document before it is consolidated, so that this is done all the same."
)
#: What consolidating and asking takes: more than reading, then less.
GAINS = ("{seconds} more than {each}", "{seconds} less than {each}")
CONSOLIDATED = ("it is consolidated", "all of them are consolidated")
BRIEFS_HOLD_ALL = "the briefs hold all of these answers already."
BRIEFS_WILL_HOLD_ALL = (
    "the briefs will hold all of these answers; {doing}, which makes the briefs, takes {seconds} of one processor "
    "core."
)
READ_EACH = "Each window is best read {passes}, by what was measured."
#: What is counted where something is called best.
RECKONED = (
    "Best is what costs least: the seconds of work, and {seconds} s of a person for each answer that is not right, "
    "who looks it up. It is reckoned by what was measured on public contracts: there {kept} of 100 answers were "
    "right after consolidating and {whole} after reading each document whole. Where these intervals (95 %) overlap, "
    "and with other documents, another way can be best."
)
#: The same where briefs hold all answers, of which none is weighed: of documents still to come, and of none.
RECKONED_OF_BRIEFS = (
    "Briefs are made when a document is consolidated, and from then on hold these answers, so that asking takes "
    "nothing more. How long consolidating takes is reckoned by what was measured on public contracts; other "
    "documents can take more or less.",
    "The briefs were made when the documents were consolidated. What they hold takes nothing more to ask, so that "
    "nothing is left to reckon.",
)


NIGHTS_ALLOWED = "Allowed: what arrives is consolidated {hours}."
NIGHTS_ENDED = "Ended: what arrives is consolidated at once again, and {documents} consolidated now."
NIGHTS_ENDED_EMPTY = "Ended: what arrives is consolidated at once again."


def night_words(first: int, last: int) -> str:
    """The hours of the night."""
    return f"from {first:02}:00 to {last:02}:00 UTC"


def night_did_words(consolidated: int, seconds: float, failed: int, taken_back: int, under_way: int) -> str:
    """What a night did with how many documents; `seconds` of work on those that it consolidated."""
    took = f" in {duration_words(seconds)}" if consolidated else ""
    said = [f"{count_words(consolidated, 'document')} consolidated{took}"]
    said += [f"{failed:,} failed"] if failed else []
    said += [f"{taken_back:,} not reached or cancelled"] if taken_back else []
    return ", ".join([*said, *([f"{under_way:,} waiting or at work"] if under_way else [])])
