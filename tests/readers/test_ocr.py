"""Text recognition, in the confined process."""

import base64
import io
import zipfile
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import docx
import numpy as np
import openpyxl
import PIL.Image
import PIL.ImageDraw
import pypdfium2
import pytest
from openpyxl.drawing.image import Image

from readers.boxes import unpack
from readers.client import Parser
from readers.ocr import MARK
from readers.read import read_file
from readers.result import Limits, Parsed
from tests.readers import building, samples
from tests.readers.every_kind import files_of_every_kind, picture

WORDS = "The Landlord leases to the Tenant the premises at 14 Harbour Street"
SEEN = Limits(ocr_seconds=120)


@pytest.fixture(scope="module")
def parser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Parser]:
    with Parser(tmp_path_factory.mktemp("spool")) as parser:
        yield parser


def read(parser: Parser, path: Path, limits: Limits) -> Parsed:
    with parser.read(path, path.name, limits) as reading:
        return reading.parsed


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    """A PDF whose page is a picture."""
    page = pypdfium2.PdfDocument(samples.pdf(WORDS))[0]
    path = tmp_path / "scan.pdf"
    page.render(scale=200 / 72).to_pil().save(path, resolution=200)
    return path


def test_a_scanned_page_is_read_and_says_so(parser: Parser, scan: Path) -> None:
    parsed = read(parser, scan, SEEN)
    assert parsed.pages == (WORDS,)
    assert [note.kind for note in parsed.notes] == ["ocr"]
    assert "OCR" in parsed.reason


def test_without_recognition_it_has_no_text(parser: Parser, scan: Path) -> None:
    assert read(parser, scan, Limits()).disposition == "no_text"


def test_a_language_that_is_not_there_switches_it_off(parser: Parser, scan: Path) -> None:
    assert read(parser, scan, Limits(ocr_seconds=120, ocr_languages="eng+xyz")).disposition == "no_text"


def test_a_picture_is_a_document_whichever_way_it_lies(parser: Parser, tmp_path: Path) -> None:
    page = pypdfium2.PdfDocument(samples.pdf(WORDS))[0]
    picture = page.render(scale=200 / 72).to_pil()
    for name, turned in (("a.png", picture), ("b.jpg", picture.rotate(90, expand=True))):
        turned.save(tmp_path / name, dpi=(200, 200))
        parsed = read(parser, tmp_path / name, SEEN)
        assert parsed.pages == (WORDS,)
        assert [note.kind for note in parsed.notes] == ["ocr"]
    assert read(parser, tmp_path / "a.png", Limits()).disposition == "unsupported"


STAMP = "RECEIVED 12 MAY 2024"


def beside_a_stamp(content: str, words: str = WORDS) -> bytes:
    """A PDF of a picture of words, painted as /I (its upper left quarter as /Q), with a stamp of text."""
    page = pypdfium2.PdfDocument(samples.pdf(words))[0]
    strip = page.render(scale=200 / 72, grayscale=True).to_pil().convert("L").crop((0, 0, 1700, 800))
    images = []
    for part in (strip, strip.crop((0, 0, 850, 400)), strip.crop((850, 0, 1700, 400))):
        packed = io.BytesIO()
        part.save(packed, "JPEG")
        size = f"/Width {part.width} /Height {part.height} /ColorSpace /DeviceGray /BitsPerComponent 8"
        kind = f"/Type /XObject /Subtype /Image {size} /Filter /DCTDecode"
        images.append(building.stream(kind, packed.getvalue()))
    resources = "/XObject << /I 6 0 R /Q 7 0 R /R 8 0 R >>"
    return building.pdf(f"{content} {building.line(STAMP, 72, 100)}", resources=resources, objects=images)


def test_pictures_beside_the_words_of_a_page_are_read_as_the_page_shows_them() -> None:
    large, small = ("q 612 0 0 288 0 400 cm /I Do Q", "q 400 0 0 188 100 400 cm /I Do Q")
    in_tiles = "q 200 0 0 94 100 400 cm /Q Do Q q 200 0 0 94 300 400 cm /R Do Q"
    for content in (large, small, f"{small} {small}", in_tiles):
        data = beside_a_stamp(content)
        without, seen = (
            read_file(io.BytesIO(data), "a.pdf", limits, io.BytesIO()) for limits in (Limits(), SEEN)
        )
        assert (without.wants_ocr, without.pages) == (True, (STAMP,))
        assert [note.kind for note in without.notes] == ["unread"]
        assert seen.pages == (f"{STAMP}\n\n{MARK}\n{WORDS}",)
        assert ([note.kind for note in seen.notes], seen.languages) == (["ocr"], ("eng",))
        assert len(unpack(base64.b64decode(seen.boxes[0]))) == len(f"{STAMP} {WORDS}".split())


def test_signs_and_words_that_are_text_already_want_no_recognition() -> None:
    sign = read_file(
        io.BytesIO(beside_a_stamp("q 400 0 0 188 100 400 cm /I Do Q", "ACME")),
        "a.pdf",
        Limits(),
        io.BytesIO(),
    )
    lines = " ".join(building.line(WORDS, 20, 300 + 20 * number) for number in range(6))
    ground = beside_a_stamp(f"q 612 0 0 792 0 0 cm /I Do Q {lines}", " ")
    over = read_file(io.BytesIO(ground), "a.pdf", Limits(), io.BytesIO())
    assert [(one.wants_ocr, one.notes) for one in (sign, over)] == [(False, ()), (False, ())]


def test_pages_beyond_the_time_are_named(parser: Parser, tmp_path: Path) -> None:
    pages = pypdfium2.PdfDocument(samples.pdf(*[WORDS] * 20))
    pictures = [page.render(scale=200 / 72).to_pil() for page in pages]
    out = io.BytesIO()
    pictures[0].save(out, "PDF", save_all=True, append_images=pictures[1:], resolution=200)
    (tmp_path / "long.pdf").write_bytes(out.getvalue())
    parsed = read(parser, tmp_path / "long.pdf", Limits(ocr_seconds=1))
    assert parsed.pages[0] == WORDS
    assert parsed.pages[-1] == ""
    assert any(note.kind == "unread" and "no time left" in note.text for note in parsed.notes)


def with_picture(data: bytes, part: str, was: bytes = b"", now: bytes = b"") -> bytes:
    """A package with a picture in the place of a part, and something said otherwise in the others."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    return samples.archive(
        {name: one.replace(was, now) if was else one for name, one in parts.items()} | {part: picture("PNG")}
    )


def drawn(size: tuple[int, int], *lines: tuple[int, int, str], grain: int = 0) -> bytes:
    """A scan of typed lines, each from (left, top), on paper with so much grain."""
    page = PIL.Image.new("L", size, 255)
    for left, top, text in lines:
        PIL.ImageDraw.Draw(page).text((left, top), text, fill=0, font_size=30)
    points = np.asarray(page, dtype=np.float64) + np.random.default_rng(1).normal(0, grain, size[::-1])
    out = io.BytesIO()
    PIL.Image.fromarray(points.clip(0, 255).astype(np.uint8)).save(out, "PNG", dpi=(200, 200))
    return out.getvalue()


def test_the_numbers_of_clauses_stay_with_them_and_columns_apart_and_little_is_found_on_grainy_paper() -> (
    None
):
    says = "The Tenant shall pay the rent and all of the charges"
    clauses = [
        line
        for number in range(1, 5)
        for line in (
            (90, 160 * number, f"{number}."),
            (190, 160 * number, says),
            (190, 160 * number + 45, "which fall due in each month of the Term."),
        )
    ]
    columns = [
        (left, 100 + 45 * line, f"{word} {text}")
        for left, word in ((60, "one"), (700, "two"))
        for line, text in enumerate(["of the rent and of the fees"] * 10)
    ]
    few = [(300, 500, "By: R. Osei"), (300, 560, "Title: Director")]
    numbered, beside, sparse = (
        "\n".join(read_file(io.BytesIO(data), "a.png", SEEN, io.BytesIO()).pages)
        for data in (
            drawn((1200, 850), *clauses),
            drawn((1300, 650), *columns),
            drawn((1000, 900), *few, grain=12),
        )
    )
    assert [line.split()[0] for line in numbered.split("\n") if says in line] == [
        f"{n}." for n in range(1, 5)
    ]
    assert not any("one" in line and "two" in line for line in beside.split("\n"))
    assert sparse.split() == "By: R. Osei Title: Director".split()


GERMAN = "Der Mieter übergibt die Räume gemäß Anlage 5"


def test_pictures_in_documents_are_read_once_each_and_told_where_they_are_not(tmp_path: Path) -> None:
    letter, book, mail = docx.Document(), openpyxl.Workbook(), EmailMessage()
    letter.add_paragraph("See the picture.")
    for _ in range(2):
        letter.add_picture(io.BytesIO(picture("PNG")))
    book.create_sheet("Plan").append(["The plan"])
    book["Plan"].add_image(Image(io.BytesIO(picture("PNG"))), "B2")
    mail["From"], mail["To"], mail["Subject"] = "a@x.example", "b@x.example", "Plan"
    mail.set_content("<img src='cid:p@1'>", subtype="html")
    mail.add_related(picture("PNG"), "image", "png", cid="<p@1>")
    page = b"<p>As shown</p><img src='data:image/png;base64,%b'>" % base64.b64encode(picture("PNG"))
    letter.save(str(tmp_path / "a.docx"))
    book.save(tmp_path / "a.xlsx")
    (tmp_path / "a.eml").write_bytes(mail.as_bytes())
    (tmp_path / "a.html").write_bytes(page)
    slides = files_of_every_kind()["deck.pptx"]
    (tmp_path / "a.pptx").write_bytes(with_picture(slides, "ppt/e.txt", b'/package"', b'/image"'))
    text = files_of_every_kind()["letter.odt"]
    (tmp_path / "a.odt").write_bytes(with_picture(text, "Pictures/1.png"))
    for path in sorted(tmp_path.iterdir()):
        without, seen = (
            read_file(path.open("rb"), path.name, limits, io.BytesIO()) for limits in (Limits(), SEEN)
        )
        assert [note.kind for note in without.notes] == ["unread"], path.name
        assert without.wants_ocr
        assert "\n".join(seen.pages).count(f"{MARK}\nThe Landlord leases the premises") == 1, path.name
        assert [note.kind for note in seen.notes] == ["ocr"]
        assert seen.languages[-1] == "eng"
        assert seen.text_version.endswith(" eng")


def test_a_page_is_read_in_the_languages_that_are_asked_for_and_says_in_which() -> None:
    page, texts = pypdfium2.PdfDocument(building.pdf(building.line(GERMAN)))[0], []
    shown = io.BytesIO()
    page.render(scale=200 / 72, crop=(0, 600, 0, 0)).to_pil().save(shown, "PNG", dpi=(200, 200))
    for languages in ("eng", "deu+eng"):
        limits = Limits(ocr_seconds=120, ocr_languages=languages)
        parsed = read_file(io.BytesIO(shown.getvalue()), "a.png", limits, io.BytesIO())
        assert parsed.languages == (languages,)
        texts.append(parsed.pages[0])
    assert texts[1] == GERMAN != texts[0]
