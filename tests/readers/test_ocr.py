"""Text recognition, in the confined process."""

import io
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest

from readers.client import Parser
from readers.result import Limits, Parsed
from tests.readers import samples

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
