"""The sleep phase of documents, and of the beginnings of files that are still being read."""

import time
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import accumulate

from consolidation import (
    Bank,
    Cancelled,
    ConsolidationError,
    Engine,
    StateKey,
    consolidate,
    consolidate_beginning,
)
from consolidation.briefs.clauses import Tagging
from consolidation.text.windows import Windows
from gpu_worker.briefs import Slept, make_brief
from gpu_worker.counted import count
from gpu_worker.engine import current_engine, fresh_bank_of
from gpu_worker.sharing import giving_way
from gpu_worker.translate import built_facts
from reviewapp.briefs.results import store_brief
from reviewapp.documents.models import Document
from reviewapp.documents.selectors import as_known
from reviewapp.intake.beginning import is_being_read, pages_at_hand, text_of
from reviewapp.intake.models import BatchItem
from reviewapp.jobs.errors import Stopped, WorkError
from reviewapp.jobs.work import Run
from reviewapp.states.models import State
from reviewapp.states.results import store_state
from reviewapp.states.unfinished import remove_unfinished

#: How often it is looked whether a file is still being read.
LOOK_SECONDS = 1.0


@contextmanager
def engine_errors() -> Iterator[None]:
    """The engine's errors as those of the job system. Raises Stopped and WorkError."""
    try:
        yield
    except Cancelled:
        raise Stopped from None
    except ConsolidationError as error:
        raise WorkError(str(error)) from None
    except OSError as error:
        raise WorkError(f"The state could not be read or written: {error.strerror}.") from None


def sleep_on(run: Run, document: Document) -> None:
    """Build a document's state and its brief, and complete the job. Raises Stopped and WorkError."""
    with engine_errors():
        engine = current_engine()
        key = engine.state_key(
            document_sha256=document.sha256,
            text_version=document.text_version,
            text_sha256=document.text_sha256,
        )
        bank, tagging = fresh_bank_of(document.matter), Tagging(engine)
    with _leaving_nothing(document, bank, key.name()):
        text = document.text()
        if not as_known(document).exists():
            # NB: what was read may be another text than the key names
            raise Stopped
        with engine_errors(), _counting(run) as on_read:
            built = consolidate(engine, text, key, bank, run.progress, run.should_stop, on_read, tagging)
            facts = make_brief(document, Slept(engine, bank, built.name, tagging), run.should_stop)
        with run.completing():
            state = store_state(document, built_facts(engine, built))
            store_brief(document, facts)
            run.finish({"state": state.name, "tokens": state.tokens, "windows": state.windows})


@contextmanager
def _leaving_nothing(document: Document, bank: Bank, name: str) -> Iterator[None]:
    """What is built of a text that the document has no more goes too: nobody else knows of it."""
    try:
        yield
    finally:
        # NB: what is left of this text still, however the work ended, is gone on with.
        others = State.objects.filter(document__matter=document.matter_id, name=name)
        if not (as_known(document).exists() or others.exists()):
            bank.remove(name)
            remove_unfinished(document.matter_id, document.sha256)


def sleep_on_beginning(run: Run, item: BatchItem) -> None:
    """Consolidate what is read of a file until there is nothing to do, or its text is whole; complete the job.

    Raises Stopped and WorkError.
    """
    with engine_errors():
        engine = current_engine()
        key = engine.state_key(document_sha256=item.sha256, text_version="", text_sha256="")
        bank, tagging, known = fresh_bank_of(item.batch.matter), Tagging(engine), list[str]()
        is_over = _looking(item)
        while len(pages := pages_at_hand(item, known)) > len(known) and not is_over():
            known = pages
            _consolidate_beginning(run, engine, key, bank, tagging, pages, is_over)
            run.stop_if_asked()
    run.finish({"pages": len(known)})


def _consolidate_beginning(
    run: Run,
    engine: Engine,
    key: StateKey,
    bank: Bank,
    tagging: Tagging,
    pages: Sequence[str],
    is_over: Callable[[], bool],
) -> None:
    ends = list(accumulate(len(page) + 1 for page in pages))
    with _counting(run) as on_read:
        consolidate_beginning(
            engine,
            text_of(pages),
            key,
            bank,
            lambda characters: run.progress(bisect_right(ends, characters), len(pages)),
            lambda: run.should_stop() or is_over(),
            on_read,
            tagging,
        )


def _looking(item: BatchItem) -> Callable[[], bool]:
    """Says whether the file is not being read any more; looks now and then."""
    looked, over = time.monotonic(), False

    def is_over() -> bool:
        nonlocal looked, over
        if time.monotonic() - looked >= LOOK_SECONDS:
            looked, over = time.monotonic(), not is_being_read(item)
        return over

    return is_over


@contextmanager
def _counting(run: Run) -> Iterator[Callable[[Windows, Sequence[int]], None]]:
    """What consolidation calls between windows: it counts them, and lets questions go first that are waited for."""
    with giving_way(run) as give_way:

        def on_read(windows: Windows, chosen: Sequence[int]) -> None:
            count(consolidated_tokens=int(windows.lengths_W[list(chosen)].sum()))
            give_way()

        yield on_read
