"""Which documents a question is asked of, the likeliest first, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from consolidation import Engine, likely_states
from consolidation.asking.excluding import leaving_out
from consolidation.asking.names import Meant, which_documents
from consolidation.asking.spoken_roles import spoken_roles
from consolidation.asking.understand import Understanding
from consolidation.asking.wording import because
from gpu_worker.engine import bank_of, readable
from reviewapp.briefs.selectors import names_of
from reviewapp.documents.models import Document
from reviewapp.documents.search import rank_documents, search_pages
from reviewapp.matters.models import Matter
from reviewapp.questions.models import Question
from reviewapp.questions.policy import documents_to_ask
from reviewapp.questions.results import current_cells
from reviewapp.states.selectors import ready_state_names

LIKELIEST = 50
#: How much the first ranks of a list count more than later ones, where lists are put together.
RANK_OFFSET = 10
ALL_ASKED = "all of them were asked for"


@dataclass(frozen=True)
class Chosen:
    """Documents to ask, in this order, and the reason in words that follow "because".

    `unknown` are names in the question that no document mentions; then none is asked. `of_any` is the question with
    "the agreement" for the documents that it names, `of_these` that with "the agreements" for a kind which several
    are, and `left_out` are documents that it leaves out.
    """

    documents: Sequence[Document]
    because: str
    unknown: tuple[str, ...] = ()
    of_any: str = ""
    of_these: str = ""
    left_out: Sequence[Document] = ()


@dataclass(frozen=True)
class Line:
    """A question that goes on from another, in full, and the documents that it is then about; None: any."""

    text: str
    documents: frozenset[UUID] | None
    because: str = ""


@dataclass(frozen=True)
class Called:
    """A document by what it may be called; its brief tells all but the file name."""

    document_id: str
    file_name: str
    titles: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    short_names: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    mentioned: tuple[str, ...] = ()


def choose_documents(
    engine: Engine, question: Question, asked: Understanding, line: Line | None = None
) -> Chosen:
    """The documents in scope that were not asked yet: those that the question names, else the likeliest ones.

    A question that goes on from another is asked of the documents of its `line`, unless it names its own.
    All of them where the question's reach says so; none where it names what no document mentions. Those that it
    leaves out are never among them.
    """
    candidates = documents_to_ask(question)
    if not asked.left_out:
        return _among(engine, question, asked, candidates, question.whole, line)
    every = [*candidates, *question.leaves_out.all()]
    gone = {chosen.document_id for chosen in meant_in(question.matter, asked.left_out, every).chosen}
    rest = [document for document in candidates if str(document.pk) not in gone]
    words, _ = leaving_out(question.whole)
    chosen = _among(engine, question, asked, rest, words, line)
    told = f"{chosen.because} and leaves out {asked.left_out}"
    if not gone:
        told = f"{chosen.because}, and none is left out, as none goes by the name of {asked.left_out}"
    left_out = [document for document in every if str(document.pk) in gone]
    return replace(chosen, because=told[:500], left_out=left_out)


def _among(
    engine: Engine,
    question: Question,
    asked: Understanding,
    candidates: Sequence[Document],
    words: str,
    line: Line | None,
) -> Chosen:
    """The documents to ask of some of them; `words` are those of the question that may name documents."""
    if question.reach == Question.Reach.ALL:
        if question.standing:
            return Chosen(sorted(candidates, key=lambda document: document.name), ALL_ASKED)
        return Chosen(_by_words(question, candidates), ALL_ASKED)
    room = max(0, LIKELIEST - len(current_cells(question)))
    if line is not None and line.documents is not None:
        followed = [document for document in candidates if document.pk in line.documents]
        if followed:
            meant = meant_in(question.matter, line.text, candidates)
            return Chosen(_by_words(question, followed)[:room], line.because, of_any=meant.neutral)
    meant = meant_in(question.matter, words, candidates)
    named = {chosen.document_id for chosen in meant.chosen}
    if named:
        documents = [document for document in candidates if str(document.pk) in named]
        told = because(meant.chosen[0])
        return Chosen(documents[:room], told, of_any=meant.neutral, of_these=meant.of_these)
    is_chosen = question.scope.exists()
    if meant.unknown and not is_chosen:
        return Chosen([], f"no document mentions {' or '.join(meant.unknown)}", meant.unknown)
    roles = () if is_chosen or asked.over != "document" else spoken_roles(question.whole)
    if having := _in_which_stand(question.matter, roles, candidates):
        spoken = " and ".join(f"the {role}" for role in roles)
        return Chosen(_by_words(question, having)[:room], f"the question speaks of {spoken}")
    reason = "the question names none"
    if is_chosen:
        reason = "they were chosen" if len(candidates) > 1 else "it was chosen"
    if len(candidates) <= room:
        return Chosen(_by_words(question, candidates), reason)
    return Chosen(
        _likeliest(engine, question, asked, candidates)[:room],
        f"{reason}, and these are the likeliest to answer",
    )


def meant_in(matter: Matter, text: str, candidates: Sequence[Document]) -> Meant:
    """Which of the documents a text names."""
    names = names_of(candidates)
    called = [_called(document, names.get(document.pk, {})) for document in candidates]
    return which_documents(text, called, lambda name: _stands_in(matter, name))


def _called(document: Document, names: Mapping[str, Any]) -> Called:
    return Called(str(document.pk), document.name, **{kind: tuple(words) for kind, words in names.items()})


def _stands_in(matter: Matter, name: str) -> bool:
    """Whether a document of the matter has these words, one after the other, in its text."""
    phrase = name.replace('"', " ")
    return bool(search_pages(matter, f'"{phrase}"', 1))


def _in_which_stand(matter: Matter, roles: Sequence[str], candidates: Sequence[Document]) -> list[Document]:
    """The documents in whose text all of these words stand; no other can be about parties in such roles."""
    if not roles:
        return []
    having = set.intersection(*(set(rank_documents(matter, role)) for role in roles))
    return [document for document in candidates if document.pk in having]


def _by_words(question: Question, candidates: Sequence[Document]) -> list[Document]:
    if len(candidates) < 2:
        return list(candidates)
    ranks = rank_documents(question.matter, question.whole)
    return sorted(candidates, key=lambda document: (-ranks.get(document.pk, 0.0), document.name))


def _likeliest(
    engine: Engine, question: Question, asked: Understanding, candidates: Sequence[Document]
) -> list[Document]:
    """By the question's words and by the index of the states, the ranks of both together."""
    names = ready_state_names(candidates, **readable(engine))
    document_of = {name: document for document, name in names.items()}
    likely = likely_states(engine, asked.each, bank_of(question.matter), list(document_of))
    worded = rank_documents(question.matter, question.whole)
    weight: dict[UUID, float] = {}
    by_words = sorted(worded, key=lambda document: -worded[document])
    for ranked in (by_words, [document_of[name] for name, _ in likely]):
        for place, document in enumerate(ranked):
            weight[document] = weight.get(document, 0.0) + 1 / (RANK_OFFSET + place)
    return sorted(candidates, key=lambda document: (-weight.get(document.pk, 0.0), document.name))
