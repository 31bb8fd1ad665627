"""Every example of docs/integrators.md runs as it is written, against a served product."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.api.conftest import program_of
from tests.pages.browsing import served
from tests.pages.full_world import full_world

BEGIN, END = "<!-- examples that are run", "<!-- end of examples -->"


def examples(repository: Path, language: str) -> list[str]:
    """The blocks of a language, in their order."""
    text = (repository / "docs" / "integrators.md").read_text()
    part = text[text.index(BEGIN) : text.index(END)]
    return re.findall(rf"^```{language}\n(.*?)^```", part, re.MULTILINE | re.DOTALL)


def test_examples_run(transactional_db: None, repository: Path, tmp_path: Path) -> None:
    program = program_of(full_world().admin)
    shell = "set -euo pipefail\n" + "\n".join(examples(repository, "sh"))
    python = "\n".join(examples(repository, "python"))
    assert shell.count("call ") > 5 and python.count("session.") > 8
    with served() as address:
        environment = {
            **os.environ,
            "NIGHTBRIEF": address,
            "TOKEN": program.secret,
            "PYTHONPATH": str(repository),
        }
        for command in (["bash", "-c", shell], [sys.executable, "-c", python]):
            done = subprocess.run(
                command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=120
            )
            assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("language", ["sh", "python"])
def test_there_are_examples(repository: Path, language: str) -> None:
    assert len(examples(repository, language)) >= 3
