"""Which documents a question is asked of, the likeliest first, and why."""

from collections.abc import Sequence
from dataclasses import dataclass

from consolidation.asking.names import Meant, which_documents
from reviewapp.documents.models import Document
from reviewapp.documents.search import rank_documents, search_pages
from reviewapp.matters.models import Matter
from reviewapp.questions.models import Question
from reviewapp.questions.policy import documents_to_ask
from reviewapp.questions.results import current_cells

LIKELIEST = 50


@dataclass(frozen=True)
class Chosen:
    """Documents to ask, in this order, and the reason in words that follow "because"."""

    documents: Sequence[Document]
    because: str


@dataclass(frozen=True)
class FileNamed:
    """A document as far as its file name tells."""

    document_id: str
    file_name: str
    titles: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    short_names: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()


def choose_documents(question: Question) -> Chosen:
    """The documents in scope that were not asked yet: those that the question names, else the likeliest ones.

    All of them where the question's reach says so.
    """
    candidates = documents_to_ask(question)
    if question.reach == Question.Reach.ALL:
        return Chosen(_likeliest(question, candidates), "all of them were asked for")
    room = max(0, LIKELIEST - len(current_cells(question)))
    meant = _meant(question, candidates)
    named = {chosen.document_id for chosen in meant.chosen}
    if named:
        documents = [document for document in candidates if str(document.pk) in named]
        return Chosen(documents[:room], _naming(meant))
    reason = _no_name(meant)
    if question.scope.exists():
        reason = "they were chosen" if len(candidates) > 1 else "it was chosen"
    if len(candidates) > room:
        reason += ", and these hold most of the question's words"
    return Chosen(_likeliest(question, candidates)[:room], reason)


def _meant(question: Question, candidates: Sequence[Document]) -> Meant:
    described = [FileNamed(str(document.pk), document.name) for document in candidates]
    return which_documents(question.text, described, lambda name: _stands_in(question.matter, name))


def _stands_in(matter: Matter, name: str) -> bool:
    """Whether a document of the matter has these words, one after the other, in its text."""
    phrase = name.replace('"', " ")
    return bool(search_pages(matter, f'"{phrase}"', 1))


def _likeliest(question: Question, candidates: Sequence[Document]) -> list[Document]:
    if len(candidates) < 2:
        return list(candidates)
    ranks = rank_documents(question.matter, question.text)
    return sorted(candidates, key=lambda document: (-ranks.get(document.pk, 0.0), document.name))


def _naming(meant: Meant) -> str:
    words = meant.chosen[0].words
    return f"the question names {words}" if words else "the question gives its date"


def _no_name(meant: Meant) -> str:
    if meant.unknown:
        return f"no document mentions {' or '.join(meant.unknown)}, so that none is meant more than another"
    return "the question names none"
