"""Matters that grow: documents come in five batches, some are amended, one is withdrawn; caught up, or built anew.

    python -m benchmarks.growing ../shared/data

Contracts that nothing was trained on go the product's own way in an installation of this process's own: files are
taken in, consolidated, asked, replaced by new versions and withdrawn by its actions and workers' tasks, with the
shipped weights. An amended contract has the name of another state wherever it had its own, and the right answers
change with it. Natural questions for values are asked once, of their contract, when it comes; answers that a new
version does not bear out any more are asked again by the product itself.

After each step: `new_right` of the documents that came, `old_right` of all before (percent, see
`consolidation.evaluation.compared.is_right`), and what catching up took: processor seconds, and tokens that
consolidating and answering took through the network. Building anew is all documents of that moment consolidated and
all of their questions asked: what each took when it was last done, and, after the last step, measured in another
matter.
`states_same` says whether the states of both matters have the same names, which are those of all that they depend on.
"""

import argparse
import logging
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch

from benchmarks.grown import STATES, Contract, Growing
from benchmarks.installation import own_installation
from benchmarks.memories import asked_of
from benchmarks.reports import report
from consolidation.evaluation.compared import is_right
from laboratory.answers.collect import chosen_contracts
from laboratory.reading.facts import natural

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from reviewapp.matters.models import Matter

BATCHES, AMENDED_AT, WITHDRAWN_AT = 5, 3, 4
RESULTS = Path(__file__).parent / "results" / "growing.json"
COMMAND = "python -m benchmarks.growing ../shared/data --documents {documents} --questions {questions}"
LONGEST = 25_000
#: No broker: this process does the work itself.
NOBODY = "redis://127.0.0.1:1/0"


def contracts_of(data: Path, documents: int, questions: int) -> list[Contract]:
    """So many contracts, those that can be amended first, each with at most so many questions for values."""
    asked = natural(data / "questions" / "questions.jsonl.xz")
    found = []
    for contract in chosen_contracts(data):
        if len(contract.text) <= LONGEST:
            own = [one for one in asked_of(contract, asked[contract.id]) if not one.trained]
            # those that an amendment changes come first
            own.sort(key=lambda one: not any(state in " ".join(one.answers) for state in STATES))
            found.append(Contract(f"{contract.id[:80]}.txt", contract.text, tuple(own[:questions])))
    found.sort(key=lambda contract: not contract.state())
    return found[:documents]


def measure(data: Path, documents: int, questions: int) -> dict[str, Any]:
    """All figures."""
    contracts = contracts_of(data, documents, questions)
    grown, other = (Growing(*_matter(name)) for name in ("Grown", "Built anew"))
    size, steps = len(contracts) // BATCHES, list[dict[str, Any]]()
    amended = [one.amended(one.state()) for one in contracts[: 2 * size] if one.state()][:2]
    changed: dict[str, Any] = {}
    for step in range(1, BATCHES + 1):
        came = contracts[(step - 1) * size : step * size]
        before = [one for one in contracts[: (step - 1) * size] if one.name in grown.here]
        spent = grown.receive(came)
        told = {"step": step, "came": len(came), "amended": 0, "withdrawn": 0}
        if step == AMENDED_AT:
            spent += grown.amend(amended)
            changed = _changed(grown, contracts, amended)
            told["amended"] = len(amended)
        if step == WITHDRAWN_AT:
            gone = next(one for one in before if one.name not in {each.name for each in amended})
            spent += grown.withdraw(gone)
            before.remove(gone)
            changed["cells_of_withdrawn"] = _cells_left(grown, gone)
            told["withdrawn"] = 1
        anew = grown.anew()
        steps.append(
            told
            | {
                "documents": len(grown.here), "new_right": grown.right(came), "old_right": grown.right(before),
                "seconds": round(spent.seconds, 2), "tokens": spent.tokens,
                "anew_seconds": round(anew.seconds, 2), "anew_tokens": anew.tokens,
            }
        )  # fmt: skip
        print(steps[-1], flush=True)
    _forget()
    built = other.receive(list(grown.here.values()))
    return _figures(steps, changed) | {
        "all_right": grown.right(list(grown.here.values())),
        "anew_right": other.right(list(other.here.values())),
        "anew_measured_seconds": round(built.seconds, 2),
        "anew_measured_tokens": built.tokens,
        "states_same": grown.states() == other.states(),
    }


def _forget() -> None:
    """Forget what the model keeps in memory of texts that it has read, as if it were started anew."""
    from consolidation.passages.passages import passages_of
    from gpu_worker.engine import current_engine

    passages_of.forget()
    encodings = current_engine().encodings
    if encodings is not None:
        encodings.forget_readings()
        encodings.forget_questions()


def _figures(steps: Sequence[dict[str, Any]], changed: dict[str, Any]) -> dict[str, Any]:
    """The steps, and what all of them took beside building all anew at each."""
    sums = {
        name: sum(step[name] for step in steps)
        for name in ("seconds", "tokens", "anew_seconds", "anew_tokens")
    }
    return changed | {
        "steps": list(steps),
        "catch_up_seconds": round(sums["seconds"], 1), "catch_up_tokens": sums["tokens"],
        "anew_each_time_seconds": round(sums["anew_seconds"], 1), "anew_each_time_tokens": sums["anew_tokens"],
    }  # fmt: skip


def _changed(grown: Growing, contracts: Sequence[Contract], amended: Sequence[Contract]) -> dict[str, Any]:
    """Of amended contracts: the answers that an amendment changed, and the others."""
    before = {one.name: one for one in contracts}
    told: dict[bool, list[bool]] = {True: [], False: []}
    again = 0
    for contract in amended:
        old = {one.question: one.answers for one in before[contract.name].asked}
        for one, cell in grown.cells(contract):
            is_changed = one.answers != old[one.question]
            told[is_changed].append(is_right(one.question, one.answers, cell.text if cell.is_found else ""))
            again += cell.carried_at is None
    rates = {name: round(100 * sum(own) / len(own), 1) if own else None for name, own in told.items()}
    return {
        "amended_documents": len(amended), "amended_changed": len(told[True]), "amended_kept": len(told[False]),
        "amended_changed_right": rates[True], "amended_kept_right": rates[False], "amended_asked_again": again,
    }  # fmt: skip


def _cells_left(grown: Growing, gone: Contract) -> int:
    """The answers that are left of a contract that was withdrawn."""
    return sum(grown.questions[gone.name, one.question].answers.count() for one in gone.asked)


def _matter(name: str) -> "tuple[Matter, User]":
    from django.contrib.auth.models import User

    from reviewapp.frame.actor import Actor
    from reviewapp.matters.actions import create_matter

    user, _ = User.objects.get_or_create(username="ada")
    return create_matter(name, actor=Actor(user)), user


def main() -> None:
    """Measure and write the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("--documents", type=int, default=10)
    parser.add_argument("--questions", type=int, default=6, help="of each document")
    parser.add_argument("--out", type=Path, default=RESULTS)
    args = parser.parse_args()
    torch.set_num_threads(1)
    with own_installation(NOBODY):
        import django

        django.setup()
        logging.disable(logging.WARNING)
        from django.core.management import call_command

        from reviewapp.jobs.queue import app

        app.loader.import_default_modules()
        import gpu_worker.tasks  # noqa: F401  what it does is found by name

        call_command("migrate", verbosity=0)
        figures = measure(args.data, args.documents, args.questions)
    command = COMMAND.format(documents=args.documents, questions=args.questions)
    report(args.out, command, figures)


if __name__ == "__main__":
    main()
