"""Makes the template of reports that is shipped: `python -m scripts.report_template`."""

from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from reviewapp.exports import template

INK, SOFT, ACCENT = RGBColor(0x1D, 0x24, 0x33), RGBColor(0x55, 0x5F, 0x73), RGBColor(0x1F, 0x4E, 0x8C)
SERIF, SANS = "Georgia", "Calibri"


def main() -> None:
    """Write the template beside the code that uses it."""
    report = Document()
    section = report.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    section.top_margin = section.bottom_margin = Cm(2.3)
    for name, font, size, colour, bold in (
        (template.BODY, SANS, 10.5, INK, False),
        (template.TITLE, SERIF, 24, INK, False),
        (template.SUBTITLE, SANS, 11, SOFT, False),
        (template.SECTION, SERIF, 16, ACCENT, False),
        (template.FINDING, SANS, 11.5, INK, True),
        (template.ANSWER, SANS, 12, INK, True),
        (template.STATUS, SANS, 9.5, SOFT, False),
        (template.QUOTE, SERIF, 10.5, INK, False),
        (template.CITATION, SANS, 9, SOFT, False),
    ):
        style = _style(report, name)
        style.font.name, style.font.size, style.font.bold, style.font.italic = font, Pt(size), bold, False
        style.font.color.rgb = colour
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        fonts.set(qn("w:hAnsi"), font)
    _spacing(report)
    _table(report)
    _page_number(section.footer.paragraphs[0])
    report.core_properties.author, report.core_properties.title = "Nightbrief", "Report"
    report.save(str(template.SHIPPED))


def _style(report: Any, name: str) -> Any:
    if name in report.styles:
        return report.styles[name]
    style = report.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style, style.quick_style = report.styles[template.BODY], True
    return style


def _spacing(report: Any) -> None:
    for name, before, after, left, with_next in (
        (template.SECTION, 22, 6, 0, True),
        (template.FINDING, 14, 2, 0, True),
        (template.ANSWER, 0, 2, 0, True),
        (template.STATUS, 0, 6, 0, False),
        (template.QUOTE, 4, 2, 0.8, True),
        (template.CITATION, 0, 8, 0.8, False),
        (template.BULLET, 0, 2, None, False),
    ):
        form = report.styles[name].paragraph_format
        form.space_before, form.space_after, form.keep_with_next = Pt(before), Pt(after), with_next
        if left is not None:
            form.left_indent = Cm(left)
    _bar_beside(report.styles[template.QUOTE])


def _bar_beside(style: Any) -> None:
    """A line at the left of quotes."""
    borders, left = OxmlElement("w:pBdr"), OxmlElement("w:left")
    for name, value in (("val", "single"), ("sz", "12"), ("space", "8"), ("color", "9DB4D3")):
        left.set(qn(f"w:{name}"), value)
    borders.append(left)
    style.element.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:outlineLvl"
    )


def _table(report: Any) -> None:
    style = report.styles.add_style(template.TABLE, WD_STYLE_TYPE.TABLE)
    style.base_style = report.styles["Table Grid"]
    style.font.size = Pt(9.5)


def _page_number(paragraph: Any) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)
    paragraph.style.font.size = Pt(9)


if __name__ == "__main__":
    main()
