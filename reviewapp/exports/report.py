"""The report in Word, on the template's styles."""

from collections.abc import Callable
from typing import IO

from docx.document import Document as Report
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from reviewapp.exports import template
from reviewapp.exports.content import Content
from reviewapp.exports.said import Kind, Said, Table, said

STYLES = {
    Kind.TITLE: template.TITLE,
    Kind.SUBTITLE: template.SUBTITLE,
    Kind.SECTION: template.SECTION,
    Kind.FINDING: template.FINDING,
    Kind.BODY: template.BODY,
    Kind.BULLET: template.BULLET,
    Kind.ANSWER: template.ANSWER,
    Kind.STATUS: template.STATUS,
    Kind.QUOTE: template.QUOTE,
    Kind.CITATION: template.CITATION,
}


def write(content: Content, file: IO[bytes], tick: Callable[[], None]) -> None:
    """The report, written after what stands in the template. Raises template.TemplateError."""
    report = template.open_template()
    rows = []
    for row in content.rows():
        rows.append(row)
        tick()
    export = content.export
    report.core_properties.title, report.core_properties.subject = export.title, export.matter.name
    for part in said(content, rows):
        if isinstance(part, Table):
            _table(report, part)
        else:
            _paragraph(report, part)
    report.save(file)


def _paragraph(report: Report, part: Said) -> None:
    paragraph = report.add_paragraph(style=STYLES[part.kind])
    for run in part.runs:
        if run.link:
            _link(paragraph, run.link, run.words)
        elif run.words:
            paragraph.add_run(run.words).bold = run.marked or None


def _table(report: Report, part: Table) -> None:
    table = report.add_table(rows=1, cols=len(part.rows[0]), style=template.TABLE)
    for number, line in enumerate(part.rows):
        cells = table.rows[0].cells if number == 0 else table.add_row().cells
        for cell, words in zip(cells, line, strict=True):
            cell.paragraphs[0].add_run(words).bold = number == 0


def _link(paragraph: Paragraph, address: str, words: str) -> None:
    key = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), key)
    link.append(paragraph.add_run(words)._r)
    paragraph._p.append(link)
