"""Which documents a question is asked of, the likeliest first, and why."""

from collections.abc import Sequence
from dataclasses import dataclass

from consolidation.answers.naming import named
from reviewapp.documents.models import Document
from reviewapp.documents.search import rank_documents
from reviewapp.questions.models import Question
from reviewapp.questions.policy import documents_to_ask
from reviewapp.questions.results import current_cells

LIKELIEST = 50


@dataclass(frozen=True)
class Chosen:
    """Documents to ask, in this order, and the reason in words that follow "because"."""

    documents: Sequence[Document]
    because: str


def choose_documents(question: Question) -> Chosen:
    """The documents in scope that were not asked yet: those that the question names, else the likeliest ones.

    All of them where the question's reach says so.
    """
    candidates = documents_to_ask(question)
    if question.reach == Question.Reach.ALL:
        return Chosen(_likeliest(question, candidates), "all of them were asked for")
    room = max(0, LIKELIEST - len(current_cells(question)))
    meant = _named(question, candidates)
    if meant:
        return Chosen(meant[:room], _names_words(meant))
    reason = "the question names none"
    if question.scope.exists():
        reason = "they were chosen" if len(candidates) > 1 else "it was chosen"
    if len(candidates) > room:
        reason += ", and these hold most of the question's words"
    return Chosen(_likeliest(question, candidates)[:room], reason)


def _named(question: Question, candidates: Sequence[Document]) -> list[Document]:
    """The documents that the question mentions most clearly; none where it mentions no name."""
    clear = named(question.text, [document.name for document in candidates])
    clearest = max(clear, default=0.0)
    if not clearest:
        return []
    return [document for document, its in zip(candidates, clear, strict=True) if its == clearest]


def _likeliest(question: Question, candidates: Sequence[Document]) -> list[Document]:
    if len(candidates) < 2:
        return list(candidates)
    ranks = rank_documents(question.matter, question.text)
    return sorted(candidates, key=lambda document: (-ranks.get(document.pk, 0.0), document.name))


def _names_words(meant: Sequence[Document]) -> str:
    if len(meant) > 1:
        return f"the question names {len(meant)} documents"
    return "the question names it"
