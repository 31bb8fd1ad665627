"""Where a document came from: the mail or archive that it came out of, what came beside it, what came out of it."""

from dataclasses import dataclass, field
from uuid import UUID

from reviewapp.documents.models import Document
from reviewapp.intake.models import BatchItem

MOST = 50


@dataclass(frozen=True)
class Family:
    """The items around a document. `position` is its place among `siblings`, itself included, counted from 1."""

    path: str = ""
    parent: BatchItem | None = None
    siblings: list[BatchItem] = field(default_factory=list)
    children: list[BatchItem] = field(default_factory=list)
    position: int = 0

    def __bool__(self) -> bool:
        return bool(self.parent or self.children or "/" in self.path)


def family_of(document: Document) -> Family:
    """The family of a document where it was received first; of large ones the first members. Three queries."""
    item = document.items.filter(replaced_by=None).select_related("parent").order_by("created_at").first()
    if item is None:
        return Family()
    siblings: list[BatchItem] = []
    if item.parent_id:
        siblings = list(_listed(item.parent_id))
    keys = [sibling.pk for sibling in siblings]
    position = keys.index(item.pk) + 1 if item.pk in keys else 0
    return Family(item.name, item.parent, siblings, list(_listed(item.pk)), position)


def _listed(parent: UUID) -> list[BatchItem]:
    items = BatchItem.objects.filter(parent=parent, replaced_by=None).select_related("document")
    return list(items.order_by("place", "created_at")[:MOST])
