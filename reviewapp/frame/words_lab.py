"""The words of the memory lab."""

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
LENGTHS = {
    "short": "under 20,000 characters",
    "middle": "20,000 to 60,000",
    "long": "60,000 and more",
}
WORDINGS = {"natural": "as people ask", "trained": "in words that the model was taught"}
#: Questions of a kind, and of so many documents.
GROUPS = {
    "by_wording": "{}",
    "by_length": "{}",
    "by_kind": "kind: {}",
    "by_documents": "of {} documents at once",
}
NO_KIND = "none"
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
    "cancelled": ("Cancelled", "", "ban"),
    "failed": ("Failed", "bad", "alert"),
}
REMOVED = "The comparison was removed."
