"""What Word shows, and what stands beside it."""

import io

import pytest

from readers.read import read_file
from readers.result import Limits, Parsed
from tests.readers.building import W, paragraph, word


def read(data: bytes) -> Parsed:
    return read_file(io.BytesIO(data), "a.docx", Limits(), io.BytesIO())


def lines(data: bytes) -> list[str]:
    return read(data).pages[0].split("\n")


def level(number: int, style: str, text: str, more: str = "") -> str:
    return f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="{style}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'


NUMBERING = (
    f'<w:numbering {W}><w:abstractNum w:abstractNumId="0">'
    + level(0, "decimal", "%1.")
    + level(1, "decimal", "%1.%2")
    + level(2, "lowerLetter", "(%3)")
    + level(3, "lowerRoman", "(%4)")
    + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride>'
    "</w:num></w:numbering>"
)


def numbered(text: str, depth: int, number: int = 1) -> str:
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>')


def test_numbers_are_those_that_word_shows() -> None:
    depths = [0, 1, 1, 2, 2, 3, 1, 2, 0, 1]
    body = "".join(numbered(f"Clause {place}", depth) for place, depth in enumerate(depths))
    shown = [line.partition(" ")[0] for line in lines(word(body, numbering=NUMBERING))]
    assert shown == ["1.", "1.1", "1.2", "(a)", "(b)", "(i)", "1.3", "(a)", "2.", "2.1"]


def test_a_list_starts_anew_where_it_says_so() -> None:
    body = numbered("one", 0) + numbered("seven", 0, 2) + numbered("eight", 0, 2)
    assert lines(word(body, numbering=NUMBERING)) == ["1. one", "7. seven", "8. eight"]


def test_headers_and_footers_stand_once() -> None:
    header = f"<w:hdr {W}>{paragraph('CONFIDENTIAL')}</w:hdr>"
    footer = f"<w:ftr {W}>{paragraph('Contract 4471')}</w:ftr>"
    assert lines(word(paragraph("Text."), header=header, footer=footer)) == [
        "CONFIDENTIAL",
        "Text.",
        "Contract 4471",
    ]


def test_changes_are_read_as_accepted_and_told() -> None:
    body = (
        '<w:p><w:r><w:t xml:space="preserve">Due in </w:t></w:r><w:del w:author="P. Lang"><w:r><w:delText>ten</w:delText>'
        '</w:r></w:del><w:ins w:author="Q. Moss"><w:r><w:t>thirty</w:t></w:r></w:ins></w:p>'
    )
    parsed = read(word(body))
    assert parsed.pages == ("Due in thirty",)
    assert [note.kind for note in parsed.notes] == ["changes"]
    assert "1 deletion and 1 insertion by P. Lang, Q. Moss" in parsed.reason
    assert "ten" not in parsed.reason.split()


@pytest.mark.parametrize("properties", ["<w:vanish/>", '<w:vanish w:val="1"/>', '<w:rStyle w:val="Secret"/>'])
def test_hidden_text_is_left_out_and_told(properties: str) -> None:
    styles = f'<w:styles {W}><w:style w:type="character" w:styleId="Secret"><w:rPr><w:vanish/></w:rPr></w:style></w:styles>'
    hidden = f"<w:p><w:r><w:rPr>{properties}</w:rPr><w:t>Floor price 10</w:t></w:r></w:p>"
    parsed = read(word(paragraph("Offer.") + hidden, styles=styles))
    assert "Floor" not in parsed.pages[0]
    assert [note.kind for note in parsed.notes] == ["hidden"]
    shown = read(word("<w:p><w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>Shown</w:t></w:r></w:p>"))
    assert (shown.pages, shown.notes) == (("Shown",), ())


def test_ticks_of_every_kind_can_be_told() -> None:
    body = (
        '<w:p><w:r><w:sym w:font="Wingdings" w:char="F078"/></w:r><w:r><w:t> yes</w:t></w:r></w:p>'
        '<w:p><w:r><w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr><w:t>\uf0a8</w:t></w:r><w:r><w:t> no</w:t></w:r></w:p>'
        '<w:p><w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox>'
        "</w:ffData></w:fldChar></w:r><w:r><w:t>old</w:t></w:r></w:p>"
    )
    assert lines(word(body)) == ["☒ yes", "☐ no", "☒old"]


def test_nested_tables_stand_once_and_merged_cells_too() -> None:
    def cell(inner: str, more: str = "") -> str:
        return f"<w:tc><w:tcPr>{more}</w:tcPr>{inner}</w:tc>"

    inner = f"<w:tbl><w:tr>{cell(paragraph('Name:'))}{cell(paragraph('Ilse'))}</w:tr></w:tbl>"
    outer = f"<w:tbl><w:tr>{cell(paragraph('For the Seller') + inner)}{cell(paragraph('For the Buyer'))}</w:tr></w:tbl>"
    assert lines(word(outer)) == ["For the Seller", "Name:\tIlse", "For the Buyer"]
    begins, goes_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    merged = (
        f"<w:tbl><w:tr>{cell(paragraph('A'), begins)}{cell(paragraph('1'))}</w:tr>"
        f"<w:tr>{cell(paragraph(''), goes_on)}{cell(paragraph('2'))}</w:tr></w:tbl>"
    )
    assert lines(word(merged)) == ["A\t1", "\t2"]


def test_comments_stand_after_the_text_with_their_authors() -> None:
    comments = f'<w:comments {W}><w:comment w:author="R. Osei">{paragraph("Escrow agreed.")}</w:comment></w:comments>'
    parsed = read(word(paragraph("Price."), comments=comments))
    assert "[Comment by R. Osei: Escrow agreed.]" in parsed.pages[0]
    assert [note.kind for note in parsed.notes] == ["comments"]


def test_content_controls_within_tables_and_paragraphs_are_read() -> None:
    body = (
        "<w:sdt><w:sdtPr><w:alias w:val='x'/></w:sdtPr><w:sdtContent>"
        + paragraph("Whole")
        + "</w:sdtContent></w:sdt><w:tbl><w:sdt><w:sdtContent><w:tr><w:sdt><w:sdtContent><w:tc>"
        + paragraph("Cell")
        + "</w:tc></w:sdtContent></w:sdt></w:tr></w:sdtContent></w:sdt></w:tbl>"
    )
    assert lines(word(body)) == ["Whole", "Cell"]


def test_a_missing_part_loses_only_itself() -> None:
    data = word(paragraph("Still here."), footnotes="<broken", header="also broken")
    assert read(data).pages == ("Still here.",)
