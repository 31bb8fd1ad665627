"""A Word document as a whole: body, headers, footers, notes, comments, diagrams, and the files in it."""

from collections.abc import Iterable, Iterator
from typing import IO, Any

from lxml import etree

from readers import embedded
from readers.archive import Spool
from readers.package import Package, Relationship, broken
from readers.result import (
    ACCEPTED,
    CHANGES,
    COMMENTS,
    EXPANDED,
    HIDDEN,
    INVISIBLE,
    READING,
    UNREAD,
    Limits,
    Member,
    Note,
    Parsed,
)
from readers.text import check_pages, clean, paginate
from readers.within import Pictures
from readers.word.body import PAGE_BREAK, Body, Seen
from readers.word.numbering import Numbering, Styles, W

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TEXT_VERSION = f"docx-2 lxml-{etree.__version__}"

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_WITH_PARTS = frozenset({"header", "footer", "footnotes", "endnotes", "comments"})
_MOST_AUTHORS = 3
_OLD = b"http://schemas.microsoft.com/office/word/2003/wordml"


def read_docx(file: IO[bytes], limits: Limits, spool: Spool) -> Parsed:
    """Raises Refused with damaged, no_text or too_large."""
    return _Reading(Package(file, limits), limits, spool).result()


def read_word_xml(file: IO[bytes], limits: Limits) -> Parsed:
    """A document that Word 2003 saved as XML. Raises Refused with damaged, no_text or too_large."""
    data = file.read().replace(_OLD, W.strip("{}").encode())
    try:
        root = etree.fromstring(
            data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
        )
    except etree.XMLSyntaxError:
        raise broken() from None
    styles = Styles(root)
    body = root.find(f"{W}body")
    reading = Body(styles, Numbering(None, styles))
    pages = _pages("\n".join(() if body is None else reading.lines(body)), limits)
    check_pages(pages, limits, least=1, when_empty="The document holds no text. Upload the file that does.")
    note = Note(
        READING, "Of Word's XML of 2003, numbers, headers and comments are not read. Save it as .docx."
    )
    return Parsed(ACCEPTED, "", MEDIA_TYPE, TEXT_VERSION, pages, notes=(note,))


class _Reading:
    def __init__(self, package: Package, limits: Limits, spool: Spool) -> None:
        self._package, self._limits, self._spool = package, limits, spool
        self._main = package.main()
        self._related = list(package.related(self._main))
        styles = Styles(self._part("styles"))
        self._body = Body(styles, Numbering(self._part("numbering"), styles))
        self._notes: list[Note] = []
        self._pictures = Pictures(limits)

    def result(self) -> Parsed:
        root = self._package.root(self._main)
        if root is None or root.find(f"{W}body") is None:
            raise broken()
        main = "\n".join(self._body.lines(root.find(f"{W}body"))).rstrip("\n")
        above, below = self._around("header"), self._around("footer")
        after = "".join(_section(title, lines) for title, lines in self._sections())
        shown = self._pictures.lines(self._package.data(name) for name in self._shown())
        text = "\n".join([*above, main, *below]) + after + "\n".join(shown)
        members = self._files()
        pages = _pages(text, self._limits)
        self._note()
        disposition = ACCEPTED
        if members and not text.strip():
            disposition, pages = EXPANDED, ()
        else:
            with self._pictures.refusing():
                check_pages(pages, self._limits, least=1, when_empty=self._when_empty())
        return Parsed(
            disposition,
            "",
            MEDIA_TYPE,
            self._pictures.version(TEXT_VERSION),
            pages,
            tuple(members),
            notes=tuple(self._notes),
            wants_ocr=self._pictures.wants_ocr,
            languages=self._pictures.languages(pages),
        )

    def _shown(self) -> list[str]:
        """The names of the pictures, each once."""
        return list(
            dict.fromkeys(one.target for one in self._every() if one.kind == "image" and not one.is_outside)
        )

    def _every(self) -> Iterator[Relationship]:
        """The relationships of the text and of what stands around it."""
        yield from self._related
        for one in self._related:
            if one.kind in _WITH_PARTS:
                yield from self._package.related(one.target)

    def _when_empty(self) -> str:
        if any(one.kind == "image" for one in self._related):
            return "The document holds pictures only. Print it to PDF, run text recognition (OCR) and upload that."
        return "The document holds no text. Upload the file that does."

    def _part(self, kind: str) -> Any:
        target = next((one.target for one in self._related if one.kind == kind), None)
        return None if target is None else self._package.root(target)

    def _parts(self, kind: str) -> Iterator[Any]:
        for one in self._related:
            root = self._package.root(one.target) if one.kind == kind else None
            if root is not None:
                yield root

    def _around(self, kind: str) -> list[str]:
        """The lines of all headers, or of all footers, each once."""
        lines = (line.strip() for root in self._parts(kind) for line in self._body.lines(root))
        return list(dict.fromkeys(filter(None, (line.replace(PAGE_BREAK, "") for line in lines))))

    def _sections(self) -> Iterator[tuple[str, list[str]]]:
        """What stands after the text, under a title each."""
        for kind, title in (("footnotes", "Footnotes"), ("endnotes", "Endnotes")):
            lines = (line for root in self._parts(kind) for line in self._body.lines(root))
            yield title, [line for line in lines if line.strip()]
        yield "Comments", list(self._comments())
        drawn = [
            *_texts(self._parts("diagramData"), f"{_A}t"),
            *_texts(self._parts("chart"), f"{_A}t", f"{_C}v"),
        ]
        yield "Diagrams", drawn

    def _comments(self) -> Iterator[str]:
        count = 0
        for root in self._parts("comments"):
            for comment in root.iter(f"{W}comment"):
                count += 1
                text = " ".join(filter(None, map(str.strip, self._body.lines(comment))))
                yield f"[Comment by {comment.get(f'{W}author', '').strip() or 'unknown'}: {text}]"
        if count:
            what = "1 comment stands" if count == 1 else f"{count} comments stand"
            self._notes.append(Note(COMMENTS, f"{what} at the end of the text."))

    def _files(self) -> list[Member]:
        members, notes = embedded.taken(self._package, self._every(), self._spool)
        self._notes += notes
        return members

    def _note(self) -> None:
        seen = self._body.seen
        if seen.changes:
            counted = " and ".join(_counted(number, kind) for kind, number in sorted(seen.changes.items()))
            authors = sorted(seen.authors)
            by = f" by {', '.join(authors[:_MOST_AUTHORS])}" if authors else ""
            more = " and others" if len(authors) > _MOST_AUTHORS else ""
            self._notes.append(
                Note(
                    CHANGES,
                    f"The document has tracked changes that nobody has accepted yet: {counted}{by}{more}. The text "
                    "is read as if they were accepted; what is struck out is left out.",
                )
            )
        self._notes += _unusual(seen)
        if seen_fields := self._body.fields.empty:
            what = "1 field shows" if seen_fields == 1 else f"{seen_fields} fields show"
            self._notes.append(
                Note(
                    UNREAD,
                    f"{what} what is not in the file. Update the fields in Word, save it and upload that.",
                )
            )
        self._notes += self._pictures.notes()
        self._notes += self._package.notes()
        self._notes += _elsewhere(list(self._every()))


def _unusual(seen: Seen) -> Iterator[Note]:
    """What is not shown, or hardly, or as struck out."""
    told = (
        (seen.struck, CHANGES, "text", " that is struck out by its look. It is in the text."),
        (seen.hidden, HIDDEN, "hidden text", ", which Word does not show. It is left out."),
        (seen.faint, INVISIBLE, "white or tiny text", ", which few will see. It is in the text."),
    )
    for count, kind, text, what in told:
        if count:
            places = "in one place" if count == 1 else f"in {count} places"
            yield Note(kind, f"The document has {text} {places}{what}")


def _elsewhere(related: list[Relationship]) -> Iterator[Note]:
    """What the document shows out of other files, which are not in it."""
    parts = sum(one.kind == "subDocument" for one in related)
    if parts:
        what = "A part of the document stands" if parts == 1 else f"{parts} parts of the document stand"
        yield Note(UNREAD, f"{what} in another file, which is not in this one. Upload that too.")
    objects = sum(one.kind == "oleObject" and one.is_outside for one in related)
    if objects:
        what = "An object that the document shows stands" if objects == 1 else f"{objects} objects stand"
        yield Note(UNREAD, f"{what} in another file, which is not in this one. Upload that too.")
    controls = sum(one.kind == "control" for one in related)
    if controls:
        what = "A control of a form" if controls == 1 else f"{controls} controls of a form"
        yield Note(
            UNREAD,
            f"{what} cannot be read, nor what is filled in there. Print it to PDF and upload that.",
        )
    pictures = sum(one.kind == "image" and one.is_outside for one in related)
    if pictures:
        what = "1 picture stands" if pictures == 1 else f"{pictures} pictures stand"
        yield Note(UNREAD, f"{what} in other files, which are not in this one, and cannot be read.")


def _pages(text: str, limits: Limits) -> tuple[str, ...]:
    """By the breaks the document names, or by length when it names none."""
    parts = [clean(part).strip("\n") for part in text.split(PAGE_BREAK)]
    parts = parts if any(parts[1:]) else [part for part in parts if part]
    return tuple(parts) if len(parts) > 1 else paginate("".join(parts), limits)


def _section(title: str, lines: list[str]) -> str:
    return "\n\n".join(["", title, *lines]) if lines else ""


def _texts(roots: Iterable[Any], *tags: str) -> list[str]:
    found = (" ".join((element.text or "").split()) for root in roots for element in root.iter(*tags))
    return list(filter(None, found))


def _counted(number: int, kind: str) -> str:
    return f"{number} {kind}{'s' if number != 1 else ''}"
