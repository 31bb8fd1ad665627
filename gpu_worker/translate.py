"""Between the records and the engine's words."""

from collections.abc import Callable, Sequence
from dataclasses import asdict
from itertools import takewhile

from consolidation import BuiltState, Engine, Event, Finding, Other, Source, answer_question
from consolidation.answers.several import asked_together
from consolidation.asking.typed import normalise
from consolidation.asking.understand import Understanding
from gpu_worker.briefs import kept, typed_facts
from gpu_worker.engine import bank_of, current_engine, readable
from gpu_worker.sharing import abreast
from reviewapp.documents.models import Document
from reviewapp.documents.selectors import texts_of
from reviewapp.jobs.work import Run
from reviewapp.matters.models import Matter
from reviewapp.questions.parts import Part
from reviewapp.questions.quotes import QuoteFacts
from reviewapp.questions.results import AnswerFacts
from reviewapp.states.results import BuiltFacts
from reviewapp.states.selectors import ready_state_names

#: What the records call the states of findings.
OUTCOMES = {
    "supported": "answered",
    "check": "answered",
    "not_found": "not_found",
    "waiting": "not_examined",
}
#: Kinds of value that can be told from other words; other kinds are whatever words there are.
COMPARED = frozenset({"date", "duration", "amount", "percent", "law"})


def gather_sources(matter: Matter, documents: Sequence[Document]) -> list[Source]:
    """The documents with their texts, each with its ready state and its brief if these are of this model."""
    engine = current_engine()
    names = ready_state_names(documents, **readable(engine))
    texts = texts_of(documents)
    found = kept(engine, documents)
    bank = bank_of(matter)
    return [
        Source(
            str(document.pk),
            document.name,
            bank,
            names.get(document.pk),
            texts[document.pk],
            *found.get(str(document.pk), (None, None)),
        )
        for document in documents
    ]


def answer_each(
    engine: Engine,
    asked: Understanding,
    sources: Sequence[Source],
    on_event: Callable[[Event], None],
    run: Run,
) -> list[Finding]:
    """One finding a document, in order: no document answers for another. A single document tells how far it is.

    When the worker shuts down, what is under way is finished and no more is begun: then there are fewer findings.
    Raises Cancelled once nobody wants them any more.
    """

    def ask(source: Source) -> Finding | None:
        if run.should_stop():
            return None
        return answer_question(engine, asked, source, heard, run.is_withdrawn)

    heard = on_event if len(sources) == 1 else _nobody
    if len(sources) > 1:
        on_event(Event("finding"))
    return [finding for finding in takewhile(bool, abreast(engine, ask, sources)) if finding]


def _nobody(event: Event) -> None:
    """Hears nothing: of many documents, what counts is how many are done."""


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


def answer_facts(asked: Understanding, source: Source, finding: Finding) -> AnswerFacts:
    """The record's side of a finding about one document; passages are kept where the answer is not sure."""
    asked = asked_together(asked)
    return AnswerFacts(
        document=source.document,
        outcome=OUTCOMES[finding.state],
        text=finding.text,
        condition=finding.condition,
        parts=[_part(one) for one in finding.parts if one is not None],
        confidence=finding.probability,
        verification="exact" if finding.quotes else "",
        found_by=",".join(finding.found_by),
        supported=finding.state == "supported",
        value_type="yes_no" if asked.yes_no else asked.value,
        value_normalised=typed_facts(finding.typed),
        quotes=_cited(finding),
        others=[asdict(other) for other in finding.others if _is_another(asked, finding, other)],
        provenance=asdict(finding.provenance),
        cost=asdict(finding.cost),
    )


def _part(finding: Finding) -> Part:
    """The answer to one of several conditions."""
    state = "not_examined" if is_waiting(finding) else finding.state
    return Part(state, finding.text, finding.condition)


def _is_another(asked: Understanding, finding: Finding, other: Other) -> bool:
    """Whether an answer can be read as what is asked for and then differs from the one that is given."""
    if asked.yes_no or asked.value not in COMPARED:
        return True
    typed = normalise(asked.value, other.text)
    return typed is not None and (finding.typed is None or typed.comparable != finding.typed.comparable)


def _cited(finding: Finding) -> list[QuoteFacts]:
    """Quotes, and the closest passages beside them unless the answer is supported or they are quoted."""
    # NB: the engine quotes from the text, so that each quote is word for word.
    quotes = [
        QuoteFacts(q.start, q.end, q.quote, "exact", 0.0, q.marked, left_out=q.left_out)
        for q in finding.quotes
    ]
    if finding.state == "supported":
        return quotes
    closest = [
        QuoteFacts(p.start, p.end, p.text, "exact", 0.0, (), "passage", p.heading, p.left_out)
        for p in finding.passages
        if not any(p.start < q.end and q.start < p.end for q in quotes)
    ]
    return [*quotes, *closest]


def is_waiting(finding: Finding) -> bool:
    """Whether the finding's document had no state that could be asked."""
    return finding.state == "waiting"


def unusable_states(sources: Sequence[Source], findings: Sequence[Finding]) -> list[str]:
    """Names of the states that the records call ready and the engine could not use."""
    pairs = zip(sources, findings, strict=True)
    return [s.state_name for s, found in pairs if s.state_name is not None and is_waiting(found)]


def waiting_note(waiting: int, total: int, told: int = 0) -> str:
    """What to tell people about documents that could not be examined; empty where all were.

    Of the `waiting` ones, `told` say themselves why they were not: their brief could not be made.
    """
    if not total:
        return "There was no document to look into."
    sentences = []
    if waiting > told:
        were = "was" if waiting - told == 1 else "were"
        sentences.append(
            f"{waiting - told} of {total} documents {were} not ready yet when this was answered; "
            "ask again later to include every document."
            if total > 1
            else "The document was not ready yet when this was answered; ask again later."
        )
    if told:
        documents = "1 document" if told == 1 else f"{told} documents"
        sentences.append(f"The brief of {documents} could not be made; each says why.")
    return " ".join(sentences)
