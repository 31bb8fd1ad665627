"""Questions whose answers are known: of a file, of what people reviewed, or those about the demo's contracts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

from django.db.models import Q, QuerySet

from readers.questions import Labelled, Problem, QuestionFileError, questions_of
from reviewapp.documents.models import Document
from reviewapp.frame.errors import ActionError
from reviewapp.matters.models import Matter
from reviewapp.questions.models import Answer
from reviewapp.reviews.models import Review

SHIPPED = Path(__file__).with_name("shipped.csv")
MOST_BYTES = 2**20
MOST_DOCUMENTS, MOST_QUESTIONS, LONGEST = 25, 60, 200_000
NOT_HERE = "This matter has no document of the name “{name}”."
SEVERAL = "This matter has several documents of the name “{name}”."
TOO_MANY = f"Only the first {MOST_DOCUMENTS} documents are taken, without “{{name}}”."
TOO_LONG = f"“{{name}}” has more than {LONGEST:,} characters."
TOO_MANY_QUESTIONS = (
    f"Only the first {MOST_QUESTIONS} questions of “{{name}}” are asked; {{number:,}} more are not."
)
#: Why there are no questions at all.
NOTHING_REVIEWED = "Nobody has accepted or corrected an answer in this matter yet."
NO_VALUES = (
    "What was accepted or corrected in this matter are answers of Yes or No, choices and clauses, which the lab does "
    "not ask."
)
OF_OTHERS = "They are about the contracts of the demo matter, and this matter has none of these."
#: So many rows, or stretches of rows, are told of one mistake.
MOST_ROWS = 8
#: Kinds of answers that are no words of the document.
NOT_VALUES = ("yes_no", "choice")
#: Between the values of a list.
AND = "; "


class LabError(ActionError):
    """A comparison that cannot be made."""


class LeftOut(NamedTuple):
    """Where something is left out, why, and how many rows of the file or, without one, questions that are."""

    where: str
    reason: str
    number: int


class Refused(NamedTuple):
    """Why questions cannot be asked, and by which column of the file."""

    reason: str
    column: str
    name: str


@dataclass
class Questions:
    """Questions by document, in order, each as `Compared.asked` holds it; what is left out, and why.

    `problems` are of rows that say too little, `refused` has the rows of the file that it is about, 0 for questions
    of no file. `why` says why there are none where nothing is left out.
    """

    of: dict[Document, list[dict[str, object]]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    refused: dict[Refused, list[int]] = field(default_factory=dict)
    why: str = ""

    @property
    def number(self) -> int:
        return sum(map(len, self.of.values()))

    @property
    def left_out(self) -> list[LeftOut]:
        """What is left out, each row once, in the order of the file's rows."""
        found = [(one.row, LeftOut(one.where, f"{one.reason}.", 1)) for one in self.problems]
        for refused, rows in self.refused.items():
            where = f"{rows_words(rows)}, {refused.column}" if rows[0] else refused.name
            reason = refused.reason.format(name=refused.name, number=len(rows))
            found.append((rows[0], LeftOut(where, reason, len(rows))))
        return [left_out for _, left_out in sorted(found, key=lambda one: one[0])]


def rows_words(rows: Sequence[int]) -> str:
    """'row 4', 'rows 4, 6 to 9', 'rows 4, 6 to 9 and 3 more'; the rows in their order."""
    stretches: list[list[int]] = []
    for row in rows:
        if stretches and row == stretches[-1][1] + 1:
            stretches[-1][1] = row
        else:
            stretches.append([row, row])
    told, more = stretches[:MOST_ROWS], sum(high - low + 1 for low, high in stretches[MOST_ROWS:])
    said = ", ".join(f"{low}" if low == high else f"{low} to {high}" for low, high in told)
    return f"row{'s' if len(rows) > 1 else ''} {said}" + (f" and {more:,} more" if more else "")


def questions_of_file(matter: Matter, name: str, content: bytes) -> Questions:
    """The questions of a CSV file. Raises LabError for a file that cannot be used at all."""
    if len(content) > MOST_BYTES:
        raise LabError("questions-too-large", "A file of questions has at most 1 MiB.", 413)
    try:
        rows, problems = questions_of(name, content)
    except QuestionFileError as error:
        raise LabError("questions-unreadable", f"{error}.") from None
    found = Questions(problems=problems)
    _add(found, rows, matter)
    return found


def shipped_questions(matter: Matter) -> Questions:
    """The questions about the demo's contracts, as far as this matter has these."""
    rows, _ = questions_of(SHIPPED.name, SHIPPED.read_bytes())
    found = Questions(why=OF_OTHERS)
    # NB: the rows of that file are none of the reader's
    _add(found, [replace(row, row=0) for row in rows], matter)
    found.refused = {one: rows for one, rows in found.refused.items() if one.reason != NOT_HERE}
    return found


def reviewed_questions(matter: Matter) -> Questions:
    """What people accepted or corrected in this matter, each answer as the truth; yes and no are left out."""
    every = Review.objects.filter(
        kind__in=("accept", "correct"), answer__superseded_at=None, answer__document__version_of=None,
        answer__question__matter=matter,
    )  # fmt: skip
    reviews = every.exclude(answer__value_type__in=NOT_VALUES).exclude(
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
    if not found.number:
        found.why = NO_VALUES if every.exists() else NOTHING_REVIEWED
    return found


def _add(found: Questions, rows: Sequence[Labelled], matter: Matter) -> None:
    named = {name: list(_named(matter, name)[:2]) for name in dict.fromkeys(row.document for row in rows)}
    for row in rows:
        if len(named[row.document]) != 1:
            reason = SEVERAL if named[row.document] else NOT_HERE
            found.refused.setdefault(Refused(reason, "document", row.document), []).append(row.row)
        else:
            more = ({"quote": [row.quote]} if row.quote else {}) | ({"trained": True} if row.trained else {})
            answers = [row.answer] if row.answer else []
            _append(found, named[row.document][0], row.question, answers, row.category, row.row, **more)


def _named(matter: Matter, name: str) -> QuerySet[Document]:
    """The documents of this name, with or without its ending, or of this id of another system."""
    called = Q(name=name) | Q(external_id=name) | Q(name__startswith=f"{name}.")
    return Document.objects.filter(called, matter=matter)


def _append(
    found: Questions, document: Document, question: str, answers: Iterable[str], kind: str, row: int = 0,
    **more: object,
) -> None:  # fmt: skip
    refused = None
    if document not in found.of and document.char_count > LONGEST:
        refused = Refused(TOO_LONG, "document", document.name)
    elif document not in found.of and len(found.of) == MOST_DOCUMENTS:
        refused = Refused(TOO_MANY, "document", document.name)
    elif len(found.of.setdefault(document, [])) == MOST_QUESTIONS:
        refused = Refused(TOO_MANY_QUESTIONS, "question", document.name)
    if refused is None:
        found.of[document].append({"question": question, "answers": list(answers), "kind": kind} | more)
    else:
        found.refused.setdefault(refused, []).append(row)
