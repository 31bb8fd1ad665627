"""Real and hostile PDFs, each through the confined process."""

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from readers.client import Parser
from readers.result import Limits
from readers.text import clean
from tests.readers.samples import SAMPLES

SHARED = Path(
    os.environ.get("NIGHTBRIEF_SHARED_DATA") or Path(__file__).resolve().parents[3] / "shared" / "data"
)
DISPOSITIONS = {
    "GHOSTSCRIPT-698804-1-fuzzed.pdf": "no_text",
    "Pages-tree-refs.pdf": "accepted",
    "boundingBox_invalid.pdf": "accepted",
    "bug1250079.pdf": "damaged",
    "empty_protected.pdf": "no_text",
    "gradientfill.pdf": "no_text",
    "helloworld-bad.pdf": "accepted",
    "issue15893_reduced.pdf": "encrypted",
    "issue21579.pdf": "encrypted",
    "issue9105_other.pdf": "damaged",
}
LEAST_CHARACTERS = 10


@pytest.fixture(scope="module")
def parser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Parser]:
    with Parser(tmp_path_factory.mktemp("spool")) as parser:
        yield parser


def disposition(parser: Parser, path: Path) -> str:
    with parser.read(path, path.name, Limits()) as reading:
        assert reading.parsed.disposition == "accepted" or reading.parsed.reason
        return reading.parsed.disposition


def shared(folder: str) -> Path:
    found = SHARED / folder
    if not found.is_dir():
        pytest.skip(f"no {found}; NIGHTBRIEF_SHARED_DATA names another folder")
    return found


def test_samples(parser: Parser) -> None:
    found = {path.name: disposition(parser, path) for path in sorted(SAMPLES.glob("*.pdf"))}
    assert found == DISPOSITIONS


# NB: of these pypdf reads nothing; pdfium reads a page, a stamp shows text, or the form fields hold values.
READ_BESIDE_PYPDF = ("Pages-tree-refs.pdf", "bug1851498.pdf", "bug1922766.pdf", "js-colors.pdf")


def test_hostile_files_end_as_pypdf_says(parser: Parser) -> None:
    folder = shared("pdf-hostile")
    index = json.loads((folder / "index.json").read_text())
    expected = {entry["file"]: _expected(entry["pypdf"]) for entry in index}
    assert len(expected) == len(list(folder.glob("*.pdf")))
    expected |= dict.fromkeys(READ_BESIDE_PYPDF, "accepted")
    expected["issue19800.pdf"] = "no_text"  # its fonts do not say which letters they show
    assert {name: disposition(parser, folder / name) for name in expected} == expected


def _expected(said: str) -> str:
    word, *numbers = said.split()
    if word == "OK":
        return "accepted" if int(numbers[1]) >= LEAST_CHARACTERS else "no_text"
    return {"ENCRYPTED": "encrypted", "ERR": "damaged"}[word]


@pytest.mark.parametrize("folder", ["cuad/pdf", pytest.param("cuad/pdf-large", marks=pytest.mark.slow)])
def test_contracts_are_accepted(parser: Parser, folder: str) -> None:
    paths = sorted(shared(folder).glob("*.pdf"))
    assert paths
    assert {path.name: disposition(parser, path) for path in paths} == {
        path.name: "accepted" for path in paths
    }


PLAIN_PYPDF = """
import json, sys
from pypdf import PdfReader
json.dump([page.extract_text() for page in PdfReader(sys.argv[1]).pages], sys.stdout)
"""


@pytest.mark.parametrize("pattern", ["GAINSCO*.pdf", "LUCID*.pdf", "NETGEAR*#2*.pdf"])
def test_nothing_that_plain_pypdf_reads_is_missing(parser: Parser, pattern: str) -> None:
    (path,) = shared("cuad/pdf").glob(pattern)
    # NB: in a process of its own, since the reader changes how pypdf opens content.
    plain = subprocess.run([sys.executable, "-c", PLAIN_PYPDF, str(path)], capture_output=True, check=True)
    with parser.read(path, path.name, Limits()) as reading:
        read = reading.parsed.pages
    expected = json.loads(plain.stdout)
    assert len(read) == len(expected)
    for ours, theirs in zip(read, expected, strict=True):
        assert not Counter(clean(theirs).split()) - Counter(ours.split())
