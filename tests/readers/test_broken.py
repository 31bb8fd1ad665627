"""Broken files of every kind, each through the confined process."""

from pathlib import Path

from readers.client import Parser
from readers.result import Limits
from tests.conftest import REPOSITORY
from tests.readers.every_kind import write_every_kind
from tests.readers.mutating import mutated

SOURCES = [
    path for path in sorted((REPOSITORY / "tests/data/ingest-cases").iterdir()) if path.suffix != ".json"
]


def test_a_broken_file_ends_with_a_disposition_and_a_reason(tmp_path: Path) -> None:
    with Parser(tmp_path) as parser:
        sources = [*SOURCES, *write_every_kind(tmp_path)]
        for number, (path, data) in enumerate(mutated(sources, 150, seed=4)):
            changed = tmp_path / f"{number}{path.suffix}"
            changed.write_bytes(data)
            with parser.read(changed, path.name, Limits()) as reading:
                parsed = reading.parsed
            assert parsed.disposition == "accepted" or parsed.reason.endswith((".", "..."))
            assert "stopped its process" not in parsed.reason, path.name
            assert parsed.disposition != "accepted" or any(page.strip() for page in parsed.pages), path.name
