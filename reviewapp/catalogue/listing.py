"""Which documents of a matter are listed, in which order, with what beside each."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from reviewapp.briefs.selectors import SORTED_BY, listed
from reviewapp.documents.models import PROBLEMS, Document, Note
from reviewapp.documents.ordering import by_name
from reviewapp.frame.words_documents import FILE_KINDS
from reviewapp.kin.models import Likeness, Message

FILTER_CHARACTERS = 200
#: What is sorted by that no brief holds, by the name that addresses give it.
OWN_SORTS = {"pages": "page_count", "received": "created_at", "problems": "open_notes", "copies": "copies"}
#: What a document can be besides, by the name that addresses give it.
MARKS = ("problems", "copies", "thread")


@dataclass(frozen=True)
class Asked:
    """What of the list somebody asked for; empty where nothing narrows it. Dates are ISO 8601, perhaps cut short."""

    find: str = ""
    party: str = ""
    law: str = ""
    dated_from: str = ""
    dated_to: str = ""
    expires_from: str = ""
    expires_to: str = ""
    kind: str = ""
    mark: str = ""
    sort: str = ""

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> "Asked":
        """What an address says."""
        names = [field.name for field in fields(cls)]
        return cls(**{name: str(given.get(name, "")).strip()[:FILTER_CHARACTERS] for name in names})

    @property
    def narrows(self) -> int:
        """How many filters there are, beside what is looked for by words."""
        return sum(bool(value) for name, value in vars(self).items() if name not in ("find", "sort"))

    @property
    def turned(self) -> list[str]:
        """What the ranges are of that end before they begin: no document is in such a one."""
        ranges = (("Dated", self.dated_from, self.dated_to), ("Expires", self.expires_from, self.expires_to))
        # NB: a last day that is cut short to a month or a year is all of it.
        return [said for said, first, last in ranges if first and last and first > f"{last}~"]

    def query(self, **changed: str) -> str:
        """What the address of another part of the list begins with."""
        kept = {name: value for name, value in (vars(self) | changed).items() if value}
        return f"{urlencode(kept)}&" if kept else ""


def asked_for(documents: QuerySet[Document], asked: Asked) -> QuerySet[Document]:
    """The documents that were asked for, in order, with `open_notes` and `copies` counted beside each."""
    own = OWN_SORTS.get(asked.sort.removeprefix("-"))
    documents = listed(_narrowed(documents, asked), "" if own else asked.sort, asked.find)
    documents = documents.annotate(open_notes=_number(_open_notes()), copies=_number(_copies()))
    if own:
        documents = documents.order_by(
            f"-{own}" if asked.sort.startswith("-") else own, by_name(), "created_at"
        )
    return documents


def laws_of(documents: QuerySet[Document], most: int = 50) -> list[str]:
    """The laws that the documents are under, by name; of very many those that are most frequent."""
    under = documents.exclude(brief__law="").exclude(brief=None).order_by().values("brief__law")
    counted = under.annotate(number=Count("pk")).order_by("-number", "brief__law")
    return sorted(counted.values_list("brief__law", flat=True)[:most], key=str.casefold)


def sorts() -> set[str]:
    """The names of what can be sorted by."""
    return {*SORTED_BY, *OWN_SORTS}


def _narrowed(documents: QuerySet[Document], asked: Asked) -> QuerySet[Document]:
    for word in asked.party.split():
        documents = documents.filter(brief__parties__icontains=word)
    if asked.law:
        documents = documents.filter(brief__law__iexact=asked.law)
    documents = _between(documents, "brief__date", asked.dated_from, asked.dated_to)
    documents = _between(documents, "brief__expiry", asked.expires_from, asked.expires_to)
    if asked.kind in FILE_KINDS:
        where = Q()
        for begin in FILE_KINDS[asked.kind].begins:
            where |= Q(media_type__startswith=begin)
        documents = documents.filter(where)
    if asked.mark == "problems":
        documents = documents.filter(Exists(_open_notes()))
    elif asked.mark == "copies":
        documents = documents.filter(Exists(_copies()))
    elif asked.mark == "thread":
        own = Message.objects.filter(document=OuterRef("pk")).values("thread")[:1]
        others = Message.objects.filter(document__matter=OuterRef("matter"), thread=Subquery(own))
        documents = documents.filter(Exists(others.exclude(document=OuterRef("pk"))))
    return documents


def _between(documents: QuerySet[Document], column: str, first: str, last: str) -> QuerySet[Document]:
    if first:
        documents = documents.filter(**{f"{column}__gte": first})
    if last:
        # NB: a last day that is cut short to a month or a year is all of it.
        documents = documents.filter(**{f"{column}__lte": f"{last}~", f"{column}__gt": ""})
    return documents


def _open_notes() -> QuerySet[Note]:
    return Note.objects.filter(document=OuterRef("pk"), kind__in=PROBLEMS, dismissed_at=None)


def _copies() -> QuerySet[Likeness]:
    return Likeness.objects.filter(document=OuterRef("pk"))


def _number(rows: QuerySet[Any]) -> Coalesce:
    counted = rows.order_by().values("document").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
