"""The template of reports: a Word file whose styles say how a report looks; a firm can put its own in its place."""

from pathlib import Path
from zipfile import BadZipFile

from django.conf import settings
from docx import Document
from docx.document import Document as Report
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.exceptions import PackageNotFoundError

SHIPPED = Path(__file__).resolve().parent / "report.docx"
SETTING = "NIGHTBRIEF_REPORT_TEMPLATE"

#: The styles that a report is set in, by what they are for.
TITLE, SUBTITLE, SECTION, FINDING, BODY, BULLET = (
    "Title", "Subtitle", "Heading 1", "Heading 2", "Normal", "List Bullet",
)  # fmt: skip
ANSWER, STATUS, QUOTE, CITATION, TABLE = (
    "Nightbrief Answer", "Nightbrief Status", "Nightbrief Quote", "Nightbrief Citation", "Nightbrief Table",
)  # fmt: skip
PARAGRAPHS = (TITLE, SUBTITLE, SECTION, FINDING, BODY, BULLET, ANSWER, STATUS, QUOTE, CITATION)


class TemplateError(Exception):
    """The template cannot be used; the message says why, for people."""


def open_template() -> Report:
    """The template, to be written on after what stands in it. Raises TemplateError."""
    return checked(Path(settings.REPORT_TEMPLATE) if settings.REPORT_TEMPLATE else SHIPPED)


def checked(path: Path) -> Report:
    """The template of this path, with all styles. Raises TemplateError."""
    try:
        report = Document(str(path))
    except (PackageNotFoundError, BadZipFile, ValueError, KeyError, OSError):
        raise TemplateError(
            f"The template of reports ({SETTING}) is not there or is no Word file (.docx)."
        ) from None
    there = {style.name: style.type for style in report.styles}
    lacking = [name for name in PARAGRAPHS if there.get(name) != WD_STYLE_TYPE.PARAGRAPH]
    lacking += [TABLE] if there.get(TABLE) != WD_STYLE_TYPE.TABLE else []
    if lacking:
        raise TemplateError(
            f"The template of reports ({SETTING}) lacks the style{'s' if len(lacking) > 1 else ''} "
            f"{', '.join(lacking)}. Begin with a copy of the one that is shipped."
        )
    return report
