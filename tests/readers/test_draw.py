"""Pages drawn in the confined process: as they are shown, within limits, whatever the file."""

import io
from pathlib import Path

import pytest
from PIL import Image

from readers.client import Parser, Reading
from readers.draw import draw_file
from readers.protocol import Sight
from readers.result import DAMAGED, EXPANDED, TOO_LARGE, UNSUPPORTED, Limits, Parsed
from tests.readers.building import line, pdf
from tests.readers.samples import slow_pdf


def drawn(data: bytes, sight: Sight) -> tuple[Parsed, Image.Image | None]:
    spool = io.BytesIO()
    parsed = draw_file(io.BytesIO(data), "page", sight, Limits(), spool)
    return parsed, Image.open(io.BytesIO(spool.getvalue())) if parsed.members else None


def test_a_page_is_drawn_turned_and_cut_as_it_is_shown() -> None:
    data = pdf(line("Corner", 40, 740), page="/Rotate 90 /CropBox [36 36 576 756]")
    parsed, image = drawn(data, Sight(1, 720))
    assert parsed.disposition == EXPANDED
    assert image is not None
    assert image.size == (720, 540)
    dark = image.convert("L").point(lambda value: 255 if value < 128 else 0).getbbox()
    assert dark is not None
    assert dark[0] > 680, "what stands at the upper left is shown at the upper right"
    assert dark[3] < 60


def test_frames_of_a_picture_are_pages() -> None:
    frames = [Image.new("L", (200, 100), shade) for shade in (255, 0)]
    out = io.BytesIO()
    frames[0].save(out, "TIFF", save_all=True, append_images=frames[1:])
    shades = []
    for number in (1, 2):
        _, image = drawn(out.getvalue(), Sight(number, 50))
        assert image is not None
        assert image.size == (50, 25)
        shades.append(image.convert("L").getpixel((10, 10)))
    assert shades == [255, 0]


@pytest.mark.parametrize(
    ("data", "sight", "disposition"),
    [
        (b"plain text", Sight(1, 100), UNSUPPORTED),
        (pdf(line("One page")), Sight(2, 100), DAMAGED),
        (pdf("")[:200], Sight(1, 100), DAMAGED),
    ],
    ids=["no look", "no such page", "cut short"],
)
def test_what_cannot_be_drawn_says_why(data: bytes, sight: Sight, disposition: str) -> None:
    parsed, image = drawn(data, sight)
    assert parsed.disposition == disposition
    assert parsed.reason
    assert image is None


@pytest.mark.parametrize("size", [b"612 9000", b"9000 612", b"14000 14000"])
def test_the_largest_page_stays_within_its_points(size: bytes) -> None:
    _, image = drawn(pdf(line("Wide")).replace(b"612 792", size), Sight(1, 4000))
    assert image is not None
    assert image.width * image.height < 17_000_000


def test_a_page_that_takes_too_long_is_given_up_and_the_next_is_drawn(tmp_path: Path) -> None:
    slow, quick = tmp_path / "slow.pdf", tmp_path / "quick.pdf"
    slow.write_bytes(slow_pdf())
    quick.write_bytes(pdf(line("Quick")))
    limits = Limits(cpu_seconds=1, wall_seconds=20)
    with Parser(tmp_path) as parser:
        outcomes: list[Reading] = []
        for path in (slow, quick):
            with parser.draw(path, path.name, Sight(1, 4000), limits) as reading:
                outcomes.append(reading)
    assert outcomes[-1].parsed.disposition == EXPANDED
    assert outcomes[0].parsed.disposition in (TOO_LARGE, EXPANDED)
    assert all(outcome.cpu_seconds < 4 for outcome in outcomes)
