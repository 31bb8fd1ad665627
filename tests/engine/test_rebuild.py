"""The command that rebuilds the weights: what it runs, skips and runs again."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from laboratory.rebuild import main, passes_recipe, recipe
from laboratory.steps import Step, StepError, finished, run_all
from tests.conftest import REPOSITORY


@pytest.fixture
def steps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Step]:
    """Two steps that count how often they ran."""
    (tmp_path / "append.py").write_text("import sys\nopen(sys.argv[1], 'a').write(sys.argv[2])\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    first, second = tmp_path / "first", tmp_path / "second"
    return [
        Step("first", ("append", str(first), "1"), (first,)),
        Step("second", ("append", str(second), "2"), (second,)),
    ]


def written(steps: list[Step]) -> list[str]:
    return [step.outputs[0].read_text() for step in steps]


def test_finished_steps_are_skipped(
    steps: list[Step], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run_all(steps, tmp_path / "steps")
    run_all(steps, tmp_path / "steps")
    assert written(steps) == ["1", "2"]
    assert "second: finished before, in " in capsys.readouterr().out
    assert finished(steps[0], tmp_path / "steps") is not None


def test_a_step_runs_again_where_its_output_is_gone_or_its_command_changed(
    steps: list[Step], tmp_path: Path
) -> None:
    run_all(steps, tmp_path / "steps")
    steps[1].outputs[0].unlink()
    run_all(steps, tmp_path / "steps")
    assert written(steps) == ["1", "2"]
    changed = Step("first", ("append", str(steps[0].outputs[0]), "+"), steps[0].outputs)
    run_all([changed, steps[1]], tmp_path / "steps")
    assert written(steps) == ["+", "2"]


def test_a_stopped_step_goes_on_from_what_it_left(steps: list[Step], tmp_path: Path) -> None:
    (tmp_path / "stop.py").write_text(
        "import sys\nopen(sys.argv[1], 'a').write('half ')\nsys.exit(not sys.argv[2:])\n"
    )
    out = tmp_path / "half"
    stopped = Step("first", ("stop", str(out)), (out,))
    with pytest.raises(StepError):
        run_all([stopped], tmp_path / "steps")
    with pytest.raises(StepError):
        run_all([stopped], tmp_path / "steps")
    assert out.read_text() == "half half "
    run_all([Step("first", ("stop", str(out), "another command"), (out,))], tmp_path / "steps")
    assert out.read_text() == "half "


def test_a_failed_step_stops_the_rest_and_is_not_taken_for_finished(
    steps: list[Step], tmp_path: Path
) -> None:
    broken = Step("first", ("append",), ())
    with pytest.raises(StepError, match="first ended with status 1"):
        run_all([broken, steps[1]], tmp_path / "steps")
    assert not steps[1].outputs[0].exists()
    assert "IndexError" in (tmp_path / "steps" / "first.log").read_text()
    silent = Step("first", steps[0].arguments, (tmp_path / "never",))
    with pytest.raises(StepError, match="did not write"):
        run_all([silent], tmp_path / "steps")
    assert finished(silent, tmp_path / "steps") is None


def test_the_recipe_uses_options_that_the_commands_have(tmp_path: Path) -> None:
    for step in [*recipe(Path("data"), tmp_path), *passes_recipe(Path("data"), tmp_path)]:
        module = REPOSITORY / (step.arguments[0].replace(".", "/") + ".py")
        named = {argument for argument in step.arguments if argument.startswith("--")}
        text = module.read_text()
        if "import arguments" in text:
            text += (REPOSITORY / "laboratory" / "reading" / "further.py").read_text()
        assert named <= set(re.findall(r'add_argument\(\s*"(--[a-z-]+)"', text)), step.name


def test_each_step_finds_what_it_reads_among_what_was_written_before(tmp_path: Path) -> None:
    there = {tmp_path / "features"}
    for step in [*recipe(Path("data"), tmp_path), *passes_recipe(Path("data"), tmp_path)]:
        outputs = {*step.outputs, *(path.parent for path in step.outputs)}
        read = {Path(a) for a in step.arguments if a.startswith(str(tmp_path))} - outputs
        assert read - {tmp_path / "nli"} <= there, step.name
        there |= outputs
    shipped = ("model", "retriever", "reader", "judge", "sentences", "intents", "tagger", "nli", "extents")
    assert {tmp_path / f"{name}.safetensors" for name in shipped} <= there


def test_a_dry_run_prints_the_commands_and_stretches_the_time(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["data", str(tmp_path), "--dry-run", "--cpu", "--minutes", "1"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("python -m laboratory.data.prepare --contracts data/cuad/contracts.jsonl.xz")
    course = next(line for line in lines if ".course" in line)
    others = [line for line in lines if line != course]
    seconds = [int(s) for line in others for s in re.findall(r"(?:x1:|seconds )(\d+)", line)]
    retriever, made, half, reader, judge = map(float, course.rsplit("--seconds ", 1)[1].split(","))
    total = sum(seconds) + retriever + made + 2 * half + reader + judge
    assert total == pytest.approx(60, abs=len(seconds))
    assert "--device cpu" in course
    assert not list(tmp_path.iterdir())
