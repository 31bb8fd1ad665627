"""Cells of standing questions: taken from what briefs hold, without the model where these are fresh."""

import logging
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.db import InterfaceError, OperationalError, transaction

from consolidation import Cancelled, Engine, StateError
from consolidation.briefs.clauses import Tagging
from gpu_worker.briefs import Slept, brief_version, make_brief
from gpu_worker.counted import count
from gpu_worker.engine import bank_of, readable
from gpu_worker.faults import Fault, fault_of
from reviewapp.briefs.models import Held
from reviewapp.briefs.results import BriefFacts, note_failure, store_brief
from reviewapp.briefs.selectors import failures_of, held_of
from reviewapp.briefs.standing import STANDING
from reviewapp.documents.models import Document
from reviewapp.documents.selectors import as_known
from reviewapp.frame.marking import shifted
from reviewapp.jobs.errors import WorkError
from reviewapp.matters.models import Matter
from reviewapp.questions.quotes import QuoteFacts
from reviewapp.questions.results import AnswerFacts
from reviewapp.states.actions import rebuild_damaged_states
from reviewapp.states.selectors import ready_state_names

logger = logging.getLogger(__name__)


def answer_standing(
    engine: Engine, name: str, matter: Matter, documents: Sequence[Document], should_stop: Callable[[], bool]
) -> list[AnswerFacts]:
    """What briefs hold for the standing question of this name, a cell a document; those that lack are made first.

    A document without a state is not examined, nor is one whose brief cannot be made: that says why. Raises as
    `renew_briefs`.
    """
    began, version = time.monotonic(), brief_version(engine)
    held = held_of(documents, version, name)
    lacking = [document for document in documents if document.pk not in held]
    if lacking:
        renew_briefs(engine, matter, lacking, should_stop)
        held |= held_of(lacking, version, name)
    failed = failures_of([document for document in lacking if document.pk not in held], version)
    seconds = (time.monotonic() - began) / max(1, len(documents))
    facts = [
        _facts(str(one.pk), name, held[one.pk])
        if one.pk in held
        else AnswerFacts(str(one.pk), "not_examined", note=failed[one.pk].told if one.pk in failed else "")
        for one in documents
    ]
    cost = {"tokens_forward": 0, "seconds": seconds, "states": 0, "passages_read": 0}
    return [replace(one, provenance={"brief": version}, cost=cost) for one in facts]


def renew_briefs(
    engine: Engine,
    matter: Matter,
    documents: Sequence[Document],
    should_stop: Callable[[], bool] = lambda: False,
) -> int:
    """Make the briefs of those documents that have a state; tells how many. States that are damaged are built anew.

    Each is kept as soon as it is made. One that cannot be made is told, written down and passed over, and not tried
    before its time comes. Raises Cancelled when `should_stop` says so, WorkError where the fault is the process's, so
    that the others would fail as well, and OperationalError and InterfaceError where the database is away.
    """
    bank, made = bank_of(matter), 0
    names = ready_state_names(documents, **readable(engine))
    put_off = failures_of(documents, brief_version(engine), only_put_off=True)
    for document in (one for one in documents if one.pk in names and one.pk not in put_off):
        try:
            facts = make_brief(
                document, Slept(engine, bank, names[document.pk], Tagging(engine)), should_stop
            )
            made += _kept(document, facts)
        except StateError:
            rebuild_damaged_states(matter, [names[document.pk]])
        except (Cancelled, OperationalError, InterfaceError):
            raise
        except Exception as error:  # noqa: BLE001  a defect of one must not cost the others; told by its type
            fault = fault_of(error)
            _note(engine, document, fault)
            if not fault.of_document:
                raise WorkError(fault.reason) from None
    return made


def _note(engine: Engine, document: Document, fault: Fault) -> None:
    logger.error("brief of document %s: %s: %s", document.pk, fault.code, fault.reason)
    count(briefs_failed=1)
    note_failure(document, brief_version(engine), fault.code, fault.reason, counted=fault.of_document)


def _kept(document: Document, facts: BriefFacts) -> bool:
    """Keep a brief, unless the document was withdrawn or got another text while it was made."""
    with transaction.atomic():
        # NB: held until the brief is there, for who changes the text drops the brief that there is.
        if as_known(document).select_for_update().first() is None:
            return False
        store_brief(document, facts)
    return True


def _facts(document: str, name: str, held: Held | None) -> AnswerFacts:
    if held is None:
        return AnswerFacts(document, "not_found", value_type=STANDING[name].value)
    found = held.state != Held.State.NOT_FOUND
    return AnswerFacts(
        document,
        "answered" if found else "not_found",
        held.text,
        held.confidence,
        "exact" if found else "",
        held.found_by,
        held.state == Held.State.SUPPORTED,
        STANDING[name].value,
        held.value_normalised,
        [*map(_quote, held.quotes), *(_quote(one, "passage") for one in held.passages)],
        held.others,
    )


def _quote(plain: Mapping[str, Any], kind: str = "quote") -> QuoteFacts:
    start = plain["start"]
    marked = shifted(plain["marked"], -start)
    left_out = shifted(plain.get("left_out", ()), -start)
    return QuoteFacts(
        start, plain["end"], plain["quote"], "exact", 0.0, marked, kind, plain["heading"], left_out
    )
