"""What each format gives, in this process and without limits of the kernel."""

import io
import random
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readers.archive import safe_name
from readers.pdf.plain import without_empty_pairs
from readers.read import read_file
from readers.result import DISPOSITIONS, Limits, Parsed
from readers.text import PAGE_CHARACTERS, clean, paginate
from tests.readers import samples

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read(data: bytes, name: str, limits: Limits | None = None) -> Parsed:
    return read_file(io.BytesIO(data), name, limits or Limits(), io.BytesIO())


def members(data: bytes, name: str, limits: Limits | None = None) -> dict[str, bytes]:
    spool = io.BytesIO()
    parsed = read_file(io.BytesIO(data), name, limits or Limits(), spool)
    everything = spool.getvalue()
    return {m.name: everything[m.offset : m.offset + m.size] for m in parsed.members if not m.disposition}


def test_pdf_gives_one_text_a_page() -> None:
    parsed = read(samples.pdf("The first page of it", "The second page"), "a.pdf")
    assert parsed.disposition == "accepted"
    assert parsed.pages == ("The first page of it", "The second page")
    assert parsed.text_version.startswith("pdf-2 pdfium-")


def test_pdf_names_the_pages_without_text() -> None:
    parsed = read(samples.pdf("Some text on this page", "", "More text"), "a.pdf")
    assert parsed.disposition == "accepted"
    assert parsed.reason.startswith("1 of 3 pages hold no text (page 2)")


def test_pdf_with_next_to_no_text_needs_ocr() -> None:
    parsed = read(samples.pdf("7", "8"), "a.pdf")
    assert parsed.disposition == "no_text"
    assert "OCR" in parsed.reason


def test_empty_pairs_in_a_pdf_change_no_text() -> None:
    shown = b"q BT /F1 12 Tf 72 720 Td (The \x91Term\x92 of ten years) Tj ET Q "
    runs = b"q Q\n" * 20_000
    plain = read(samples.pdf("", content=shown + shown), "a.pdf")
    padded = read(samples.pdf("", content=runs + shown + runs + shown + runs), "a.pdf")
    assert plain.pages == padded.pages
    assert "The \u2018Term\u2019 of ten years" in padded.pages[0]


OTHER_BYTES = st.binary(max_size=50).map(lambda data: data.replace(b"q", b"").replace(b"Q", b""))


@given(OTHER_BYTES, OTHER_BYTES, st.integers(16, 200))
def test_only_empty_pairs_are_left_out(before: bytes, after: bytes, pairs: int) -> None:
    run = b" q Q\r\n" * pairs
    assert without_empty_pairs(before + run + after).split() == (before + b" " + after).split()
    few = before + b" q Q\r\n" * 3 + after
    assert without_empty_pairs(few) == few


def test_too_many_pages() -> None:
    parsed = read(samples.pdf("Page one of it", "Page two of it"), "a.pdf", Limits(max_pages=1))
    assert parsed.disposition == "too_large"
    assert "2 pages" in parsed.reason


def test_word_keeps_page_breaks_tables_and_insertions() -> None:
    parsed = read(samples.word(["First clause.", "Second clause."], ["On the next page."]), "a.docx")
    assert parsed.disposition == "accepted"
    assert parsed.pages == ("First clause.\nSecond clause.", "On the next page.")


def test_word_tracked_changes_read_as_accepted() -> None:
    w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    body = (
        f'<w:document {w}><w:body><w:p><w:r><w:t xml:space="preserve">due in </w:t></w:r>'
        "<w:del><w:r><w:delText>ten</w:delText></w:r></w:del><w:ins><w:r><w:t>thirty</w:t></w:r></w:ins>"
        '<w:r><w:t xml:space="preserve"> days</w:t></w:r></w:p>'
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Rent</w:t></w:r></w:p></w:tc>"
        "<w:tc><w:p><w:r><w:t>$ 5</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:body></w:document>"
    )
    source = io.BytesIO(samples.word(["x"]))
    out = io.BytesIO()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            new.writestr(entry, body if entry.filename == "word/document.xml" else old.read(entry))
    assert read(out.getvalue(), "a.docx").pages == ("due in thirty days\nRent\t$ 5",)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text_in_any_common_encoding(encoding: str) -> None:
    text = (
        "Die Gebühr beträgt fünf Prozent. Der Käufer trägt sämtliche übrigen Kosten für die Prüfung.\r\nEnde"
    )
    parsed = read(text.encode(encoding), "a.txt")
    assert parsed.disposition == "accepted"
    assert parsed.pages == (text.replace("\r\n", "\n"),)


def test_form_feeds_make_pages() -> None:
    assert read(b"one\n\x0ctwo\n\x0cthree", "a.txt").pages == ("one", "two", "three")


def test_markdown_keeps_its_type() -> None:
    assert read(b"# Title\n\nBody", "a.md").media_type == "text/markdown"


def test_html_is_what_a_browser_shows() -> None:
    data = b"""<!DOCTYPE html><html><head><title>T</title><style>p{}</style></head><body><h1>Lease</h1>
        <p>The <b>term</b> is
        ten years.</p><script>alert(1)</script><table><tr><td>Rent</td><td>$ 5</td></tr></table>
        <!-- hidden --><ul><li>one<li>two</ul>tail</body></html>"""
    parsed = read(data, "unnamed")
    assert parsed.pages == ("Lease\nThe term is ten years.\nRent\t$ 5\none\ntwo\ntail",)
    assert parsed.media_type == "text/html"


def test_mail_is_a_document_and_its_attachments_are_files() -> None:
    data = samples.mail("Please sign.\n", {"lease.pdf": b"%PDF-1", "../../etc/notes.txt": b"x"})
    parsed = read(data, "unnamed")
    assert parsed.disposition == "accepted"
    assert "Subject: Offer" in parsed.pages[0]
    assert parsed.pages[0].endswith("Please sign.")
    assert members(data, "m.eml") == {"lease.pdf": b"%PDF-1", "etc/notes.txt": b"x"}


def test_mail_without_text_is_opened_and_its_headers_are_read() -> None:
    parsed = read(samples.mail("", {"a.txt": b"x"}), "m.eml")
    assert (parsed.disposition, len(parsed.members)) == ("accepted", 1)
    assert "Subject: " in parsed.pages[0]
    bare = b"Content-Disposition: attachment\nContent-Type: application/x; name=a.bin\n\nx"
    assert read(bare, "m.eml").disposition == "expanded"


def test_mail_within_mail_is_a_file() -> None:
    outer = samples.mail("See below.")
    inner = samples.mail("The inner one.")
    boundary = b"--zz"
    data = (
        outer.split(b"Content-Type")[0]
        + b'Content-Type: multipart/mixed; boundary="zz"\n\n'
        + b"\n".join([boundary, b"Content-Type: text/plain", b"", b"Outer.", boundary])
        + b"\nContent-Type: message/rfc822\n\n"
        + inner
        + b"\n--zz--\n"
    )
    (taken,) = members(data, "m.eml").values()
    assert "The inner one." in read(taken, "inner.eml").pages[0]


def test_encrypted_mail() -> None:
    data = b"From: a@example.com\nTo: b@example.com\nSubject: s\nContent-Type: application/pkcs7-mime\n\nAAAA"
    assert read(data, "m.eml").disposition == "encrypted"


def test_zip_gives_its_files_under_safe_names() -> None:
    files = {"a/one.txt": b"1", "../../two.txt": b"22", "/etc/three.txt": b"333", "C:\\x\\four.txt": b"4444"}
    data = samples.archive({**files, "__MACOSX/a": b"junk"})
    assert members(data, "z.zip") == {
        "a/one.txt": b"1",
        "two.txt": b"22",
        "etc/three.txt": b"333",
        "x/four.txt": b"4444",
    }


def test_zip_bomb_by_ratio() -> None:
    parsed = read(samples.archive({"zeros": b"\0" * 20_000_000}), "z.zip")
    assert parsed.disposition == "too_large"
    assert "packed so tightly" in parsed.reason


def test_zip_that_lies_about_its_size() -> None:
    data = samples.archive({"zeros.txt": b"\0" * 20_000_000})
    lying = data.replace((20_000_000).to_bytes(4, "little"), (1000).to_bytes(4, "little"))
    assert lying != data
    parsed = read(lying, "z.zip")
    assert [member.disposition for member in parsed.members] in (["damaged"], [])
    assert parsed.disposition in {"expanded", "too_large"}


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        (Limits(member_count=1), "2 files"),
        (Limits(expanded_mib=1), "1 MiB"),
        (Limits(container_depth=0), "too deep"),
    ],
)
def test_zip_over_a_limit(limits: Limits, said: str) -> None:
    noise = random.Random(0).randbytes(2**20)
    parsed = read(samples.archive({"a": noise, "b": noise[1:]}), "z.zip", limits)
    assert parsed.disposition == "too_large"
    assert said in parsed.reason


def test_one_file_too_large_does_not_stop_the_others() -> None:
    noise = random.Random(0).randbytes(2**21)
    parsed = read(samples.archive({"big": noise, "small": b"x"}), "z.zip", Limits(member_mib=1))
    assert [(m.name, m.disposition) for m in parsed.members] == [("big", "too_large"), ("small", "")]


def test_sealed_zip() -> None:
    assert read(samples.sealed_archive({"a.txt": b"secret"}), "z.zip").disposition == "encrypted"


@pytest.mark.parametrize(
    ("data", "name", "disposition"),
    [
        (b"", "a.pdf", "damaged"),
        (b"%PDF-1.4 and nothing more", "a.pdf", "damaged"),
        (b"not a pdf at all", "a.pdf", "damaged"),
        (b"PK\x03\x04 broken", "a.docx", "damaged"),
        (OLE + b"\0" * 600, "a.doc", "damaged"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "a.docx", "encrypted"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "scan.png", "unsupported"),
        (b"{\\rtf1 }", "a.rtf", "no_text"),
        (bytes(range(256)) * 40, "a.bin", "unsupported"),
        (b"   \n \n", "a.txt", "no_text"),
        (b"<html><body> </body></html>", "a.html", "no_text"),
        (samples.archive({"[Content_Types].xml": b"", "xl/workbook.xml": b""}), "a.zip", "damaged"),
        (samples.archive({}), "a.zip", "damaged"),
    ],
)
def test_what_is_not_accepted_says_why(data: bytes, name: str, disposition: str) -> None:
    parsed = read(data, name)
    assert parsed.disposition == disposition
    assert parsed.reason.endswith(".")


def test_content_decides_before_the_name() -> None:
    assert read(samples.pdf("It is a PDF after all"), "letter.docx").media_type == "application/pdf"
    assert read(samples.word(["It is Word after all"]), "letter.pdf").pages == ("It is Word after all",)


@given(
    st.binary(max_size=400), st.sampled_from(["a.pdf", "a.docx", "a.eml", "a.zip", "a.html", "a.txt", "a"])
)
def test_no_bytes_make_reading_fail(data: bytes, name: str) -> None:
    for prefix in (b"", b"%PDF-1.4\n", b"PK\x03\x04", b"From: a\nTo: b\nSubject: c\n", b"<html>"):
        assert read(prefix + data, name).disposition in DISPOSITIONS


@given(st.text(alphabet=st.characters(codec=None)))
def test_clean_text_is_storable_and_stays(text: str) -> None:
    cleaned = clean(text)
    cleaned.encode()
    assert "\0" not in cleaned
    assert "\r" not in cleaned
    assert clean(cleaned) == cleaned


def test_signs_have_one_code_each() -> None:
    assert (
        clean("(i) rain\u037e (ii) 5 \u212a, 3 \u212b and 2 \u2126\u037e")
        == "(i) rain; (ii) 5 K, 3 \xc5 and 2 \u03a9;"
    )


@given(st.text(alphabet="ab \n", max_size=20_000))
def test_pages_hold_the_whole_text(text: str) -> None:
    pages = paginate(text, Limits())
    assert all(len(page) <= PAGE_CHARACTERS for page in pages)
    assert "".join("".join(pages).split()) == "".join(text.split())


@given(st.text())
def test_a_safe_name_stays_where_it_is(name: str) -> None:
    safe = safe_name(name)
    assert not safe.startswith("/")
    assert ".." not in safe.split("/")
    assert not any(ord(character) < 32 for character in safe)
