"""Whether quotes are drawn on the words that they quote.

    python -m benchmarks.pages_drawn --data FOLDER

FOLDER holds `pdf/*.pdf` and `contracts.jsonl.xz`, the contracts of CUAD (the Atticus Project, CC BY 4.0) with
their labels. Each labelled answer that stands in the stored text of its PDF, whatever its spacing, is a quote, at
each page that it touches. It is placed as the page of a document places it. That is held against what knows nothing
of the stored boxes: the characters of the page, read anew by PDFium one by one with their own boxes, turned into the
points of the picture by PDFium too; the picture that is drawn; and, for a sample, the words that text recognition
reads in the crop of the boxes.

`drawn_quote_rate` is the share of quotes drawn with all of their characters, and no others but those of the words
that a quote begins and ends in. `wrong_place_rate` is the share of quotes drawn with any box that lies, by more than
half of its characters, on others than the quote's own.
"""

import argparse
import base64
import ctypes
import io
import json
import lzma
import random
import re
import statistics
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium
import tesserocr
from numpy.typing import NDArray
from PIL import Image
from rapidfuzz import fuzz

from benchmarks.reports import report_more
from readers.boxes import Share, WordBox, unpack
from readers.draw import draw_file
from readers.languages import DATA
from readers.protocol import Sight
from readers.read import read_file
from readers.result import Limits
from reviewapp.frame.marking import Range, within
from reviewapp.reader.placing import LEAST_PLACED, lines_of, placed_share

RESULTS = Path(__file__).resolve().parent / "results" / "workspace.json"
WIDTH = 1200
DARK = 150
LEAST_INK = 0.01
READ_BACK = 200
ALIKE = 80


@dataclass(frozen=True)
class Quote:
    """A part of a labelled answer on one page: its ranges in the page's text."""

    page: int
    start: int
    end: int


@dataclass
class Anew:
    """A page as PDFium reads it here: its characters and the middle of each, as shares of the picture."""

    text: str
    middles: NDArray[np.float64]

    def inside(self, box: Share) -> set[int]:
        x, y = self.middles[:, 0], self.middles[:, 1]
        return set(np.flatnonzero((box[0] <= x) & (x <= box[2]) & (box[1] <= y) & (y <= box[3])).tolist())


def quotes_of(labels: dict[str, Any], pages: tuple[str, ...]) -> Iterator[Quote]:
    """The parts of the labelled answers that stand in the text of the pages, each place once."""
    text, starts, at = "\n".join(pages), [], 0
    for page in pages:
        starts.append(at)
        at += len(page) + 1
    seen = set[Range]()
    spans = {span.strip() for label in labels.values() for span in label["spans"] if len(span.strip()) > 1}
    for span in sorted(spans):
        match = re.search(r"\s+".join(map(re.escape, span.split())), text)
        if match is None or match.span() in seen:
            continue
        seen.add(match.span())
        for number, start in enumerate(starts):
            for first, last in within([match.span()], start, start + len(pages[number])):
                if pages[number][first:last].strip():
                    yield Quote(number, first, last)


def read_anew(page: Any) -> Anew:
    """The characters of a page, without those that PDFium makes up for spaces and lines."""
    textpage = page.get_textpage()
    width, height = 100_000, 100_000
    characters, middles = [], []
    for index in range(textpage.count_chars()):
        point = pdfium.FPDFText_GetUnicode(textpage.raw, index)
        character = chr(point) if 32 < point < 0x110000 else ""
        if not character.strip() or pdfium.FPDFText_IsGenerated(textpage.raw, index) == 1:
            continue
        left, bottom, right, top = textpage.get_charbox(index, loose=True)
        x, y = ctypes.c_int(), ctypes.c_int()
        across, up = (left + right) / 2, (bottom + top) / 2
        pdfium.FPDF_PageToDevice(page.raw, 0, 0, width, height, 0, across, up, x, y)
        characters.append(character)
        middles.append((x.value / width, y.value / height))
    return Anew("".join(characters), np.array(middles, dtype=np.float64).reshape(-1, 2))


def _bare(text: str) -> str:
    return "".join(text.split())


def _places(text: str, wanted: str) -> list[int]:
    return [match.start() for match in re.finditer(f"(?={re.escape(wanted)})", text)]


def own_characters(anew: Anew, stored: str, quote: Quote) -> list[set[int]]:
    """The characters of the page that a quote may stand on: its own, or all alike where their order differs."""
    said = _bare(stored[quote.start : quote.end])
    found = [set(range(at, at + len(said))) for at in _places(anew.text, said)]
    in_stored = _places(_bare(stored), said)
    if len(found) == len(in_stored) and found:
        return [found[in_stored.index(len(_bare(stored[: quote.start])))]]
    return found


def whole_words(stored: str, quote: Quote) -> int:
    """How many characters the words that a quote begins and ends in have outside of it."""
    before = re.search(r"\S*$", stored[: quote.start])
    after = re.match(r"\S*", stored[quote.end :])
    return len(before[0] if before else "") + len(after[0] if after else "")


class Judge:
    """Counts what became of quotes."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.shares: list[float] = []
        self.crops: list[tuple[Image.Image, str]] = []
        self._chance = random.Random(7)

    def page(
        self, anew: Anew, stored: str, words: list[WordBox], image: Image.Image, quotes: Iterable[Quote]
    ) -> None:
        """Judge the quotes of one page."""
        grey = np.asarray(image.convert("L"))
        aspect = image.height / image.width
        for quote in quotes:
            self.counts["quotes"] += 1
            ranges = [(quote.start, quote.end)]
            share = placed_share(words, stored, ranges)
            self.shares.append(share)
            if share < LEAST_PLACED:
                self.counts["not_drawn"] += 1
                continue
            boxes = [line.box for line in lines_of(words, ranges, aspect)]
            self._hold(anew, stored, quote, boxes)
            inked = all(_ink(grey, box) >= LEAST_INK for box in boxes)
            self.counts["without_ink"] += not inked
            if self._chance.random() < 0.15:
                self.crops += [(_crop(image, boxes), stored[quote.start : quote.end])]

    def _hold(self, anew: Anew, stored: str, quote: Quote, boxes: list[Share]) -> None:
        insides = [anew.inside(box) for box in boxes]
        covered = set[int]().union(*insides)
        possible = own_characters(anew, stored, quote)
        if not possible:
            self.counts["not_comparable"] += 1
            return
        own = max(possible, key=lambda one: len(one & covered))
        if len(possible) > 1:
            self.counts["several_places"] += 1
        if any(inside and len(inside & own) < 0.5 * len(inside) for inside in insides) or not covered & own:
            self.counts["wrong"] += 1
        if own <= covered and len(covered - own) <= whole_words(stored, quote):
            self.counts["right"] += 1

    def read_back(self) -> dict[str, float]:
        """How alike the words that recognition reads in the crops are to the quotes, of a sample."""
        sample = self._chance.sample(self.crops, min(READ_BACK, len(self.crops)))
        alike = []
        with tesserocr.PyTessBaseAPI(path=str(DATA), lang="eng", psm=tesserocr.PSM.SINGLE_BLOCK) as api:
            for crop, said in sample:
                api.SetImage(crop)
                alike.append(fuzz.partial_ratio(_bare(said).lower(), _bare(api.GetUTF8Text()).lower()))
        return {
            "quotes_read_back": len(alike),
            "quotes_read_back_alike_rate": round(sum(one >= ALIKE for one in alike) / max(1, len(alike)), 4),
            "quotes_read_back_median": round(statistics.median(alike), 1) if alike else 0.0,
        }


def _pixels(image_size: tuple[int, int], box: Share) -> tuple[int, int, int, int]:
    width, height = image_size
    return (
        max(0, int(box[0] * width)),
        max(0, int(box[1] * height)),
        min(width, int(box[2] * width) + 1),
        min(height, int(box[3] * height) + 1),
    )


def _ink(grey: NDArray[np.uint8], box: Share) -> float:
    left, top, right, bottom = _pixels((grey.shape[1], grey.shape[0]), box)
    part = grey[top:bottom, left:right]
    return float((part < DARK).mean()) if part.size else 0.0


def _crop(image: Image.Image, boxes: list[Share]) -> Image.Image:
    """What lies in the boxes, one below another on white, twice as large."""
    parts = [image.crop(_pixels(image.size, box)) for box in boxes]
    paper = Image.new("L", (max(p.width for p in parts) + 20, sum(p.height + 8 for p in parts) + 20), 255)
    at = 10
    for part in parts:
        paper.paste(part.convert("L"), (10, at))
        at += part.height + 8
    return paper.resize((2 * paper.width, 2 * paper.height), Image.Resampling.LANCZOS)


def _picture(data: bytes, page: int) -> Image.Image:
    spool = io.BytesIO()
    drawn = draw_file(io.BytesIO(data), "a.pdf", Sight(page + 1, WIDTH), Limits(), spool)
    (member,) = drawn.members
    spool.seek(member.offset)
    return Image.open(io.BytesIO(spool.read(member.size))).convert("RGB")


def measure(folder: Path) -> dict[str, float]:
    """The figures over all PDFs that have labels."""
    with lzma.open(folder / "contracts.jsonl.xz", "rt") as lines:
        labels = {row["id"]: row["labels"] for row in map(json.loads, lines)}
    judge, documents = Judge(), 0
    for path in sorted((folder / "pdf").glob("*.pdf")):
        data = path.read_bytes()
        parsed = read_file(io.BytesIO(data), path.name, Limits(), io.BytesIO())
        by_page: dict[int, list[Quote]] = {}
        for quote in quotes_of(labels[path.stem], parsed.pages):
            by_page.setdefault(quote.page, []).append(quote)
        documents += 1
        document = pypdfium2.PdfDocument(data)
        for number, quotes in by_page.items():
            words = unpack(base64.b64decode(parsed.boxes[number]))
            judge.page(
                read_anew(document[number]), parsed.pages[number], words, _picture(data, number), quotes
            )
    counts = judge.counts
    compared = counts["quotes"] - counts["not_comparable"]
    shares = sorted(judge.shares)
    return {
        "drawn_documents": documents,
        "drawn_quotes": counts["quotes"],
        "drawn_quotes_compared": compared,
        "drawn_quotes_with_several_places": counts["several_places"],
        "drawn_quote_rate": round(counts["right"] / compared, 5),
        "wrong_place_rate": round(counts["wrong"] / compared, 5),
        "quotes_not_drawn_rate": round(counts["not_drawn"] / counts["quotes"], 5),
        "quotes_with_a_box_without_ink": counts["without_ink"],
        "placed_share_least": LEAST_PLACED,
        "placed_share_lowest_of_100": round(shares[len(shares) // 100], 4),
        **judge.read_back(),
    }


def main() -> None:
    """Measure and write the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    report_more(RESULTS, "python -m benchmarks.pages_drawn --data FOLDER", measure(parser.parse_args().data))


if __name__ == "__main__":
    main()
