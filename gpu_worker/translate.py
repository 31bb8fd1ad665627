"""Between the records and the engine's words."""

from collections.abc import Sequence
from dataclasses import asdict

from consolidation import BuiltState, Engine, Finding, Source
from gpu_worker.engine import bank_of, current_engine
from reviewapp.documents.search import rank_documents
from reviewapp.questions.models import Question
from reviewapp.questions.policy import documents_in_scope
from reviewapp.questions.results import AnswerFacts, QuoteFacts
from reviewapp.states.results import BuiltFacts
from reviewapp.states.selectors import ready_state_names


def gather_sources(question: Question) -> list[Source]:
    """The documents in the question's scope, each with its ready state if this model can read it."""
    documents = list(documents_in_scope(question))
    engine = current_engine()
    names = ready_state_names(
        documents,
        memory=engine.memory.name,
        model_sha256=engine.identity.reads_sha256,
        tokenizer_sha256=engine.identity.tokenizer_sha256,
    )
    ranks = rank_documents(question.matter, question.text)
    bank = bank_of(question.matter)
    return [
        Source(
            document=str(document.pk),
            name=document.name,
            bank=bank,
            state_name=names.get(document.pk),
            text=document.text() if document.pk in names else "",
            text_rank=ranks.get(document.pk, 0.0),
        )
        for document in documents
    ]


def built_facts(engine: Engine, built: BuiltState) -> BuiltFacts:
    """The record's side of a built state."""
    sleep = engine.memory.settings
    return BuiltFacts(
        name=built.name,
        memory=engine.memory.name,
        model_sha256=engine.identity.reads_sha256,
        tokenizer_sha256=engine.identity.tokenizer_sha256,
        passes=sleep.passes,
        window_tokens=sleep.window_tokens,
        segment_windows=sleep.segment_windows,
        dtype="+".join(sorted(set(engine.memory.stored.values()))),
        tokens=built.tokens,
        windows=built.windows,
        segments=built.segments,
        bytes=built.bytes,
        seconds=built.seconds,
    )


def answer_facts(finding: Finding, sources: Sequence[Source]) -> AnswerFacts:
    """The record's side of a finding."""
    names = {source.document: source.name for source in sources}
    waiting = sum(seen.how == "waiting" for seen in finding.examined)
    return AnswerFacts(
        outcome=finding.outcome,
        text=finding.text,
        confidence=finding.confidence,
        verification=finding.verification,
        mode=finding.mode,
        quotes=[
            QuoteFacts(e.document, e.start, e.end, e.quote, e.verification, e.score) for e in finding.evidence
        ],
        examined=[
            {"document": seen.document, "name": names[seen.document], "how": seen.how}
            for seen in finding.examined
        ],
        provenance=asdict(finding.provenance),
        cost=asdict(finding.cost),
        incomplete=waiting > 0,
        note=_waiting_note(waiting, len(sources)),
    )


def unusable_states(finding: Finding, sources: Sequence[Source]) -> list[str]:
    """Names of the states that the records call ready and the engine could not use."""
    waiting = {seen.document for seen in finding.examined if seen.how == "waiting"}
    return [s.state_name for s in sources if s.state_name is not None and s.document in waiting]


def _waiting_note(waiting: int, total: int) -> str:
    if not total:
        return "There was no document to look into."
    if not waiting:
        return ""
    documents = "document" if total == 1 else "documents"
    were = "was" if waiting == 1 else "were"
    return (
        f"{waiting} of {total} {documents} {were} not consolidated yet when this was answered; "
        "ask again later to include every document."
    )
