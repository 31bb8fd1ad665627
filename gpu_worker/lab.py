"""The memory lab: the questions of one document through each way to keep it."""

import time
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from consolidation.errors import Cancelled, ConsolidationError
from consolidation.evaluation.apart import ProcessEndedError, measure_apart
from consolidation.evaluation.compared import Compared, figures_of
from consolidation.evaluation.comparing import TOGETHER, Asked, steps_of
from consolidation.evaluation.labelled import places_of
from consolidation.evaluation.ways import Text
from gpu_worker.sharing import giving_way
from reviewapp.documents.models import Document
from reviewapp.jobs.errors import Stopped, WorkError
from reviewapp.jobs.work import Run
from reviewapp.lab.models import Compared as Part
from reviewapp.lab.models import Comparison
from reviewapp.lab.progress import left_seconds, next_part
from reviewapp.lab.results import TIME_OVER, rows_of, store_figures, store_part


class Clock:
    """Seconds of work so far, without those in which other work went first."""

    def __init__(self, most: float) -> None:
        self._began, self._away, self._most = time.monotonic(), 0.0, most

    def away(self, seconds: float) -> None:
        """So many seconds went to other work."""
        self._away += seconds

    @property
    def seconds(self) -> float:
        return time.monotonic() - self._began - self._away

    @property
    def is_over(self) -> bool:
        return self.seconds > self._most


def compare_next(run: Run, comparison: Comparison) -> None:
    """Measure the comparison's next document, and reckon its figures anew.

    Where the process that measures dies, the document is tried again, and left out after the last attempt. Raises
    Stopped, and WorkError to be tried again.
    """
    part = next_part(comparison)
    if part is None:
        run.finish()
        return
    clock, rows, reason = Clock(left_seconds(comparison)), list[dict[str, Any]](), ""
    others = comparison.parts.exclude(pk=part.pk).select_related("document")[: TOGETHER - 1]
    try:
        measured = _measured(run, clock, part, [other.document for other in others])
        # NB: two documents of one name are two
        rows = [asdict(row) | {"document": f"{part.order + 1}. {row.document}"} for row in measured]
    except Cancelled:
        if not clock.is_over:
            raise Stopped from None
        reason = TIME_OVER
    except ConsolidationError as error:
        reason = f"{str(error)[:1].upper()}{str(error)[1:]}."
        if isinstance(error, ProcessEndedError) and run.job.attempts < run.job.max_attempts:
            raise WorkError(reason) from None
    figures = figures_of([Compared(**row) for row in (*rows_of(comparison), *rows)]) if rows else None
    with run.completing():
        store_part(part, rows, clock.seconds, reason)
        if figures is not None:
            store_figures(comparison, figures)
        run.finish({"rows": len(rows)})


def _measured(run: Run, clock: Clock, part: Part, others: Sequence[Document]) -> list[Compared]:
    total, rows, done = len(steps_of(len(others))), list[Compared](), 0
    document = _text(part.document)
    asked = [
        Asked(
            one["question"], tuple(one["answers"]), one["kind"],
            tuple(place for said in one.get("quote") or one["answers"] for place in places_of(document.text, said)),
            one.get("trained", False),
        )
        for one in part.asked
    ]  # fmt: skip
    run.progress(0, total)
    with giving_way(run) as give_way:

        def before_next() -> None:
            began = time.monotonic()
            give_way()
            clock.away(time.monotonic() - began)

        for some in measure_apart(
            document,
            list(map(_text, others)),
            asked,
            lambda: run.should_stop() or clock.is_over,
            before_next,
        ):
            rows += some
            done += 1
            run.progress(done, total)
    return rows


def _text(document: Document) -> Text:
    return Text(document.name, document.text())
