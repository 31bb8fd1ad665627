"""The words of exports."""

from reviewapp.frame.words_answers import CELLS

#: What stands in a cell that was not asked, and what each state is called.
NOT_ASKED = "Not asked"
STATES = {state: label.words for state, label in CELLS.items()} | {"not_asked": NOT_ASKED}

#: What each format is for, in the order in which they are offered.
FORMATS = {
    "xlsx": (
        "Excel workbook",
        "Documents and questions as a table, each answer with its quotes and a link to the page; every quote, every "
        "decision and what was not examined on sheets of their own.",
    ),
    "docx": (
        "Word report",
        "Findings with their quotes, by question or by document. Set in your firm's template.",
    ),
    "pdf": (
        "PDF report",
        "The same findings, to be read and filed as they are: with bookmarks, and readable to screen readers.",
    ),
    "csv": ("CSV table", "One answer a row, for other programs."),
    "json": ("JSON", "Every answer with its proof and history, for other programs."),
}

NOTHING_CHOSEN = "Choose first what to export: all answers, a grid or a question."
