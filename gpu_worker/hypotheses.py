"""Cells of statements: whether a document entails or contradicts one, judged by its sentences."""

import time
from collections.abc import Callable, Sequence
from functools import cache
from sys import getsizeof

from consolidation import Cancelled, Engine, Judgement, Nli, load_nli
from consolidation.asking.understand import Understanding
from consolidation.parts.encodings import Encodings
from consolidation.states.tiers import Tier
from reviewapp.briefs.statements import CONTRADICTED, ENTAILED, PREFIX, STATEMENTS
from reviewapp.documents.models import Document
from reviewapp.documents.selectors import texts_of
from reviewapp.questions.quotes import QuoteFacts
from reviewapp.questions.results import AnswerFacts

#: All statements are judged at once, and a grid asks them one after the other: so many bytes of judgements are kept,
#: those of some 5,000 documents.
KEPT_BYTES = 40 * 2**20
SAID = {"entailment": ENTAILED, "contradiction": CONTRADICTED}

_judged = Tier[list[Judgement]](KEPT_BYTES)


def judge_statement(
    engine: Engine, name: str, documents: Sequence[Document], should_stop: Callable[[], bool]
) -> list[AnswerFacts]:
    """Whether each document says what the statement of this name says, with the sentences that decide.

    None is called supported, for no second judge looks at them; none is examined by an engine that shares no encoder.
    Raises Cancelled when `should_stop` says so, and
    ModelFileError where the weights are missing.
    """
    if engine.encodings is None:
        return [AnswerFacts(str(document.pk), "not_examined") for document in documents]
    texts = texts_of(documents)
    found = []
    for document in documents:
        if should_stop():
            raise Cancelled
        began, text = time.monotonic(), texts[document.pk]
        with engine.turn():
            judged = _judge(engine.encodings, document, text)
        judgement = next(each for each in judged if each.hypothesis.id == name.removeprefix(PREFIX))
        found.append(_facts(document, text, judgement, time.monotonic() - began))
    return found


@cache
def stated(name: str) -> Understanding:
    """What the statement of this name asks."""
    words = STATEMENTS[name].words
    return Understanding(words, words, words, "free", sentence="Whether each document says so.")


def _judge(encodings: Encodings, document: Document, text: str) -> list[Judgement]:
    judged = _judged.get(document.text_sha256)
    if judged is None:
        judged = _nli().judge(encodings, text)
        _judged.put(document.text_sha256, judged, sum(map(_bytes_of, judged)))
    return judged


def _bytes_of(judgement: Judgement) -> int:
    """Bytes that a judgement holds in memory; its hypothesis and its label are shared by all."""
    numbers = (*judgement.probabilities.values(), *(end for place in judgement.evidence for end in place))
    held = (judgement, judgement.probabilities, judgement.evidence, *judgement.evidence, *numbers)
    return sum(map(getsizeof, held))


@cache
def _nli() -> Nli:
    return load_nli()


def _facts(document: Document, text: str, judgement: Judgement, seconds: float) -> AnswerFacts:
    cost = {"tokens_forward": 0, "seconds": seconds, "states": 0, "passages_read": len(judgement.evidence)}
    said = SAID.get(judgement.label, "")
    value = {
        "kind": "choice",
        "text": said,
        "comparable": said.lower(),
        "shown": said,
        "order": None,
        "unit": "",
    }
    return AnswerFacts(
        str(document.pk),
        "answered" if said else "not_found",
        text=said,
        confidence=judgement.probabilities[judgement.label],
        verification="exact" if said else "",
        found_by="statements",
        value_type="choice",
        value_normalised=value if said else None,
        quotes=[QuoteFacts(a, b, text[a:b], "exact", 0.0) for a, b in judgement.evidence],
        cost=cost,
    )
