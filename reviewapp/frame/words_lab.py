"""The words of the memory lab."""

from reviewapp.frame.words_numbers import count_words

#: Ways to keep documents and controls, by the name of their figures.
WAYS = {
    "state_n1": "states, 1 pass",
    "state_n2": "states, 2 passes",
    "state_n4": "states, 4 passes",
    "retrieval_full_text": "search by words, then reading",
    "retrieval_closeness": "search by vectors, then reading",
    "retrieval": "search by both, then reading",
    "compaction": "an extract of a tenth, read",
    "compacted_kv": "compacted keys and values, as many bytes as a state",
    "attention": "every passage, read",
    "product": "the product",
    "no_context": "control: nothing was read",
    "shuffled_state": "control: state of another document",
    "text_read_twice": "control: text read twice, 1 pass",
    "gold_passage": "control: the right passage, read",
}
#: The same where there is little room.
SHORT = {
    "state_n1": "1 pass",
    "state_n2": "2 passes",
    "state_n4": "4 passes",
    "retrieval": "search",
    "compaction": "extract",
    "compacted_kv": "compacted",
    "attention": "read whole",
    "product": "the product",
    "no_context": "nothing read",
    "shuffled_state": "another's state",
}
#: What is no way to keep documents, but tells what the figures of the others mean.
CONTROLS = ("no_context", "shuffled_state", "text_read_twice", "gold_passage")
LENGTHS = {
    "short": "under 20,000 characters",
    "middle": "20,000 to 60,000 characters",
    "long": "60,000 characters and more",
}
WORDINGS = {"natural": "as people ask", "trained": "in words that the model was taught"}
SOURCES = {
    "own": (
        "Your own",
        "A CSV file with the columns document, question and answer; an empty answer says that the document has none. "
        "Perhaps also category (the kind of question) and quote (the words of the document that say it).",
    ),
    "reviewed": (
        "What people reviewed here",
        "Answers that were accepted or corrected in this matter count as the truth.",
    ),
    "shipped": (
        "About the demo's contracts",
        "Questions with their answers that come with Nightbrief, for the contracts of the demo matter.",
    ),
}
STATUSES = {
    "draft": ("Not begun", "", "clock"),
    "running": ("Being measured", "busy", "work"),
    "done": ("Done", "good", "check"),
    "ended": ("Ended by time", "warn", "clock"),
    "cancelled": ("Cancelled", "", "ban"),
    "failed": ("Failed", "bad", "alert"),
}
REMOVED = "The comparison was removed."
NO_COUNTS = (
    "This comparison is from before numbers of questions were kept: of how many questions each rate is cannot be "
    "told. The right passage was also looked for where the document has no answer, and its times count that."
)
NO_TIME_COUNTS = (
    "How many questions each median of times is of was not kept when this was measured, so that the longest times "
    "are not told."
)
#: Columns of times: of questions after the first one, and of first ones beside these and alone.
LATER_QUESTION, FIRST_QUESTION, ONE_QUESTION = (
    "A later question, ms",
    "The first one, ms",
    "The one question, ms",
)
#: Why a document of a comparison that is over was not measured.
NOT_REACHED = {
    "ended": "The time was over before this document was measured.",
    "cancelled": "The comparison was cancelled before this document was measured.",
    "failed": "The comparison failed before this document was measured.",
}


def asked_together(documents: str) -> str:
    """Questions of so many documents at once: 'of 1 document', 'of 4 documents at once'."""
    return "of 1 document" if documents == "1" else f"of {documents} documents at once"


def of_kind(kind: str) -> str:
    """Questions of a kind, by the name that it has in their file."""
    return f"kind: {kind or 'none'}"


def reached_words(questions: int, of_questions: int, documents: int, of_documents: int) -> str:
    """What was measured of all: '51 of 88 questions, 6 of 10 documents'."""
    asked, kept = count_words(of_questions, "question"), count_words(of_documents, "document")
    return f"{questions:,} of {asked}, {documents:,} of {kept}"


def left_out_words(number: int | None, *, of_file: bool) -> str:
    """How much is left out, as '4 rows of the file left out'; of None it was not kept how much."""
    if number is None:
        return "Left out"
    return f"{count_words(number, 'row of the file,rows of the file' if of_file else 'question')} left out"
