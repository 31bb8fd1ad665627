"""What a report says, in its order, by question or by document: the same in Word and in PDF."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from reviewapp.exports.cells import WITHOUT, Cell, Row, name_of, page_words
from reviewapp.exports.content import Content
from reviewapp.exports.models import Export
from reviewapp.exports.plain import fit, one_line
from reviewapp.frame.marking import LEFT_OUT, cut
from reviewapp.frame.words_answers import QUOTES
from reviewapp.questions.models import Answer, Citation

#: Lines of the summary, and of what was not read.
MOST_SECTIONS, MOST_LISTED = 200, 1_000
HEADS = ("Found", "To check", "With a condition", "Not found", "Not examined", "Reviewed")


class Kind(StrEnum):
    """What a paragraph is."""

    TITLE = "title"
    SUBTITLE = "subtitle"
    SECTION = "section"
    FINDING = "finding"
    BODY = "body"
    BULLET = "bullet"
    ANSWER = "answer"
    STATUS = "status"
    QUOTE = "quote"
    CITATION = "citation"


@dataclass(frozen=True)
class Run:
    """Words of a paragraph: the `marked` ones of a quote stand out, those with a `link` lead to its page."""

    words: str
    marked: bool = False
    link: str = ""


@dataclass(frozen=True)
class Said:
    """A paragraph."""

    kind: Kind
    runs: Sequence[Run]


@dataclass(frozen=True)
class Table:
    """Rows of words; the first is the head."""

    rows: Sequence[Sequence[str]]


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
        conditional = sum(bool(cell.condition) for cell in self.cells)
        return found, check, conditional, states[Answer.State.NOT_FOUND], without, reviewed


def said(content: Content, rows: Sequence[Row]) -> Iterator[Said | Table]:
    """All that the report says about these rows, which are all that `content` has: their tally is complete."""
    sections = list(_by_document(content, rows) if _is_by_document(content) else _by_question(content, rows))
    yield from _front(content, sections)
    for section in sections:
        yield from _section(content, section)
    yield from _not_read(content)


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


def _front(content: Content, sections: Sequence[Section]) -> Iterator[Said | Table]:
    export, tally = content.export, content.tally
    yield _say(export.title, Kind.TITLE)
    made = f"{export.matter.name}. Exported by {name_of(export.made_by)}, {export.created_at:%d %B %Y, %H:%M} UTC."
    yield _say(f"{made} {content.set_words}".strip(), Kind.SUBTITLE)
    yield _say("Summary", Kind.SECTION)
    reviewed = sum(tally.decisions.values())
    yield _say(
        f"{tally.answers:,} answers from {len(tally.documents):,} documents to {len(content.asked):,} questions, "
        f"with {tally.quotes:,} quotes. People decided about {reviewed:,} of them; the others nobody has reviewed.",
        Kind.BODY,
    )
    first = "Document" if _is_by_document(content) else "Question"
    lines = [(first, *HEADS), *((s.name, *map(str, s.counts())) for s in sections[:MOST_SECTIONS])]
    yield Table([[fit(words) for words in line] for line in lines])
    if len(sections) > MOST_SECTIONS:
        yield _say(f"and {len(sections) - MOST_SECTIONS:,} more, below.", Kind.BODY)


def _section(content: Content, section: Section) -> Iterator[Said]:
    yield _say(section.name, Kind.SECTION)
    if not section.cells:
        yield _say("No document has been asked this.", Kind.BODY)
    for cell in section.cells:
        if cell.value or cell.found:
            yield from _finding(content, cell)
    rest = [cell for cell in section.cells if not (cell.value or cell.found)]
    missing = [cell for cell in rest if cell.state == Answer.State.NOT_FOUND]
    without = [cell for cell in rest if cell.state != Answer.State.NOT_FOUND]
    for title, cells in (("Not found", missing), ("Not examined", without)):
        if cells:
            yield _say(title, Kind.FINDING)
        for cell in cells:
            yield _say(". ".join(filter(None, (_name(content, cell), _why(cell), cell.note))), Kind.BULLET)


def _why(cell: Cell) -> str:
    """What is to be said of a cell without a value, beside that it has none."""
    if cell.review:
        return cell.decided
    is_said_above = cell.state in (Answer.State.NOT_FOUND, Answer.State.NOT_EXAMINED)
    return "" if is_said_above else cell.state_words


def _name(content: Content, cell: Cell) -> str:
    return cell.asked.label if _is_by_document(content) else cell.document.name


def _finding(content: Content, cell: Cell) -> Iterator[Said]:
    yield _say(_name(content, cell), Kind.FINDING)
    if cell.value:
        yield _say(cell.said, Kind.ANSWER)
        if cell.note:
            yield _say(cell.note, Kind.STATUS)
    if cell.found != cell.value:
        yield _say(f"Nightbrief had found: {cell.found}", Kind.STATUS)
    status = cell.standing if cell.review else f"{cell.standing}; not reviewed"
    yield _say(f"{status}. {cell.reason}".strip(), Kind.STATUS)
    for citation in cell.quotes:
        yield from _quote(content, cell, citation)


def _quote(content: Content, cell: Cell, citation: Citation) -> Iterator[Said]:
    quote = citation.quote.replace("\n", " ").replace("\xa0", " ")
    pieces = cut(quote, citation.marked, citation.left_out)
    runs = (Run(f"{LEFT_OUT} " if p.left_out else fit(p.text), marked=p.marked) for p in pieces)
    yield Said(Kind.QUOTE, [Run("“"), *runs, Run("”")])
    place = fit(f"{cell.document.name}, {page_words(citation)}")
    link = content.page_address(citation) if content.export.address else ""
    more = ", ".join(filter(None, (citation.heading, QUOTES.get(citation.verification, ""))))
    yield Said(Kind.CITATION, [Run(place, link=link), Run(f"; {fit(more)}" if more else "")])


def _not_read(content: Content) -> Iterator[Said]:
    yield _say("What was not examined", Kind.SECTION)
    lines = list(content.not_read())
    if not lines and not content.tally.without:
        yield _say("Every document in scope was examined, and all of its pages were read.", Kind.BODY)
    for label, states in content.tally.without.items():
        number = sum(states.values())
        plural = "s" if number != 1 else ""
        yield _say(f"{label}: {number:,} document{plural} without an answer", Kind.BULLET)
    if lines:
        yield _say("Files and parts of files that were not read", Kind.FINDING)
    for name, why in lines[:MOST_LISTED]:
        yield _say(f"{name}: {why}", Kind.BULLET)
    if len(lines) > MOST_LISTED:
        yield _say(f"and {len(lines) - MOST_LISTED:,} more", Kind.BULLET)


def _say(words: str, kind: Kind) -> Said:
    return Said(kind, [Run(fit(one_line(words)))])
