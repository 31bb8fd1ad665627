"""What notices say, on their page and by e-mail."""

from collections.abc import Mapping

from reviewapp.frame.words_numbers import count_words

#: The icon beside a notice of each kind.
ICONS = {
    "grid": "check",
    "batch": "upload",
    "export": "download",
    "assigned": "document",
    "comment": "question",
    "changed": "retry",
}
MAIL_LINES = {
    "grid": "A grid that you ran is finished.",
    "batch": "Files that you added are read.",
    "export": "A file that you asked for is made.",
    "assigned": "Part of a grid was assigned to you.",
    "comment": "Somebody commented on a cell of yours.",
    "changed": "Answers that you asked for or decided about have changed.",
}
MAIL_FOOT = "What you are told, and whether by e-mail, is set at\n{address}\n"


def mail_subject(number: int) -> str:
    """The subject of a letter with so many notices."""
    return f"Nightbrief: {count_words(number, 'notice')}"


def notice_words(kind: str, name: str, detail: Mapping[str, int], by: str) -> str:
    """What a notice says about the object of this name."""
    if kind == "grid":
        return f"“{name}” is finished: {count_words(detail.get('cells', 0), 'cell')} answered."
    if kind == "batch":
        return (
            f"“{name}” is read: {_batch_words(detail)}."
            if "documents" in detail
            else f"“{name}” is taken in."
        )
    if kind == "export":
        return f"“{name}” is made and can be downloaded."
    if kind == "assigned":
        return f"{by} assigned you a part of “{name}”."
    if kind == "comment":
        return f"{by} commented on “{name}”."
    return f"{count_words(detail.get('answers', 0), 'answer')} to “{name}” came out other than before."


def _batch_words(detail: Mapping[str, int]) -> str:
    said = f"{count_words(detail['documents'], 'document')} ready"
    problems = detail.get("problems", 0)
    return f"{said}, {count_words(problems, 'problem')} to look at" if problems else said
