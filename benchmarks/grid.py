"""What a table of 500 contracts and the 41 standing questions of commercial contracts takes, beside asking the model.

    python -m benchmarks.grid ../shared/data

Real contracts, spread over all lengths, are consolidated by the shipped weights as a worker does it, which writes
their briefs. They are repeated, each time with another line at the end, until there are 500 documents, and the
standing questions are asked of all of them; each question's job is run as a worker runs it.

`grid_seconds_500x41` is the time of that, from asking to the last summary, `grid_cells_per_s` its rate, and
`grid_queries_per_cell` counts statements as `benchmarks.cells` does. `sleep_s_per_contract` and
`brief_s_per_contract_in_sleep` are means of consolidating: in all, and what the brief takes of it.
`free_question_s_per_cell` is the mean time of a question that no brief answers, over the contracts. Reading again is
one consolidation with the same weights for each cell: `reread_seconds_500x41` is the mean of `grid_contracts`
contracts, 20,500 times. Finding passages is BM25 over a contract and reading the best by the same reader, as many as
an answer reads: `retrieval_seconds_500x41` is the mean over these contracts and `retrieval_questions` questions,
20,500 times.
"""

import argparse
import hashlib
import logging
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import torch

from benchmarks.cells import count_statements
from benchmarks.installation import own_installation
from benchmarks.reports import report_more

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from laboratory.data.facts import Contract
    from reviewapp.documents.models import Document
    from reviewapp.matters.models import Matter

DOCUMENTS, CONTRACTS = 500, 20
#: Questions of which the time of finding passages is the mean.
RETRIEVED = 4
PAGE_CHARACTERS = 3_000
FREE_QUESTION = "What must be done with confidential information when the agreement ends?"
RESULTS = Path(__file__).resolve().parent / "results" / "workspace.json"
COMMAND = "python -m benchmarks.grid ../shared/data"


def measure(data_folder: Path, contracts: int) -> dict[str, Any]:
    """All figures."""
    import django

    django.setup()
    logging.disable(logging.WARNING)
    from django.contrib.auth.models import User
    from django.core.management import call_command
    from django.db import transaction

    from reviewapp.frame.actor import Actor
    from reviewapp.matters.actions import create_matter

    call_command("migrate", verbosity=0)
    ada = User.objects.create_user("ada")
    matter = create_matter("Everything", actor=Actor(ada))
    chosen = _every_so_many(data_folder, contracts)
    documents = [_write(matter, contract, copy) for copy, contract in enumerate(chosen)]
    figures = _sleep(documents, ada)
    figures |= _retrieval(chosen)
    figures |= _free(matter, documents, ada)
    with transaction.atomic():
        for copy in range(len(chosen), DOCUMENTS):
            _copy(matter, chosen[copy % len(chosen)], documents[copy % len(chosen)], copy)
    figures |= _grid(matter, ada)
    return figures | {
        "reread_seconds_500x41": round(figures["read_s_per_contract"] * figures["grid_cells"], 0),
        "retrieval_seconds_500x41": round(figures["retrieval_s_per_cell"] * figures["grid_cells"], 0),
        "grid_contracts": len(chosen),
        "grid_mean_characters": round(sum(len(one.text) for one in chosen) / len(chosen)),
    }


def _every_so_many(data_folder: Path, number: int) -> "list[Contract]":
    """So many of all contracts, spread over their lengths."""
    from laboratory.data.facts import load_contracts

    every = sorted(load_contracts(data_folder / "cuad" / "contracts.jsonl.xz"), key=lambda c: len(c.text))
    return [every[(2 * i + 1) * len(every) // (2 * number)] for i in range(number)]


def _write(matter: "Matter", contract: "Contract", copy: int) -> "Document":
    from reviewapp.documents.models import PAGE_SEPARATOR, Document, Page

    text = contract.text + f"\nCopy {copy} of this agreement."
    digest = hashlib.sha256(text.encode()).hexdigest()
    pages = list(_pages(text, len(PAGE_SEPARATOR)))
    document = Document.objects.create(
        matter=matter, sha256=digest, name=f"Contract {copy:04} {contract.id[:60]}.txt", media_type="text/plain",
        size_bytes=len(text), blob=digest, text_version="written", text_sha256=digest, page_count=len(pages),
        char_count=len(text),
    )  # fmt: skip
    Page.objects.bulk_create(
        Page(document=document, number=number, text=text[start:end], start=start, end=end)
        for number, (start, end) in enumerate(pages, start=1)
    )
    return document


def _pages(text: str, gap: int) -> Iterator[tuple[int, int]]:
    """Ranges of pages that end at a line's end, which is what stands between pages."""
    start = 0
    while start < len(text):
        end = text.find("\n", start + PAGE_CHARACTERS)
        yield start, (end if end >= 0 else len(text))
        start = (end if end >= 0 else len(text)) + gap


def _sleep(documents: "Sequence[Document]", user: "User") -> dict[str, Any]:
    """Consolidate as a worker does; the state's record tells how much of that was reading."""
    from gpu_worker import tasks
    from gpu_worker.engine import current_engine
    from reviewapp.frame.actor import Actor
    from reviewapp.states.actions import request_consolidation
    from reviewapp.states.models import State

    current_engine()
    whole = 0.0
    for document in documents:
        job = request_consolidation(document, Actor(user))
        began = time.perf_counter()
        tasks.consolidate_document(str(job.pk if job else ""))
        whole += time.perf_counter() - began
    read = sum(State.objects.filter(document__in=documents).values_list("seconds", flat=True))
    each = len(documents)
    return {
        "sleep_s_per_contract": round(whole / each, 3),
        "brief_s_per_contract_in_sleep": round((whole - read) / each, 3),
        "read_s_per_contract": round(read / each, 3),
    }


def _retrieval(contracts: "Sequence[Contract]") -> dict[str, Any]:
    """What BM25 and the reader take for a question of a contract; its index is there, as states are."""
    from consolidation.passages.passages import passages_of
    from gpu_worker.engine import current_engine
    from reviewapp.briefs.standing import COMMERCIAL, STANDING

    engine = current_engine()
    most = engine.settings.close_passages + engine.settings.worded_passages
    questions = [STANDING[name].words for name in COMMERCIAL[:: len(COMMERCIAL) // RETRIEVED]][:RETRIEVED]
    indexed = [passages_of(contract.text, engine.memory.tokenise) for contract in contracts]
    for passages in indexed:
        passages.full_text.scores(questions[0])
    began = time.perf_counter()
    for passages in indexed:
        for question in questions:
            rows = (-passages.full_text.scores(question)).argsort(kind="stable")[:most]
            engine.reader.read(
                question, [passages.words(int(row)) for row in rows], [passages.title] * len(rows)
            )
    cells = len(indexed) * len(questions)
    seconds = (time.perf_counter() - began) / cells
    return {"retrieval_s_per_cell": round(seconds, 4), "retrieval_questions": len(questions)}


def _free(matter: "Matter", documents: "Sequence[Document]", user: "User") -> dict[str, Any]:
    from gpu_worker import tasks
    from reviewapp.frame.actor import Actor
    from reviewapp.questions.actions import ask_many

    (question,) = ask_many(matter, [FREE_QUESTION], actor=Actor(user), scope=documents)
    began = time.perf_counter()
    tasks.answer(str(question.job.pk if question.job else ""))
    return {"free_question_s_per_cell": round((time.perf_counter() - began) / len(documents), 3)}


def _copy(matter: "Matter", contract: "Contract", document: "Document", copy: int) -> None:
    """The contract once more, with the brief that was made of it; its places are the same."""
    from reviewapp.briefs.models import Brief

    other = _write(matter, contract, copy)
    brief = Brief.objects.get(document=document)
    parts = [[*related.all()] for related in (brief.fields, brief.held)]
    brief.pk, brief.document, brief._state.adding = uuid4(), other, True
    brief.save()
    for rows in parts:
        for row in rows:
            row.pk, row.brief, row._state.adding = uuid4(), brief, True
        type(rows[0]).objects.bulk_create(rows)


def _grid(matter: "Matter", user: "User") -> dict[str, Any]:
    from gpu_worker import tasks
    from reviewapp.briefs.standing import COMMERCIAL, STANDING
    from reviewapp.frame.actor import Actor
    from reviewapp.questions.actions import ask_many
    from reviewapp.questions.models import Answer

    counted = count_statements()
    began = time.perf_counter()
    words = [STANDING[name].words for name in COMMERCIAL]
    questions = ask_many(matter, words, actor=Actor(user), standing=COMMERCIAL)
    for question in questions:
        tasks.answer(str(question.job.pk if question.job else ""))
    seconds = time.perf_counter() - began
    queries = len(counted)
    cells = Answer.objects.filter(question__in=questions)
    told = {state: cells.filter(state=state).count() for state in ("supported", "check", "not_found")}
    if sum(told.values()) != DOCUMENTS * len(COMMERCIAL):
        raise SystemExit(f"{told} were answered, not {DOCUMENTS * len(COMMERCIAL)}.")
    return {
        "grid_seconds_500x41": round(seconds, 1),
        "grid_cells_per_s": round(sum(told.values()) / seconds, 1),
        "grid_queries_per_cell": round(queries / sum(told.values()), 3),
        "grid_cells": sum(told.values()),
        **{f"grid_cells_{state}": number for state, number in told.items()},
    }


def main() -> None:
    """Measure and write the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data_folder", type=Path)
    parser.add_argument("--contracts", type=int, default=CONTRACTS)
    args = parser.parse_args()
    torch.set_num_threads(2)
    with own_installation():
        figures = measure(args.data_folder, args.contracts)
    report_more(RESULTS, COMMAND, figures)


if __name__ == "__main__":
    main()
