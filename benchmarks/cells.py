"""What a table of 500 documents and 40 questions costs beside the model: queries of the database, and time.

    python -m benchmarks.cells

A matter of 500 documents is written to an empty SQLite database, and the tiny memory of the tests consolidates
them. 40 questions are asked of all of them, and each question's job is run as a worker runs it, with the tiny memory
in the place of the model: what is counted is all the work around it. `queries_per_cell` counts every statement on
every connection from asking to the last summary, the heartbeat's among them; not those that begin and end
transactions.
"""

import hashlib
import logging
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.installation import own_installation
from benchmarks.reports import report_more
from consolidation import consolidate
from tests.engine.tiny import tiny_engine

if TYPE_CHECKING:
    from uuid import UUID

    from django.contrib.auth.models import User

    from reviewapp.documents.models import Document
    from reviewapp.matters.models import Matter

DOCUMENTS, QUESTIONS, PAGES = 500, 40, 3
LAWS = ("Oregon", "Nevada", "Texas")
RESULTS = Path(__file__).resolve().parent / "results" / "house.json"
COMMAND = "python -m benchmarks.cells"
ROWS_AT_ONCE = 200


def measure() -> dict[str, float]:
    """The figures: `queries_per_cell` and `cells_per_s_tiny`."""
    import django

    django.setup()
    logging.disable(logging.WARNING)
    from django.contrib.auth.models import User
    from django.core.management import call_command

    from reviewapp.frame.actor import Actor
    from reviewapp.matters.actions import create_matter

    call_command("migrate", verbosity=0)
    ada = User.objects.create_user("ada")
    matter = create_matter("Everything", actor=Actor(ada))
    _write_documents(matter)
    return _ask(matter, ada)


def _ask(matter: "Matter", user: "User") -> dict[str, float]:
    from gpu_worker import tasks
    from reviewapp.frame.actor import Actor
    from reviewapp.jobs.models import Job
    from reviewapp.questions.actions import ask_many
    from reviewapp.questions.models import Answer, Citation

    counted = count_statements()
    began = time.perf_counter()
    ask_many(matter, [f"Which law governs? ({n})" for n in range(QUESTIONS)], actor=Actor(user))
    for job in Job.objects.filter(matter=matter).values_list("pk", flat=True):
        tasks.answer(str(job))
    seconds = time.perf_counter() - began
    queries = len(counted)
    cells = Answer.objects.filter(state__in=[Answer.State.CHECK, Answer.State.NOT_FOUND]).count()
    if cells != DOCUMENTS * QUESTIONS or Citation.objects.count() < cells:
        raise SystemExit(f"{cells} cells were answered, not {DOCUMENTS * QUESTIONS}.")
    return {
        "queries_per_cell": round(queries / cells, 3),
        "cells_per_s_tiny": round(cells / seconds, 1),
        "cells_jobs": Job.objects.filter(matter=matter).count(),
    }


def count_statements() -> list[str]:
    """A list to which every statement of this connection, and of each that is opened later, is added."""
    from django.db import connection
    from django.db.backends.signals import connection_created

    counted: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        counted.append(sql[:20])
        return execute(sql, params, many, context)

    def watch(connection: Any, **kwargs: Any) -> None:
        connection.execute_wrappers.append(note)

    connection_created.connect(watch, weak=False)
    connection.execute_wrappers.append(note)
    return counted


def _write_documents(matter: "Matter") -> None:
    from reviewapp.documents.models import PAGE_SEPARATOR, Document, Page

    documents, pages, texts_of = [], [], {}
    for number in range(DOCUMENTS):
        texts = [f"Agreement {number}, page {page}.\n{'The parties agree. ' * 60}" for page in range(PAGES)]
        texts[1] += f"\nThis Agreement is governed by the law of {LAWS[number % len(LAWS)]}.\n"
        digest = hashlib.sha256(str(number).encode()).hexdigest()
        text = PAGE_SEPARATOR.join(texts)
        document = Document(
            matter=matter, sha256=digest, name=f"Contract {number:04}.pdf", media_type="application/pdf",
            size_bytes=len(text), blob=digest, text_version="written", text_sha256=digest, page_count=PAGES,
            char_count=len(text),
        )  # fmt: skip
        start = 0
        for page, its in enumerate(texts, start=1):
            pages.append(Page(document=document, number=page, text=its, start=start, end=start + len(its)))
            start += len(its) + len(PAGE_SEPARATOR)
        documents.append(document)
        texts_of[document.pk] = text
    Document.objects.bulk_create(documents, batch_size=ROWS_AT_ONCE)
    Page.objects.bulk_create(pages, batch_size=ROWS_AT_ONCE)
    _consolidate(documents, texts_of)


def _consolidate(documents: "Sequence[Document]", texts_of: "Mapping[UUID, str]") -> None:
    from gpu_worker import engine as engines
    from gpu_worker.translate import built_facts
    from reviewapp.states.results import store_state

    engine = tiny_engine()
    engines._loaded[engines.memory_name()] = engine
    for document in documents:
        key = engine.state_key(
            document_sha256=document.sha256, text_version="written", text_sha256=document.text_sha256
        )
        built = consolidate(engine, texts_of[document.pk], key, engines.bank_of(document.matter))
        store_state(document, built_facts(engine, built))


def main() -> None:
    """Measure and write the figures."""
    with own_installation():
        figures = measure()
    report_more(RESULTS, COMMAND, figures)


if __name__ == "__main__":
    main()
