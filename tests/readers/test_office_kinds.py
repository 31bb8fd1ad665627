"""Further files of the kinds that lost something in silence: presentations, workbooks, OpenDocument and RTF."""

import datetime
import io
import struct
import zipfile
from collections.abc import Mapping, Sequence

import openpyxl
import pytest

from readers.result import Limits, Parsed
from tests.readers.building import A, R, binary_workbook, old_workbook, package
from tests.readers.every_kind import files_of_every_kind, open_document
from tests.readers.samples import archive
from tests.readers.test_ingest_cases import Read, read

P = 'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
X = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
C = 'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
OPEN = "urn:oasis:names:tc:opendocument:xmlns"
N = " ".join(f'xmlns:{name}="{OPEN}:{name}:1.0"' for name in ("office", "text", "table", "style"))
N = f'{N} xmlns:draw="{OPEN}:drawing:1.0"'
Links = Sequence[tuple[str, str, str]]
Parts = Mapping[str, str | bytes]


def shape(text: str, more: str = "", place: str = "") -> str:
    words = f"<p:txBody><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:txBody>"
    return f'<p:sp><p:nvSpPr><p:cNvPr id="1" name="x" {more}/></p:nvSpPr>{place}{words}</p:sp>'


def slides(slide: str, links: Links = (), parts: Parts | None = None) -> Read:
    first = f"<p:sld {P} {A} {R}><p:cSld><p:spTree>{slide}</p:spTree></p:cSld></p:sld>"
    both = '<p:sldId r:id="r1"/><p:sldId r:id="r2"/>'
    files: dict[str, str | bytes] = {
        "ppt/presentation.xml": f"<p:presentation {P} {R}><p:sldIdLst>{both}</p:sldIdLst></p:presentation>",
        "ppt/slides/s1.xml": first,
        "ppt/slides/s2.xml": first,
        **(parts or {}),
    }
    listed = [("r1", "slide", "slides/s1.xml"), ("r2", "slide", "slides/s2.xml")]
    related = {"ppt/presentation.xml": listed, "ppt/slides/s1.xml": links}
    return read(package("ppt/presentation.xml", files, related), "a.pptx", Limits())


def sheet(rows: str, more: str = "", links: Links = (), parts: Parts | None = None) -> Read:
    files: dict[str, str | bytes] = {
        "xl/workbook.xml": f'<workbook {X} {R}><sheets><sheet name="One" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/worksheets/sheet1.xml": f"<worksheet {X} {R}><sheetData>{rows}</sheetData>{more}</worksheet>",
        **(parts or {}),
    }
    listed = [("r1", "worksheet", "worksheets/sheet1.xml")]
    related = {"xl/workbook.xml": listed, "xl/worksheets/sheet1.xml": links}
    return read(package("xl/workbook.xml", files, related), "a.xlsx", Limits())


def cell(text: str) -> str:
    return f'<c t="inlineStr"><is><t>{text}</t></is></c>'


def open_text(body: str, styles: str = "") -> Parsed:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr(
            "content.xml",
            f"<office:document-content {N}><office:automatic-styles>{styles}</office:automatic-styles>"
            f"<office:body><office:text>{body}</office:text></office:body></office:document-content>",
        )
    return read(out.getvalue(), "a.odt", Limits()).parsed


def kinds(parsed: Parsed) -> set[str]:
    return {note.kind for note in parsed.notes}


@pytest.mark.parametrize(
    ("more", "place"),
    [
        ('hidden="1"', ""),
        ("", '<p:spPr><a:xfrm><a:off x="-9" y="0"/><a:ext cx="1" cy="1"/></a:xfrm></p:spPr>'),
    ],
)
def test_what_a_slide_does_not_show_is_told(more: str, place: str) -> None:
    assert "hidden" in kinds(slides(shape("Shown") + shape("Secret", more, place)).parsed)


def test_a_slide_is_read_with_its_chart_its_layout_and_the_files_in_it() -> None:
    found = slides(
        shape("Shown"),
        [("c", "chart", "../c.xml"), ("l", "slideLayout", "../l.xml"), ("e", "package", "../e.txt")],
        {
            "ppt/c.xml": f"<c:chartSpace {C} {A}><c:v>Revenue</c:v><c:v>450</c:v></c:chartSpace>",
            "ppt/l.xml": f"<p:sldLayout {P} {A}>{shape('PRIVILEGED')}</p:sldLayout>",
            "ppt/e.txt": b"Inner text",
        },
    )
    assert all(word in found.parsed.pages[0] for word in ("Shown", "Revenue", "450", "PRIVILEGED"))
    assert list(found.inside) == ["e.txt"]


def test_what_is_saved_as_strict_is_read_alike() -> None:
    kinds_of_files = files_of_every_kind()
    for name in ("deck.pptx", "book.xlsx", "letter.docx"):
        with zipfile.ZipFile(io.BytesIO(kinds_of_files[name])) as usual:
            parts = {part: usual.read(part) for part in usual.namelist()}
        for kind in (
            b"officeDocument",
            b"wordprocessingml",
            b"presentationml",
            b"spreadsheetml",
            b"drawingml",
        ):
            was, now = b"schemas.openxmlformats.org/%s/2006/" % kind, b"purl.oclc.org/ooxml/%s/" % kind
            parts = {part: data.replace(was, now) for part, data in parts.items()}
        strict = read(archive(parts), name, Limits()).parsed
        assert strict.pages == read(kinds_of_files[name], name, Limits()).parsed.pages


def test_a_broken_slide_loses_only_itself_and_is_told() -> None:
    found = slides(shape("Shown"), parts={"ppt/slides/s2.xml": "<broken"})
    assert found.parsed.pages == ("Shown", "")
    assert kinds(found.parsed) == {"unread"}


@pytest.mark.parametrize(
    ("rows", "more", "kind"),
    [
        (f'<row>{cell("Shown")}</row><row hidden="1">{cell("Secret")}</row>', "", "hidden"),
        (f"<row>{cell('Total')}<c><f>SUM(A2:A3)</f></c></row>", "", "unread"),
        (
            f"<row>{cell('x')}</row>",
            "<headerFooter><oddHeader>&amp;CSecret</oddHeader></headerFooter>",
            "comments",
        ),
    ],
)
def test_what_a_sheet_does_not_show_is_told(rows: str, more: str, kind: str) -> None:
    assert kinds(sheet(rows, more).parsed) == {kind}


def test_a_sheet_is_read_with_its_errors_its_comments_and_the_files_in_it() -> None:
    comments = (
        f"<comments {X}><authors><author>R. Osei</author></authors><commentList>"
        '<comment ref="A1" authorId="0"><text><r><t>Check this</t></r></text></comment></commentList></comments>'
    )
    found = sheet(
        f'<row>{cell("x")}<c r="B1" t="e"><v>#REF!</v></c></row>',
        links=[("r1", "comments", "../comments1.xml"), ("r2", "package", "../e.txt")],
        parts={"xl/comments1.xml": comments, "xl/e.txt": b"Inner text"},
    )
    text = "\n".join(found.parsed.pages)
    assert "[Comment by R. Osei: Check this]" in text
    assert "x\t#REF!" in text
    assert list(found.inside) == ["e.txt"]


SHOWN = {
    "0.0%": (0.125, "12.5%"),
    "0%": (0.125, "13%"),
    '"$"#,##0.00': (1234567.5, "$1,234,567.50"),
    "#,##0.00_);(#,##0.00)": (-1234.5, "(1,234.50)"),
    '_(* #,##0_);_(* (#,##0);_(* "-"??_);_(@_)': (0, "-"),
    '#,##0.0,,"M"': (1_250_000, "1.3M"),
    "000-00-0000": (12345678, "012-34-5678"),
    "d mmmm yyyy": (45730, "14 March 2025"),
    "dd.mm.yyyy;@": (45730, "14.03.2025"),
    "yyyy-mm-dd hh:mm AM/PM": (45730.75, "2025-03-14 06:00 PM"),
    "# ?/?": (0.5, "0.5"),
    ";;;": (99, "99"),
}


def test_cells_are_read_as_the_sheet_shows_them() -> None:
    wanted = "\n".join(said for _, said in SHOWN.values())
    book, out = openpyxl.Workbook(), io.BytesIO()
    new = book.create_sheet("One", 0)
    for row, (code, (value, _)) in enumerate(SHOWN.items(), start=3):
        new.cell(row, 2, value).number_format = code
    new["B20"], new["B20"].number_format = datetime.date(2025, 3, 14), "mm-dd-yy"
    book.create_sheet("Far")["A1"], book["Far"]["XFD1048576"] = "Rent", 900
    book.save(out)
    found = read(out.getvalue(), "a.xlsx", Limits()).parsed
    assert found.pages[-1] == "[Sheet: Far]\nRent\n900"
    assert found.pages[0] == f"[Sheet: One]\n{wanted}\n2025-03-14"
    assert [(note.kind, note.text[:6]) for note in found.notes] == [("hidden", "1 cell")]
    rows = [(row, 0, row, value) for row, (value, _) in enumerate(SHOWN.values())]
    for name, made in (("a.xls", old_workbook), ("a.xlsb", binary_workbook)):
        other = read(made(list(SHOWN), rows), name, Limits()).parsed
        assert (other.pages, len(other.notes)) == ((f"[Sheet: One]\n{wanted}",), 1)
    with zipfile.ZipFile(io.BytesIO(binary_workbook(["0%"], [(0, 0, 0, 1)]))) as usual:
        parts = {part: usual.read(part) for part in usual.namelist()}
    panics = archive(parts | {"xl/styles.bin": b"\xe7\x04\x00"})
    assert read(panics, "a.xlsb", Limits()).parsed.disposition == "damaged"
    cell = "<table:table-cell office:value-type='percentage' office:value='0.125'><text:p>12,5 %</text:p>"
    chains = 512 * (1 + struct.unpack_from("<I", broken := old_workbook(list(SHOWN), rows), 76)[0])
    circle = read(broken[:chains] + bytes(512) + broken[chains + 512 :], "a.xls", Limits()).parsed
    assert (circle.disposition, circle.reason[:25]) == ("damaged", "The workbook cannot be op")
    twice = f"<table:table-row table:number-rows-repeated='2'><table:table-cell/>{cell}</table:table-cell>"
    table = f"<table:table table:name='One'>{twice}</table:table-row></table:table>"
    assert read(open_document("spreadsheet", table), "a.ods", Limits()).parsed.pages[0] == (
        "[Sheet: One]\n12,5 %\n12,5 %"
    )


def test_open_text_shows_numbers_and_boxes_and_leaves_out_what_is_hidden() -> None:
    styles = (
        '<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="i" '
        'style:num-suffix=")"/></text:list-style><style:style style:name="H"><style:text-properties '
        'text:display="none"/></style:style>'
    )
    item = "<text:list-item><text:p>{}</text:p></text:list-item>"
    box = "<draw:frame><draw:text-box><text:p>One</text:p><text:p>Two</text:p></draw:text-box></draw:frame>"
    body = (
        f'<text:list text:style-name="L">{item.format("First")}{item.format("Second")}</text:list>'
        f'<text:p>A{box}</text:p><text:p text:style-name="H">Secret</text:p>'
        '<text:section text:display="none"><text:p>Secret</text:p></text:section>'
    )
    parsed = open_text(body, styles)
    assert parsed.pages == ("i) First\nii) Second\nA\nOne\nTwo",)
    assert kinds(parsed) == {"hidden"}


def test_objects_and_recordings_are_read_or_told_and_sealed_files_say_so() -> None:
    sheet = (
        "<table:table-row><table:table-cell><text:p>Rent 900</text:p></table:table-cell></table:table-row>"
    )
    content = f"<office:document-content {N}><office:body>{{}}</office:body></office:document-content>"
    parts = {
        "mimetype": b"application/vnd.oasis.opendocument.text",
        "content.xml": content.format("<office:text><text:p>See</text:p></office:text>").encode(),
        "Object 1/content.xml": content.format(sheet).encode(),
    }
    assert read(archive(parts), "a.odt", Limits()).parsed.pages == ("See\nObjects:\nRent 900",)
    sealed = parts | {"META-INF/manifest.xml": b"<m:manifest><m:encryption-data/></m:manifest>"}
    assert read(archive(sealed), "a.odt", Limits()).parsed.disposition == "encrypted"
    film = slides(shape("Shown"), [("v", "video", "../v.mp4")], {"ppt/v.mp4": b"x"})
    assert kinds(film.parsed) == {"unread"}


def test_rtf_is_read_with_the_edges_of_its_pages_and_its_notes() -> None:
    data = rb"{\rtf1\ansi{\header Contract 4471\par}{\footerf Draft}Body{\footnote As \'fcbergeben {\b here}} ends.}"
    parsed = read(data, "a.rtf", Limits()).parsed
    assert parsed.pages == (
        "Body ends.\n\nHeaders and footers\n\nContract 4471\n\nDraft\n\nNotes\n\nAs übergeben here",
    )


def test_rtf_says_what_of_it_is_hidden_or_changed() -> None:
    data = rb"{\rtf1 Shown {\v note}{\deleted gone}{\*\annotation Why}}"
    assert kinds(read(data, "a.rtf", Limits()).parsed) == {"hidden", "changes", "unread"}
