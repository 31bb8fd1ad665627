"""Standing questions: what can be asked of every document's brief, and is answered from it without the model."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from reviewapp.frame.words import FIELDS
from reviewapp.frame.words_standing import CLAUSES, FIELD_QUESTIONS

#: The fields that say what some kinds of clause hold; for these a value is asked, not whether a clause is there.
FIELD_OF_CLAUSE = {
    "Document Name": "title",
    "Parties": "party",
    "Agreement Date": "agreement_date",
    "Effective Date": "effective_date",
    "Expiration Date": "expiry",
    "Renewal Term": "renewal_term",
    "Notice Period To Terminate Renewal": "notice_period",
    "Governing Law": "governing_law",
}


@dataclass(frozen=True)
class StandingQuestion:
    """What a brief can be asked.

    `name` is how `Question.standing` names it; its `source` is a "field" or a "clause" and `subject` which one.
    `title` is short, for the head of a column; `words` is the question. `value` is the type of value that answers
    it, as in `Answer.value_type`: "yes_no" where the answer is that there is such a clause.
    """

    source: Literal["field", "clause"]
    subject: str
    title: str
    words: str
    value: str

    @property
    def name(self) -> str:
        return f"{self.source}:{self.subject}"


def _all() -> Mapping[str, StandingQuestion]:
    fields = [
        StandingQuestion("field", type_, FIELDS[type_], words, value)
        for type_, (words, value) in FIELD_QUESTIONS.items()
    ]
    clauses = [
        StandingQuestion("clause", kind, title, words, "yes_no") for kind, (title, words) in CLAUSES.items()
    ]
    return {question.name: question for question in (*fields, *clauses)}


#: All that can be asked, by name, in the order in which people are offered it.
STANDING = _all()
#: The 41 things that reviewers of commercial contracts look for: eight values and 33 kinds of clause.
COMMERCIAL = tuple(
    f"field:{FIELD_OF_CLAUSE[kind]}" if kind in FIELD_OF_CLAUSE else f"clause:{kind}" for kind in CLAUSES
)
