"""The Excel workbook. Rows are written as they come, so that memory does not grow with them."""

from collections.abc import Callable
from typing import IO, Any

import xlsxwriter

from reviewapp.documents.storage import temporary_folder
from reviewapp.exports.cells import Cell, Row, name_of, page_words
from reviewapp.exports.content import Content
from reviewapp.exports.plain import one_line
from reviewapp.exports.sheets import Link, Sheet, Styles
from reviewapp.frame.words_answers import QUOTES
from reviewapp.frame.words_exports import STATES
from reviewapp.frame.words_grids import DECISIONS
from reviewapp.frame.words_numbers import times_words

EACH = (
    "Document", "Question", "State", "Answer", "Condition", "Found by Nightbrief", "Decision", "Reviewer",
    "Decided (UTC)", "Confirmed by", "Reason", "First quote", "Page", "Note", "Asked, time", "Answered (UTC)",
)  # fmt: skip
EVIDENCE = (
    "Document",
    "Question",
    "Answer",
    "State",
    "Quote",
    "Page",
    "What it is",
    "How it was found",
    "Clause",
)
REVISIONS = ("Document", "Question", "Time (UTC)", "What", "By", "Answer", "Reason")
#: Quotes of a comment; the sheet of evidence has all of them.
MOST_QUOTES = 3
MOST_LISTED = 1_000
PASSAGE = "closest passage, no answer"
#: The fill of a cell by its state; what was decided goes before.
TONES = {
    "supported": "good", "check": "warn", "not_found": "none", "not_examined": "bad", "failed": "bad",
    "waiting": "bad", "not_asked": "bad",
}  # fmt: skip
DECIDED_TONES = {"accept": "good", "correct": "good", "reject": "bad"}


def write(content: Content, file: IO[bytes], tick: Callable[[], None]) -> None:
    """Five sheets: the table of answers, every answer, the evidence, revisions, and what the file is."""
    options = {"constant_memory": True, "tmpdir": str(temporary_folder())}
    with xlsxwriter.Workbook(file, options) as book:
        book.set_properties({"title": content.export.title, "subject": content.export.matter.name})
        sheets = _Sheets(content, book)
        for row in content.rows():
            sheets.add(row)
            tick()
        sheets.end()


class _Sheets:
    """The sheets of one workbook; each row of the content adds to all of them."""

    def __init__(self, content: Content, book: Any) -> None:
        self.content = content
        styles = Styles(book)
        heads = [head for asked in content.asked for head in (asked.label, "State")]
        widths = [40, *(24 if n % 2 == 0 else 16 for n in range(len(heads)))]
        self.answers = Sheet(book, styles, "Answers", ["Document", *heads], widths)
        self.each = Sheet(
            book,
            styles,
            "Every answer",
            EACH,
            [40, 30, 14, 24, 40, 24, 12, 20, 17, 20, 24, 60, 12, 24, 9, 17],
        )
        self.evidence = Sheet(
            book, styles, "Evidence", EVIDENCE, [40, 30, 24, 14, 80, 12, 20, 20, 24], wrapped=(4,)
        )
        self.revisions = Sheet(book, styles, "Revisions", REVISIONS, [40, 30, 17, 20, 20, 30, 30])
        self.about = Sheet(book, styles, "About", (), [34, 60, 20, 14])

    def add(self, row: Row) -> None:
        """A document: a row of the table, and a row in the others for each thing to say of its cells."""
        self.answers.begin(row.document.name)
        for cell in row.cells:
            self._table_cell(cell)
            if cell.answer is None and not self.content.lists_unasked:
                continue
            self._every(cell)
            self._evidence(cell)
            self._revisions(cell)
        self.answers.end_row()

    def _table_cell(self, cell: Cell) -> None:
        if cell.answer is None and not self.content.lists_unasked:
            self.answers.skip(2)
            return
        tone = tone_of(cell)
        self.answers.put(self._linked(cell, cell.said), tone, comment=self._comment(cell))
        decided = f"{cell.state_words}, {cell.decision.lower()}" if cell.decision else cell.state_words
        self.answers.put(decided, tone)

    def _linked(self, cell: Cell, words: str) -> Link | str:
        if cell.answer is None or not words:
            return words
        quotes = cell.quotes
        address = self.content.page_address(quotes[0]) if quotes else self.content.cell_address(cell.answer)
        return Link(address, words)

    def _comment(self, cell: Cell) -> str:
        said = [f"{page_words(quote)}: “{one_line(quote.quote)}”" for quote in cell.quotes[:MOST_QUOTES]]
        if len(cell.quotes) > MOST_QUOTES:
            said.append(f"and {len(cell.quotes) - MOST_QUOTES} more, see Evidence")
        if cell.decided_at:
            said.append(f"{cell.decided}, {cell.decided_at:%Y-%m-%d %H:%M} UTC")
        return "\n".join(said)

    def _every(self, cell: Cell) -> None:
        answer, quotes = cell.answer, cell.quotes
        self.each.row(
            cell.document.name, cell.asked.label, cell.state_words, self._linked(cell, cell.value), cell.condition,
            cell.found, cell.decision, cell.reviewer, cell.decided_at, cell.confirmed_by, cell.reason,
            one_line(quotes[0].quote) if quotes else "",
            Link(self.content.page_address(quotes[0]), page_words(quotes[0])) if quotes else "",
            cell.note, answer.version if answer else "", answer.finished_at if answer else None,
            tones={2: tone_of(cell)},
        )  # fmt: skip

    def _evidence(self, cell: Cell) -> None:
        for citation in cell.citations:
            is_quote = citation.kind == citation.Kind.QUOTE
            self.evidence.row(
                cell.document.name, cell.asked.label, cell.said, cell.state_words, citation.quote,
                Link(self.content.page_address(citation), page_words(citation)),
                "quote" if is_quote else PASSAGE, QUOTES.get(citation.verification, ""), citation.heading,
                tones={3: tone_of(cell)},
            )  # fmt: skip

    def _revisions(self, cell: Cell) -> None:
        """Where there is more to tell than one answer: every answer and decision of the cell, in their order."""
        every = [*cell.earlier, cell.answer] if cell.answer else cell.earlier
        for answer in every:
            decisions = list(answer.decisions.all())
            if len(every) == 1 and not decisions:
                return
            where = (cell.document.name, cell.asked.label)
            replaced = ", replaced later" if answer.superseded_at else ""
            self.revisions.row(
                *where, answer.finished_at, f"Answered{replaced}", "Nightbrief", answer.text, answer.note
            )
            for made in decisions:
                what = DECISIONS[made.kind].words
                self.revisions.row(*where, made.created_at, what, name_of(made.by), made.text, made.reason)

    def end(self) -> None:
        """Close the tables, and write what the file is: known only now."""
        for sheet in (self.answers, self.each, self.evidence, self.revisions):
            sheet.close()
        self._about()

    def _about(self) -> None:
        content, about = self.content, self.about
        export, tally = content.export, content.tally
        about.head(export.title)
        for name, value in (
            ("Matter", export.matter.name), ("Question set", content.set_words),
            ("Exported by", name_of(export.made_by)), ("Asked for (UTC)", export.created_at),
            ("Address", export.address), ("Documents", len(tally.documents)), ("Questions", len(content.asked)),
            ("Answers", tally.answers), ("Quotes", tally.quotes),
        ):  # fmt: skip
            about.row(name, value)
        about.head("Answers by state")
        for state, words in STATES.items():
            if tally.states[state]:
                about.row(words, tally.states[state], tones={0: TONES.get(state, "")})
        if tally.conditional:
            about.row("With a condition", tally.conditional)
        about.head("Decisions")
        for kind, number in sorted(tally.decisions.items()):
            about.row(DECISIONS[kind].words, number)
        about.row("Not reviewed", tally.answers - sum(tally.decisions.values()))
        about.head("Questions")
        for asked in content.asked:
            version = f"asked {times_words(asked.question.version)}" if asked.question else "not asked"
            about.row(asked.label, asked.wording, asked.type, version)
        about.head("Not examined")
        for label, states in tally.without.items():
            about.row(label, ", ".join(f"{STATES[state]}: {number}" for state, number in states.items()))
        self._not_read()

    def _not_read(self) -> None:
        self.about.head("Files and parts of files that were not read")
        more = 0
        for number, (name, why) in enumerate(self.content.not_read()):
            if number < MOST_LISTED:
                self.about.row(name, why)
            else:
                more += 1
        if more:
            self.about.row(f"and {more} more", "See Problems in the matter.")


def tone_of(cell: Cell) -> str:
    """The fill of a cell."""
    return DECIDED_TONES[cell.review.kind] if cell.review else TONES[cell.state or "not_asked"]
