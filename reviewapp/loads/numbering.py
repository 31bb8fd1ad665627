"""The numbers that documents go out under, and their families."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import F, Max, QuerySet

from reviewapp.documents.models import Document
from reviewapp.intake.models import BatchItem
from reviewapp.loads.bates import Bates
from reviewapp.loads.models import GivenNumber, LoadedFields, Production
from reviewapp.matters.models import Matter

WIDTH = 8
ROWS_AT_ONCE = 500
MOST_ABOVE = 50


@dataclass
class Numbered:
    """A document on its way out: its numbers, those of its family, and what a load file said of it."""

    document: UUID
    begin: str
    end: str
    parent: str = ""
    family_begin: str = ""
    family_end: str = ""


def numbered(production: Production, documents: QuerySet[Document]) -> list[Numbered]:
    """The documents in the order of their arrival, families together; a number that one has is kept.

    Numbers that are new are written down; in the caller's transaction.
    """
    # NB: productions that are written at once follow one another here, so that no number is given twice.
    Matter.objects.select_for_update().get(pk=production.matter_id)
    chosen = {
        pk: (sha256, pages) for pk, sha256, pages in documents.values_list("pk", "sha256", "page_count")
    }
    above = _parents(production, set(chosen))
    order = sorted(chosen, key=lambda pk: (above[pk].place if pk in above else (), str(pk)))
    kept, given = _kept(production), _given(production)
    following, fresh = _first_free(production), []
    found: dict[UUID, Numbered] = {}
    for pk in order:
        sha256, pages = chosen[pk]
        taken = max(1, pages) if production.by_page else 1
        begin, end = kept.get(pk) or given.get((sha256, taken)) or ("", "")
        if not begin:
            fresh.append(_newly_given(production, sha256, following, taken))
            begin, end = fresh[-1].begin, fresh[-1].end
            following = following.plus(taken)
        found[pk] = Numbered(pk, begin, end)
    GivenNumber.objects.bulk_create(fresh, batch_size=ROWS_AT_ONCE)
    _with_families(found, above)
    return list(found.values())


@dataclass(frozen=True)
class _Place:
    """Where a document stands in what was received, and the document that it came out of, if any."""

    place: tuple[str, str]
    parent: UUID | None


def _parents(production: Production, chosen: set[UUID]) -> dict[UUID, _Place]:
    items = BatchItem.objects.filter(batch__matter=production.matter_id, replaced_by=None)
    rows = {
        key: (document, parent, (batch.isoformat(), place))
        for key, document, parent, batch, place in items.values_list(
            "pk", "document", "parent", "batch__created_at", "place"
        )
    }
    found: dict[UUID, _Place] = {}
    for document, parent, place in sorted(rows.values(), key=lambda row: row[2]):
        if document not in chosen or document in found:
            continue
        over, root = None, place
        for _ in range(MOST_ABOVE):
            row = rows.get(parent) if parent else None
            if row is None:
                break
            if row[0] in chosen and row[0] != document:
                over, root = over or row[0], row[2]
            parent = row[1]
        found[document] = _Place((root[0], root[1] + (" " + place[1] if over else "")), over)
    return found


def _kept(production: Production) -> dict[UUID, tuple[str, str]]:
    """The numbers that documents came with; those of an earlier version are none of the document's."""
    rows = LoadedFields.objects.filter(
        matter=production.matter_id, item__document__sha256=F("item__sha256")
    ).order_by("-row")
    return {
        document: (begin, end) for document, begin, end in rows.values_list("item__document", "begin", "end")
    }


def _given(production: Production) -> dict[tuple[str, int], tuple[str, str]]:
    """What productions before gave under this prefix, by the file's hash and how many numbers it took."""
    rows = GivenNumber.objects.filter(
        matter=production.matter_id, prefix=production.prefix.upper(), by_page=production.by_page
    )
    return {(row.sha256, row.last - row.first + 1): (row.begin, row.end) for row in rows.order_by("-first")}


def _first_free(production: Production) -> Bates:
    """The number after all that came in or went out under this prefix, whatever became of their documents."""
    highest = 0
    for model in (LoadedFields, GivenNumber):
        rows = model._default_manager.filter(matter=production.matter_id, prefix=production.prefix.upper())
        # NB: archives of older versions hold rows whose last number is below their first.
        found = rows.aggregate(first=Max("first"), last=Max("last"))
        highest = max(highest, found["first"] or 0, found["last"] or 0)
    return Bates(production.prefix, highest + 1, WIDTH)


def _newly_given(production: Production, sha256: str, begin: Bates, taken: int) -> GivenNumber:
    end = begin.plus(taken - 1)
    return GivenNumber(
        matter_id=production.matter_id, sha256=sha256, by_page=production.by_page, begin=str(begin), end=str(end),
        prefix=begin.prefix.upper(), first=begin.number, last=end.number,
    )  # fmt: skip


def _with_families(found: dict[UUID, Numbered], above: dict[UUID, _Place]) -> None:
    members: list[tuple[Numbered, Numbered]] = []
    for pk, one in found.items():
        parent = above[pk].parent if pk in above else None
        one.parent = found[parent].begin if parent in found else ""
        head = one
        for _ in range(MOST_ABOVE):
            if parent is None or parent not in found:
                break
            head = found[parent]
            parent = above[parent].parent if parent in above else None
        if head is not one:
            head.family_begin, head.family_end = head.begin, one.end
            members.append((one, head))
    for one, head in members:
        one.family_begin, one.family_end = head.family_begin, head.family_end
