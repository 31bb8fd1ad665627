"""The clauses of a matter: how many documents have each kind, and which."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from reviewapp.briefs.models import Held
from reviewapp.briefs.standing import STANDING, StandingQuestion
from reviewapp.documents.models import Document
from reviewapp.documents.ordering import by_name

KINDS = {kind.subject: kind for kind in STANDING.values() if kind.source == "clause"}


@dataclass(frozen=True)
class Tally:
    """A kind of clause: how many documents have it, and in how many of these it is to be checked."""

    kind: StandingQuestion
    found: int
    check: int
    examined: int

    @property
    def without(self) -> int:
        """How many documents were examined and have none."""
        return self.examined - self.found


def examined(documents: QuerySet[Document]) -> QuerySet[Document]:
    """The documents in which clauses were looked for."""
    return documents.exclude(brief=None)


def tallies(clauses: QuerySet[Held], number: int) -> list[Tally]:
    """Every kind, in the order of the standing questions, over so many documents: one query."""
    counted: defaultdict[str, dict[str, int]] = defaultdict(dict)
    by_state = clauses.order_by().values_list("name", "state").annotate(documents=Count("pk"))
    for name, state, documents in by_state:
        counted[name][state] = documents
    found = {name: sum(states.values()) for name, states in counted.items()}
    return [
        Tally(kind, found.get(kind.name, 0), counted[kind.name].get(Held.State.CHECK, 0), number)
        for kind in KINDS.values()
    ]


def of_kind(clauses: QuerySet[Held], kind: StandingQuestion) -> QuerySet[Held]:
    """The clauses of one kind, by the names of their documents."""
    there = clauses.filter(name=kind.name).select_related("brief__document")
    return there.order_by(by_name("brief__document__name"), "brief__document__created_at")


def without(
    documents: QuerySet[Document], clauses: QuerySet[Held], kind: StandingQuestion
) -> QuerySet[Document]:
    """The documents that were examined and have no clause of this kind."""
    having = clauses.filter(name=kind.name).values("brief__document")
    return examined(documents).exclude(pk__in=having).order_by(by_name(), "created_at")
