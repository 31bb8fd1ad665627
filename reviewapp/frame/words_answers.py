"""What pages call what comes of a question: its stages, its cells, their quotes and what found them."""

from collections.abc import Iterable, Mapping

from reviewapp.frame.words import Label

STAGES = {
    "waiting": "Waiting for a worker",
    "routing": "Finding the documents to ask",
    "finding": "Finding the passages",
    "reading": "Reading the passages",
    "judging": "Judging the answer",
    "done": "Done",
    "failed": "Failed",
    "cancelled": "Cancelled",
}

UNCHECKED = "Being written, not yet checked"

CELLS = {
    "waiting": Label("Waiting", "busy", "clock"),
    "supported": Label("Supported", "good", "check"),
    "check": Label("Check this", "warn", "alert"),
    "not_found": Label("Not found", "", "search"),
    "not_examined": Label("Not examined", "", "clock"),
    "failed": Label("Failed", "bad", "alert"),
}

# NB: these say how a quote was found in the text; whether it answers the question is said by the cell.
VERIFICATIONS = {
    "exact": Label("Quoted word for word from the document", "", "document"),
    "tolerant": Label("Quoted; the document differs slightly in spacing, case or signs", "", "document"),
    "read": Label("Found by reading the passages, not from memory", "", "search"),
    "unverified": Label("The words stand in the document, but may not answer the question", "warn", "alert"),
}

QUOTES = {
    "exact": "word for word",
    "tolerant": "tolerant match",
    "read": "found by reading",
    "unverified": "may not answer the question",
}

FOUND_BY = {
    "state": "from memory (saved states)",
    "reader": "by reading passages",
    "rules": "by rules",
    "tagger": "by likeness to clauses of this kind",
    "reading": "by reading passages",
    "writer": "written from passages; every statement has its quote",
}

#: What is said of answers that differ from the one that is given, by the state of the cell.
OTHERS_TRUST = {
    "supported": "A second reading agrees with the answer above, and not with these.",
    "check": "No second reading settles which one is right: the quote does.",
}

EXAMINED = {
    "state": "asked from memory",
    "read": "passages read",
    "ranked": "compared with the question, not asked",
    "waiting": "not ready, not examined",
}


def found_by_words(found_by: str) -> str:
    """What made an answer; several makers have commas between them."""
    return " and ".join(FOUND_BY.get(maker, maker) for maker in found_by.split(",") if maker)


def others_told(said: str, others: Iterable[Mapping[str, str]]) -> list[tuple[str, str]]:
    """The answers that differ from what is said, each once, with what made them."""
    found: dict[str, tuple[str, list[str]]] = {}
    for other in others:
        text = " ".join(other["text"].split())
        makers = found.setdefault(text.casefold().rstrip("."), (text, []))[1]
        if (words := found_by_words(other.get("found_by", ""))) and words not in makers:
            makers.append(words)
    found.pop(" ".join(said.split()).casefold().rstrip("."), None)
    return [(text, " and ".join(makers)) for text, makers in found.values()]


def condition_words(condition: str) -> str:
    """The condition of a Yes or No, as it is said behind it."""
    return f"but see “{condition}”"


#: From what an answer was reckoned, beside it.
RECKONED_FROM = "Reckoned: {how}. No quote says so itself."


def with_condition(said: str, condition: str) -> str:
    """A Yes or No with its condition, where it has one, in one line."""
    return f"{said}, {condition_words(condition)}" if said and condition else said


def too_many_chosen(most: int) -> str:
    """What to do about more chosen documents than a question takes."""
    return (
        f"At most {most:,} documents can be chosen for a question. Choose fewer, or none to ask all of them."
    )


#: What the list of questions is narrowed to.
OUTCOMES = {
    "supported": "Supported",
    "check": "Check this",
    "not_found": "Not found",
    "failed": "Failed or stopped",
    "under_way": "Under way",
}
