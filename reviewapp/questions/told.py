"""What a summary says of documents: stored by their ids, told by the names that they have now."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from reviewapp.documents.models import Document

if TYPE_CHECKING:
    from reviewapp.questions.models import Question

GONE = "a document that is gone"
_BY_ID, _BY_PLACE = re.compile(r"\{document ([0-9a-f-]{36})\}"), re.compile(r"\{document (\d+)\}")


def called(document: UUID) -> str:
    """What a document is called in sentences that are to be stored; see `numbered`."""
    return f"{{document {document}}}"


def numbered(sentence: str, documents: list[str]) -> str:
    """The sentence with the documents in it by their places among `documents`, which gets those that it lacks."""

    def place(found: re.Match[str]) -> str:
        if found[1] not in documents:
            documents.append(found[1])
        return f"{{document {documents.index(found[1])}}}"

    return _BY_ID.sub(place, sentence)


def sentences_of(questions: Iterable["Question"]) -> dict[UUID, str]:
    """What the cells of each question say together, with the names that documents have now: one query."""
    questions = list(questions)
    names = _names(key for question in questions for key in question.summary.get("documents", ()))
    return {question.pk: _named(question.summary, "sentence", names) for question in questions}


def note_sentences(questions: Iterable["Question"]) -> None:
    """Give each question its `sentence`, with one query for all."""
    questions = list(questions)
    said = sentences_of(questions)
    for question in questions:
        question.sentence = said[question.pk]


def summary_told(question: "Question") -> dict[str, Any]:
    """The summary as other systems are given it: with names in its sentences."""
    summary = question.summary
    if not summary.get("documents"):
        return {name: value for name, value in summary.items() if name != "documents"}
    names = _names(summary["documents"])
    told = {name: value for name, value in summary.items() if name != "documents"}
    told["sentence"] = _named(summary, "sentence", names)
    if folded := summary.get("folded"):
        said = [_with_names(one, summary["documents"], names) for one in folded.get("sentences", ())]
        told["folded"] = {**folded, "sentences": said}
    return told


def _names(documents: Iterable[str]) -> dict[str, str]:
    keys = set(documents)
    if not keys:
        return {}
    found = Document.objects.filter(pk__in=keys).values_list("pk", "name")
    return {str(key): name for key, name in found}


def _named(summary: Mapping[str, Any], name: str, names: Mapping[str, str]) -> str:
    return _with_names(summary.get(name) or "", summary.get("documents", ()), names)


def _with_names(sentence: str, documents: Sequence[str], names: Mapping[str, str]) -> str:
    def name(found: re.Match[str]) -> str:
        place = int(found[1][:9])
        return names.get(documents[place], GONE) if place < len(documents) else found[0]

    return _BY_PLACE.sub(name, sentence)
