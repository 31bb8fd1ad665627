"""What documents are coded as: fields with a value each, and the issues of the matter; each with its key."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from reviewapp.documents.models import Document
from reviewapp.frame.errors import ActionError
from reviewapp.reviews.models import Code, Issue

Field = Code.Field
#: What a list is narrowed by to see what has no code yet.
UNCODED = "none"
#: The keys of issues, in the order in which these were defined; others have none.
ISSUE_KEYS = "789"


class CodingError(ActionError):
    """A code that there is not, or a selection that cannot be coded."""


@dataclass(frozen=True)
class Option:
    """A code that a document can have. `name` is "field:value" or "issue:" and the issue's id."""

    name: str
    words: str
    key: str
    field: Field
    value: str = ""
    issue: Issue | None = None


FIXED = (
    Option("responsive:yes", "Responsive", "1", Field.RESPONSIVE, "yes"),
    Option("responsive:no", "Not responsive", "2", Field.RESPONSIVE, "no"),
    Option("privileged:yes", "Privileged", "3", Field.PRIVILEGED, "yes"),
    Option("privileged:no", "Not privileged", "4", Field.PRIVILEGED, "no"),
    Option("confidentiality:confidential", "Confidential", "5", Field.CONFIDENTIALITY, "confidential"),
    Option("confidentiality:highly", "Highly confidential", "6", Field.CONFIDENTIALITY, "highly"),
)


def options_with(issues: list[Issue]) -> list[Option]:
    """All codes of a matter that has these issues."""
    keys = [*ISSUE_KEYS, *[""] * len(issues)]
    return [
        *FIXED,
        *(
            Option(f"issue:{issue.pk}", issue.name, keys[place], Field.ISSUE, issue=issue)
            for place, issue in enumerate(issues)
        ),
    ]


def name_of(code: Code) -> str:
    """The name of the option that a document's code is."""
    return f"issue:{code.issue_id}" if code.issue_id else f"{code.field}:{code.value}"


def with_those(options: list[Option], codes: Iterable[Code]) -> list[tuple[Option, bool]]:
    """The options, each with whether it is among the codes that a document has."""
    has = {name_of(code) for code in codes}
    return [(option, option.name in has) for option in options]


def option_named(name: str, issues: list[Issue]) -> Option:
    """The code of this name. Raises CodingError."""
    found = next((option for option in options_with(issues) if option.name == name), None)
    if found is None:
        raise CodingError("code-unknown", "There is no such code in this matter.")
    return found


def coded_as(documents: QuerySet[Document], name: str, options: Sequence[Option]) -> QuerySet[Document]:
    """Those that have the code of this name, or none with `UNCODED`; all of them for an empty name."""
    if not name:
        return documents
    if name == UNCODED:
        return documents.filter(codes=None)
    option = next((option for option in options if option.name == name), None)
    if option is None:
        return documents.none()
    if option.issue is not None:
        return documents.filter(codes__issue=option.issue)
    return documents.filter(codes__field=option.field, codes__value=option.value)
