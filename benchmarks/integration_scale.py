"""How much of version 1 is measured, as the result tells it; and the quick start of its documentation, timed."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

PARTS = ("repeats", "times", "answers", "fuzz", "quickstart")


@dataclass(frozen=True)
class Scale:
    """What is measured, and how much of it. `contracts` are words of names of the demo's contracts, none for all."""

    parts: tuple[str, ...] = PARTS
    documents: int = 100_000
    examples: int = 10
    repeats: int = 200
    timed: int = 200
    contracts: tuple[str, ...] = ()

    def told(self) -> dict[str, float]:
        """What is smaller than by default, as it stands beside the figures."""
        whole, told = Scale(), dict[str, float]()
        if "repeats" in self.parts and self.repeats < whole.repeats:
            told["scale_of_repeats"] = self.repeats
        if "times" in self.parts and self.timed < whole.timed:
            told["scale_of_timed"] = self.timed
        if "fuzz" in self.parts and self.examples < whole.examples:
            told["scale_of_examples"] = self.examples
        if "quickstart" in self.parts and self.contracts:
            told["scale_of_contracts"] = len(self.contracts)
        return told

    def command(self, database: str) -> str:
        """The command that gives the same figures."""
        whole, said = Scale(), [f"--documents {self.documents}"]
        said += [f"--parts {','.join(self.parts)}"] if self.parts != PARTS else []
        for name in ("examples", "repeats", "timed"):
            if getattr(self, name) != getattr(whole, name):
                said.append(f"--{name} {getattr(self, name)}")
        said += [f"--contracts {','.join(self.contracts)}"] if self.contracts else []
        return f"python -m benchmarks.integration {' '.join(said)} on {database}"


def words(given: str) -> tuple[str, ...]:
    """What is written with commas between."""
    return tuple(word for word in given.split(",") if word)


def quickstart(folder: Path, contracts: Sequence[str]) -> dict[str, float]:
    """Seconds from a demo that is ready to its first answer, to the end of the ten lines, and until it was ready."""
    from tests.ops.running import demo_running, ten_lines

    data = folder / "demo"
    data.mkdir()
    started = time.perf_counter()
    with demo_running(data, contracts, patience_seconds=3600) as installation:
        ready = time.perf_counter()
        said = ten_lines(installation.address, folder, to_first_answer=True)
        first = time.perf_counter()
        if '"status":"done"' not in said.replace(" ", ""):
            raise SystemExit("the first question was not answered")
        ten_lines(installation.address, folder)
        ended = time.perf_counter()
    return {
        "demo_ready_seconds": round(ready - started, 1),
        "quickstart_seconds": round(first - ready, 1),
        "ten_lines_seconds": round(ended - first, 1),
    }
