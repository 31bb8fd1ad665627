"""The report in Word: findings with their quotes, by question or by document, on the template's styles."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import IO

from docx.document import Document as Report
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from reviewapp.exports import template
from reviewapp.exports.cells import WITHOUT, Cell, Row, name_of, page_words
from reviewapp.exports.content import Content
from reviewapp.exports.models import Export
from reviewapp.exports.plain import fit, one_line
from reviewapp.frame.marking import cut
from reviewapp.frame.words_answers import QUOTES
from reviewapp.questions.models import Answer, Citation

#: Lines of the summary, and of what was not read.
MOST_SECTIONS, MOST_LISTED = 200, 1_000
HEADS = ("Found", "To check", "Not found", "Not examined", "Reviewed")


@dataclass(frozen=True)
class Section:
    """A question with its cells, or a document with its."""

    name: str
    cells: Sequence[Cell]

    def counts(self) -> tuple[int, ...]:
        """How many cells are as `HEADS` say."""
        states = Counter(cell.state for cell in self.cells)
        without = sum(states[state] for state in (*WITHOUT, ""))
        found, check = states[Answer.State.SUPPORTED], states[Answer.State.CHECK]
        reviewed = sum(cell.review is not None for cell in self.cells)
        return found, check, states[Answer.State.NOT_FOUND], without, reviewed


def write(content: Content, file: IO[bytes], tick: Callable[[], None]) -> None:
    """The report, written after what stands in the template. Raises template.TemplateError."""
    report = template.open_template()
    rows = []
    for row in content.rows():
        rows.append(row)
        tick()
    sections = list(_by_document(content, rows) if _is_by_document(content) else _by_question(content, rows))
    _front(report, content, sections)
    for section in sections:
        _section(report, content, section)
    _not_read(report, content)
    report.save(file)


def _is_by_document(content: Content) -> bool:
    return content.export.order == Export.Order.DOCUMENT


def _by_question(content: Content, rows: Sequence[Row]) -> Iterator[Section]:
    for number, asked in enumerate(content.asked):
        cells = [row.cells[number] for row in rows]
        yield Section(_heading(asked.label, asked.wording), _listed(content, cells))


def _by_document(content: Content, rows: Sequence[Row]) -> Iterator[Section]:
    sections = (Section(row.document.name, _listed(content, row.cells)) for row in rows)
    return (section for section in sections if section.cells)


def _listed(content: Content, cells: Sequence[Cell]) -> list[Cell]:
    return [cell for cell in cells if cell.answer is not None or content.lists_unasked]


def _heading(label: str, wording: str) -> str:
    return label if label == wording else f"{label}: {wording}"


def _front(report: Report, content: Content, sections: Sequence[Section]) -> None:
    export, tally = content.export, content.tally
    report.core_properties.title, report.core_properties.subject = export.title, export.matter.name
    _say(report, export.title, template.TITLE)
    made = f"{export.matter.name}. Exported by {name_of(export.made_by)}, {export.created_at:%d %B %Y, %H:%M} UTC."
    _say(report, f"{made} {content.set_words}".strip(), template.SUBTITLE)
    _say(report, "Summary", template.SECTION)
    reviewed = sum(tally.decisions.values())
    _say(
        report,
        f"{tally.answers:,} answers from {len(tally.documents):,} documents to {len(content.asked):,} questions, "
        f"with {tally.quotes:,} quotes. People decided about {reviewed:,} of them; the others nobody has reviewed.",
        template.BODY,
    )
    table = report.add_table(rows=1, cols=1 + len(HEADS), style=template.TABLE)
    first = "Document" if _is_by_document(content) else "Question"
    lines = [(first, *HEADS), *((s.name, *map(str, s.counts())) for s in sections[:MOST_SECTIONS])]
    for number, line in enumerate(lines):
        cells = table.rows[0].cells if number == 0 else table.add_row().cells
        for cell, words in zip(cells, line, strict=True):
            run = cell.paragraphs[0].add_run(fit(words))
            run.bold = number == 0
    if len(sections) > MOST_SECTIONS:
        _say(report, f"and {len(sections) - MOST_SECTIONS:,} more, below.", template.BODY)


def _section(report: Report, content: Content, section: Section) -> None:
    _say(report, section.name, template.SECTION)
    if not section.cells:
        _say(report, "No document has been asked this.", template.BODY)
    found = [cell for cell in section.cells if cell.value or cell.found]
    for cell in found:
        _finding(report, content, cell)
    rest = [cell for cell in section.cells if not (cell.value or cell.found)]
    missing = [cell for cell in rest if cell.state == Answer.State.NOT_FOUND]
    without = [cell for cell in rest if cell.state != Answer.State.NOT_FOUND]
    for title, cells in (("Not found", missing), ("Not examined", without)):
        if cells:
            _say(report, title, template.FINDING)
            for cell in cells:
                note = cell.answer.note if cell.answer else ""
                said = ". ".join(filter(None, (_name(content, cell), _why(cell), note)))
                _say(report, said, template.BULLET)


def _why(cell: Cell) -> str:
    """What is to be said of a cell without a value, beside that it has none."""
    if cell.review:
        return cell.decided
    is_said_above = cell.state in (Answer.State.NOT_FOUND, Answer.State.NOT_EXAMINED)
    return "" if is_said_above else cell.state_words


def _name(content: Content, cell: Cell) -> str:
    return cell.asked.label if _is_by_document(content) else cell.document.name


def _finding(report: Report, content: Content, cell: Cell) -> None:
    _say(report, _name(content, cell), template.FINDING)
    if cell.value:
        _say(report, cell.value, template.ANSWER)
    if cell.found != cell.value:
        _say(report, f"Nightbrief had found: {cell.found}", template.STATUS)
    status = cell.standing if cell.review else f"{cell.standing}; not reviewed"
    _say(report, f"{status}. {cell.reason}".strip(), template.STATUS)
    for citation in cell.quotes:
        _quote(report, content, cell, citation)


def _quote(report: Report, content: Content, cell: Cell, citation: Citation) -> None:
    quote = report.add_paragraph(style=template.QUOTE)
    quote.add_run("“")
    for piece in cut(citation.quote.replace("\n", " ").replace("\xa0", " "), citation.marked):
        quote.add_run(fit(piece.text)).bold = piece.marked or None
    quote.add_run("”")
    where = report.add_paragraph(style=template.CITATION)
    place = fit(f"{cell.document.name}, {page_words(citation)}")
    if content.export.address:
        _link(where, content.page_address(citation), place)
    else:
        where.add_run(place)
    said = ", ".join(filter(None, (citation.heading, QUOTES.get(citation.verification, ""))))
    where.add_run(f"; {fit(said)}" if said else "")


def _not_read(report: Report, content: Content) -> None:
    _say(report, "What was not examined", template.SECTION)
    lines = list(content.not_read())
    if not lines and not content.tally.without:
        _say(report, "Every document in scope was examined, and all of its pages were read.", template.BODY)
    for label, states in content.tally.without.items():
        number = sum(states.values())
        _say(
            report,
            f"{label}: {number:,} document{'s' if number != 1 else ''} without an answer",
            template.BULLET,
        )
    if lines:
        _say(report, "Files and parts of files that were not read", template.FINDING)
    for name, why in lines[:MOST_LISTED]:
        _say(report, f"{name}: {why}", template.BULLET)
    if len(lines) > MOST_LISTED:
        _say(report, f"and {len(lines) - MOST_LISTED:,} more", template.BULLET)


def _say(report: Report, words: str, style: str) -> None:
    report.add_paragraph(fit(one_line(words)), style=style)


def _link(paragraph: Paragraph, address: str, words: str) -> None:
    key = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), key)
    link.append(paragraph.add_run(words)._r)
    paragraph._p.append(link)
