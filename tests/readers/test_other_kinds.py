"""Workbooks, slides, OpenDocument, RTF, XML, ZIP and HTML: what is shown, what is hidden, what is in them."""

import io
import zipfile

import pytest

from readers.read import read_file
from readers.result import Limits, Parsed
from tests.readers.building import A, R, package
from tests.readers.samples import archive


def read(data: bytes, name: str) -> Parsed:
    return read_file(io.BytesIO(data), name, Limits(), io.BytesIO())


def workbook() -> bytes:
    s = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    sheets = '<sheet name="Rent" sheetId="1" r:id="r1"/><sheet name="Margins" sheetId="2" state="hidden" r:id="r2"/>'

    def sheet(cells: str) -> str:
        return f'<worksheet {s}><sheetData><row r="1">{cells}</row></sheetData></worksheet>'

    text = '<c r="A1" t="inlineStr"><is><t>Monthly rent</t></is></c><c r="B1"><f>10*1250</f><v>12500</v></c>'
    secret = '<c r="A1" t="inlineStr"><is><t>Our floor</t></is></c><c r="B1"><v>0.25</v></c>'
    return package(
        "xl/workbook.xml",
        {
            "xl/workbook.xml": f"<workbook {s} {R}><sheets>{sheets}</sheets></workbook>",
            "xl/worksheets/sheet1.xml": sheet(text),
            "xl/worksheets/sheet2.xml": sheet(secret),
        },
        {
            "xl/workbook.xml": [
                ("r1", "worksheet", "worksheets/sheet1.xml"),
                ("r2", "worksheet", "worksheets/sheet2.xml"),
            ]
        },
    )


def test_sheets_are_pages_with_the_values_of_formulas_and_hidden_ones_are_told() -> None:
    parsed = read(workbook(), "a.xlsx")
    assert parsed.pages == ("[Sheet: Rent]\nMonthly rent\t12500", "[Hidden sheet: Margins]\nOur floor\t0.25")
    assert [(note.kind, note.page) for note in parsed.notes] == [("hidden", 2)]


def test_comments_and_text_boxes_of_a_workbook_are_read() -> None:
    s = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    data = io.BytesIO(workbook())
    with zipfile.ZipFile(data, "a") as archive:
        archive.writestr(
            "xl/comments1.xml",
            f"<comments {s}><comment ref='A1'><text><t>Too low.</t></text></comment></comments>",
        )
        archive.writestr(
            "xl/drawings/drawing1.xml",
            f"<wsDr {A}><a:p><a:r><a:t>Draft </a:t></a:r><a:r><a:t>only</a:t></a:r></a:p></wsDr>",
        )
    parsed = read(data.getvalue(), "a.xlsx")
    assert parsed.pages[-1] == "[Beside the cells]\nToo low.\nDraft only"


def slides() -> bytes:
    p = 'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'

    def slide(*texts: str, more: str = "") -> str:
        return (
            f"<p:sld {p} {A} {more}>"
            + "".join(f"<a:p><a:r><a:t>{t}</a:t></a:r></a:p>" for t in texts)
            + "</p:sld>"
        )

    table = "<a:tbl><a:tr><a:tc><a:p><a:r><a:t>Fee</a:t></a:r></a:p></a:tc><a:tc><a:p><a:r><a:t>5 %</a:t></a:r></a:p></a:tc></a:tr></a:tbl>"
    ids = '<p:sldId id="256" r:id="r2"/><p:sldId id="257" r:id="r1"/>'
    return package(
        "ppt/presentation.xml",
        {
            "ppt/presentation.xml": f"<p:presentation {p} {R}><p:sldIdLst>{ids}</p:sldIdLst></p:presentation>",
            "ppt/slides/slide1.xml": slide("Second", more='show="0"'),
            "ppt/slides/slide2.xml": slide("First").replace("</p:sld>", table + "</p:sld>"),
            "ppt/notesSlides/notes1.xml": slide("Say nothing of the fee."),
        },
        {
            "ppt/presentation.xml": [
                ("r1", "slide", "slides/slide1.xml"),
                ("r2", "slide", "slides/slide2.xml"),
            ],
            "ppt/slides/slide2.xml": [("r1", "notesSlide", "../notesSlides/notes1.xml")],
        },
    )


def test_slides_are_pages_in_their_order_with_notes_and_tables() -> None:
    parsed = read(slides(), "a.pptx")
    assert parsed.pages == ("First\nFee\t5 %\n\nNotes:\nSay nothing of the fee.", "Second")
    assert [note.kind for note in parsed.notes] == ["hidden"]


def test_open_text_is_read_as_it_is_shown() -> None:
    names = {"office": "office", "text": "text", "table": "table", "dc": ""}
    spaces = " ".join(
        f'xmlns:{key}="urn:oasis:names:tc:opendocument:xmlns:{value}:1.0"'
        for key, value in names.items()
        if value
    )
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>Struck out.</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes><text:h>Lease</text:h><text:p>Ten<text:s text:c='2'/>years."
        "<text:note><text:note-body><text:p>As amended.</text:p></text:note-body></text:note></text:p>"
        "<table:table><table:table-row><table:table-cell><text:p>Rent</text:p></table:table-cell>"
        "<table:table-cell><text:p>5</text:p></table:table-cell></table:table-row></table:table>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr(
            "content.xml",
            f"<office:document-content {spaces}><office:body><office:text>{body}</office:text></office:body>"
            "</office:document-content>",
        )
    parsed = read(out.getvalue(), "a.odt")
    assert parsed.pages == ("Lease\nTen  years.\nRent\t5\n\nNotes\n\nAs amended.",)
    assert [note.kind for note in parsed.notes] == ["changes"]


def test_rtf_is_read() -> None:
    data = rb"{\rtf1\ansi{\fonttbl{\f0 Arial;}}\f0 The B\'fcrgschaft ends.\par {\pntext 2.\tab}Second.}"
    assert read(data, "a.rtf").pages[0].split() == ["The", "Bürgschaft", "ends.", "2.", "Second."]


def test_an_invitation_is_read_as_people_read_it() -> None:
    said = (
        "METHOD:REQUEST\r\nBEGIN:VTIMEZONE\r\nTZID:Vienna\r\nEND:VTIMEZONE\r\nBEGIN:VEVENT\r\nUID:1@x\r\n"
        "DTSTART;TZID=Europe/Vienna:20250314T100000\r\nDTEND:20250314T110000Z\r\nSUMMARY:Completion\r\n"
        'DESCRIPTION:Bring the deed\\, and the side let\r\n ter.\\nRoom 4\r\nATTENDEE;CN="Osei, R.";'
        "PARTSTAT=ACCEPTED:mailto:r@x.example\r\nATTACH;VALUE=BINARY;FILENAME=a.pdf:JVBE\r\nEND:VEVENT\r\n"
    )
    parsed = read(f"BEGIN:VCALENDAR\r\n{said}END:VCALENDAR\r\n".encode(), "invite.ics")
    assert parsed.pages[0].split("\n") == [
        "Kind: Invitation",
        "",
        "Start: 2025-03-14 10:00 (Europe/Vienna)",
        "End: 2025-03-14 11:00 (UTC)",
        "Subject: Completion",
        "Description: Bring the deed, and the side letter.",
        "Room 4",
        "Invited: Osei, R. <r@x.example> (accepted)",
        "Attachment: a.pdf",
    ]
    assert [note.kind for note in parsed.notes] == ["reading", "inside"]
    assert [member.name for member in parsed.members] == ["a.pdf"]


def test_xml_is_read_without_its_marks() -> None:
    parsed = read(
        b'<?xml version="1.0"?><deal><buyer>Marlowe</buyer><price cur="EUR">40</price></deal>', "a.xml"
    )
    assert parsed.pages == ("Marlowe\n40",)
    assert parsed.notes


@pytest.mark.parametrize(
    ("magic", "said"),
    [
        (b"7z\xbc\xaf\x27\x1c" + bytes(40), "7z"),
        (b"Rar!\x1a\x07\x01\x00" + bytes(40), "RAR"),
        (b"!BDN" + bytes(40), ".pst"),
        (b"\xffWPC" + bytes(40) + b"Lease", "WordPerfect"),
        (b"\0\0\0\x18ftypheic" + bytes(40), "photograph"),
        (b"\0\0\0\x18ftypmp42" + bytes(40), "recording"),
        (archive({"Index/Document.iwa": b"x"}), "Pages"),
        (b"Rent" + bytes(range(1, 27)) * 4, "PDF"),
    ],
)
def test_what_is_not_read_says_the_way_out(magic: bytes, said: str) -> None:
    parsed = read(magic, "a")
    assert parsed.disposition == "unsupported"
    assert said in parsed.reason
    assert "upload" in parsed.reason.lower()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Rar! is an archiver.", "a.txt"),
        ("A page begins with <html> and ends with </html>.", "memo"),
        ("The format is %PDF-1.7, see below.", "memo.txt"),
        ("From the seller:\nwe agree.", "note.txt"),
        ("MZ is how programs begin.", "note"),
        ("BM is a bitmap.", "note.txt"),
    ],
)
def test_a_text_that_speaks_of_a_format_is_a_text(text: str, name: str) -> None:
    assert read(text.encode(), name).pages == (text,)


@pytest.mark.parametrize("encoding", ["utf-8", "cp850", "cp437", "cp866", "shift_jis"])
def test_names_in_a_zip_are_read_in_any_code_page(encoding: str) -> None:
    name = {"cp866": "Договор аренды.txt", "shift_jis": "契約書の写し.txt"}.get(
        encoding, "Verträge für Köln.txt"
    )
    raw = name.encode(encoding)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("x" * len(raw), b"Text.")
    data = out.getvalue().replace(b"x" * len(raw), raw)
    assert [member.name for member in read(data, "a.zip").members] == [name]


HIDDEN = [
    '<p style="display: none">secret</p>',
    '<p style="visibility:hidden">secret</p>',
    '<p style="font-size:0px">secret</p>',
    "<div hidden><p>secret</p></div>",
    '<p class="off">secret</p>',
    '<p style="opacity:0">secret</p>',
    '<p style="color: transparent">secret</p>',
    '<div style="max-height:0px; overflow:hidden">secret</div>',
    '<font color="#ffffff">secret</font>',
]


@pytest.mark.parametrize("markup", HIDDEN)
def test_html_that_is_not_shown_is_left_out_and_told(markup: str) -> None:
    data = f"<html><head><style>.off {{ display:none }} .on {{ color: red }}</style></head><body><p>Shown</p>{markup}</body></html>"
    parsed = read(data.encode(), "a.html")
    assert parsed.pages == ("Shown",)
    assert [note.kind for note in parsed.notes] == ["hidden"]


def test_what_is_filled_in_in_html_is_in_its_place() -> None:
    data = (
        '<html><body><p>Buyer: <input value="Marlowe"> <input type="checkbox" checked> agreed <input type=hidden value=x>'
        "<select><option>Paris<option selected>Oslo</select></p><p style='font-size:0.9em'>small</p></body></html>"
    )
    assert read(data.encode(), "a.html").pages[0].split() == [
        "Buyer:",
        "Marlowe",
        "☒",
        "agreed",
        "Oslo",
        "small",
    ]
