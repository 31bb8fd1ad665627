"""A comparison of the memory lab that was measured, with rows as the engine writes them."""

from dataclasses import asdict

from consolidation.evaluation.compared import Compared, figures_of
from consolidation.evaluation.comparing import SEVERAL, steps_of
from reviewapp.frame.actor import Actor
from reviewapp.jobs.models import Job
from reviewapp.jobs.work import running
from reviewapp.lab.actions import QuestionFile, begin_comparison, prepare_comparison
from reviewapp.lab.models import Comparison
from reviewapp.lab.progress import next_part
from reviewapp.lab.results import rows_of, store_figures, store_part
from tests.pages.world import World

HEADER = "document,question,answer,category\n"
#: What a way gives: share of right answers, seconds to make and to ask.
GIVES = {
    "state_n1": (0.3, 2.7, 0.07), "state_n2": (0.35, 2.9, 0.07), "state_n4": (0.2, 3.1, 0.1),
    "retrieval_full_text": (0.6, 0.0, 0.36), "retrieval_closeness": (0.7, 1.3, 0.36), "retrieval": (0.7, 1.3, 0.37),
    "compaction": (0.1, 1.3, 0.16), "compacted_kv": (0.1, 2.8, 0.07), "product": (0.75, 2.8, 0.42),
    "no_context": (0.0, 1.3, 0.07), "text_read_twice": (0.3, 2.8, 0.07), "gold_passage": (0.7, 0.0, 0.08),
    "attention": (0.7, 0.0, 0.66), "shuffled_state": (0.05, 1.8, 0.07),
}  # fmt: skip


def prepared(world: World, *documents: str, questions: int = 20) -> Comparison:
    """A comparison with so many questions of each document, not begun."""
    answers = ["" if n % 5 == 0 and questions > 1 else "Oregon" for n in range(questions)]
    rows = [f"{name},Question {n}?,{said},law\n" for name in documents for n, said in enumerate(answers)]
    file = QuestionFile("ours.csv", (HEADER + "".join(rows)).encode())
    return prepare_comparison(world.matter, "own", 15, actor=Actor(world.admin), file=file)


def measured_rows(comparison: Comparison) -> list[Compared]:
    """What the next document gives through each way."""
    part = next_part(comparison)
    assert part is not None
    out = []
    for step in steps_of(1):
        way = SEVERAL.get(step, step)
        right, build, ask = GIVES[way]
        for n, asked in enumerate(part.asked[: 10 if step in SEVERAL else None]):
            if way == "gold_passage" and not asked["answers"]:
                continue
            is_right = bool(asked["answers"]) and n < right * len(part.asked)
            out.append(
                Compared(
                    way, part.document.name, 30_000 * part.order + 9_000, "law", False, bool(asked["answers"]),
                    is_right, is_right, is_right, is_right, n < 2, ask, 100, 1e9, build, 1e11, 60_000,
                    3 if step in SEVERAL else 1, n + 1,
                )
            )  # fmt: skip
    return out


def measure_next(comparison: Comparison) -> None:
    """Do the job of the next document as a worker does, with these rows."""
    job = Job.objects.get(comparison=comparison, status="waiting")
    rows = measured_rows(comparison)
    with running(str(job.pk), alone=True) as run:
        assert run is not None
        with run.completing():
            part = next_part(comparison)
            assert part is not None
            store_part(part, [asdict(row) for row in rows], 40.0)
            every = [Compared(**row) for row in rows_of(comparison)]
            comparison.refresh_from_db()
            store_figures(comparison, figures_of(every))
    comparison.refresh_from_db()


def measured(world: World, *documents: str, questions: int = 20) -> Comparison:
    """A comparison of these documents that is done."""
    draft = prepared(world, *documents, questions=questions)
    comparison = begin_comparison(draft, actor=Actor(world.admin))
    for _ in documents:
        measure_next(comparison)
    return comparison
