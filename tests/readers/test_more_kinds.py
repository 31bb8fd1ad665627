"""Further files of the kinds that lost something in silence: Word, mail, archives, text and HTML."""

import io
import zipfile

import pytest

from readers.result import Limits, Parsed
from tests.readers.building import W, package, paragraph, word
from tests.readers.test_ingest_cases import Read, read

MAIL = "From: a@x.example\nTo: b@x.example\nSubject: Offer\nDate: Mon, 1 Jan 2001 10:00:00 +0000\nMIME-Version: 1.0\n"
TEXT = b"The Buyer pays a sum"
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml"'


def of(data: bytes, name: str) -> Parsed:
    return read(data, name, Limits()).parsed


def text(data: bytes, name: str) -> str:
    return " ".join("\n".join(of(data, name).pages).split())


def kinds(parsed: Parsed) -> set[str]:
    return {note.kind for note in parsed.notes}


def test_word_reads_the_version_of_content_that_says_something() -> None:
    box = f"<w:pict><v:textbox><w:txbxContent>{paragraph('In the box')}</w:txbxContent></v:textbox></w:pict>"
    both = (
        f'<mc:Choice Requires="wps"><w:drawing>{box}</w:drawing></mc:Choice><mc:Fallback>{box}</mc:Fallback>'
    )
    empty = f'<mc:Choice Requires="wpc"><w:drawing/></mc:Choice><mc:Fallback>{box}</mc:Fallback>'
    for versions in (both, empty):
        body = f"<w:p {MC}><w:r><mc:AlternateContent>{versions}</mc:AlternateContent></w:r></w:p>"
        assert text(word(body), "a.docx") == "In the box"


def test_word_art_and_deleted_cells_and_faint_text_are_told() -> None:
    art = f'<w:p {MC}><w:r><w:pict><v:textpath string="DRAFT ONLY"/></w:pict></w:r></w:p>'
    assert "DRAFT ONLY" in text(word(paragraph("x"), header=f"<w:hdr {W}>{art}</w:hdr>"), "a.docx")
    cell = f'<w:tc><w:tcPr><w:cellDel w:author="A"/></w:tcPr>{paragraph("Gone")}</w:tc>'
    kept = f"<w:tc>{paragraph('Kept')}</w:tc>"
    parsed = of(word(f"<w:tbl><w:tr>{kept}{cell}</w:tr></w:tbl>"), "a.docx")
    assert (parsed.pages, kinds(parsed)) == (("Kept",), {"changes"})
    for look in ('<w:color w:val="FFFFFF"/>', '<w:sz w:val="2"/>'):
        faint = of(word(f"<w:p><w:r><w:rPr>{look}</w:rPr><w:t>note</w:t></w:r></w:p>"), "a.docx")
        assert (faint.pages, kinds(faint)) == (("note",), {"invisible"})


def test_files_in_a_header_come_out_and_a_document_of_nothing_else_is_opened() -> None:
    body = f"<w:document {W}><w:body>{paragraph('')}</w:body></w:document>"
    parts: dict[str, str | bytes] = {
        "word/document.xml": body,
        "word/h.xml": f"<w:hdr {W}/>",
        "word/a.txt": TEXT,
    }
    links = {"word/document.xml": [("r1", "header", "h.xml")], "word/h.xml": [("r1", "package", "a.txt")]}
    parsed = of(package("word/document.xml", parts, links), "a.docx")
    assert (parsed.disposition, [member.name for member in parsed.members]) == ("expanded", ["a.txt"])


def test_what_word_shows_from_other_files_or_struck_out_is_told() -> None:
    mark = '<w:rPr><w:del w:author="B. Hall"/></w:rPr>'
    struck = "<w:p><w:r><w:rPr><w:strike/></w:rPr><w:t>Old cap</w:t></w:r></w:p>"
    body = paragraph("First half ", mark) + paragraph("second half") + struck
    data = io.BytesIO(word(body))
    with zipfile.ZipFile(data, "a") as archive:
        kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        outside = "".join(
            f'<Relationship Id="x{one}" Type="{kind}/{one}" Target="part.bin" TargetMode="External"/>'
            for one in ("subDocument", "image")
        )
        relationships = "http://schemas.openxmlformats.org/package/2006/relationships"
        archive.writestr(
            "word/_rels/document.xml.rels",
            f'<Relationships xmlns="{relationships}">{outside}</Relationships>',
        )
    parsed = of(data.getvalue(), "a.docx")
    assert parsed.pages == ("First half second half\nOld cap",)
    assert sorted(note.kind for note in parsed.notes) == ["changes", "changes", "unread", "unread"]
    assert "B. Hall" in parsed.reason


def test_a_document_saved_as_one_xml_file_is_read_like_its_package() -> None:
    part = f"<w:document {W}><w:body>{paragraph('Flat text')}</w:body></w:document>"
    flat = (
        '<?xml version="1.0"?><?mso-application progid="Word.Document"?>'
        '<pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage">'
        f'<pkg:part pkg:name="/word/document.xml"><pkg:xmlData>{part}</pkg:xmlData></pkg:part></pkg:package>'
    )
    assert text(flat.encode(), "a.xml") == "Flat text"


def test_marks_that_show_nothing_do_not_part_words() -> None:
    assert text(word(paragraph("indem\u00adni\u200bfy")), "a.docx") == "indemnify"
    assert text(b"<html><body>indem&shy;nify</body></html>", "a.html") == "indemnify"


def test_mail_reads_lines_that_go_on_and_messages_packed_against_the_standard() -> None:
    flowed = f"{MAIL}Content-Type: text/plain; format=flowed; delsp=yes\n\nThe price is fo \nrty.\n"
    assert "is forty." in text(flowed.encode(), "a.eml")
    inner = "RnJvbTogYUB4CgpJbm5lciBib2R5IGhlcmU="
    packed = (
        f"{MAIL}Content-Type: multipart/mixed; boundary=BB\n\n--BB\nContent-Type: text/plain\n\nOuter\n--BB\n"
        f"Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n{inner}\n--BB--\n"
    )
    found = read(packed.encode(), "a.eml", Limits())
    assert any("Inner body here" in page for parsed in found.everything() for page in parsed.pages)


def test_what_a_mail_does_not_hold_or_show_is_told() -> None:
    def mail(kind: str, body: str) -> Read:
        return read(f"{MAIL}Content-Type: {kind}\n\n{body}".encode(), "a.eml", Limits())

    hidden = mail(
        "text/html", "<p>Shown</p><p style='display:none'>Secret</p><img src='https://x.example/a.gif'>"
    )
    assert (kinds(hidden.parsed), "Secret" in hidden.parsed.pages[0]) == ({"hidden"}, False)
    part = mail("message/partial; id=x; number=1; total=2", "Subject: Whole\n\nThe first half")
    assert "one part of a longer one" in part.parsed.reason
    link = mail("message/external-body; access-type=URL", "Content-Type: application/pdf\n\n")
    assert [one.parsed.disposition for one in link.inside.values()] == ["unsupported"]
    sealed = "--B\nContent-Type: application/pkcs7-mime; name=smime.p7m\n\nMIIB\n--B--\n"
    mixed = mail("multipart/mixed; boundary=B", f"--B\nContent-Type: text/plain\n\nSee below.\n{sealed}")
    assert (mixed.parsed.disposition, mixed.parsed.pages[0][-10:]) == ("accepted", "See below.")
    assert [one.parsed.disposition for one in mixed.inside.values()] == ["encrypted"]
    assert mail("application/pkcs7-mime", "MIIB").parsed.disposition == "encrypted"


@pytest.mark.parametrize(
    ("written", "encoding"),
    [
        ("“The Buyer” pays – now it is €5.", "cp1252"),  # noqa: RUF001
        ("Żółta umowa kupna została zawarta w Łodzi między stronami oraz świadkami.", "cp1250"),
        ("Η σύμβαση μίσθωσης υπογράφηκε στην Αθήνα από τα μέρη.", "cp1253"),  # noqa: RUF001
        ("Договор аренды заключён в Москве между сторонами.", "utf-16-le"),
    ],
)
def test_short_texts_in_older_encodings_are_read(written: str, encoding: str) -> None:
    assert text(written.encode(encoding), "a.txt") == written


@pytest.mark.parametrize(
    ("hidden", "kind"),
    [
        ('<p style="color:#fff">Secret</p>', "hidden"),
        ('<p style="position:absolute;left:-9999px">Secret</p>', "hidden"),
        ("<del>Secret</del><ins>Open</ins>", "changes"),
        ('<iframe src="other.html"></iframe>', "unread"),
        ('<img src="data:image/png;base64,AAAA">', "reading"),
    ],
)
def test_what_a_page_of_html_hides_is_told(hidden: str, kind: str) -> None:
    parsed = of(f"<html><body><p>Shown</p>{hidden}</body></html>".encode(), "a.html")
    assert kinds(parsed) == {kind}
    assert ("Secret" in parsed.pages[0]) is (kind == "changes")


def test_html_is_hidden_by_the_styles_of_a_screen_and_its_blocks_part_words() -> None:
    styles = "<style>p > .y{display:none} @media print{.z{display:none}} /* .q{display:none} */</style>"
    body = "<p>A<i class=y>Secret</i></p><div class='z q'>B</div><b>C</b><dialog>Closed</dialog>"
    parsed = of(f"<html><head>{styles}</head>{body}</html>".encode(), "a.html")
    assert (parsed.pages, kinds(parsed)) == (("A\nB\nC",), {"hidden"})
    frames = of(b"<html><frameset><frame src='a.html'><noframes>None</noframes></frameset></html>", "a.html")
    assert (frames.disposition, "frames" in frames.reason) == ("no_text", True)


def test_html_shows_numbers_of_lists_frames_within_and_drawn_words() -> None:
    page = (
        '<html><body><ol start="3" type="a"><li>Third</li><li>Fourth</li></ol>'
        '<iframe srcdoc="&lt;p&gt;Framed&lt;/p&gt;"></iframe><svg><text>Drawn</text></svg>'
        '<table bgcolor="black"><tr><td style="color:white">On black</td></tr></table></body></html>'
    )
    assert text(page.encode(), "a.html") == "c. Third d. Fourth Framed Drawn On black"


def names_in_zip(raw: bytes) -> Read:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("X" * len(raw), TEXT)
    return read(out.getvalue().replace(b"X" * len(raw), raw), "a.zip", Limits())


@pytest.mark.parametrize(
    ("name", "encoding"),
    [("Verträge.txt", "cp437"), ("Договор аренды.txt", "cp1251"), ("契約書.txt", "cp932")],
)
def test_names_in_old_code_pages_are_as_they_were(name: str, encoding: str) -> None:
    assert list(names_in_zip(name.encode(encoding)).inside) == [name]


def test_a_link_in_a_zip_is_said_to_be_one() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        link = zipfile.ZipInfo("link.txt")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("a.txt", TEXT)
    inside = read(out.getvalue(), "a.zip", Limits()).inside
    assert {name: one.parsed.disposition for name, one in inside.items()} == {
        "link.txt": "unsupported",
        "a.txt": "accepted",
    }
