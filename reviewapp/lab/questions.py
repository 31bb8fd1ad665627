"""Questions whose answers are known: of a file, of what people reviewed, or those about the demo's contracts."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from django.db.models import Q, QuerySet

from readers.questions import Labelled, QuestionFileError, questions_of
from reviewapp.documents.models import Document
from reviewapp.frame.errors import ActionError
from reviewapp.matters.models import Matter
from reviewapp.questions.models import Answer
from reviewapp.reviews.models import Review

SHIPPED = Path(__file__).with_name("shipped.csv")
MOST_BYTES = 2**20
MOST_DOCUMENTS, MOST_QUESTIONS, LONGEST = 25, 60, 200_000
NOT_HERE = "This matter has no document of this name."
SEVERAL = "This matter has several documents of this name."
TOO_MANY = f"Only the first {MOST_DOCUMENTS} documents are taken."
TOO_LONG = f"The document has more than {LONGEST:,} characters."
TOO_MANY_QUESTIONS = (
    f"Only the first {MOST_QUESTIONS} questions of a document are asked; {{number}} more are not."
)
#: Kinds of answers that are no words of the document.
NOT_VALUES = ("yes_no", "choice")
#: Between the values of a list.
AND = "; "


class LabError(ActionError):
    """A comparison that cannot be made."""


@dataclass
class Questions:
    """Questions by document, in order, each as `Compared.asked` holds it; what is left out, and why."""

    of: dict[Document, list[dict[str, object]]] = field(default_factory=dict)
    left_out: list[tuple[str, str]] = field(default_factory=list)
    beyond: Counter[Document] = field(default_factory=Counter)

    @property
    def number(self) -> int:
        return sum(map(len, self.of.values()))

    @property
    def all_left_out(self) -> list[tuple[str, str]]:
        """What is left out, with the questions of each document beyond those that are asked."""
        beyond = ((d.name, TOO_MANY_QUESTIONS.format(number=f"{n:,}")) for d, n in self.beyond.items())
        return [*self.left_out, *beyond]


def questions_of_file(matter: Matter, name: str, content: bytes) -> Questions:
    """The questions of a CSV file. Raises LabError for a file that cannot be used at all."""
    if len(content) > MOST_BYTES:
        raise LabError("questions-too-large", "A file of questions has at most 1 MiB.", 413)
    try:
        rows, problems = questions_of(name, content)
    except QuestionFileError as error:
        raise LabError("questions-unreadable", f"{error}.") from None
    found = Questions(left_out=[(problem.where, f"{problem.reason}.") for problem in problems])
    _add(found, rows, matter)
    return found


def shipped_questions(matter: Matter) -> Questions:
    """The questions about the demo's contracts, as far as this matter has these."""
    rows, _ = questions_of(SHIPPED.name, SHIPPED.read_bytes())
    found = Questions()
    _add(found, rows, matter)
    found.left_out = [each for each in found.left_out if each[1] != NOT_HERE]
    return found


def reviewed_questions(matter: Matter) -> Questions:
    """What people accepted or corrected in this matter, each answer as the truth; yes and no are left out."""
    reviews = Review.objects.filter(
        kind__in=("accept", "correct"), answer__superseded_at=None, answer__document__version_of=None,
        answer__question__matter=matter,
    )  # fmt: skip
    reviews = reviews.exclude(answer__value_type__in=NOT_VALUES).exclude(
        answer__question__standing__startswith="clause:"
    )
    found = Questions()
    for review in reviews.select_related("answer__question", "answer__document").order_by("changed_at"):
        answer = review.answer
        said = review.text if review.kind == "correct" else answer.text
        if review.kind == "accept" and answer.state == Answer.State.NOT_FOUND:
            said = ""
        parts = said.split(AND) if answer.value_type in ("party", "list") else [said]
        _append(
            found, answer.document, answer.question.whole, [part for part in parts if part], answer.value_type
        )
    return found


def _add(found: Questions, rows: Sequence[Labelled], matter: Matter) -> None:
    named: dict[str, list[Document]] = {}
    for name in dict.fromkeys(row.document for row in rows):
        named[name] = list(_named(matter, name)[:2])
        if len(named[name]) != 1:
            found.left_out.append((name, SEVERAL if named[name] else NOT_HERE))
    for row in rows:
        if len(named[row.document]) == 1:
            more = ({"quote": [row.quote]} if row.quote else {}) | ({"trained": True} if row.trained else {})
            answers = [row.answer] if row.answer else []
            _append(found, named[row.document][0], row.question, answers, row.category, **more)


def _named(matter: Matter, name: str) -> QuerySet[Document]:
    """The documents of this name, with or without its ending, or of this id of another system."""
    called = Q(name=name) | Q(external_id=name) | Q(name__startswith=f"{name}.")
    return Document.objects.filter(called, matter=matter)


def _append(
    found: Questions, document: Document, question: str, answers: Iterable[str], kind: str, **more: object
) -> None:
    if document not in found.of and document.char_count > LONGEST:
        _tell(found, document.name, TOO_LONG)
    elif document not in found.of and len(found.of) == MOST_DOCUMENTS:
        _tell(found, document.name, TOO_MANY)
    elif len(found.of.setdefault(document, [])) == MOST_QUESTIONS:
        found.beyond[document] += 1
    else:
        found.of[document].append({"question": question, "answers": list(answers), "kind": kind} | more)


def _tell(found: Questions, where: str, reason: str) -> None:
    if (where, reason) not in found.left_out:
        found.left_out.append((where, reason))
