"""Files that lost something in silence, each with what must come of it (`tests/data/ingest-cases/expect.json`).

`must` and `mustnot` are looked for in the text of the file and of what came out of it; `|` stands between
alternatives, `DUP:` before what must not stand there twice, `FLAT:` before what may stand in any file that came
out, `LABELS` for the labels of pages. `reason_says_one_of` is looked for in what people are told of the file.
"""

import io
import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from readers.client import Parser
from readers.read import read_file
from readers.result import Limits, Parsed
from tests.conftest import REPOSITORY

FOLDER = REPOSITORY / "tests/data/ingest-cases"
CASES = json.loads((FOLDER / "expect.json").read_text())
FAILING = frozenset[str]()


@dataclass
class Read:
    """A file's outcome and those of the files that came out of it, by name."""

    parsed: Parsed
    inside: dict[str, "Read"] = field(default_factory=dict)

    def everything(self) -> Iterator[Parsed]:
        yield self.parsed
        for inner in self.inside.values():
            yield from inner.everything()


def read(data: bytes, name: str, limits: Limits) -> Read:
    spool = io.BytesIO()
    found = Read(read_file(io.BytesIO(data), name, limits, spool))
    deeper = replace(limits, container_depth=max(0, limits.container_depth - 1))
    for member in found.parsed.members:
        if member.disposition:
            found.inside[member.name] = Read(Parsed(member.disposition, member.reason))
        else:
            inner = spool.getvalue()[member.offset : member.offset + member.size]
            found.inside[member.name] = read(inner, member.name, deeper)
    return found


def faults(case: dict[str, Any]) -> list[str]:
    """What is not as it must be."""
    found = read((FOLDER / case["file"]).read_bytes(), case["file"], Limits())
    text = "\n".join(found.parsed.pages)
    flat = "\n".join(page for parsed in found.everything() for page in parsed.pages)
    told = " ".join([found.parsed.reason, *(note.text for note in found.parsed.notes)])
    wrong = [
        f"missing: {wanted}" for wanted in case["must"] if not _is_there(wanted, found.parsed, text, flat)
    ]
    for unwanted in case["mustnot"]:
        most = 1 if unwanted.startswith("DUP:") else 0
        if _plain(text).count(_plain(unwanted.removeprefix("DUP:"))) > most:
            wrong.append(f"there: {unwanted}")
    disposition = case["disposition"]
    if disposition not in (None, found.parsed.disposition):
        wrong.append(f"is {found.parsed.disposition}, not {disposition}")
    if case["reason_says_one_of"] and not any(w.lower() in told.lower() for w in case["reason_says_one_of"]):
        wrong.append(f"does not say {case['reason_says_one_of']}")
    return wrong + [f"no file {name}" for name in case["members"] or () if name not in found.inside]


def _is_there(wanted: str, parsed: Parsed, text: str, flat: str) -> bool:
    if wanted == "LABELS":
        return any(parsed.labels)
    if wanted.startswith("FLAT:"):
        return wanted.removeprefix("FLAT:") in flat
    return any(_plain(one) in _plain(text) for one in wanted.split("|"))


def _plain(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['kind']}-{case['file']}")
def test_nothing_is_lost_in_silence(case: dict[str, Any], request: pytest.FixtureRequest) -> None:
    if case["file"] in FAILING:
        request.applymarker(pytest.mark.xfail(strict=True, reason="not mended yet"))
    assert faults(case) == []


@pytest.fixture(scope="module")
def parser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Parser]:
    with Parser(tmp_path_factory.mktemp("spool")) as parser:
        yield parser


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["file"])
def test_the_confined_process_reads_the_same(case: dict[str, Any], parser: Parser) -> None:
    path = FOLDER / case["file"]
    here = read(path.read_bytes(), path.name, Limits()).parsed
    # NB: PDFium measures a font that is not in the file a little differently once it has drawn with it.
    with parser.read(path, path.name, Limits()) as reading:
        assert replace(reading.parsed, boxes=()) == replace(here, boxes=())
        assert len(reading.parsed.boxes) == len(here.boxes)
